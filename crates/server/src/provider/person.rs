//! Who has signed in, as the provider tells.

use serde_json::{Map, Value};

use crate::settings::Groups;

/// The most characters of a name.
const LONGEST_NAME: usize = 200;
/// The most characters of an e-mail address.
const LONGEST_EMAIL: usize = 320;

/// The name of whoever signs in, where there is one.
pub(super) fn name(claims: &Map<String, Value>) -> Option<String> {
    let text = ["name", "preferred_username"].iter().find_map(|claim| text(claims, claim))?;
    Some(text.chars().take(LONGEST_NAME).collect())
}

/// The e-mail address of whoever signs in, where the provider has verified that it is theirs.
pub(super) fn email(claims: &Map<String, Value>) -> Option<String> {
    let is_verified = claims.get("email_verified").is_some_and(|value| value == true || value == "true");
    text(claims, "email").filter(|email| is_verified && email.chars().count() <= LONGEST_EMAIL)
}

/// The role of whoever signs in, by their groups.
pub(super) fn role(claims: &Map<String, Value>, claim: &str, groups: &Groups) -> Option<vocab::Role> {
    let theirs = match claims.get(claim) {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    groups.role(&theirs)
}

/// Whether what the token says leaves something out that the provider may tell elsewhere.
pub(super) fn lacks(claims: &Map<String, Value>, claim: &str) -> bool {
    [claim, "email", "email_verified", "name"].iter().any(|claim| !claims.contains_key(*claim))
}

/// What the token says, with what it leaves out as the provider tells it elsewhere. That an address is verified counts for the
/// address of which it was said, and for no other.
pub(super) fn completed(mut claims: Map<String, Value>, told: Map<String, Value>) -> Map<String, Value> {
    let is_of_same = match claims.get("email") {
        Some(email) => told.get("email") == Some(email),
        None => {
            claims.remove("email_verified");
            true
        }
    };
    for (claim, value) in told.into_iter().filter(|(claim, _)| is_of_same || claim != "email_verified") {
        claims.entry(claim).or_insert(value);
    }
    claims
}

fn text(claims: &Map<String, Value>, claim: &str) -> Option<String> {
    let text: String = claims.get(claim)?.as_str()?.chars().filter(|c| !c.is_control()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn an_address_counts_where_it_is_verified() {
        for (value, expected) in [
            (json!({ "email": "a@example.org", "email_verified": true }), Some("a@example.org")),
            (json!({ "email": "a@example.org", "email_verified": "true" }), Some("a@example.org")),
            (json!({ "email": "a@example.org", "email_verified": false }), None),
            (json!({ "email": "a@example.org", "email_verified": 1 }), None),
            (json!({ "email": "a@example.org" }), None),
            (json!({ "email": " ", "email_verified": true }), None),
            (json!({ "email": ["a@example.org"], "email_verified": true }), None),
        ] {
            assert_eq!(email(&claims(value.clone())).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn one_address_is_not_verified_by_what_is_said_of_another() {
        for (token, told, expected) in [
            (json!({ "email": "a@x" }), json!({ "email": "b@x", "email_verified": true }), None),
            (json!({ "email_verified": true }), json!({ "email": "b@x" }), None),
            (json!({ "email_verified": true }), json!({ "email": "b@x", "email_verified": false }), None),
            (
                json!({ "email": "a@x", "email_verified": false }),
                json!({ "email": "a@x", "email_verified": true }),
                None,
            ),
            (json!({ "email": "a@x" }), json!({ "email": "a@x", "email_verified": true }), Some("a@x")),
            (json!({}), json!({ "email": "b@x", "email_verified": true }), Some("b@x")),
            (json!({ "email": "a@x", "email_verified": true }), json!({ "email": "b@x" }), Some("a@x")),
        ] {
            assert!(lacks(&claims(token.clone()), "groups"));
            let both = completed(claims(token.clone()), claims(told.clone()));
            assert_eq!(email(&both).as_deref(), expected, "{token} {told}");
        }
    }

    #[test]
    fn a_name_can_be_kept_whatever_it_is() {
        let of = |value: Value| name(&claims(value));
        assert_eq!(of(json!({ "name": " Amal\u{0} \n", "preferred_username": "amal" })).as_deref(), Some("Amal"));
        assert_eq!(of(json!({ "name": "", "preferred_username": "amal" })).as_deref(), Some("amal"));
        assert_eq!(of(json!({ "name": "é".repeat(300) })).map(|name| name.chars().count()), Some(200));
        assert_eq!(of(json!({ "name": 7 })), None);
    }

    #[test]
    fn groups_are_a_list_or_one_name() {
        let groups = Groups { editor: vec!["editors".to_owned()], ..Groups::default() };
        let of = |value: Value| role(&claims(json!({ "groups": value })), "groups", &groups);
        assert_eq!(of(json!(["other", 7, "editors"])), Some(vocab::Role::Editor));
        assert_eq!(of(json!("editors")), Some(vocab::Role::Editor));
        for none in [json!(null), json!([]), json!("editor"), json!({ "editors": true }), json!([["editors"]])] {
            assert_eq!(of(none.clone()), None, "{none}");
        }
    }
}
