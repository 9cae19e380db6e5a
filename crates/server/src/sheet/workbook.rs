//! A workbook: the table, and a second sheet about it. Numbers and days are typed; text is text, whatever it begins with.

use std::io;

use briefing::Cell;
use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::About;

/// The longest text that a cell holds.
const LONGEST: usize = 32_767;

/// The most rows: a workbook lies in memory as a whole, and wide ones take gigabytes long before a spreadsheet refuses them.
const MOST_ROWS: u32 = 50_000;

/// A workbook that is being written.
pub(crate) struct Book {
    table: Worksheet,
    day: Format,
    next: u32,
}

impl Book {
    /// Begins one; its first row holds the titles and stays in sight.
    pub(super) fn new<'a>(titles: impl IntoIterator<Item = &'a str>) -> io::Result<Self> {
        let (mut table, bold) = (Worksheet::new(), Format::new().set_bold());
        for (column, title) in (0..).zip(titles) {
            table.write_string_with_format(0, column, title, &bold).map_err(fault)?;
            table.set_column_width(column, 18).map_err(fault)?;
        }
        table.set_name("Table").and_then(|table| table.set_freeze_panes(1, 0)).map_err(fault)?;
        Ok(Self { table, day: Format::new().set_num_format("yyyy-mm-dd"), next: 1 })
    }

    /// Writes a row.
    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        if self.next > MOST_ROWS {
            let message = format!("a workbook has {MOST_ROWS} rows at most: filter, or take comma-separated values");
            return Err(io::Error::other(message));
        }
        for (column, cell) in (0..).zip(cells) {
            put(&mut self.table, (self.next, column), cell, &self.day).map_err(fault)?;
        }
        self.next += 1;
        Ok(())
    }

    /// The file. The same table gives the same bytes.
    pub(super) fn end(self, about: &About) -> io::Result<Vec<u8>> {
        let Self { table, day, .. } = self;
        let mut second = Worksheet::new();
        second.set_name("About").map_err(fault)?;
        second.set_column_width(0, 18).and_then(|sheet| sheet.set_column_width(1, 80)).map_err(fault)?;
        for (row, (label, says)) in (0..).zip(&about.lines) {
            second.write_string(row, 0, *label).map_err(fault)?;
            put(&mut second, (row, 1), says, &day).map_err(fault)?;
        }
        let mut book = Workbook::new();
        if let Some(made) = date(about.day) {
            book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        }
        book.push_worksheet(table);
        book.push_worksheet(second);
        book.save_to_buffer().map_err(fault)
    }
}

fn put(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, day: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet knows no other numbers")]
        Cell::Number(number) => drop(sheet.write_number(row, column, *number as f64)?),
        Cell::Day(on) => match date(*on) {
            Some(date) => drop(sheet.write_date_with_format(row, column, date, day)?),
            None => drop(sheet.write_string(row, column, on.to_string())?),
        },
        Cell::Text(text) | Cell::Record(_, text) => {
            let fitting: String = text.chars().take(LONGEST).collect();
            sheet.write_string(row, column, fitting)?;
        }
    }
    Ok(())
}

/// A day as a spreadsheet counts it; none before it begins to.
fn date(day: NaiveDate) -> Option<ExcelDateTime> {
    let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, month, of_month).ok()
}

fn fault(fault: XlsxError) -> io::Error {
    io::Error::other(fault.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_of_too_many_rows_says_what_to_do() {
        let mut book = Book::new(["row"]).expect("a workbook");
        for row in 0..MOST_ROWS {
            book.row(&[Cell::Number(row.into())]).expect("a row");
        }
        let refused = book.row(&[Cell::Empty]).expect_err("one too many").to_string();
        assert!(refused.contains("comma-separated"), "{refused}");
    }
}
