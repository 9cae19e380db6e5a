//! Many rows at once: all of them or none, and of each that cannot be done its own reason.

use uuid::Uuid;

use crate::{
    Error, Result, UnitOfWork, account, by_id,
    follow_up_action::{self, Revision},
};

/// The most rows at once.
pub const MOST: usize = 250;

/// Why one of many rows cannot be done.
#[derive(Debug)]
pub struct Refused {
    /// Which of them, counted from 0.
    pub row: usize,
    /// Why.
    pub error: Error,
}

/// What came of many rows.
pub type Outcome<T> = Result<Vec<T>, Vec<Refused>>;

/// The rows that were tried so far.
#[derive(Debug)]
pub struct Tried<T> {
    done: Vec<T>,
    refused: Vec<Refused>,
    lines: usize,
}

impl<T> Tried<T> {
    /// None yet, of so many.
    ///
    /// # Errors
    /// [`Error::Invalid`] for no rows or too many.
    pub fn none(work: &UnitOfWork, of: usize) -> Result<Self> {
        if of == 0 || of > MOST {
            return Err(Error::invalid("rows", format!("{of} rows: name 1 to {MOST} at a time")));
        }
        Ok(Self { done: Vec::with_capacity(of), refused: Vec::new(), lines: work.written() })
    }

    /// What came of the next row: it is done where it might be written, too.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn row(&mut self, work: &UnitOfWork, tried: Result<T>) -> Result<()> {
        let row = self.done.len() + self.refused.len();
        let before = std::mem::replace(&mut self.lines, work.written());
        let permitted = match tried {
            Ok(done) => work.permit_since(before).await.map(|()| done),
            Err(error) => Err(error),
        };
        match permitted {
            Ok(done) => self.done.push(done),
            Err(Error::Database(fault)) => return Err(fault.into()),
            Err(error) => self.refused.push(Refused { row, error }),
        }
        Ok(())
    }

    /// What came of all of them. The unit of work is to last only where no row was refused.
    pub fn outcome(self) -> Outcome<T> {
        if self.refused.is_empty() { Ok(self.done) } else { Err(self.refused) }
    }
}

/// Puts actions, each at the version it was read at, into somebody's care, or into nobody's.
///
/// # Errors
/// [`Error::Invalid`] for no rows or too many; [`Error::NotFound`] where there is no such account; [`Error::Database`].
pub async fn assign(
    work: &mut UnitOfWork,
    rows: &[(Uuid, Option<i32>)],
    owner_id: Option<Uuid>,
) -> Result<Outcome<follow_up_action::Model>> {
    let mut tried = Tried::none(work, rows.len())?;
    if let Some(owner) = owner_id {
        by_id::<account::Entity>(work.connection(), owner).await?;
    }
    for (id, expected) in rows {
        let revision = Revision { owner_id: Some(owner_id), ..Revision::default() };
        let revised = follow_up_action::revise(work, *id, *expected, revision).await;
        tried.row(work, revised).await?;
    }
    Ok(tried.outcome())
}
