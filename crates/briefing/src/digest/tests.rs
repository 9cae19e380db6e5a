//! Why somebody is reminded of something, by books made by hand.

use vocab::{ActionKind as Kind, ActionStatus, ReminderReason as Reason, Side, Strength, Track, Word, status::Rhythms};

use super::{rows::rows, words};
use crate::{
    Asked, Clock,
    book::{
        Action, Book,
        made::{day, id, said},
    },
    brief::words::fill,
};

const ME: u128 = 301;

/// What I am reminded of on a day: the numbers of the records, each with its reason and day.
fn reminded(book: &Book, on: &str) -> Vec<(u128, Reason, String)> {
    let db = sea_orm::DatabaseConnection::default();
    let asked =
        Asked { db: &db, book, clock: Clock::on(day(on)), rhythms: Rhythms::default(), state_id: None, from: None };
    rows(asked, id(ME), 7).into_iter().map(|row| (row.record.id.as_u128(), row.reason, row.since.to_string())).collect()
}

fn mine(on: &str) -> Action {
    said(Some(1), on).owned_by(ME)
}

#[test]
fn the_first_reason_that_holds_is_told_and_nothing_of_others() {
    let ask = |side| mine("2026-02-01").is(Kind::Request, Strength::Proposed, side);
    let book = Book::made(
        &["OMN"],
        vec![
            mine("2026-01-01").due("2026-02-28"),
            mine("2026-01-01").due("2026-03-02"),
            mine("2026-01-01").due("2026-03-09"),
            mine("2026-01-01").due("2026-03-10"),
            ask(Side::Theirs),
            ask(Side::Ours),
            mine("2025-08-01"),
            mine("2026-02-01").hangs_on(Some(11), None),
            mine("2026-02-01").hangs_on(Some(12), None),
            mine("2026-02-01").hangs_on(Some(13), None),
            said(Some(1), "2026-01-01").due("2026-02-28"),
            mine("2026-01-01").due("2026-02-28").told(Track::Ours, ActionStatus::Delivered, "2026-02-01"),
        ],
    )
    .held(&[
        (11, 21, "2025-01-01", Some("2026-02-20")),
        (12, 22, "2025-01-01", Some("2026-02-10")),
        (13, 23, "2025-01-01", None),
    ])
    .tasked(&[(101, ME, "2026-03-01"), (101, ME, "2026-03-05"), (101, 302, "2026-03-01"), (101, ME, "2026-04-01")]);
    let expected = [
        (101, Reason::Overdue, "2026-02-28"),
        (501, Reason::Overdue, "2026-03-01"),
        (102, Reason::DueSoon, "2026-03-02"),
        (502, Reason::DueSoon, "2026-03-05"),
        (103, Reason::DueSoon, "2026-03-09"),
        (105, Reason::Unanswered, "2026-02-01"),
        (107, Reason::Silent, "2025-08-01"),
        (108, Reason::WithoutHolder, "2026-02-20"),
    ];
    let expected: Vec<_> = expected.map(|(id, reason, since)| (id, reason, since.to_owned())).into();
    assert_eq!(reminded(&book, "2026-03-02"), expected);
}

#[test]
fn what_waits_for_others_is_told_once_it_waits_longer_than_usual() {
    let book = Book::made(&["OMN"], vec![mine("2026-02-01").is(Kind::Request, Strength::Proposed, Side::Ours)]);
    assert_eq!(reminded(&book, "2026-03-02"), []);
    assert_eq!(reminded(&book, "2026-05-03"), [(101, Reason::Unanswered, "2026-02-01".to_owned())]);
}

#[test]
fn every_sentence_says_what_and_since_when_in_every_language() {
    for reason in Reason::ALL {
        for language in vocab::Language::ALL {
            let values = [("what", "OMN-1"), ("since", "1"), ("days", "2")];
            let sentence = fill(words::sentence(*reason), *language, &values);
            for part in ["OMN-1", "1", "2"] {
                assert!(sentence.contains(part), "{sentence}");
            }
            assert!(!sentence.contains('{') && !words::reason(*reason)[*language as usize].is_empty(), "{sentence}");
        }
    }
}
