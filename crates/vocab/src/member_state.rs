//! The states of ISO 3166-1, with the names people write them by.

use std::sync::LazyLock;

use crate::Language;

crate::word::words! {
    /// How a state stands in an organization.
    "standing" Standing {
        /// A member.
        Member = "member",
        /// An observer.
        Observer = "observer",
        /// Neither member nor observer.
        NonMember = "non-member",
        /// No statement says.
        Unknown = "unknown",
    }
}

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
    let rows = include_str!("../data/states.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.skip(1).map(parse).collect()
});

/// One row: alpha3, alpha2, three names, three lists of other names, demonyms, capital.
fn parse(row: &'static str) -> MemberState {
    let mut columns = row.split('\t');
    let mut next = || columns.next().unwrap_or_default();
    let list = |column: &'static str| column.split('|').filter(|name| !name.is_empty()).collect::<Vec<_>>();
    MemberState {
        alpha3: next(),
        alpha2: next(),
        names: [next(), next(), next()],
        other_names: [list(next()), list(next()), list(next())],
        demonyms: list(next()),
        capital: Some(next()).filter(|name| !name.is_empty()),
    }
}

/// Every state, by alpha-3 code.
pub fn all() -> &'static [MemberState] {
    &STATES
}

/// The state with this code of two or three letters, in either case.
pub fn by_code(code: &str) -> Option<&'static MemberState> {
    all().iter().find(|state| state.alpha3.eq_ignore_ascii_case(code) || state.alpha2.eq_ignore_ascii_case(code))
}
