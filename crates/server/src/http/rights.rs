//! Whether somebody may ask for what an operation asks for, by the table of [`api::rights`]: looked at before it is
//! executed, in the one place through which every operation comes.

use std::collections::HashSet;

use apollo_compiler::{
    ExecutableDocument, Name,
    executable::{Operation, Selection, SelectionSet},
};
use store::Rights;
use vocab::Role;

use super::{
    code::Refusal,
    porter::{forbidden, sign_in_first},
};

/// The least role that may ask for a field of a type; none where everybody may.
pub type Least = fn(of: &str, field: &str) -> Option<Role>;

/// Refuses an operation of which any part is not for those who ask.
///
/// # Errors
/// With the first field that is not for them, and what they would need.
pub fn permit(
    document: &ExecutableDocument,
    operation: &Operation,
    rights: Rights,
    least: Least,
) -> Result<(), Refusal> {
    let mut walk = Walk { document, rights, least, seen: HashSet::new() };
    match walk.first(&operation.selection_set) {
        None => Ok(()),
        Some(_) if rights.role.is_none() => Err(sign_in_first()),
        Some((of, field, needed)) => {
            let role = rights.role.map(|role| role.to_string()).unwrap_or_default();
            Err(forbidden(format!(
                "{of}.{field} takes the role {needed}, and you have {role} here: leave it out, or ask an admin"
            )))
        }
    }
}

struct Walk<'d> {
    document: &'d ExecutableDocument,
    rights: Rights,
    least: Least,
    /// Fragments that were looked at: once is enough, however often they are spread.
    seen: HashSet<&'d Name>,
}

impl<'d> Walk<'d> {
    /// The first field that is not for them, of which type, and the role that it takes.
    fn first(&mut self, set: &'d SelectionSet) -> Option<(&'d Name, &'d Name, Role)> {
        set.selections.iter().find_map(|selection| match selection {
            Selection::Field(field) => {
                let needed =
                    (self.least)(&set.ty, &field.name).filter(|needed| !self.rights.is_at_least(Some(*needed)));
                match needed {
                    Some(needed) => Some((&set.ty, &field.name, needed)),
                    None => self.first(&field.selection_set),
                }
            }
            Selection::InlineFragment(inline) => self.first(&inline.selection_set),
            Selection::FragmentSpread(spread) => {
                let fragment = spread.fragment_def(self.document)?;
                if self.seen.insert(&fragment.name) { self.first(&fragment.selection_set) } else { None }
            }
        })
    }
}

#[cfg(test)]
mod tests;
