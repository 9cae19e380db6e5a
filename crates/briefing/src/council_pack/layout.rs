//! The council pack as a paper.

use vocab::Language;

use super::{CouncilPack, Row};
use crate::{
    brief::words::{self, Phrase, Spoken, say},
    paper::{self, Body, Cell, Fact, Item, List, Paper, Section, Table},
    question::reasons,
};

/// The whole paper.
pub(super) fn paper(pack: &CouncilPack, language: Language) -> Paper {
    let name = say(words::COUNCIL_PACK, language);
    Paper {
        language,
        kind: None,
        heading: pack.host.as_ref().map_or_else(|| name.to_owned(), |host| format!("{host} – {name}")),
        as_of: pack.as_of,
        clock: paper::clock(pack.clock(), language),
        facts: Vec::new(),
        seal: Some(Fact::new(words::FROZEN, pack.content_hash(), language)),
        sections: sections(pack, language),
        rules: Fact::new(words::RULES, pack.rules.join(" · "), language),
    }
}

fn sections(pack: &CouncilPack, language: Language) -> Vec<Section> {
    let section = |heading, body| Section { heading: say(heading, language), body, more: None };
    if pack.rows.is_empty() {
        return vec![section(words::PARTNERSHIPS, Body::Nothing(say(words::NO_PARTNERSHIPS, language)))];
    }
    let items = pack.rows.iter().map(|row| item(row, language)).collect();
    vec![
        section(words::PARTNERSHIPS, Body::Table(table(pack, language))),
        section(words::STATE_BY_STATE, Body::List(List { numbered: false, items })),
    ]
}

fn table(pack: &CouncilPack, language: Language) -> Table {
    let counts: [Phrase; 2] = [words::OPEN, words::OVERDUE];
    let before = [words::STATE, words::STANDING, words::PARTNERSHIP, words::LAST_CONTACT];
    let heads = before.into_iter().chain(counts).chain(words::PAGES).chain([words::NEXT_DUE]);
    let columns = heads.map(|head| say(head, language)).collect();
    Table { columns, rows: pack.rows.iter().map(|row| counted(row, language)).collect(), wide: true }
}

fn counted(row: &Row, language: Language) -> paper::Row {
    let told = [row.name(language), say(row.standing.phrase(), language), say(row.label.phrase(), language)];
    let counts = [row.open, row.overdue].into_iter().chain(row.ledger).map(|count| count.to_string());
    let cells = told.map(str::to_owned).into_iter().chain([day(row.last_contact, language)]).chain(counts);
    let cells = cells.chain([day(row.next_due, language)]).map(Cell::Text).collect();
    paper::Row { cells, late: row.overdue > 0 }
}

/// Why a partnership stands as it does, and what is to be said first.
fn item(row: &Row, language: Language) -> Item {
    let point = row.talking_point(language);
    let point = point.as_deref().unwrap_or(say(words::NOTHING_PRESSING, language));
    let (label, why) = (say(row.label.phrase(), language), reasons(&row.reasons, language));
    Item {
        lead: Some(row.name(language).to_owned()),
        text: format!("{label} ({why}). {point}"),
        origin: None,
        late: false,
    }
}

fn day(day: Option<chrono::NaiveDate>, language: Language) -> String {
    day.map(|day| words::day(day, language)).unwrap_or_default()
}
