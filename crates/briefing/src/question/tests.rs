//! What each question counts, on one small book.

use chrono::NaiveDate;
use sea_orm::DatabaseConnection;
use uuid::Uuid;
use vocab::{ActionKind::*, ActionStatus::*, CheckableElement::*, Side::*, Strength::*, Track, status::Rhythms};

use super::*;
use crate::{
    Clock,
    answer::{Asked, Standing},
    book::{
        Book,
        made::{day, id, said},
    },
    found::Found,
    partnership::survey,
};

/// The day on which the book is asked.
const DAY: &str = "2026-06-30";

/// Before the first record.
const BEFORE: &str = "2023-12-31";

/// With Mauritania (1) and Pakistan (2) there is much, with Japan (3) nothing yet, and Qatar (4) is quiet.
fn book() -> Book {
    let actions = vec![
        said(Some(1), "2026-02-12").is(Invitation, Proposed, Theirs),
        said(Some(1), "2025-03-01")
            .is(Proposal, Explored, Theirs)
            .within(&["water-management", "manuscripts-libraries"]),
        said(Some(1), "2025-09-01").within(&["water-management"]).told(Track::Ours, Dropped, "2025-12-01"),
        said(Some(1), "2025-10-01")
            .is(Agreement, Signed, Both)
            .within(&["manuscripts-libraries"])
            .due("2026-03-31")
            .hangs_on(Some(301), Some(302))
            .told(Track::Ours, NotStarted, "2026-05-01"),
        // Two tracks contradict each other on one day: what was recorded last counts.
        said(Some(2), "2025-12-15")
            .is(Commitment, Promised, Theirs)
            .within(&["water-management"])
            .due("2026-06-29")
            .told(Track::Counterpart, InProgress, "2026-04-01")
            .told(Track::Counterpart, Delivered, "2026-04-01")
            .told(Track::Ours, InProgress, "2026-03-31")
            .told(Track::Ours, Dropped, "2026-07-01"),
        said(Some(2), "2024-01-10")
            .is(Commitment, Promised, Theirs)
            .lacks(&[Owner, Date])
            .hangs_on(Some(302), Some(302)),
        said(None, "2026-06-01").is(Plan, AgreedInPrinciple, Ours).due("2026-06-15"),
        said(Some(2), "2026-05-01").is(Request, Proposed, Other),
        // Not there yet.
        said(Some(2), "2026-07-05").is(Agreement, Signed, Both).lacks(&[Date]).within(&["water-management"]),
        said(Some(2), "2024-02-01").is(Agreement, AgreedInPrinciple, Ours).within(&["water-management"]).told(
            Track::Evidence,
            PartlyDelivered,
            "2024-05-01",
        ),
        said(Some(4), "2025-01-01").is(Request, Proposed, Ours),
        said(Some(1), "2025-08-01").is(Agreement, Signed, Both).within(&["manuscripts-libraries"]).told(
            Track::Ours,
            InProgress,
            "2026-06-01",
        ),
    ];
    let meetings: [(_, &[u128]); 4] =
        [(Some("2026-02-10"), &[1, 2]), (None, &[1]), (Some("2026-07-10"), &[1, 3]), (Some("2026-08-01"), &[])];
    // The first post is vacant; the second went to a successor, who came before the other had left.
    let held = [
        (301, 501, "2024-01-01", Some("2026-03-15")),
        (302, 502, "2024-01-01", Some("2026-05-31")),
        (302, 503, "2026-05-01", None),
    ];
    Book::made(&["MRT", "PAK", "JPN", "QAT"], actions).met(&meetings).held(&held)
}

/// The rows, each in a line, and the coverage.
#[derive(Debug, PartialEq, Eq)]
struct Told(Vec<String>, usize, usize);

fn told<R>(found: &Found<R>, line: impl Fn(&R) -> String) -> Told {
    Told(found.rows.iter().map(line).collect(), found.judged, found.of)
}

/// The number of a record.
fn no(id: impl Into<Option<Uuid>>) -> String {
    id.into().map_or("-".to_owned(), |id| id.as_u128().to_string())
}

fn on(day: Option<NaiveDate>) -> String {
    day.map_or("-".to_owned(), |day| day.to_string())
}

fn numbers(found: &Found<Standing<'_>>) -> Told {
    told(found, |standing| no(standing.id))
}

type Ask = fn(Asked<'_>) -> Told;

/// How each question is asked, and its rows in lines.
const ASKS: &[(&str, Ask)] = &[
    ("partnerships", |asked| {
        let (rows, judged, of) = (survey(asked).into_iter().collect(), 0, 0);
        told(&Found { rows, judged, of }, |(state, partnership)| {
            let (label, why) = partnership.label(asked.day());
            format!("{} {label} {why:?}", no(*state))
        })
    }),
    ("overdue-by-owner", |asked| {
        let late = late::late_by(asked, |standing| standing.action.owner);
        told(&late, |(owner, late)| format!("{} {} {}", no(*owner), late.count, on(late.oldest)))
    }),
    ("owed", |asked| told(&owed::rows(asked), |(page, of)| format!("{page} {}", no(of.id)))),
    ("matrix", |asked| {
        told(&matrix::rows(asked), |row| {
            let matrix::Row { state, area, actions, open, strongest } = row;
            let (strength, status) = (strongest.action.strength, strongest.stand.status);
            format!("{} {} {actions} {open} {} {strength} {status}", no(*state), area.slug, no(strongest.id))
        })
    }),
    ("overdue-by-state", |asked| {
        told(&overdue_by_state::rows(asked), |(state, late)| {
            format!("{} {} {}", no(*state), late.count, on(late.oldest))
        })
    }),
    ("overdue-by-age", |asked| {
        told(&overdue_by_age::rows(asked), |(band, late)| format!("{band} {} {}", late.count, on(late.oldest)))
    }),
    ("quiet-partners", |asked| {
        told(&quiet_partners::rows(asked), |row| {
            let quiet_partners::Row { state, last_contact, days, open, silent } = row;
            format!("{} {last_contact} {days} {open} {silent}", no(*state))
        })
    }),
    ("talked-never-agreed", |asked| {
        told(&talked_never_agreed::rows(asked), |row| {
            format!("{} {} {} {} {}", no(row.state), row.area.slug, row.first, row.last, row.actions)
        })
    }),
    ("signed-not-started", |asked| numbers(&signed_not_started::rows(asked))),
    ("requests-unanswered", |asked| {
        told(&requests_unanswered::rows(asked), |Standing { id, action, stand }| {
            format!("{:?} {} {}", action.awaits, no(*id), stand.status)
        })
    }),
    ("promised-to-us", |asked| numbers(&promised_to_us::rows(asked))),
    ("changes", |asked| {
        told(&changes::rows(asked), |row| format!("{} {:?} {} {}", row.on, row.change, no(row.id), no(row.state)))
    }),
    ("timeline", |asked| told(&timeline::rows(asked), |row| format!("{} {:?} {}", row.on, row.event, no(row.id)))),
    ("delivery-rate", |asked| {
        told(&delivery_rate::rows(asked), |((kind, area, year), became)| {
            let delivery_rate::Outcomes { delivered, partly, dropped, open } = became;
            let area = area.map_or("all", |at| vocab::cooperation_area::all()[at].slug);
            let year = year.map(|year| format!(" {year}")).unwrap_or_default();
            format!("{kind} {area}{year}: {delivered} {partly} {dropped} {open}")
        })
    }),
    ("unverifiable", |asked| {
        told(&unverifiable::rows(asked), |Standing { id, action, .. }| {
            format!("{} {}", no(*id), action.missing.iter().map(|gap| unverifiable::to_ask(*gap)).collect::<String>())
        })
    }),
    ("upcoming-meetings", |asked| {
        told(&upcoming_meetings::rows(asked), |upcoming_meetings::Row { on, meeting, state, open }| {
            format!("{on} {} {} {} {} {}", no(*meeting), no(*state), open.all, open.overdue, open.waiting)
        })
    }),
    ("disputed", |asked| numbers(&disputed::rows(asked))),
    ("handovers", |asked| {
        told(&handovers::rows(asked), |row| {
            let handovers::Row { post, left, on, successor, open, overdue, .. } = row;
            format!("{on} {}: {} to {}, {open} {overdue}", no(*post), no(*left), no(*successor))
        })
    }),
    ("without-holder", |asked| told(&without_holder::rows(asked), |row| format!("{} {}", no(row.id), no(row.post)))),
];

fn ask(name: &str, state: Option<u128>, as_of: &str, from: Option<&str>) -> Told {
    let (book, db) = (book(), DatabaseConnection::default());
    let (_, ask) = ASKS.iter().find(|(of, _)| *of == name).expect(name);
    let (clock, rhythms, from) = (Clock::on(day(as_of)), Rhythms::default(), from.map(day));
    ask(Asked { db: &db, book: &book, clock, rhythms, state_id: state.map(id), from })
}

/// On the day, of all states: the question, its coverage and its rows.
const ON_THE_DAY: &[(&str, usize, usize, &[&str])] = &[
    (
        "partnerships",
        0,
        0,
        &[
            "1 needs-attention [(Overdue, 1), (Unanswered, 2)]",
            "2 needs-attention [(Disputed, 1)]",
            "3 quiet [(NoRecord, 0)]",
            "4 quiet [(LastContact, 545), (Silent, 1)]",
        ],
    ),
    ("overdue-by-owner", 3, 11, &["- 2 2026-03-31"]),
    (
        "owed",
        8,
        9,
        &[
            "both owe 104",
            "we owe 107",
            "they owe 106",
            "we owe 110",
            "waiting for them 111",
            "waiting for us 102",
            "both owe 112",
            "waiting for us 101",
        ],
    ),
    (
        "matrix",
        6,
        11,
        &[
            "1 water-management 2 1 103 proposed dropped",
            "1 manuscripts-libraries 3 3 104 signed not-started",
            "2 water-management 2 1 105 promised delivered",
        ],
    ),
    ("overdue-by-state", 3, 11, &["1 1 2026-03-31", "- 1 2026-06-15"]),
    (
        "overdue-by-age",
        3,
        11,
        &["up to 30 days 1 2026-06-15", "31 to 90 days 0 -", "91 to 365 days 1 2026-03-31", "over a year 0 -"],
    ),
    ("quiet-partners", 3, 4, &["4 2025-01-01 545 1 1"]),
    ("talked-never-agreed", 6, 11, &["1 water-management 2025-03-01 2025-09-01 2"]),
    ("signed-not-started", 2, 2, &["104"]),
    ("requests-unanswered", 2, 3, &["Some(Ours) 101 no-evidence", "Some(Theirs) 111 no-evidence"]),
    ("promised-to-us", 1, 3, &["104", "106", "112"]),
    (
        "changes",
        15,
        16,
        &[
            "2025-08-01 Said 112 1",
            "2025-08-29 Status(Recorded, NoEvidence) 102 1",
            "2025-09-01 Said 103 1",
            "2025-10-01 Said 104 1",
            "2025-12-01 Status(Recorded, Dropped) 103 1",
            "2025-12-15 Said 105 2",
            "2026-02-10 Met 201 1",
            "2026-02-10 Met 201 2",
            "2026-02-12 Said 101 1",
            "2026-04-01 Status(Recorded, Delivered) 105 2",
            "2026-05-01 Said 108 2",
            "2026-05-01 Status(Recorded, NotStarted) 104 1",
            "2026-05-14 Status(Recorded, NoEvidence) 101 1",
            "2026-06-01 Said 107 -",
            "2026-06-01 Status(Recorded, InProgress) 112 1",
        ],
    ),
    (
        "timeline",
        19,
        20,
        &[
            "2024-01-10 Said 106",
            "2024-02-01 Said 110",
            "2024-05-01 Told(0, Evidence, PartlyDelivered) 110",
            "2025-01-01 Said 111",
            "2025-03-01 Said 102",
            "2025-08-01 Said 112",
            "2025-09-01 Said 103",
            "2025-10-01 Said 104",
            "2025-12-01 Told(0, Ours, Dropped) 103",
            "2025-12-15 Said 105",
            "2026-02-10 Met 201",
            "2026-02-12 Said 101",
            "2026-03-31 Told(2, Ours, InProgress) 105",
            "2026-04-01 Told(0, Counterpart, InProgress) 105",
            "2026-04-01 Told(1, Counterpart, Delivered) 105",
            "2026-05-01 Said 108",
            "2026-05-01 Told(0, Ours, NotStarted) 104",
            "2026-06-01 Said 107",
            "2026-06-01 Told(0, Ours, InProgress) 112",
        ],
    ),
    (
        "delivery-rate",
        2,
        11,
        &[
            "proposal all: 0 0 1 1",
            "proposal all 2025: 0 0 1 1",
            "proposal water-management 2025: 0 0 1 1",
            "proposal manuscripts-libraries 2025: 0 0 0 1",
            "request all: 0 0 0 2",
            "request all 2025: 0 0 0 1",
            "request all 2026: 0 0 0 1",
            "invitation all: 0 0 0 1",
            "invitation all 2026: 0 0 0 1",
            "commitment all: 1 0 0 1",
            "commitment all 2024: 0 0 0 1",
            "commitment all 2025: 1 0 0 0",
            "commitment water-management 2025: 1 0 0 0",
            "agreement all: 0 1 0 2",
            "agreement all 2024: 0 1 0 0",
            "agreement all 2025: 0 0 0 2",
            "agreement water-management 2024: 0 1 0 0",
            "agreement manuscripts-libraries 2025: 0 0 0 2",
            "plan all: 0 0 0 1",
            "plan all 2026: 0 0 0 1",
        ],
    ),
    ("unverifiable", 2, 3, &["106 who?by when?"]),
    ("upcoming-meetings", 3, 4, &["2026-07-10 203 1 4 1 4", "2026-07-10 203 3 0 0 0", "2026-08-01 204 - 0 0 0"]),
    ("disputed", 1, 11, &["105"]),
    ("handovers", 2, 3, &["2026-05-31 302: 502 to 503, 2 1", "2026-03-15 301: 501 to -, 1 1"]),
    ("without-holder", 2, 9, &["104 301"]),
];

#[test]
fn each_question_counts_what_it_says() {
    for (name, judged, of, lines) in ON_THE_DAY {
        let lines = lines.iter().map(|line| (*line).to_owned()).collect();
        assert_eq!(ask(name, None, DAY, None), Told(lines, *judged, *of), "{name}");
    }
}

#[test]
fn without_a_record_there_is_nothing_to_judge() {
    let bands = ["up to 30 days 0 -", "31 to 90 days 0 -", "91 to 365 days 0 -", "over a year 0 -"];
    for (name, _) in ASKS {
        // Of Japan there is one meeting, which lies ahead; before the first record all that have a day do.
        let (of_japan, before): (&[&str], usize) = match *name {
            "partnerships" => (&["3 quiet [(NoRecord, 0)]"], 4),
            "overdue-by-age" => (&bands, 4),
            "upcoming-meetings" => (&["2026-07-10 203 3 0 0 0"], 5),
            _ => (&[], 0),
        };
        let Told(lines, judged, of) = ask(name, Some(3), DAY, None);
        assert_eq!(lines, of_japan, "{name}");
        let of_japan = match *name {
            "upcoming-meetings" => (1, 1),
            "quiet-partners" => (0, 1),
            _ => (0, 0),
        };
        assert_eq!((judged, of), of_japan, "{name}");
        let Told(lines, judged, _) = ask(name, None, BEFORE, None);
        assert_eq!(lines.len(), before, "{name}: {lines:?}");
        assert_eq!(judged, if *name == "upcoming-meetings" { 3 } else { 0 }, "{name}");
    }
}

#[test]
fn the_day_the_state_and_the_period_narrow_the_answer() {
    type Case = (&'static str, Option<u128>, &'static str, Option<&'static str>, &'static [&'static str]);
    let table: [Case; 10] = [
        // The statement of July has been made, and what was said in July is there.
        ("disputed", None, "2026-07-31", None, &["105"]),
        ("unverifiable", Some(2), "2026-07-31", None, &["109 by when?", "106 who?by when?"]),
        ("signed-not-started", Some(2), "2026-07-31", None, &["109"]),
        ("upcoming-meetings", None, "2026-07-31", None, &["2026-08-01 204 - 0 0 0"]),
        // Before the tracks differed, and when it was not due yet.
        ("disputed", None, "2026-03-31", None, &[]),
        ("overdue-by-state", None, "2026-03-31", None, &[]),
        ("overdue-by-state", Some(1), "2026-04-01", None, &["1 1 2026-03-31"]),
        // The first day of the period counts; what was silent before it is no change.
        (
            "changes",
            Some(1),
            DAY,
            Some("2026-05-01"),
            &[
                "2026-05-01 Status(NoEvidence, NotStarted) 104 1",
                "2026-05-14 Status(Recorded, NoEvidence) 101 1",
                "2026-06-01 Status(NoEvidence, InProgress) 112 1",
            ],
        ),
        ("changes", Some(2), DAY, Some("2026-05-02"), &[]),
        ("timeline", Some(2), DAY, Some("2026-04-02"), &["2026-05-01 Said 108"]),
    ];
    for (name, state, as_of, from, lines) in table {
        assert_eq!(ask(name, state, as_of, from).0, lines, "{name} on {as_of}");
    }
}
