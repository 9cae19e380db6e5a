//! Tables as files: comma-separated values, or a workbook of a spreadsheet.

mod about;
mod workbook;

use std::io;

use briefing::{Cell, Told};
use intake::table::guarded;

pub(crate) use about::{About, count};
use workbook::Book;

/// A form in which a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Comma-separated values, which any spreadsheet opens.
    Csv,
    /// A workbook (Office Open XML).
    Xlsx,
}

impl Form {
    /// The name of a file without the end that tells its form, and the form.
    pub(crate) fn of(file: &str) -> Option<(&str, Self)> {
        let (name, end) = file.rsplit_once('.')?;
        [Self::Csv, Self::Xlsx].into_iter().find(|form| form.end() == end).map(|form| (name, form))
    }

    /// The end of the name of such a file.
    pub(crate) fn end(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// What such a file is, for a browser.
    pub(crate) fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A table that is being written, row by row.
pub(crate) enum Sheet {
    /// As comma-separated values.
    Csv(Box<csv::Writer<Vec<u8>>>),
    /// As a workbook.
    Xlsx(Box<Book>),
}

impl Sheet {
    /// Begins a table with these titles of its columns.
    pub(crate) fn new<'a>(form: Form, titles: impl IntoIterator<Item = &'a str>) -> io::Result<Self> {
        match form {
            Form::Csv => {
                let mut sheet = csv::Writer::from_writer(Vec::new());
                sheet.write_record(titles)?;
                Ok(Self::Csv(Box::new(sheet)))
            }
            Form::Xlsx => Ok(Self::Xlsx(Box::new(Book::new(titles)?))),
        }
    }

    /// Writes a row.
    pub(crate) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        match self {
            Self::Csv(sheet) => Ok(sheet.write_record(cells.iter().map(text))?),
            Self::Xlsx(book) => book.row(cells),
        }
    }

    /// The file. What is to be told about the table stands on a second sheet, where the form has one.
    pub(crate) fn end(self, about: &About) -> io::Result<Vec<u8>> {
        match self {
            Self::Csv(sheet) => sheet.into_inner().map_err(|fault| io::Error::other(fault.to_string())),
            Self::Xlsx(book) => book.end(about),
        }
    }
}

/// An answer as a file.
pub(crate) fn answer(told: &Told, form: Form) -> io::Result<Vec<u8>> {
    let mut sheet = Sheet::new(form, told.question.columns.iter().map(|column| column.title))?;
    for row in &told.answer.rows {
        sheet.row(row)?;
    }
    sheet.end(&About::answer(told))
}

/// A cell as it stands in comma-separated values. Words of a report stay words: what a spreadsheet would run is put behind
/// an apostrophe, which is taken away on the way back.
pub(crate) fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Text(text) | Cell::Record(_, text) => guarded(text),
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
