//! Tables in: trackers that others have kept, and those that Entente writes itself.
//!
//! Columns are found by their titles, values by the words people write, each in three languages. Lines with an identifier
//! revise their record, lines without one are new; a person is found where there can be no doubt. A table is one unit of work:
//! all of it happens or nothing, and it is an import that can be taken back.

mod action;
mod columns;
mod contact;
mod date;
mod encoding;
mod fields;
mod formula;
mod grid;
mod known;
mod meeting;
mod own;
mod part;
mod report;

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use csv::StringRecord;
use sha2::{Digest, Sha256};
use store::{Concept, Error, RecordRef, Result, Store, UnitOfWork, Who, import};
use uuid::Uuid;
use vocab::ImportKind;

use columns::Columns;
use fields::Fields;
use known::Known;

pub use date::Order;
pub use formula::guarded;
pub use own::{ACTIONS, CONTACTS, MEETINGS};
pub use part::written;
pub use report::{Became, Line, Report};

/// How a table is to be understood, where it does not say so itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Titles of its columns, each with the field that it tells of, or `-` where it is not to be read.
    pub columns: Vec<(String, String)>,
    /// Fields, each with what every line says of it where the table has no column.
    pub set: Vec<(String, String)>,
    /// Whether the cells of columns that nobody knows are kept as notes.
    pub keep: bool,
    /// In which order days are written that could be read in two.
    pub dates: Option<Order>,
    /// The encoding, where it is not to be recognized.
    pub encoding: Option<String>,
    /// Whether the very same file may be taken in once more.
    pub again: bool,
}

/// A table as it is handed in.
#[derive(Debug, Clone, Copy)]
pub struct Table<'f> {
    /// Of what it is.
    pub of: ImportKind,
    /// What the file is called.
    pub name: &'f str,
    /// The file.
    pub file: &'f [u8],
}

/// A record that a line has put.
struct Put {
    is_new: bool,
    record: RecordRef,
    called: String,
    notes: Vec<String>,
}

/// Takes a table in, in one transaction: only where it is meant to be applied, and nothing speaks against it.
///
/// # Errors
/// [`Error::Invalid`] where it is no table, or lacks a column; [`Error::Forbidden`]; [`Error::Database`].
pub async fn take_in(store: &Store, who: &Who, table: Table<'_>, options: &Options, apply: bool) -> Result<Report> {
    let mut work = store.begin(who).await?;
    let mut report = put(&mut work, table, options).await?;
    if apply && report.is_fine() {
        work.commit().await?;
    } else {
        work.try_out().await?;
        report.forget_new();
    }
    Ok(report)
}

/// Puts the lines of a table into a unit of work; where nothing speaks against it, as an import. Whether that is to last, the
/// caller says.
///
/// # Errors
/// As [`take_in`].
pub async fn put(work: &mut UnitOfWork, table: Table<'_>, options: &Options) -> Result<Report> {
    let (text, encoding) = encoding::text(table.file, options.encoding.as_deref())?;
    let mut lines = grid::lines(&text);
    let titles = grid::titles(&mut lines)?;
    let columns = Columns::new(table.of, &titles, options)?;
    let order = match options.dates {
        Some(order) => Some(order),
        None => order(&text, table.of, &columns)?,
    };
    let sha256 = format!("{:x}", Sha256::digest(table.file));
    let mut report = Report {
        lines: Vec::new(),
        encoding: encoding.to_owned(),
        unknown: columns.unknown.iter().map(|(_, title)| title.clone()).collect(),
        no_place: columns.no_place.clone(),
        before: import::of_file(work.connection(), table.of, &sha256).await?,
        again: options.again,
        import: None,
    };
    let mut taking = Taking {
        of: table.of,
        columns: &columns,
        order,
        keep: options.keep,
        known: Known::read(work.connection()).await?,
        seen: HashMap::new(),
        told_of: HashMap::new(),
    };
    let mut cells = StringRecord::new();
    while lines.read_record(&mut cells).map_err(|fault| grid::unread(&fault))? {
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            report.lines.push(taking.line(work, &cells).await?);
        }
    }
    if report.is_fine() && work.written() > 0 {
        let counts = [Became::New, Became::Revised, Became::Unchanged].map(|became| report.count(became));
        let draft = import::Draft { kind: table.of, file_name: table.name.to_owned(), sha256, counts };
        report.import = Some(import::create(work, draft).await?);
    }
    Ok(report)
}

/// The order of days and months that the dates of a table decide, where they decide one.
fn order(text: &str, of: ImportKind, columns: &Columns) -> Result<Option<Order>> {
    let fields: &[&str] = match of {
        ImportKind::Actions => &["due", "saidOn", "statusOn"],
        ImportKind::Meetings => &["heldOn"],
        ImportKind::Contacts => &["since", "until", "seenOn"],
    };
    let (places, mut found) = (columns.places(fields), None);
    let mut lines = grid::lines(text);
    let mut cells = StringRecord::new();
    while lines.read_record(&mut cells).map_err(|fault| grid::unread(&fault))? {
        for decided in places.iter().filter_map(|place| date::order(cells.get(*place)?)) {
            match found {
                // Two hands have written it: nothing can be said of the others.
                Some(other) if other != decided => return Ok(None),
                _ => found = Some(decided),
            }
        }
    }
    Ok(found)
}

/// A table on its way in.
struct Taking<'t> {
    of: ImportKind,
    columns: &'t Columns,
    order: Option<Order>,
    keep: bool,
    known: Known,
    /// The lines so far, by a hash of their cells.
    seen: HashMap<u64, u64>,
    /// The lines so far that speak of a record, by its identifier.
    told_of: HashMap<Uuid, u64>,
}

impl Taking<'_> {
    /// Takes one line in.
    async fn line(&mut self, work: &mut UnitOfWork, cells: &StringRecord) -> Result<Line> {
        let number = cells.position().map_or(0, csv::Position::line);
        let line = |became, text: String| Line { number, became, record: None, text, field: None, notes: Vec::new() };
        let mut hash = DefaultHasher::new();
        cells.iter().for_each(|cell| cell.trim().hash(&mut hash));
        if let Some(first) = self.seen.get(&hash.finish()) {
            return Ok(line(Became::Repeated, format!("line {first} says the same")));
        }
        self.seen.insert(hash.finish(), number);
        let before = work.written();
        match self.put(work, cells).await {
            Ok(Put { is_new, record, called, notes }) => {
                self.told_of.insert(record.id, number);
                let became = match (is_new, work.written() != before) {
                    (true, _) => Became::New,
                    (false, true) => Became::Revised,
                    (false, false) => Became::Unchanged,
                };
                Ok(Line { record: Some(record), notes, ..line(became, called) })
            }
            Err(error @ Error::Database(_)) => Err(error),
            Err(error) => {
                let field = match &error {
                    Error::Invalid { field, .. } => Some((*field).to_owned()),
                    _ => None,
                };
                Ok(Line { field, ..line(Became::Refused, error.to_string()) })
            }
        }
    }

    async fn put(&mut self, work: &mut UnitOfWork, cells: &StringRecord) -> Result<Put> {
        let Self { of, columns, order, known, .. } = self;
        if cells.len() < columns.count || cells.iter().skip(columns.count).any(|cell| !cell.trim().is_empty()) {
            let message = format!("it has {} cells, and there are {} titles", cells.len(), columns.count);
            return Err(Error::invalid("file", message));
        }
        let fields = Fields { columns, cells, order: *order, told: own::own(*of).told };
        // Of a person there is a line for each post.
        let concept = match of {
            ImportKind::Actions => Some(Concept::FollowUpAction),
            ImportKind::Meetings => Some(Concept::Meeting),
            ImportKind::Contacts => None,
        };
        if let Some(id) = concept.map(|concept| fields.id("id", concept)).transpose()?.flatten().flatten()
            && let Some(first) = self.told_of.get(&id)
        {
            return Err(Error::invalid("id", format!("line {first} speaks of the same record and says otherwise")));
        }
        let kept = if self.keep { kept(columns, cells) } else { String::new() };
        match of {
            ImportKind::Actions => action::line(work, known, &fields, &kept).await,
            ImportKind::Meetings => meeting::line(work, known, &fields, &kept).await,
            ImportKind::Contacts => contact::line(work, known, &fields, &kept).await,
        }
    }
}

/// The cells of columns that nobody knows, each behind its title.
fn kept(columns: &Columns, cells: &StringRecord) -> String {
    let told = columns.unknown.iter().filter_map(|(place, title)| {
        let cell = formula::words(cells.get(*place)?).trim();
        (!cell.is_empty()).then(|| format!("{title}: {cell}"))
    });
    told.collect::<Vec<_>>().join("\n")
}
