//! A line of a table that comes in: its cells by the fields that they tell of.
//!
//! Of a field there is nothing where the table does not have it (what it would tell stays as it is), nothing inside where its
//! cell is empty (there is none of it), and otherwise what the cell says.

use chrono::NaiveDate;
use csv::StringRecord;
use sea_orm::EntityTrait;
use store::{Concept, Error, RecordRef, Recorded, Result, UnitOfWork, party::Party};
use uuid::Uuid;
use vocab::{PartialDate, Word, said};

use super::{
    columns::Columns,
    date::{self, Order},
    formula,
    known::Known,
};

/// What a column says, where there is the column and it says something.
pub(super) type Said<T> = Option<Option<T>>;

/// What stands between several words in one cell.
const SEPARATOR: char = ';';

/// A line.
pub(super) struct Fields<'l> {
    pub(super) columns: &'l Columns,
    pub(super) cells: &'l StringRecord,
    /// In which order days are written that could be read in two.
    pub(super) order: Option<Order>,
    /// Columns of our own that only tell what others say.
    pub(super) told: &'static [&'static str],
}

impl Fields<'_> {
    /// The words of a cell.
    pub(super) fn text(&self, field: &str) -> Said<&str> {
        if self.columns.is_ours && self.told.contains(&field) {
            return None;
        }
        let cell = self.columns.cell(field, self.cells)?;
        Some(Some(formula::words(cell)).filter(|cell| !cell.trim().is_empty()))
    }

    /// What a cell says, where it says anything.
    pub(super) fn plain(&self, field: &str) -> Option<&str> {
        self.text(field).flatten().map(str::trim)
    }

    fn read<T>(&self, field: &str, read: impl FnOnce(&str) -> Result<T>) -> Result<Said<T>> {
        self.text(field).map(|cell| cell.map(read).transpose()).transpose()
    }

    /// A word of a closed list.
    pub(super) fn word<W: Word>(&self, field: &'static str) -> Result<Said<W>> {
        self.read(field, |cell| word(field, cell))
    }

    /// Words of a closed list; none where the cell is empty.
    pub(super) fn words<W: Word>(&self, field: &'static str) -> Result<Option<Vec<W>>> {
        self.several(field).map(|cells| cells.iter().map(|cell| word(field, cell)).collect()).transpose()
    }

    /// The parts of a cell; none where it is empty.
    pub(super) fn several(&self, field: &str) -> Option<Vec<String>> {
        let parts = |cell: &str| {
            let parts = cell.split(SEPARATOR).map(|part| part.trim().to_owned());
            parts.filter(|part| !part.is_empty()).collect()
        };
        self.text(field).map(|cell| cell.map(parts).unwrap_or_default())
    }

    /// A date, as precisely as it is known. Of a quarter the last month is meant, where it is the end that counts.
    pub(super) fn date(&self, field: &'static str, end: date::End) -> Result<Said<PartialDate>> {
        self.read(field, |cell| {
            date::read(cell, self.order, end).map_err(|no| Error::invalid(field, format!("{field}: {no}")))
        })
    }

    /// A day.
    pub(super) fn day(&self, field: &'static str) -> Result<Said<NaiveDate>> {
        let Some(date) = self.date(field, date::End::First)? else { return Ok(None) };
        let day = |date: PartialDate| match date.precision() {
            vocab::DatePrecision::Day => Ok(date.first_day()),
            _ => Err(Error::invalid(field, format!("{field}: \"{date}\" is no day: write 2026-11-24"))),
        };
        date.map(day).transpose().map(Some)
    }

    /// A count.
    pub(super) fn number(&self, field: &'static str) -> Result<Said<i32>> {
        let wrong = |cell: &str| Error::invalid(field, format!("{field}: \"{cell}\" is no number"));
        self.read(field, |cell| cell.trim().parse().map_err(|_| wrong(cell)))
    }

    /// The identifier of a record, whether or not there is one.
    pub(super) fn id(&self, field: &'static str, concept: Concept) -> Result<Said<Uuid>> {
        self.read(field, |cell| RecordRef::key(field, cell, concept))
    }

    /// The identifier of a record that there is; of what was merged into another, that of the other.
    pub(super) async fn there<E>(&self, work: &UnitOfWork, known: &mut Known, field: &'static str) -> Result<Said<Uuid>>
    where
        E: EntityTrait,
        E::Model: Recorded<Entity = E>,
    {
        match self.id(field, E::Model::CONCEPT)? {
            Some(Some(id)) => Ok(Some(Some(known.there::<E>(work, field, id).await?))),
            said => Ok(said),
        }
    }

    /// A state, by its code or its name.
    pub(super) fn state(&self, known: &Known, field: &'static str) -> Result<Said<Uuid>> {
        self.read(field, |cell| known.state(field, cell))
    }

    /// A party, as far as the table has columns for it; nothing where it has none.
    pub(super) async fn party(
        &self,
        work: &UnitOfWork,
        known: &mut Known,
        [person, post, organization, state]: [&'static str; 4],
        before: Party,
    ) -> Result<Option<Party>> {
        let person = self.there::<store::person::Entity>(work, known, person).await?;
        let post = self.there::<store::post::Entity>(work, known, post).await?;
        let organization = self.there::<store::organization::Entity>(work, known, organization).await?;
        let state = self.state(known, state)?;
        if [&person, &post, &organization, &state].into_iter().all(Option::is_none) {
            return Ok(None);
        }
        Ok(Some(Party {
            person_id: person.unwrap_or(before.person_id),
            post_id: post.unwrap_or(before.post_id),
            organization_id: organization.unwrap_or(before.organization_id),
            state_id: state.unwrap_or(before.state_id),
        }))
    }
}

fn word<W: Word>(field: &'static str, cell: &str) -> Result<W> {
    said::word(cell).ok_or_else(|| {
        let all = W::ALL.iter().map(|word| word.code()).collect::<Vec<_>>().join(", ");
        Error::invalid(field, format!("{field}: \"{}\" is no {}; it is one of {all}", cell.trim(), W::LIST))
    })
}

/// What every record has: where the table has the column, its cell may not be empty.
pub(super) fn needed<T>(field: &'static str, said: Said<T>) -> Result<Option<T>> {
    match said {
        Some(None) => Err(Error::invalid(field, format!("{field} is empty, and every record has one"))),
        said => Ok(said.flatten()),
    }
}

/// What a new record cannot be made without.
pub(super) fn given<T>(field: &'static str, said: Option<T>) -> Result<T> {
    said.ok_or_else(|| Error::invalid(field, format!("a new record needs {field}")))
}
