//! The tables, in Markdown, and the lines of JSON.

use std::{
    fmt::Write as _,
    fs::OpenOptions,
    io::{self, Write as _},
    path::Path,
};

use crate::figures::{Figures, Row};

/// The table of one database at one size.
pub(crate) fn table(rows: &[Row]) -> String {
    let Some(first) = rows.first() else { return String::new() };
    let mut out = format!("### {}, {} actions\n\n", first.engine, grouped(first.actions));
    out.push_str(
        "| shape | clients | a second | of the limit | p50 ms | p95 ms | p99 ms | server CPU ms | database CPU ms | memory MB \
         | limit: a second | p50 ms | server CPU ms | database CPU ms |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let Row { shape, clients, product, limit, .. } = row;
        let [p50, p95, p99] = product.within.map(short);
        let cells = [
            (*shape).to_owned(),
            clients.to_string(),
            short(product.rate),
            format!("{:.2}", row.ratio()),
            p50,
            p95,
            p99,
            known(product.server),
            known(product.database),
            known(product.memory),
            short(limit.rate),
            short(limit.within[0]),
            known(limit.server),
            known(limit.database),
        ];
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out.push_str(&refused(rows));
    out
}

/// What was asked and not answered.
fn refused(rows: &[Row]) -> String {
    let sides = rows.iter().flat_map(|row| [("product", &row.product, row), ("limit", &row.limit, row)]);
    let lines = sides.filter_map(|(side, Figures { answers, faults, first_fault, .. }, row)| {
        let said = first_fault.as_ref()?;
        let (shape, clients, all) = (row.shape, row.clients, answers + faults);
        Some(format!("\n{shape}, {clients} clients: the {side} refused {faults} of {all}, first with: {said}\n"))
    });
    lines.collect()
}

/// How the processor time of a request at the fewest clients grows from each size to the next, of both.
pub(crate) fn growth(rows: &[Row]) -> String {
    let mut sizes: Vec<usize> = rows.iter().map(|row| row.actions).collect();
    sizes.dedup();
    if sizes.len() < 2 {
        return String::new();
    }
    let fewest = rows.iter().map(|row| row.clients).min();
    let mut out = "### How the cost grows\n\n| database | shape |".to_owned();
    for step in sizes.windows(2) {
        let _ = write!(out, " {} to {} | the limit |", grouped(step[0]), grouped(step[1]));
    }
    let _ = writeln!(out, "\n|---|---|{}", "---|---|".repeat(sizes.len() - 1));
    let least = |row: &&Row| Some(row.clients) == fewest;
    for row in rows.iter().filter(least).filter(|row| Some(&row.actions) == sizes.first()) {
        let at = |size: usize| {
            let same = |other: &&Row| (other.engine, other.shape, other.actions) == (row.engine, row.shape, size);
            rows.iter().filter(least).find(same)
        };
        let _ = write!(out, "| {} | {} |", row.engine, row.shape);
        for step in sizes.windows(2) {
            let times = |cost: fn(&Row) -> Option<f64>| Some(cost(at(step[1])?)? / cost(at(step[0])?)?);
            let product = times(|row| row.product.cost(row.engine));
            let limit = times(|row| row.limit.cost(row.engine));
            let _ = write!(out, " {} | {} |", known(product), known(limit));
        }
        out.push('\n');
    }
    out
}

/// Appends a line for each row to a file.
pub(crate) fn append(file: &Path, rows: &[Row]) -> io::Result<()> {
    let mut out = OpenOptions::new().create(true).append(true).open(file)?;
    rows.iter().try_for_each(|row| writeln!(out, "{}", row.json()))
}

/// Three digits that count.
fn short(number: f64) -> String {
    match number {
        number if number.is_nan() => "-".to_owned(),
        number if number >= 100.0 => format!("{number:.0}"),
        number if number >= 10.0 => format!("{number:.1}"),
        number => format!("{number:.2}"),
    }
}

fn known(number: Option<f64>) -> String {
    number.map_or_else(|| "-".to_owned(), short)
}

/// 500,000
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}
