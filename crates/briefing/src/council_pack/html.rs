//! The council pack as a page.

use maud::{Markup, html};
use vocab::Language;

use super::{CouncilPack, Row};
use crate::{
    brief::words::{self, Phrase, Spoken, say},
    paper,
    question::reasons,
};

/// The whole page.
pub(super) fn page(pack: &CouncilPack, language: Language) -> String {
    let title = match &pack.host {
        Some(host) => format!("{host} – {}", say(words::COUNCIL_PACK, language)),
        None => say(words::COUNCIL_PACK, language).to_owned(),
    };
    let body = html! {
        header {
            h1 { (title) }
            (paper::clock(pack.clock(), language))
            p { (say(words::FROZEN, language)) " " bdi.hash { (pack.content_hash()) } }
        }
        @if pack.rows.is_empty() {
            p.nothing { (say(words::NO_PARTNERSHIPS, language)) }
        } @else {
            section aria-labelledby="partnerships" {
                h2 id="partnerships" { (say(words::PARTNERSHIPS, language)) }
                (table(pack, language))
            }
            section aria-labelledby="states" {
                h2 id="states" { (say(words::STATE_BY_STATE, language)) }
                ul { @for row in &pack.rows { (line(row, language)) } }
            }
        }
        footer { (say(words::RULES, language)) ": " bdi { (pack.rules.join(" · ")) } }
    };
    paper::sheet(language, &title, &body)
}

fn table(pack: &CouncilPack, language: Language) -> Markup {
    let counts: [Phrase; 2] = [words::OPEN, words::OVERDUE];
    let before = [words::STATE, words::STANDING, words::PARTNERSHIP, words::LAST_CONTACT];
    let heads = before.into_iter().chain(counts).chain(words::PAGES).chain([words::NEXT_DUE]);
    html! {
        table.wide aria-labelledby="partnerships" {
            thead { tr { @for head in heads { th scope="col" { (say(head, language)) } } } }
            tbody {
                @for row in &pack.rows {
                    tr.late[row.overdue > 0] {
                        th scope="row" { bdi { (row.name(language)) } }
                        td { (say(row.standing.phrase(), language)) }
                        td { (say(row.label.phrase(), language)) }
                        td { (day(row.last_contact, language)) }
                        td { (row.open) }
                        td { (row.overdue) }
                        @for count in row.ledger { td { (count) } }
                        td { (day(row.next_due, language)) }
                    }
                }
            }
        }
    }
}

/// Why a partnership stands as it does, and what is to be said first.
fn line(row: &Row, language: Language) -> Markup {
    let point = row.talking_point(language);
    html! {
        li {
            strong { bdi { (row.name(language)) } }
            " – " (say(row.label.phrase(), language)) " (" (reasons(&row.reasons, language)) "). "
            (point.as_deref().unwrap_or(say(words::NOTHING_PRESSING, language)))
        }
    }
}

fn day(day: Option<chrono::NaiveDate>, language: Language) -> String {
    day.map(|day| words::day(day, language)).unwrap_or_default()
}
