//! The provider that people sign in with.

use serde::Deserialize;
use toml::Value;
use vocab::Role;

use crate::{
    outbound::address::{self, Address},
    secret::Secret,
};

/// The provider that people sign in with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Who it is; empty where there is none.
    pub issuer: String,
    /// As what it knows this server.
    pub client_id: String,
    /// The secret that it has given out.
    pub client_secret: Secret,
    /// The file with that secret, in its place.
    pub client_secret_file: String,
    /// What its button says.
    pub button: String,
    /// What is asked for.
    pub scopes: String,
    /// What it calls the groups of whoever signs in.
    pub groups_claim: String,
    /// Which of them have which role.
    pub groups: Groups,
}

/// Which groups have which role.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Groups {
    /// Those that read the records.
    pub viewer: Vec<String>,
    /// Those that look after states.
    pub desk_officer: Vec<String>,
    /// Those that change any record.
    pub editor: Vec<String>,
    /// Those that assign.
    pub manager: Vec<String>,
    /// Those that say who may do what.
    pub admin: Vec<String>,
}

impl Groups {
    /// The highest role that whoever is in these groups has.
    pub fn role(&self, groups: &[String]) -> Option<Role> {
        let Self { viewer, desk_officer, editor, manager, admin } = self;
        let roles = [
            (Role::Viewer, viewer),
            (Role::DeskOfficer, desk_officer),
            (Role::Editor, editor),
            (Role::Manager, manager),
            (Role::Admin, admin),
        ];
        let held = roles.into_iter().filter(|(_, theirs)| groups.iter().any(|group| theirs.contains(group)));
        held.map(|(role, _)| role).max()
    }

    /// Whether no group has a role.
    pub fn is_empty(&self) -> bool {
        let Self { viewer, desk_officer, editor, manager, admin } = self;
        [viewer, desk_officer, editor, manager, admin].into_iter().all(Vec::is_empty)
    }
}

/// What is wrong with a value of these settings, in words that follow the key; none for keys of others.
pub(super) fn check(key: &str, value: &Value) -> Option<(bool, &'static str)> {
    let text = value.as_str().unwrap_or_default();
    Some(match key.strip_prefix("sign_in.provider.")? {
        "issuer" => (text.is_empty() || Address::parse(text).is_some() && !text.contains('?'), address::WANTED),
        "scopes" => (
            text.split_whitespace().any(|scope| scope == "openid"),
            "lacks openid, without which nobody is signed in: write \"openid profile email\"",
        ),
        "button" => (!text.trim().is_empty(), "is empty: say what the button says"),
        "groups_claim" => (!text.trim().is_empty(), "is empty: say what the provider calls the groups"),
        key if key.starts_with("groups.") => {
            let is_name = |value: &Value| value.as_str().is_some_and(|name| !name.is_empty());
            (value.as_array().is_some_and(|names| names.iter().all(is_name)), "holds what is no name of a group")
        }
        _ => (true, ""),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_groups_the_highest_counts() {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let groups = Groups { viewer: list(&["all"]), editor: list(&["editors", "chief"]), ..Groups::default() };
        assert_eq!(groups.role(&list(&["all", "chief"])), Some(Role::Editor));
        assert_eq!(groups.role(&list(&["other", "all"])), Some(Role::Viewer));
        assert_eq!(groups.role(&list(&["Editors", ""])), None);
        assert!(!groups.is_empty() && Groups::default().is_empty());
    }
}
