//! Tickets: what may be used once, and not for long. Of what a ticket is for its hash alone is kept.

use chrono::TimeDelta;
use sea_orm::{Condition, entity::prelude::*};
use sha2::{Digest, Sha256};

use crate::{Result, UnitOfWork, unit_of_work::Bookkeeping};

/// A ticket.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket")]
pub struct Model {
    /// Made of what it is for, so that there are no two for the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When it is good for nothing any more.
    pub expires_at: DateTimeUtc,
}

/// A ticket stands alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Bookkeeping for Model {}

/// Issues a ticket for something: whether there was none for it. Those that are good for nothing any more are forgotten.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn issue(work: &mut UnitOfWork, what: &[&str], lasts: TimeDelta) -> Result<bool> {
    let now = work.now();
    work.forget::<Model>(Condition::all().add(Column::ExpiresAt.lte(now))).await?;
    work.note(Model { id: id(what), expires_at: now + lasts }).await
}

/// Takes the ticket for something: whether there was one that is still good. Of several who take it at once, one has it.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn take(work: &mut UnitOfWork, what: &[&str]) -> Result<bool> {
    let good = Condition::all().add(Column::Id.eq(id(what))).add(Column::ExpiresAt.gt(work.now()));
    Ok(work.forget::<Model>(good).await? > 0)
}

fn id(what: &[&str]) -> Uuid {
    let mut hash = Sha256::new();
    for part in what {
        // With its length, so that no two lists of parts are the same text.
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_elsewhere_is_something_else() {
        assert_eq!(id(&["a", "bc"]), id(&["a", "bc"]));
        assert_ne!(id(&["a", "bc"]), id(&["ab", "c"]));
        assert_ne!(id(&["abc"]), id(&["abc", ""]));
    }
}
