//! Our words in the codes of IATI.

use vocab::{ActionStatus, OrganizationKind};

/// How an activity stands (ActivityStatus), by what was said of the action. Silence is no status there: an action of which
/// nothing was heard stands as it was last told to.
pub(super) fn status(said: ActionStatus) -> &'static str {
    match said {
        ActionStatus::Recorded | ActionStatus::NotStarted | ActionStatus::NoEvidence => "1",
        ActionStatus::InProgress => "2",
        ActionStatus::PartlyDelivered => "3",
        ActionStatus::Delivered => "4",
        ActionStatus::Dropped => "5",
        ActionStatus::Stalled => "6",
    }
}

/// What kind of body an organization is (OrganisationType).
pub(super) fn organization(kind: OrganizationKind) -> &'static str {
    match kind {
        OrganizationKind::International | OrganizationKind::Unit => "40",
        OrganizationKind::Ministry
        | OrganizationKind::Embassy
        | OrganizationKind::NationalCommission
        | OrganizationKind::Government => "10",
        OrganizationKind::University => "80",
        OrganizationKind::Ngo => "22",
        OrganizationKind::Company => "70",
        OrganizationKind::Other => "90",
    }
}

/// A state as an organization (OrganisationType).
pub(super) const GOVERNMENT: &str = "10";

/// What an organization does in an activity (OrganisationRole).
pub(super) const ACCOUNTABLE: &str = "2";
/// As above.
pub(super) const IMPLEMENTING: &str = "4";

/// The days of an activity (ActivityDateType).
pub(super) const PLANNED_START: &str = "1";
/// As above.
pub(super) const ACTUAL_START: &str = "2";
/// As above.
pub(super) const PLANNED_END: &str = "3";
/// As above.
pub(super) const ACTUAL_END: &str = "4";

/// Purposes by the five digits of the Creditor Reporting System (SectorVocabulary).
pub(super) const CRS: &str = "1";
/// The purpose of what has none.
pub(super) const UNSPECIFIED_SECTOR: &str = "99810";

/// The Sustainable Development Goals (TagVocabulary).
pub(super) const GOALS: &str = "2";

/// What belongs to no state (Region of the OECD DAC).
pub(super) const UNSPECIFIED_REGION: &str = "998";

/// A page on the web (DocumentCategory).
pub(super) const WEB_PAGE: &str = "A12";

/// Shares of 100 with two digits behind the point that sum up to it.
pub(super) fn shares(count: usize) -> Vec<String> {
    let (Some(each), Some(rest)) = (10_000_usize.checked_div(count), 10_000_usize.checked_rem(count)) else {
        return Vec::new();
    };
    let hundredths = (0..count).map(|at| each + usize::from(at < rest));
    hundredths.map(|share| format!("{}.{:02}", share / 100, share % 100)).collect()
}

#[cfg(test)]
mod tests {
    use vocab::Word;

    use super::*;

    #[test]
    fn every_status_has_its_code() {
        let codes: Vec<_> = ActionStatus::ALL.iter().map(|said| (said.code(), status(*said))).collect();
        let expected = [
            ("recorded", "1"),
            ("not-started", "1"),
            ("in-progress", "2"),
            ("stalled", "6"),
            ("partly-delivered", "3"),
            ("delivered", "4"),
            ("dropped", "5"),
            ("no-evidence", "1"),
        ];
        assert_eq!(codes, expected);
    }

    #[test]
    fn shares_sum_up_to_a_hundred() {
        for count in 1..20 {
            let hundredths = |share: &String| share.replace('.', "").parse::<usize>().expect("a number");
            assert_eq!(shares(count).iter().map(hundredths).sum::<usize>(), 10_000, "{count}");
        }
        assert!(shares(0).is_empty());
    }
}
