//! How states stand in international organizations, as dated statements.
//!
//! Sources disagree on who is a member and on how many there are, so nothing here is "the" list: a statement says what its
//! source says, of the time it says it of.

use std::sync::LazyLock;

use crate::{PartialDate, table};

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

/// That a source gives a state a standing. Read from `data/standings.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingStatement {
    /// The acronym of the organization, such as `ICESCO`.
    pub organization: &'static str,
    /// The state, by alpha-3 code.
    pub state: &'static str,
    /// The standing it is said to have; `Unknown` where the state is a candidate that no source names.
    pub standing: Standing,
    /// The time the statement speaks of, where its source gives one.
    pub on: Option<PartialDate>,
    /// Where it was read, or has to be read.
    pub source: &'static str,
    /// Whether it may be relied on; if not, it has to be checked first.
    pub verified: bool,
    /// What the source says besides; often empty.
    pub note: &'static str,
}

/// That a source gives an organization a number of members. Read from `data/membership_counts.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipCount {
    /// The acronym of the organization.
    pub organization: &'static str,
    /// The number of members it is said to have.
    pub says: u32,
    /// The time the statement speaks of, where its source gives one.
    pub on: Option<PartialDate>,
    /// Where it was read.
    pub source: &'static str,
    /// What the source says besides; often empty.
    pub note: &'static str,
}

static STATEMENTS: LazyLock<Vec<StandingStatement>> = LazyLock::new(|| {
    let rows = table::rows(include_str!("../data/standings.tsv"));
    rows.map(|[organization, state, standing, on, source, verified, note]| StandingStatement {
        organization,
        state,
        standing: standing.parse().expect("a standing"),
        on: table::some(on).map(|date| date.parse().expect("a date")),
        source,
        verified: verified == "yes",
        note,
    })
    .collect()
});

static COUNTS: LazyLock<Vec<MembershipCount>> = LazyLock::new(|| {
    let rows = table::rows(include_str!("../data/membership_counts.tsv"));
    rows.map(|[organization, says, on, source, note]| MembershipCount {
        organization,
        says: says.parse().expect("a number"),
        on: table::some(on).map(|date| date.parse().expect("a date")),
        source,
        note,
    })
    .collect()
});

/// Every statement on a state's standing, in the order of the table.
pub fn all() -> &'static [StandingStatement] {
    &STATEMENTS
}

/// Every statement on how many members an organization has, in the order of the table.
pub fn counts() -> &'static [MembershipCount] {
    &COUNTS
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::member_state;

    /// The states that are said to stand so.
    fn states(organization: &str, is_said: impl Fn(&StandingStatement) -> bool) -> BTreeSet<&'static str> {
        let said = all().iter().filter(|s| s.organization == organization && is_said(s));
        said.map(|statement| statement.state).collect()
    }

    #[test]
    fn every_statement_has_a_state_that_exists_and_a_source() {
        for statement in all() {
            let known = member_state::by_code(statement.state).map(|state| state.alpha3);
            assert_eq!(known, Some(statement.state));
            assert!(!statement.source.is_empty(), "{}", statement.state);
            assert!(statement.verified || !statement.note.is_empty(), "{}: what is to be checked?", statement.state);
        }
        assert!(counts().iter().all(|count| !count.source.is_empty() && count.says > 0));
        let rows = include_str!("../data/standings.tsv").lines().filter(|line| line.contains('\t')).skip(1);
        assert!(rows.into_iter().all(|row| matches!(row.split('\t').nth(5), Some("yes" | "no"))));
    }

    #[test]
    fn no_statement_is_made_twice() {
        let said: BTreeSet<_> =
            all().iter().map(|s| (s.organization, s.state, s.on.map(|on| on.to_string()), s.source)).collect();
        assert_eq!(said.len(), all().len());
    }

    #[test]
    fn the_oic_has_57_members_and_four_observers_that_are_states_of_iso_3166() {
        let members = states("OIC", |s| s.standing == Standing::Member);
        let observers = states("OIC", |s| s.standing == Standing::Observer);
        assert_eq!((members.len(), observers), (57, BTreeSet::from(["BIH", "CAF", "RUS", "THA"])));
        let unverified = states("OIC", |s| !s.verified);
        assert_eq!(unverified, BTreeSet::from(["SYR"]));
    }

    #[test]
    fn of_the_oic_states_38_are_confirmed_in_icesco_and_19_are_to_be_verified() {
        let confirmed = states("ICESCO", |s| s.standing == Standing::Member && s.verified);
        let to_verify = states("ICESCO", |s| !s.verified);
        assert_eq!((confirmed.len(), to_verify.len()), (38, 19));
        let both: BTreeSet<_> = confirmed.union(&to_verify).copied().collect();
        assert_eq!(both, states("OIC", |s| s.standing == Standing::Member));
        assert_eq!(states("ICESCO", |s| s.standing == Standing::Observer), BTreeSet::from(["BRA", "RUS", "THA"]));
    }

    #[test]
    fn sources_disagree_and_all_are_kept() {
        let of_icesco: BTreeSet<_> = counts().iter().filter(|c| c.organization == "ICESCO").map(|c| c.says).collect();
        assert_eq!(of_icesco, BTreeSet::from([51, 52, 53, 54]));
        let of_turkiye: Vec<_> = all().iter().filter(|s| (s.organization, s.state) == ("ICESCO", "TUR")).collect();
        assert_eq!(of_turkiye.len(), 2);
        assert!(of_turkiye.iter().all(|statement| statement.on.is_some() && !statement.verified));
    }
}
