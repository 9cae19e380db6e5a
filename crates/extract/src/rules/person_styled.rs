//! A name with an honorific and no post: `Dr. Hana Sato`.

use std::rc::Rc;

use super::{Example, Rule};
use crate::{
    draft::{By, Draft},
    people,
};

/// A name with an honorific and no post.
pub const RULE: Rule = Rule {
    name: "person-styled",
    example: Example {
        text: "Dr. Salma Rami, Director-General of UNESCO, met the Minister of Health of Chad in Paris. Mrs. Dina Faris was there.",
        reads: &["person Dina Faris"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.75 };

fn apply(draft: &mut Draft<'_, '_>) {
    for name in Rc::clone(&draft.names).iter() {
        let styled =
            !name.honorifics.is_empty() || draft.document.is_in(name.tokens.start, crate::pack::Class::Honorific);
        if styled && name.tokens.len() > 1 && !draft.mentions.contains_key(&name.honorifics.start) {
            people::introduce(draft, name, None, BY);
        }
    }
    people::mark_mentions(draft);
}
