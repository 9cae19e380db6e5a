//! A line of a table that comes in: its cells by the titles of their columns.
//!
//! Of a column there is nothing where the table does not have it (what it would tell stays as it is), nothing inside where
//! its cell is empty (there is none of it), and otherwise what the cell says.

use chrono::NaiveDate;
use csv::StringRecord;
use sea_orm::{ConnectionTrait, EntityTrait};
use store::{Concept, Error, Recorded, Result, party::Party};
use uuid::Uuid;
use vocab::{PartialDate, Word};

use super::{SEPARATOR, asked};
use crate::sheet;

/// What a column says, where there is the column and it says something.
pub(super) type Said<T> = Option<Option<T>>;

/// A line.
pub(super) struct Fields<'l> {
    pub(super) titles: &'l StringRecord,
    pub(super) cells: &'l StringRecord,
}

impl Fields<'_> {
    /// The words of a cell.
    pub(super) fn text(&self, title: &str) -> Said<&str> {
        let column = self.titles.iter().position(|other| other == title)?;
        Some(self.cells.get(column).map(sheet::words).filter(|cell| !cell.trim().is_empty()))
    }

    fn read<T>(&self, title: &str, read: impl FnOnce(&str) -> Result<T>) -> Result<Said<T>> {
        self.text(title).map(|cell| cell.map(read).transpose()).transpose()
    }

    /// A word of a closed list.
    pub(super) fn word<W: Word>(&self, title: &'static str) -> Result<Said<W>> {
        self.read(title, |cell| word(title, cell))
    }

    /// Words of a closed list; none where the cell is empty.
    pub(super) fn words<W: Word>(&self, title: &'static str) -> Result<Option<Vec<W>>> {
        self.several(title).map(|cells| cells.iter().map(|cell| word(title, cell)).collect()).transpose()
    }

    /// The parts of a cell; none where it is empty.
    pub(super) fn several(&self, title: &str) -> Option<Vec<String>> {
        let parts = |cell: &str| cell.split(SEPARATOR.trim()).map(|part| part.trim().to_owned()).collect();
        self.text(title).map(|cell| cell.map(parts).unwrap_or_default())
    }

    /// A date, as precisely as it is known.
    pub(super) fn date(&self, title: &'static str) -> Result<Said<PartialDate>> {
        self.read(title, |cell| cell.trim().parse().map_err(|no| Error::invalid(title, format!("{title}: {no}"))))
    }

    /// A day.
    pub(super) fn day(&self, title: &'static str) -> Result<Said<NaiveDate>> {
        let wrong = |cell: &str| Error::invalid(title, format!("{title}: \"{cell}\" is no day: write 2026-11-24"));
        self.read(title, |cell| cell.trim().parse().map_err(|_| wrong(cell)))
    }

    /// A count.
    pub(super) fn number(&self, title: &'static str) -> Result<Said<i32>> {
        let wrong = |cell: &str| Error::invalid(title, format!("{title}: \"{cell}\" is no number"));
        self.read(title, |cell| cell.trim().parse().map_err(|_| wrong(cell)))
    }

    /// The identifier of a record, whether or not there is one.
    pub(super) fn id(&self, title: &'static str, concept: Concept) -> Result<Said<Uuid>> {
        self.read(title, |cell| asked::key(title, cell, concept))
    }

    /// The identifier of a record that there is.
    pub(super) async fn there<E>(&self, db: &impl ConnectionTrait, title: &'static str) -> Result<Said<Uuid>>
    where
        E: EntityTrait,
        E::Model: Recorded<Entity = E>,
    {
        let said = self.id(title, E::Model::CONCEPT)?;
        let Some(Some(id)) = said else { return Ok(said) };
        // What was merged into another is that one.
        for id in [id, store::merge::kept(db, id).await?] {
            if !store::by_ids::<E>(db, &[id]).await?.is_empty() {
                return Ok(Some(Some(id)));
            }
        }
        let message = format!("{title}: there is no such {}", E::Model::CONCEPT.code());
        Err(Error::invalid(title, message))
    }

    /// A state, by its code.
    pub(super) async fn state(&self, db: &impl ConnectionTrait, title: &'static str) -> Result<Said<Uuid>> {
        match self.text(title) {
            Some(Some(code)) => Ok(Some(Some(asked::state(db, title, code).await?))),
            Some(None) => Ok(Some(None)),
            None => Ok(None),
        }
    }

    /// A party, as far as the table has columns for it; nothing where it has none.
    pub(super) async fn party(
        &self,
        db: &impl ConnectionTrait,
        [person, post, organization, state]: [&'static str; 4],
        before: Party,
    ) -> Result<Option<Party>> {
        let person = self.there::<store::person::Entity>(db, person).await?;
        let post = self.there::<store::post::Entity>(db, post).await?;
        let organization = self.there::<store::organization::Entity>(db, organization).await?;
        let state = self.state(db, state).await?;
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

fn word<W: Word>(title: &'static str, cell: &str) -> Result<W> {
    W::from_code(cell.trim()).map_err(|unknown| {
        let all = W::ALL.iter().map(|word| word.code()).collect::<Vec<_>>().join(", ");
        Error::invalid(title, format!("{title}: {unknown}; it is one of {all}"))
    })
}

/// What every record has: where the table has the column, its cell may not be empty.
pub(super) fn needed<T>(title: &'static str, said: Said<T>) -> Result<Option<T>> {
    match said {
        Some(None) => Err(Error::invalid(title, format!("{title} is empty, and every record has one"))),
        said => Ok(said.flatten()),
    }
}

/// What a new record cannot be made without.
pub(super) fn given<T>(title: &'static str, said: Option<T>) -> Result<T> {
    said.ok_or_else(|| Error::invalid(title, format!("a new record needs {title}")))
}
