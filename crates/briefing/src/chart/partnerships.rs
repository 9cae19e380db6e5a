//! How each partnership stands: a bar for each state, under its plain word.

use vocab::{Language, partnership::PartnershipLabel};

use super::{
    Chart, Drawing,
    bars::{self, Bar, Part},
    canvas::Fill,
    row::Row,
    words,
};

pub(super) static CHART: Chart =
    Chart { name: "partnerships", title: words::PARTNERSHIPS, is_of_a_period: false, draw };

const PARTS: [Part; 4] = [
    (Fill::Crossed, words::OVERDUE),
    (Fill::Light, words::IN_TIME),
    (Fill::Solid, words::DELIVERED),
    (Fill::Dotted, words::DROPPED),
];

fn draw(rows: &[Row<'_>], language: Language) -> Option<Drawing> {
    let bars: Vec<_> = rows.iter().map(|row| bar(row, language)).collect();
    bars::drawn(&bars, &PARTS, language)
}

fn bar<'a>(row: &Row<'a>, language: Language) -> Bar<'a> {
    let overdue = row.number("overdue");
    let figures = vec![overdue, row.number("open") - overdue, row.number("delivered"), row.number("dropped")];
    let group = Some(row.said::<PartnershipLabel>("label", language));
    Bar { group, name: row.state(language), figures }
}
