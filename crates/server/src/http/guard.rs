//! How large an operation is once its fragments are written out, told in time linear in the document.
//!
//! async-graphql's own visitors walk the expanded tree, on the worker, where no timeout can stop them: 21 fragments that
//! each spread the next twice cost seconds and gigabytes. So nothing else looks at a document before this has.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};

use super::code::{Code, Refusal};
use crate::settings::Limits;

/// Fields of the introspection that lead from types to types: each time they are nested, the answer grows by the number
/// of fields in the schema.
const BRANCHING: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];
/// How deep they may be nested; the usual introspection query does it once.
const MOST_BRANCHING: usize = 2;

/// The kind of the operation that is to be executed; `None` where the document has no such operation.
pub fn kind(document: &ExecutableDocument, name: Option<&str>) -> Option<OperationType> {
    let mut operations = document.operations.iter();
    let wanted = operations.find(|(own, _)| name.is_none_or(|name| own.is_some_and(|own| own.as_str() == name)));
    wanted.map(|(_, operation)| operation.node.ty)
}

/// # Errors
/// Where the document is larger than `limits` allow, or a fragment spreads itself.
pub fn inspect(document: &ExecutableDocument, limits: &Limits) -> Result<(), Refusal> {
    let mut walk = Walk { document, limits, known: HashMap::new(), open: Vec::new(), aliases: 0 };
    let mut selections: u64 = 0;
    for (_, operation) in document.operations.iter() {
        let size = walk.set(&operation.node.selection_set.node, 1)?;
        selections = selections.saturating_add(size.selections);
    }
    for name in document.fragments.keys() {
        walk.fragment(name.as_str(), 1)?;
    }
    at_most(selections, limits.selections, "selections, fragments written out")?;
    at_most(walk.aliases as u64, limits.aliases as u64, "aliases")?;
    for (_, operation) in document.operations.iter() {
        let roots = roots(&operation.node.selection_set.node, document);
        at_most(roots, limits.root_fields as u64, "fields at the root")?;
    }
    Ok(())
}

fn at_most(found: u64, most: u64, of: &str) -> Result<(), Refusal> {
    if found <= most {
        return Ok(());
    }
    let found = if found == u64::MAX { "too many".to_owned() } else { found.to_string() };
    Err(Refusal::document(Code::OperationLimit, format!("the operation has {found} {of}, and {most} are the most")))
}

/// Fields at the root, fragments written out. To be called when the expanded size is known to be small.
fn roots(set: &SelectionSet, document: &ExecutableDocument) -> u64 {
    let items = set.items.iter().map(|item| match &item.node {
        Selection::Field(_) => 1,
        Selection::InlineFragment(inline) => roots(&inline.node.selection_set.node, document),
        Selection::FragmentSpread(spread) => document
            .fragments
            .get(&spread.node.fragment_name.node)
            .map_or(0, |fragment| roots(&fragment.node.selection_set.node, document)),
    });
    items.sum()
}

/// The size of a set of selections, fragments written out.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    selections: u64,
    height: usize,
    /// How often fields of [`BRANCHING`] are nested.
    branching: usize,
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    /// Fragments that were walked.
    known: HashMap<&'a str, Size>,
    /// Fragments that are being walked, outermost first.
    open: Vec<&'a str>,
    aliases: usize,
}

impl<'a> Walk<'a> {
    /// Calls itself at most as deep as `limits.nesting`.
    fn set(&mut self, set: &'a SelectionSet, depth: usize) -> Result<Size, Refusal> {
        let mut whole = Size::default();
        if set.items.is_empty() {
            return Ok(whole);
        }
        self.refuse_depth(depth)?;
        for item in &set.items {
            let part = match &item.node {
                Selection::Field(field) => {
                    self.aliases += usize::from(field.node.alias.is_some());
                    let inner = self.set(&field.node.selection_set.node, depth + 1)?;
                    branched(field.node.name.node.as_str(), inner)?
                }
                Selection::InlineFragment(inline) => self.set(&inline.node.selection_set.node, depth + 1)?,
                Selection::FragmentSpread(spread) => {
                    self.fragment(spread.node.fragment_name.node.as_str(), depth + 1)?
                }
            };
            whole.selections = whole.selections.saturating_add(part.selections).saturating_add(1);
            whole.height = whole.height.max(part.height + 1);
            whole.branching = whole.branching.max(part.branching);
        }
        Ok(whole)
    }

    fn fragment(&mut self, name: &'a str, depth: usize) -> Result<Size, Refusal> {
        if let Some(size) = self.known.get(name) {
            let size = *size;
            self.refuse_depth(depth + size.height)?;
            return Ok(size);
        }
        if self.open.contains(&name) {
            let message = format!("the fragment {name} spreads itself");
            return Err(Refusal::document(Code::ValidationFailed, message));
        }
        // A fragment that is not there has no size; validation names it.
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Size::default()) };
        self.open.push(name);
        let size = self.set(&fragment.node.selection_set.node, depth)?;
        self.open.pop();
        self.known.insert(name, size);
        Ok(size)
    }

    fn refuse_depth(&self, depth: usize) -> Result<(), Refusal> {
        at_most(depth as u64, self.limits.nesting as u64 + 1, "levels, fragments written out")
    }
}

/// The size of what stands below a field of this name, with its own part in the branching.
fn branched(name: &str, mut below: Size) -> Result<Size, Refusal> {
    if BRANCHING.contains(&name) {
        below.branching += 1;
    }
    if matches!(name, "__schema" | "__type") && below.branching > MOST_BRANCHING {
        let message = format!(
            "the introspection nests {} more than {MOST_BRANCHING} deep: ask for types by name",
            BRANCHING.join(", ")
        );
        return Err(Refusal::document(Code::OperationLimit, message));
    }
    Ok(below)
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
