//! The kinds of organization, and the international ones that everybody knows.

use std::sync::LazyLock;

use crate::{Language, Word, table};

crate::word::words! {
    /// What kind of body an organization is.
    "organization kind" OrganizationKind {
        /// Intergovernmental or regional.
        International = "international",
        /// A ministry of a state.
        Ministry = "ministry",
        /// An embassy or permanent mission.
        Embassy = "embassy",
        /// A national commission for the organization.
        NationalCommission = "national-commission",
        /// Any other public body.
        Government = "government",
        /// A university or institute of higher education.
        University = "university",
        /// A non-governmental organization.
        Ngo = "ngo",
        /// A company.
        Company = "company",
        /// A sector, centre or department of another organization.
        Unit = "unit",
        /// Anything else.
        Other = "other",
    }
}

/// An international organization of general knowledge, so that reports can name it before anyone has entered it.
///
/// Read from `data/organizations.tsv`. What the table is not sure of, it leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownOrganization {
    /// The usual acronym in English, unique in the list, such as `ICESCO`.
    pub acronym: &'static str,
    /// What kind of body it is.
    pub kind: OrganizationKind,
    /// Other spellings, acronyms, short and former names, in each of the working languages.
    pub other_names: [Vec<&'static str>; 3],
    /// The city of its headquarters in English and the alpha-3 code of its state, where it has one place.
    pub seat: Option<(&'static str, &'static str)>,
    names: [Option<&'static str>; 3],
}

impl KnownOrganization {
    /// Its name in a language, where the table has one.
    pub fn name(&self, language: Language) -> Option<&'static str> {
        self.names[language as usize]
    }

    /// Everything it is called in a language: its acronym, its name and its other names.
    pub fn forms(&self, language: Language) -> impl Iterator<Item = &'static str> {
        let others = self.other_names[language as usize].iter().copied();
        std::iter::once(self.acronym).chain(self.name(language)).chain(others)
    }
}

static KNOWN: LazyLock<Vec<KnownOrganization>> = LazyLock::new(|| {
    let rows = table::rows(include_str!("../data/organizations.tsv"));
    rows.map(|[acronym, kind, en, fr, ar, other_en, other_fr, other_ar, city, state]| KnownOrganization {
        acronym,
        kind: Word::from_code(kind).expect("an organization kind"),
        names: [en, fr, ar].map(table::some),
        other_names: [other_en, other_fr, other_ar].map(table::list),
        seat: table::some(city).zip(table::some(state)),
    })
    .collect()
});

/// Every known organization, by acronym.
pub fn known() -> &'static [KnownOrganization] {
    &KNOWN
}

/// The known organization with this acronym, in either case.
pub fn by_acronym(acronym: &str) -> Option<&'static KnownOrganization> {
    known().iter().find(|organization| organization.acronym.eq_ignore_ascii_case(acronym))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use unicode_normalization::is_nfc;

    use super::*;
    use crate::{fold, member_state};

    #[test]
    fn every_known_organization_is_well_formed() {
        assert!(known().len() >= 80);
        for organization in known() {
            let acronym = organization.acronym;
            assert_eq!(organization.kind, OrganizationKind::International, "{acronym}");
            assert!(Language::ALL.iter().any(|language| organization.name(*language).is_some()), "{acronym}");
            for form in Language::ALL.iter().flat_map(|language| organization.forms(*language)) {
                assert!(is_nfc(form) && form.trim() == form && !fold(form).is_empty(), "{acronym}: {form:?}");
            }
            let state = organization.seat.map(|(_, code)| code);
            assert_eq!(state.and_then(member_state::by_code).map(|s| s.alpha3), state, "{acronym}");
        }
        let rows = include_str!("../data/organizations.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
        for row in rows {
            let columns: Vec<_> = row.split('\t').collect();
            assert_eq!(columns[8].is_empty(), columns[9].is_empty(), "half a seat: {row}");
        }
    }

    #[test]
    fn a_name_in_any_language_means_one_organization_and_no_state() {
        let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for organization in known() {
            for form in Language::ALL.iter().flat_map(|language| organization.forms(*language)) {
                owners.entry(fold(form)).or_default().insert(organization.acronym);
            }
        }
        let shared: Vec<_> = owners.iter().filter(|(_, organizations)| organizations.len() > 1).collect();
        assert_eq!(shared, []);
        for state in member_state::all() {
            let names = Language::ALL.iter().map(|language| state.name(*language));
            for name in names.chain(state.other_names.iter().flatten().copied()) {
                assert!(!owners.contains_key(&fold(name)), "{name}");
            }
        }
    }

    #[test]
    fn an_organization_is_known_by_its_former_names() {
        let icesco = by_acronym("icesco").expect("it is the default host");
        assert_eq!(icesco.seat, Some(("Rabat", "MAR")));
        assert!(icesco.forms(Language::En).any(|form| form == "ISESCO"));
        for acronym in ["OIC", "UNESCO", "ALECSO", "GCC", "ECOWAS", "OTS", "WHO", "UN Women", "AsDB", "IsDB"] {
            assert!(by_acronym(acronym).is_some(), "{acronym}");
        }
    }
}
