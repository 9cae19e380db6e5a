//! Who may ask for what: one table, by type and field of the schema.
//!
//! It says what is looked at before anything is executed. Which rows somebody may write is said by the store, whichever way
//! they are written; which records they may look up by an identifier, by [`store::Rights::sees`].

use std::{collections::HashMap, sync::LazyLock};

use vocab::{Role, Word};

/// The table.
pub const TABLE: &str = include_str!("rights/table.txt");

/// What whoever is nobody is called in the table.
pub const PUBLIC: &str = "public";

/// The roles of the fields, by type.
type Roles = HashMap<&'static str, HashMap<&'static str, Option<Role>>>;

static ROLES: LazyLock<Roles> = LazyLock::new(|| {
    let mut roles = Roles::new();
    for (of, role, field) in lines() {
        // A role that is none is for nobody but admins; a test reads the table.
        let least = if role == PUBLIC { None } else { Some(Role::from_code(role).unwrap_or(Role::Admin)) };
        roles.entry(of).or_default().insert(field, least);
    }
    roles
});

/// The table as it is written: type, role, field.
pub fn lines() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'));
    rows.flat_map(|(head, fields)| {
        let (of, role) = head.split_once(' ').unwrap_or((head, ""));
        fields.split_whitespace().map(move |field| (of, role, field))
    })
}

/// The least role that may ask for a field of a type; none where everybody may who may come in at all. What the table does not
/// name is for admins.
pub fn least(of: &str, field: &str) -> Option<Role> {
    // What a schema tells of itself is no secret: it lies at /schema.graphql.
    if of.starts_with("__") || field.starts_with("__") {
        return None;
    }
    ROLES.get(of).and_then(|fields| fields.get(field)).copied().unwrap_or(Some(Role::Admin))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_of_the_table_can_be_read_and_none_stands_twice() {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        let read: Vec<_> = lines().collect();
        assert!(rows > 50 && read.len() > 400, "{rows} lines, {} fields", read.len());
        let mut seen = HashSet::new();
        for (of, role, field) in read {
            assert!(role == PUBLIC || Role::from_code(role).is_ok(), "{of}.{field}: \"{role}\" is no role");
            assert!(seen.insert((of, field)), "{of}.{field} stands twice");
        }
    }

    #[test]
    fn what_the_table_does_not_name_is_for_admins() {
        assert_eq!(least("Query", "nothing"), Some(Role::Admin));
        assert_eq!(least("Nothing", "id"), Some(Role::Admin));
        assert_eq!(
            (least("Query", "__schema"), least("__Type", "name"), least("Meeting", "__typename")),
            (None, None, None)
        );
        assert_eq!(least("Mutation", "acceptFinding"), Some(Role::DeskOfficer));
    }
}
