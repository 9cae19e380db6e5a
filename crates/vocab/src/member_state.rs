//! The states of ISO 3166-1, with the names people write them by.

use std::sync::LazyLock;

use crate::{Language, table};

/// A state of ISO 3166-1.
///
/// Read from `data/states.tsv`, whose head names source and date. A list in a column is separated by `|`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberState {
    /// Three letters, such as `PAK`.
    pub alpha3: &'static str,
    /// Two letters, such as `PK`.
    pub alpha2: &'static str,
    /// Other names people write it by, in each of the working languages: official names, former names, short forms.
    pub other_names: [Vec<&'static str>; 3],
    /// What its people and things are called in English, such as `Pakistani`; one that several states share stands at each.
    pub demonyms: Vec<&'static str>,
    /// Its capital in English, where it has one: news writes it for the government.
    pub capital: Option<&'static str>,
    names: [&'static str; 3],
}

impl MemberState {
    /// The name that is shown in a language.
    pub fn name(&self, language: Language) -> &'static str {
        self.names[language as usize]
    }
}

static STATES: LazyLock<Vec<MemberState>> = LazyLock::new(|| {
    let rows = table::rows(include_str!("../data/states.tsv"));
    rows.map(|[alpha3, alpha2, en, fr, ar, other_en, other_fr, other_ar, demonyms, capital]| MemberState {
        alpha3,
        alpha2,
        names: [en, fr, ar],
        other_names: [other_en, other_fr, other_ar].map(table::list),
        demonyms: table::list(demonyms),
        capital: table::some(capital),
    })
    .collect()
});

/// Every state, by alpha-3 code.
pub fn all() -> &'static [MemberState] {
    &STATES
}

/// The state with this code of two or three letters, in either case.
pub fn by_code(code: &str) -> Option<&'static MemberState> {
    all().iter().find(|state| state.alpha3.eq_ignore_ascii_case(code) || state.alpha2.eq_ignore_ascii_case(code))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use unicode_normalization::is_nfc;

    use super::*;
    use crate::{Word, fold};

    /// What two states share, folded; every other form points to one state.
    const SHARED: [&str; 2] = ["congolese", "dominican"];

    /// Every name and demonym a state is known by.
    fn forms(state: &MemberState) -> impl Iterator<Item = &'static str> {
        let names = state.names.into_iter().chain(state.other_names.iter().flatten().copied());
        names.chain(state.demonyms.iter().copied()).collect::<Vec<_>>().into_iter()
    }

    /// The states with this form.
    fn called(form: &str) -> Vec<&'static str> {
        let is_called = |state: &&MemberState| forms(state).any(|known| fold(known) == fold(form));
        all().iter().filter(is_called).map(|state| state.alpha3).collect()
    }

    #[test]
    fn every_state_of_iso_3166_stands_once_in_the_order_of_its_code() {
        assert_eq!(all().len(), 249);
        assert!(all().is_sorted_by(|a, b| a.alpha3 < b.alpha3));
        assert_eq!(all().iter().map(|state| state.alpha2).collect::<BTreeSet<_>>().len(), 249);
        let upper = |code: &str, length| code.len() == length && code.bytes().all(|b| b.is_ascii_uppercase());
        assert!(all().iter().all(|state| upper(state.alpha3, 3) && upper(state.alpha2, 2)));
        assert!(["PAK", "pk", "Pk"].iter().all(|code| by_code(code).is_some_and(|state| state.alpha3 == "PAK")));
        assert!(["XX", "", "Pakistan"].iter().all(|code| by_code(code).is_none()));
    }

    #[test]
    fn every_state_has_a_name_in_every_language_and_every_form_is_clean() {
        for state in all() {
            assert!(Language::ALL.iter().all(|language| !state.name(*language).is_empty()), "{}", state.alpha3);
            for form in forms(state).chain(state.capital) {
                assert!(is_nfc(form) && form.trim() == form && !fold(form).is_empty(), "{}: {form:?}", state.alpha3);
                assert!(!form.contains(char::is_control), "{}: {form:?}", state.alpha3);
            }
        }
    }

    #[test]
    fn a_form_points_to_one_state_unless_it_is_known_to_be_shared() {
        let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for state in all() {
            for form in forms(state) {
                owners.entry(fold(form)).or_default().insert(state.alpha3);
            }
        }
        let shared: Vec<_> = owners.iter().filter(|(_, states)| states.len() > 1).map(|(form, _)| &**form).collect();
        assert_eq!(shared, SHARED);
        for state in all() {
            let of_another = state.capital.and_then(|capital| owners.get(&fold(capital)));
            assert!(of_another.is_none_or(|states| states.contains(state.alpha3)), "{}", state.alpha3);
        }
    }

    #[test]
    fn states_that_are_often_confused_are_told_apart() {
        for (form, states) in [
            ("Niger", &["NER"][..]),
            ("Nigerien", &["NER"]),
            ("Nigeria", &["NGA"]),
            ("Nigerian", &["NGA"]),
            ("Guinea", &["GIN"]),
            ("Guinean", &["GIN"]),
            ("Guinea-Bissau", &["GNB"]),
            ("Bissau-Guinean", &["GNB"]),
            ("Equatorial Guinea", &["GNQ"]),
            ("Equatoguinean", &["GNQ"]),
            ("Democratic Republic of the Congo", &["COD"]),
            ("DR Congo", &["COD"]),
            ("Republic of the Congo", &["COG"]),
            ("Congolese", &["COD", "COG"]),
            ("Dominican", &["DMA", "DOM"]),
            ("Sudanese", &["SDN"]),
            ("South Sudanese", &["SSD"]),
            ("Mauritanian", &["MRT"]),
            ("Mauritian", &["MUS"]),
        ] {
            assert_eq!(called(form), states, "{form}");
        }
    }

    #[test]
    fn a_state_is_found_by_old_new_long_and_foreign_names() {
        for (forms, state) in [
            (&["Türkiye", "Turkey", "Turkish", "Turquie", "تركيا"][..], "TUR"),
            (&["Côte d'Ivoire", "Ivory Coast", "Ivorian", "ساحل العاج", "كوت ديفوار"], "CIV"),
            (&["Islamic Republic of Pakistan", "باكستان"], "PAK"),
            (&["Kingdom of Morocco", "Royaume du Maroc", "المملكة المغربية"], "MAR"),
            (&["Republic of Korea"], "KOR"),
            (&["Burma"], "MMR"),
            (&["Swaziland"], "SWZ"),
            (&["UAE", "Emirati", "الإمارات"], "ARE"),
            (&["KSA", "Saudi", "السعودية"], "SAU"),
            (&["UK"], "GBR"),
            (&["US", "USA", "American"], "USA"),
            (&["Palestine", "Palestinian", "دولة فلسطين"], "PSE"),
            (&["French"], "FRA"),
            (&["Dutch"], "NLD"),
            (&["Indian"], "IND"),
            (&["Norwegian"], "NOR"),
        ] {
            for form in forms {
                assert_eq!(called(form), [state], "{form}");
            }
        }
        assert_eq!(by_code("TUR").map(|state| state.name(Language::En)), Some("Türkiye"));
    }
}
