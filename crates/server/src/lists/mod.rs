//! The lists of records as tables, filtered as in GraphQL. What comes in is read by [`intake::table`].

mod asked;
mod follow_up_action;
mod meeting;
mod named;
mod organization;
mod person;

use briefing::{Cell, Clock};
use chrono::NaiveDate;
use futures_core::future::BoxFuture;
use sea_orm::{EntityTrait, Select};
use store::{
    Concept, Error, Store,
    page::{self, Key, Slice},
};
use uuid::Uuid;

use crate::sheet::{self, About, Form, Sheet};

pub(crate) use asked::Asked;

/// Rows read in one statement.
const ROWS_AT_ONCE: u64 = 500;

/// A list of records.
pub(crate) struct List {
    /// What it is called, as in `follow-up-actions.csv`.
    pub(crate) name: &'static str,
    /// The titles of its columns.
    columns: &'static [&'static str],
    /// Writes the rows that pass a filter; answers with how many there are without one.
    write: for<'a> fn(&'a Store, &'a mut Asked, &'a mut Rows) -> BoxFuture<'a, store::Result<i64>>,
}

/// Every list.
static LISTS: [&List; 4] = [&follow_up_action::LIST, &meeting::LIST, &organization::LIST, &person::LIST];

/// The list of this name.
pub(crate) fn list(name: &str) -> Result<&'static List, Error> {
    LISTS.into_iter().find(|list| list.name == name).ok_or_else(|| {
        let names = LISTS.map(|list| list.name).join(", ");
        Error::invalid("list", format!("there is no list \"{name}\": it is one of {names}"))
    })
}

/// What is shown of a page of records: a row of cells for each, or several.
type Shown<M> = for<'a> fn(&'a Store, Vec<M>) -> BoxFuture<'a, store::Result<Vec<Vec<Cell>>>>;

/// The rows of a list on their way into a table.
pub(crate) struct Rows {
    sheet: Sheet,
    count: usize,
}

impl Rows {
    fn put(&mut self, cells: &[Cell]) -> store::Result<()> {
        self.count += 1;
        self.sheet.row(cells).map_err(|fault| Error::invalid("list", fault.to_string()))
    }

    /// Reads a list page by page, and puts what is shown of each.
    async fn each<E: EntityTrait>(
        &mut self,
        store: &Store,
        select: Select<E>,
        keys: &[Key],
        shown: Shown<E::Model>,
    ) -> store::Result<()> {
        let mut slice = Slice::first(ROWS_AT_ONCE);
        loop {
            let page = page::page(store.reader(), select.clone(), keys, &slice).await?;
            slice.from = page.rows.last().map(|(place, _)| place.clone());
            for row in shown(store, page.rows.into_iter().map(|(_, row)| row).collect()).await? {
                self.put(&row)?;
            }
            if !page.has_next {
                return Ok(());
            }
        }
    }
}

/// A list as a file, as of a day and as known at a moment, where `asOf` or `knownAt` is among what is asked; and that day.
///
/// # Errors
/// [`Error::Invalid`] for a filter or a clock that is not understood; [`Error::Database`].
pub(crate) async fn file(store: &Store, list: &List, asked: Asked, form: Form) -> Result<(NaiveDate, Vec<u8>), Error> {
    let mut asked = asked;
    let (as_of, known_at) = (asked.day("asOf")?, asked.moment("knownAt")?);
    let clock = Clock::set(store.surroundings().as_ref(), as_of, known_at)?;
    let is_now = clock == Clock::on(store.surroundings().today());
    let store = if is_now { store } else { &store.then(clock.as_of, clock.known_at).await? };
    let filter = asked.to_string();
    let broken = |fault: std::io::Error| Error::invalid("list", fault.to_string());
    let sheet = Sheet::new(form, list.columns.iter().copied()).map_err(broken)?;
    let mut rows = Rows { sheet, count: 0 };
    let of = (list.write)(store, &mut asked, &mut rows).await?;
    let Rows { sheet, count } = rows;
    let about = about(list, filter, clock, count, of);
    // A workbook of many rows takes seconds to pack.
    let packed = tokio::task::spawn_blocking(move || sheet.end(&about)).await;
    Ok((clock.as_of, packed.map_err(|fault| broken(fault.into()))?.map_err(broken)?))
}

fn about(list: &List, filter: String, clock: Clock, rows: usize, of: i64) -> About {
    let text = |text: &str| Cell::Text(text.to_owned());
    let day = clock.as_of;
    let known_at = clock.known_at.map_or_else(|| text("all that is known"), moment);
    let lines = vec![
        ("List", text(list.name)),
        ("Filter", Cell::Text(filter)),
        ("As of", Cell::Day(day)),
        ("Known at", known_at),
        ("Rule", text(vocab::status::RULE)),
        ("Rows", sheet::count(rows)),
        ("Of", Cell::Number(of)),
    ];
    About { day, lines }
}

/// An identifier as clients hold it; nothing where there is none.
fn id(concept: Concept, id: Option<Uuid>) -> Cell {
    id.map_or(Cell::Empty, |id| Cell::Text(api::id::encode(store::RecordRef::new(concept, id)).0))
}

/// A text, where there is one.
fn text(text: Option<impl Into<String>>) -> Cell {
    text.map_or(Cell::Empty, |text| Cell::Text(text.into()))
}

/// A date as precisely as it is known: a day is one for the spreadsheet too.
fn date(date: Option<vocab::PartialDate>) -> Cell {
    match date {
        Some(date) if date.precision() == vocab::DatePrecision::Day => Cell::Day(date.first_day()),
        date => text(date.map(|date| date.to_string())),
    }
}

/// A moment.
fn moment(at: chrono::DateTime<chrono::Utc>) -> Cell {
    Cell::Text(at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
}

/// Whether something is so.
fn flag(so: bool) -> Cell {
    Cell::Text(if so { "yes" } else { "no" }.to_owned())
}

/// Several words in one cell.
fn joined(words: impl IntoIterator<Item = impl Into<String>>) -> Cell {
    let words: Vec<String> = words.into_iter().map(Into::into).collect();
    if words.is_empty() { Cell::Empty } else { Cell::Text(words.join(SEPARATOR)) }
}

/// What stands between several words in one cell.
const SEPARATOR: &str = "; ";
