//! What a person decided stays decided: a finding of a newer reading that equals a decided one is not asked again.

use sea_orm::ConnectionTrait;
use store::{Result, UnitOfWork, finding, reading};
use uuid::Uuid;
use vocab::{FindingState, evidence::Span, fold};

use crate::{
    entry::{Entry, same_value},
    matching::words,
};

/// A decided finding, as it was read and as it was settled.
pub(crate) struct Decided {
    row: finding::Model,
    read: Entry,
    settled: Entry,
}

impl Decided {
    /// The row of it.
    pub(crate) fn row(&self) -> &finding::Model {
        &self.row
    }
}

/// The findings of a report on which a person has decided, the latest decision first.
pub(crate) async fn decided(db: &impl ConnectionTrait, report_id: Uuid) -> Result<Vec<Decided>> {
    let mut decided = Vec::new();
    for reading in reading::of_report(db, report_id).await? {
        let rows = finding::of_reading(db, reading.id).await?;
        for row in rows.into_iter().filter(|row| row.state.0 != FindingState::Waiting) {
            // A value that an old program kept and this one cannot understand equals nothing.
            if let (Ok(read), Ok(settled)) = (Entry::as_read(&row), Entry::settled(&row)) {
                decided.push(Decided { row, read, settled });
            }
        }
    }
    decided.sort_by_key(|decided| std::cmp::Reverse(decided.row.decided_at));
    Ok(decided)
}

/// The decided finding that is the same as an entry.
pub(crate) fn equal<'d>(decided: &'d [Decided], entry: &Entry) -> Option<&'d Decided> {
    decided.iter().find(|decided| same(&decided.read, entry) || same(&decided.settled, entry))
}

/// Keeps a finding as an equal one was decided.
pub(crate) async fn over(work: &mut UnitOfWork, draft: finding::Draft, decided: &Decided) -> Result<finding::Model> {
    let settled = decided.row.settled_value();
    let rejected = decided.row.state.0 == FindingState::Rejected;
    let differing = (!rejected && !same_value(settled, &draft.value)).then(|| settled.clone());
    finding::carry(work, draft, &decided.row, differing).await
}

/// Whether two entries tell the same: by their values, or of the same in the same words of the report.
fn same(a: &Entry, b: &Entry) -> bool {
    a.kind() == b.kind()
        && (same_value(&a.value(), &b.value()) && (!is_placed(a) || overlaps(a, b))
            || overlaps(a, b) && same_identity(a, b)
            || !is_placed(a) && same_identity(a, b))
}

/// Whether the place is part of what it is: two acts can be told in the same words, a person is one wherever they stand.
fn is_placed(entry: &Entry) -> bool {
    matches!(entry, Entry::Action(_) | Entry::Meeting(_) | Entry::Fulfilment(_))
}

fn same_identity(a: &Entry, b: &Entry) -> bool {
    match (a, b) {
        (Entry::State(a), Entry::State(b)) => a.code == b.code,
        (Entry::Area(a), Entry::Area(b)) => a.slug == b.slug,
        (Entry::Organization(a), Entry::Organization(b)) => a.state == b.state && words(&a.name) == words(&b.name),
        (Entry::Person(a), Entry::Person(b)) => {
            let spelled = |person: &extract::reading::Person| {
                person.also.iter().chain([&person.name]).map(|name| fold(name)).collect::<Vec<_>>()
            };
            spelled(a).contains(&fold(&b.name)) || spelled(b).contains(&fold(&a.name))
        }
        (Entry::Meeting(a), Entry::Meeting(b)) => a.kind == b.kind || a.date == b.date,
        (Entry::Action(a), Entry::Action(b)) => a.kind == b.kind,
        (Entry::Fulfilment(a), Entry::Fulfilment(b)) => a.deed == b.deed,
        _ => false,
    }
}

fn overlaps(a: &Entry, b: &Entry) -> bool {
    let meets = |a: &Span, b: &Span| a.start < b.end && b.start < a.end;
    a.basis().evidence.iter().any(|a| b.basis().evidence.iter().any(|b| meets(a, b)))
}

#[cfg(test)]
mod tests {
    use vocab::ActionKind::{Invitation, Proposal};

    use super::*;
    use crate::sample;

    #[test]
    fn what_equals_a_decided_finding_is_known() {
        let act = |kind, at, quote| {
            let mut action = sample::action(kind, quote, None, None, None);
            action.basis = sample::basis(at, quote);
            Entry::Action(action)
        };
        let who = |name, also: &[&str]| {
            let mut person = sample::person(name, None, None, None);
            person.also = also.iter().map(|&name| name.to_owned()).collect();
            Entry::Person(person)
        };
        for (a, b, expected) in [
            (act(Invitation, 10, "invited them"), act(Invitation, 10, "invited them"), true),
            (act(Invitation, 10, "invited them"), act(Invitation, 15, "them all"), true),
            (act(Invitation, 10, "invited them"), act(Proposal, 10, "invited them"), false),
            (act(Invitation, 10, "invited them"), act(Invitation, 90, "invited them"), false),
            (who("Omar Sabti", &[]), who("Omar Sabti", &["Mr Sabti"]), true),
            (who("Omar Sabti", &[]), who("Omar B. Sabti", &["Omar Sabti"]), true),
            (who("Omar Sabti", &[]), who("Lina Sabti", &[]), false),
            (who("Omar", &[]), act(Proposal, 0, "Omar"), false),
        ] {
            assert_eq!(same(&a, &b), expected, "{a:?} {b:?}");
        }
    }
}
