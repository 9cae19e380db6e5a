//! Which records are indexed when something is written.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use uuid::Uuid;
use vocab::Word;

use crate::{Concept, change};

/// Records to be indexed, by concept.
pub(crate) type Touched = BTreeMap<Concept, BTreeSet<Uuid>>;

/// Of what a row holds words.
enum Whose {
    /// Of itself: where one of these columns is another than before.
    Itself(&'static [&'static str]),
    /// Of the record that it names, where that is of one of these concepts.
    Named(&'static [Concept]),
}

/// From what is written to what is to be indexed. What is not in the list is not found by words.
const WATCHED: &[(Concept, Whose)] = &[
    (Concept::MemberState, Whose::Itself(&["code", "alpha2", "name_en", "name_fr", "name_ar"])),
    (Concept::Organization, Whose::Itself(&["label", "acronym"])),
    (Concept::Person, Whose::Itself(&["label"])),
    (Concept::Post, Whose::Itself(&["label"])),
    (Concept::NewsReport, Whose::Itself(&["title", "publisher", "text", "published_on"])),
    (Concept::Meeting, Whose::Itself(&["title", "place", "held_on"])),
    (Concept::FollowUpAction, Whose::Itself(&["reference", "title", "said_on"])),
    (Concept::Task, Whose::Itself(&["title"])),
    (Concept::RecordName, Whose::Named(&[Concept::Organization, Concept::Person, Concept::Post])),
    (Concept::Evidence, Whose::Named(&[Concept::FollowUpAction])),
];

/// The records whose words these lines of history have changed.
pub(crate) fn touched(lines: &[change::Model]) -> Touched {
    let mut touched = Touched::new();
    for line in lines {
        match WATCHED.iter().find(|(concept, _)| *concept == line.concept.0) {
            Some((concept, Whose::Itself(columns))) if differs(line, columns) => {
                touched.entry(*concept).or_default().insert(line.record_id);
            }
            Some((_, Whose::Named(concepts))) => {
                for (concept, id) in [&line.before, &line.after].into_iter().filter_map(named) {
                    if concepts.contains(&concept) {
                        touched.entry(concept).or_default().insert(id);
                    }
                }
            }
            _ => {}
        }
    }
    touched
}

fn differs(line: &change::Model, columns: &[&str]) -> bool {
    let (before, after) = (&line.before, &line.after);
    before.is_null() || after.is_null() || columns.iter().any(|column| before[column] != after[column])
}

/// The record that a row names.
fn named(row: &Value) -> Option<(Concept, Uuid)> {
    let concept = Concept::from_code(row["concept"].as_str()?).ok()?;
    Some((concept, row["record_id"].as_str()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Code, search::CONCEPTS};

    fn line(concept: Concept, before: Value, after: Value) -> change::Model {
        let (id, record_id, at) = (Uuid::nil(), Uuid::from_u128(1), "2026-03-02T09:00:00Z".parse().expect("a moment"));
        let (account_id, request_id, concept) = (None, None, Code(concept));
        change::Model { id, seq: 0, at, account_id, request_id, concept, record_id, version: 1, before, after }
    }

    #[test]
    fn only_what_changes_words_is_indexed_again() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let names = |concept: &str| json!({ "concept": concept, "record_id": other });
        for (concept, before, after, expected) in [
            (Concept::Task, Value::Null, json!({ "title": "a" }), Some((Concept::Task, one))),
            (Concept::Task, json!({ "title": "a" }), json!({ "title": "b" }), Some((Concept::Task, one))),
            (Concept::Task, json!({ "title": "a", "state": "open" }), json!({ "title": "a", "state": "done" }), None),
            (Concept::Task, json!({ "title": "a" }), Value::Null, Some((Concept::Task, one))),
            (Concept::RecordName, Value::Null, names("person"), Some((Concept::Person, other))),
            (Concept::RecordName, names("person"), Value::Null, Some((Concept::Person, other))),
            (Concept::Evidence, Value::Null, names("follow-up-action"), Some((Concept::FollowUpAction, other))),
            (Concept::Evidence, Value::Null, names("meeting"), None),
            (Concept::Finding, Value::Null, json!({ "title": "a" }), None),
        ] {
            let found = touched(&[line(concept, before, after)]);
            let expected: Touched = expected.into_iter().map(|(concept, id)| (concept, BTreeSet::from([id]))).collect();
            assert_eq!(found, expected, "{concept:?}");
        }
    }

    #[test]
    fn every_concept_that_can_be_found_is_watched_and_no_other() {
        let watched =
            WATCHED.iter().filter(|(_, whose)| matches!(whose, Whose::Itself(_))).map(|(concept, _)| *concept);
        assert_eq!(watched.collect::<BTreeSet<_>>(), CONCEPTS.into_iter().collect());
    }
}
