//! What became of what was said: a bar for each year.

use std::collections::BTreeMap;

use vocab::Language;

use super::{
    Chart, Drawing,
    bars::{self, Bar, Part},
    canvas::Fill,
    row::Row,
    words,
};

pub(super) static CHART: Chart = Chart { name: "delivery-rate", title: words::DELIVERY, is_of_a_period: false, draw };

const PARTS: [Part; 4] = [
    (Fill::Solid, words::DELIVERED),
    (Fill::Striped, words::PARTLY),
    (Fill::Light, words::OPEN),
    (Fill::Dotted, words::DROPPED),
];

/// The columns of the parts.
const COLUMNS: [&str; PARTS.len()] = ["delivered", "partly-delivered", "open", "dropped"];

fn draw(rows: &[Row<'_>], language: Language) -> Option<Drawing> {
    let mut years: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    // The totals of the kinds by year: in the rows of areas, what is in several areas counts in each.
    for row in rows.iter().filter(|row| row.text("area").is_none()) {
        let Some(year) = row.text("year") else { continue };
        let figures = years.entry(year).or_insert_with(|| vec![0; PARTS.len()]);
        for (figure, column) in figures.iter_mut().zip(COLUMNS) {
            *figure += row.number(column);
        }
    }
    let bars: Vec<_> = years.into_iter().map(|(name, figures)| Bar { group: None, name, figures }).collect();
    bars::drawn(&bars, &PARTS, language)
}
