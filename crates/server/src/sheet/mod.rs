//! An answer as a sheet: comma-separated values that any spreadsheet opens.

use std::io::{self, Write};

use briefing::{Cell, Told};

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes the columns' titles and the rows.
///
/// # Errors
/// Where `out` cannot be written to.
pub(crate) fn csv(told: &Told, out: impl Write) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(out);
    sheet.write_record(told.question.columns.iter().map(|column| column.title))?;
    for row in &told.answer.rows {
        sheet.write_record(row.iter().map(text))?;
    }
    sheet.flush()
}

/// A cell as people read it. Words of a report stay words: what a spreadsheet would run is put behind an apostrophe.
pub(crate) fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Text(text) | Cell::Record(_, text) if text.starts_with(FORMULA) => format!("'{text}"),
        Cell::Text(text) | Cell::Record(_, text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_report_are_never_run() {
        for text_of in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(text(&Cell::Text(text_of.to_owned())), format!("'{text_of}"));
        }
        assert_eq!(text(&Cell::Number(-1)), "-1");
        assert_eq!(text(&Cell::Text("a=1".to_owned())), "a=1");
    }
}
