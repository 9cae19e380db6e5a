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

/// Puts actions, each at the version it was read at, into somebody's care, or into nobody's. The unit of work is to last only
/// where no row was refused.
///
/// # Errors
/// [`Error::Invalid`] for no rows or too many; [`Error::NotFound`] where there is no such account; [`Error::Database`].
pub async fn assign(
    work: &mut UnitOfWork,
    rows: &[(Uuid, Option<i32>)],
    owner_id: Option<Uuid>,
) -> Result<Outcome<follow_up_action::Model>> {
    if rows.is_empty() || rows.len() > MOST {
        return Err(Error::invalid("rows", format!("{} rows: name 1 to {MOST} at a time", rows.len())));
    }
    if let Some(owner) = owner_id {
        by_id::<account::Entity>(work.connection(), owner).await?;
    }
    let (mut done, mut refused) = (Vec::with_capacity(rows.len()), Vec::new());
    for (row, (id, expected)) in rows.iter().enumerate() {
        let before = work.written();
        let revision = Revision { owner_id: Some(owner_id), ..Revision::default() };
        let revised = follow_up_action::revise(work, *id, *expected, revision).await;
        match permitted(work, before, revised).await {
            Ok(action) => done.push(action),
            Err(Error::Database(fault)) => return Err(fault.into()),
            Err(error) => refused.push(Refused { row, error }),
        }
    }
    Ok(if refused.is_empty() { Ok(done) } else { Err(refused) })
}

/// What was done, where it may be.
async fn permitted<T>(work: &UnitOfWork, before: usize, done: Result<T>) -> Result<T> {
    let done = done?;
    work.permit_since(before).await.map(|()| done)
}
