//! The object in an answer, whatever stands around it and wherever it breaks off.

use std::collections::VecDeque;

use serde_json::{Deserializer, Map, Value};

use super::fields::Fields;

/// The lists of an answer; one of them alone makes an object the one that was asked for.
const LABELS: [&str; 9] =
    ["states", "organizations", "ministries", "people", "persons", "meetings", "contacts", "areas", "actions"];
/// The brackets at which the object is looked for.
const STARTS: usize = 16;
/// The places at which an answer that broke off may be closed.
const CUTS: usize = 32;
/// Brackets inside brackets; the answer that was asked for has five.
const NESTING: usize = 60;

/// What was found in an answer.
pub struct Found {
    /// The lists.
    pub fields: Fields,
    /// Whether the object was closed.
    pub whole: bool,
}

/// The object that was asked for: bare, fenced, wrapped in another, between sentences, or cut off.
pub fn object(answer: &str) -> Option<Found> {
    // What a model thinks before it answers may hold drafts.
    let said = answer.rsplit_once("</think>").map_or(answer, |(_, said)| said);
    let starts = || said.match_indices('{').map(|(at, _)| &said[at..]).take(STARTS);
    let whole = starts().find_map(parsed).map(|fields| Found { fields, whole: true });
    whole.or_else(|| starts().find_map(mended).map(|fields| Found { fields, whole: false }))
}

/// The first value of a text, where it is the object that was asked for.
fn parsed(text: &str) -> Option<Fields> {
    match Deserializer::from_str(text).into_iter::<Value>().next()? {
        Ok(Value::Object(map)) => Some(map).filter(is_asked_for).map(Fields::new),
        _ => None,
    }
}

/// An entry has quotes; the object has lists.
fn is_asked_for(map: &Map<String, Value>) -> bool {
    let has = |labels: &[&str]| labels.iter().any(|label| map.keys().any(|key| key.eq_ignore_ascii_case(label)));
    has(&LABELS) && !has(&["quote", "quotes"])
}

/// An object that broke off, closed behind its last whole entry.
fn mended(text: &str) -> Option<Fields> {
    let mut open = Vec::new();
    let mut cuts: VecDeque<(usize, String)> = VecDeque::new();
    let (mut in_text, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_text => escaped = true,
            '"' => in_text = !in_text,
            _ if in_text => {}
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' => {
                if open.pop() != Some(c) {
                    break;
                }
                // Deeper inside, an entry would be closed that lacks half of what it says.
                if (1..=2).contains(&open.len()) {
                    cuts.push_back((at + 1, open.iter().rev().collect()));
                }
            }
            _ => {}
        }
        if cuts.len() > CUTS {
            cuts.pop_front();
        }
        if open.is_empty() || open.len() > NESTING {
            break;
        }
    }
    cuts.iter().rev().find_map(|(end, closing)| parsed(&format!("{}{closing}", &text[..*end])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(answer: &str) -> Option<(Vec<String>, bool)> {
        let found = object(answer)?;
        let codes = found.fields.list("states").into_iter().filter_map(|state| state.text("code").map(str::to_owned));
        Some((codes.collect(), found.whole))
    }

    #[test]
    fn the_object_is_found_wherever_it_stands() {
        let bare = r#"{"states": [{"code": "PAK", "quote": "x"}], "actions": []}"#;
        for answer in [
            bare.to_owned(),
            format!("```json\n{bare}\n```"),
            format!("Sure! Here is {{the}} answer:\n{bare}\nHope it helps."),
            format!("<think>maybe {{\"states\": []}}?</think>{bare}"),
            format!("{{\"result\": {bare}}}"),
            bare.replace("states", "States"),
        ] {
            assert_eq!(codes(&answer), Some((vec!["PAK".to_owned()], true)), "{answer}");
        }
    }

    #[test]
    fn what_broke_off_is_kept_up_to_its_last_whole_entry() {
        let long =
            r#"{"states": [{"code": "PAK", "quote": "a } b"}, {"code": "MLI", "quote": ["x", "y"]}, {"code": "J"#;
        assert_eq!(codes(long), Some((vec!["PAK".to_owned(), "MLI".to_owned()], false)));
        let half = r#"{"states": [{"code": "PAK", "quote": "x"}], "actions": [{"kind": "offer", "areas": ["a"], "quo"#;
        assert_eq!(codes(half).map(|(codes, _)| codes.len()), Some(1));
        assert!(object(half).is_some_and(|found| found.fields.list("actions").is_empty()));
    }

    #[test]
    fn what_is_no_answer_is_none() {
        for answer in ["", "I'm sorry, I cannot help with that.", "[1, 2]", "{}", "{\"error\": \"x\"}", "{{{{", "\"\\"]
        {
            assert!(object(answer).is_none(), "{answer}");
        }
        assert!(object(&"{".repeat(100_000)).is_none());
        assert!(object(&"[{\"states\":".repeat(20_000)).is_none());
    }
}
