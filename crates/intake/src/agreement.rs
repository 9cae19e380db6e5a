//! Whether two readers tell the same, something else of the same, or each something of their own.

use std::collections::BTreeSet;

use extract::reading::{Action, Meeting, Organization, Person};
use vocab::{OrganizationKind, evidence::Span, fold};

use crate::{
    entry::Entry,
    matching::{overlap, words},
};

/// How one entry stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// They are about different things.
    Apart,
    /// They say different things of the same: both cannot be right.
    Rival,
    /// They say the same. What one of them leaves open does not part them.
    Same,
}

/// How what a second reader read stands to what the first did.
pub(crate) fn compare(first: &Entry, second: &Entry) -> Verdict {
    match (first, second) {
        (Entry::State(a), Entry::State(b)) if a.code == b.code => Verdict::Same,
        (Entry::Area(a), Entry::Area(b)) if a.slug == b.slug => Verdict::Same,
        (Entry::State(_), Entry::State(_)) if coincide(first, second) => Verdict::Rival,
        (Entry::Organization(a), Entry::Organization(b)) => organizations(a, b, coincide(first, second)),
        (Entry::Person(a), Entry::Person(b)) => people(a, b, coincide(first, second)),
        (Entry::Meeting(a), Entry::Meeting(b)) => meetings(a, b, coincide(first, second)),
        (Entry::Action(a), Entry::Action(b)) => actions(a, b),
        _ => Verdict::Apart,
    }
}

/// Whether both are told and differ.
fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.is_some() && b.is_some() && a != b
}

fn verdict(is_rival: bool) -> Verdict {
    if is_rival { Verdict::Rival } else { Verdict::Same }
}

fn organizations(a: &Organization, b: &Organization, coincide: bool) -> Verdict {
    let called = |one: &Organization| one.acronym.iter().chain([&one.name]).map(|name| fold(name)).collect::<Vec<_>>();
    let (said, other) = (words(&a.name), words(&b.name));
    let ministries = [a, b].iter().all(|one| one.kind == OrganizationKind::Ministry);
    let within = ministries && (said.is_subset(&other) || other.is_subset(&said)) && said.len().min(other.len()) > 1;
    let apart = differ(a.state.as_ref(), b.state.as_ref());
    if called(a).iter().any(|name| called(b).contains(name)) || said == other || within && !apart {
        return verdict(apart);
    }
    let alike = ministries && !apart && (coincide || overlap(&said, &other) >= 0.5);
    if alike { Verdict::Rival } else { Verdict::Apart }
}

fn people(a: &Person, b: &Person, coincide: bool) -> Verdict {
    let said: Vec<_> = a.also.iter().chain([&a.name]).map(|name| fold(name)).collect();
    let other: Vec<_> = b.also.iter().chain([&b.name]).map(|name| fold(name)).collect();
    let posts = (a.post.as_deref().map(words), b.post.as_deref().map(words));
    let posts = matches!(&posts, (Some(a), Some(b)) if a.is_disjoint(b));
    if said.iter().any(|a| other.iter().any(|b| is_same_name(a, b))) {
        return verdict(differ(a.state.as_ref(), b.state.as_ref()) || posts);
    }
    let family = |name: &str| fold(name).rsplit(' ').next().map(str::to_owned);
    if coincide && family(&a.name) == family(&b.name) { Verdict::Rival } else { Verdict::Apart }
}

/// Whether one of two folded names only leaves out what the other has, or shortens the first to its initial.
fn is_same_name(a: &str, b: &str) -> bool {
    let parts = |name: &'_ str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (parts(a), parts(b));
    let set = |parts: &[String]| parts.iter().cloned().collect::<BTreeSet<_>>();
    let initial = |short: &[String], long: &[String]| {
        let first = short[0].chars().count() == 1 && long[0].starts_with(&*short[0]);
        first && short.len() > 1 && short.last() == long.last()
    };
    set(&a).is_subset(&set(&b)) || set(&b).is_subset(&set(&a)) || initial(&a, &b) || initial(&b, &a)
}

/// A report tells of one contact as a rule: two are apart only where nothing joins them.
fn meetings(a: &Meeting, b: &Meeting, coincide: bool) -> Verdict {
    let apart = differ(a.date, b.date);
    match (a.kind == b.kind, apart) {
        (true, _) => verdict(apart),
        (false, true) if !coincide => Verdict::Apart,
        (false, _) => Verdict::Rival,
    }
}

fn actions(a: &Action, b: &Action) -> Verdict {
    let side = |action: &Action| action.actor_side.as_deref().map(fold);
    match is_near(a, b) {
        false => Verdict::Apart,
        true => verdict(a.kind != b.kind || differ(side(a), side(b)) || differ(a.due, b.due)),
    }
}

/// Whether half of the shorter of two clauses lies in the other.
fn is_near(a: &Action, b: &Action) -> bool {
    let (Some(a), Some(b)) = (a.basis.evidence.first(), b.basis.evidence.first()) else { return false };
    2 * shared(a, b) >= length(a).min(length(b))
}

/// Whether two entries rest on the same words: more or less, and not one on a word of the other's sentence.
fn coincide(a: &Entry, b: &Entry) -> bool {
    let same = |a: &Span, b: &Span| {
        let (short, long) = (length(a).min(length(b)), length(a).max(length(b)));
        2 * shared(a, b) >= short && long <= 2 * short && short > 0
    };
    a.basis().evidence.iter().any(|a| b.basis().evidence.iter().any(|b| same(a, b)))
}

fn length(span: &Span) -> usize {
    span.end.saturating_sub(span.start)
}

fn shared(a: &Span, b: &Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

#[cfg(test)]
mod tests {
    use vocab::ActionKind::{Invitation, Proposal};

    use super::*;
    use crate::sample;

    #[test]
    fn people_and_bodies_are_told_apart_by_their_names() {
        let person = |name, post, state| Entry::Person(sample::person(name, post, None, state));
        let body = |name, acronym, state| {
            Entry::Organization(sample::organization(name, OrganizationKind::Ministry, acronym, state))
        };
        for (a, b, expected) in [
            (person("Omar Sabti", Some("Minister"), None), person("O. Sabti", None, Some("MLI")), Verdict::Same),
            (
                person("Omar Sabti", Some("Minister of Water"), None),
                person("Sabti", Some("Water Minister"), None),
                Verdict::Same,
            ),
            (
                person("Omar Sabti", Some("Minister"), None),
                person("Omar Sabti", Some("Ambassador"), None),
                Verdict::Rival,
            ),
            (person("Omar Sabti", None, Some("MLI")), person("Omar Sabti", None, Some("JOR")), Verdict::Rival),
            (person("Omar Sabti", None, None), person("Umar Sabti", None, None), Verdict::Rival),
            (person("Omar Sabti", None, None), person("Lina Haddad", None, None), Verdict::Apart),
            (body("Ministry of Water", None, Some("MLI")), body("Ministry of the Water", None, None), Verdict::Same),
            (
                body("Ministry of Water", None, Some("MLI")),
                body("Ministry of Water and Energy", None, None),
                Verdict::Same,
            ),
            (
                body("Ministry of Water", None, Some("MLI")),
                body("Ministry of Water", None, Some("JOR")),
                Verdict::Rival,
            ),
            (
                body("Ministry of Water", None, Some("MLI")),
                body("Ministry of Trade", None, Some("JOR")),
                Verdict::Apart,
            ),
            (body("Ministry of Water", Some("MW"), None), body("MW", None, None), Verdict::Same),
        ] {
            assert_eq!(compare(&a, &b), expected, "{a:?}\n{b:?}");
        }
    }

    #[test]
    fn meetings_and_acts_are_told_apart_by_date_and_place() {
        let meeting = |date| Entry::Meeting(sample::meeting(date));
        let call = |date| {
            let mut meeting = sample::meeting(date);
            meeting.kind = vocab::MeetingKind::Call;
            meeting.basis = sample::basis(500, "by telephone");
            Entry::Meeting(meeting)
        };
        let act = |kind, at, quote, side, due: Option<&str>| {
            let mut action = sample::action(kind, quote, None, side, None);
            (action.basis, action.due) = (sample::basis(at, quote), due.map(|due| due.parse().expect("a date")));
            Entry::Action(action)
        };
        let invited = act(Invitation, 10, "invited them to Fez", Some("MLI"), None);
        for (a, b, expected) in [
            (&meeting(Some("2026-02-01")), meeting(None), Verdict::Same),
            (&meeting(Some("2026-02-01")), meeting(Some("2026-02-02")), Verdict::Rival),
            (&meeting(Some("2026-02-01")), call(Some("2026-02-01")), Verdict::Rival),
            (&meeting(Some("2026-02-01")), call(Some("2026-02-02")), Verdict::Apart),
            (&invited, act(Invitation, 0, "yesterday invited them", None, Some("2026")), Verdict::Same),
            (&invited, act(Invitation, 10, "invited them to Fez", Some("JOR"), None), Verdict::Rival),
            (&invited, act(Proposal, 10, "invited them", Some("MLI"), None), Verdict::Rival),
            (&invited, act(Invitation, 90, "invited them to Fez", Some("MLI"), None), Verdict::Apart),
            (&invited, meeting(None), Verdict::Apart),
        ] {
            assert_eq!(compare(a, &b), expected, "{a:?}\n{b:?}");
        }
    }
}
