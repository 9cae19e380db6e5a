//! Names in a list of those who were there, without honorifics or posts.

use std::rc::Rc;

use vocab::ParticipationRole;

use super::{Example, Rule};
use crate::{
    draft::{By, Draft},
    pack::Cue,
    people,
};

/// Names in a list of those who were there.
pub const RULE: Rule = Rule {
    name: "person-in-attendance",
    example: Example {
        text: "Anna Berg, Director-General of UNESCO, met Hana Sato, Minister of Water of Japan. \
               Omar Tall, Lina Roy and Ambassador Koji Abe attended the meeting.",
        reads: &["person Omar Tall", "person Lina Roy"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.75 };

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    let names = Rc::clone(&draft.names);
    for sentence in document.sentences.iter().filter(|sentence| !sentence.headline) {
        let Some(cue) = document.cue(sentence.tokens.clone(), Cue::Attend) else { continue };
        let from = names.partition_point(|name| name.tokens.start < sentence.tokens.start);
        let to = names.partition_point(|name| name.tokens.start < sentence.tokens.end);
        for name in &names[from..to] {
            let new = !draft.mentions.contains_key(&name.honorifics.start) && name.tokens.len() > 1;
            let person = if new { people::introduce(draft, name, None, BY) } else { None };
            if let Some(index) = person.filter(|_| name.tokens.start < cue.first || cue.end <= name.tokens.start) {
                draft.people[index].role = ParticipationRole::Attendee;
            }
        }
    }
    people::mark_mentions(draft);
}
