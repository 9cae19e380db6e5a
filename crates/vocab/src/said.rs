//! The words of the closed lists as people write them in tables of their own, in the three working languages.

use std::{collections::HashMap, sync::LazyLock};

use crate::{Word, fold, table};

/// A form, folded, in a list.
type Form = (&'static str, String);

/// The code that each form means. Read from `data/words.tsv`.
static FORMS: LazyLock<HashMap<Form, &'static str>> = LazyLock::new(|| {
    let rows = table::rows::<5>(include_str!("../data/words.tsv"));
    rows.flat_map(|[list, code, en, fr, ar]| {
        let forms = [en, fr, ar].into_iter().flat_map(table::list).chain([code]);
        forms.map(move |form| ((list, fold(form)), code))
    })
    .collect()
});

/// The word of a list that people mean by this, whatever its case and accents; its code means it too.
pub fn word<W: Word>(said: &str) -> Option<W> {
    let code = FORMS.get(&(W::LIST, fold(said))).copied().unwrap_or(said.trim());
    W::from_code(code).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::{
        ActionKind, ActionStatus, CheckableElement, MeetingKind, MeetingMode, OrganizationKind, ParticipationRole,
        Side, Strength, Track,
    };

    fn codes<W: Word>() -> (&'static str, BTreeSet<&'static str>) {
        (W::LIST, W::ALL.iter().map(|word| word.code()).collect())
    }

    #[test]
    fn every_word_of_the_lists_is_said_in_every_language_and_none_is_made_up() {
        let mut rows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for [list, code, en, fr, ar] in table::rows::<5>(include_str!("../data/words.tsv")) {
            assert!([en, fr, ar].iter().all(|forms| !forms.is_empty()), "{list} {code}");
            assert!(rows.entry(list).or_default().insert(code), "{list} {code} stands twice");
        }
        let lists = [
            codes::<ActionKind>(),
            codes::<ActionStatus>(),
            codes::<CheckableElement>(),
            codes::<MeetingKind>(),
            codes::<MeetingMode>(),
            codes::<OrganizationKind>(),
            codes::<ParticipationRole>(),
            codes::<Side>(),
            codes::<Strength>(),
            codes::<Track>(),
        ];
        assert_eq!(rows, lists.into_iter().collect());
    }

    #[test]
    fn a_form_means_one_word_of_its_list() {
        let mut meant: BTreeMap<Form, BTreeSet<&str>> = BTreeMap::new();
        for [list, code, en, fr, ar] in table::rows::<5>(include_str!("../data/words.tsv")) {
            for form in [en, fr, ar].into_iter().flat_map(table::list).chain([code]) {
                meant.entry((list, fold(form))).or_default().insert(code);
            }
        }
        let several: Vec<_> = meant.iter().filter(|(_, codes)| codes.len() > 1).collect();
        assert!(several.is_empty(), "{several:?}");
    }

    #[test]
    fn a_word_is_understood_as_people_write_it() {
        for (said, status) in [
            ("Terminé", ActionStatus::Delivered),
            ("EN COURS", ActionStatus::InProgress),
            ("in_progress", ActionStatus::InProgress),
            ("not-started", ActionStatus::NotStarted),
            ("قيد التنفيذ", ActionStatus::InProgress),
            ("Cancelled", ActionStatus::Dropped),
        ] {
            assert_eq!(word::<ActionStatus>(said), Some(status), "{said}");
        }
        assert_eq!(word::<ActionStatus>("nearly"), None);
        assert_eq!(word::<MeetingMode>("Visioconférence"), Some(MeetingMode::Virtual));
    }
}
