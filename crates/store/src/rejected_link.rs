//! Rejected links: a person said that a name in a report does not mean a record, so it is not proposed for it again.

use sea_orm::{
    ConnectionTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, IntoColumnRef, Query, SelectStatement},
};
use serde::{Deserialize, Serialize};
use vocab::fold;

use crate::{Code, Concept, RecordRef, Result, UnitOfWork, unit_of_work::recorded};

/// A name that does not mean a record.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "rejected_link")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The concept of the record.
    pub concept: Code<Concept>,
    /// The record.
    pub record_id: Uuid,
    /// The name, as it was read.
    pub name: String,
    /// The name, folded for matching.
    pub folded: String,
    /// The finding on which it was decided last.
    pub finding_id: Uuid,
    /// Whether it still stands; not, once a person has linked the name to the record after all.
    pub stands: bool,
    /// Counts the revisions.
    pub version: i32,
}

/// To the finding.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(RejectedLink);

/// Keeps that a name does not mean a record.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn put(work: &mut UnitOfWork, record: RecordRef, name: &str, finding_id: Uuid) -> Result<Model> {
    let folded = fold(name);
    let there = Entity::find().filter(Column::RecordId.eq(record.id)).filter(Column::Folded.eq(&*folded));
    if let Some(there) = there.one(work.connection()).await? {
        return work
            .revise(there.id, None, |row: &mut Model| {
                (row.stands, row.finding_id) = (true, finding_id);
                Ok(())
            })
            .await;
    }
    let row = Model {
        id: work.fresh_id(),
        concept: record.concept.into(),
        record_id: record.id,
        name: name.to_owned(),
        folded,
        finding_id,
        stands: true,
        version: 1,
    };
    work.insert(row).await
}

/// Takes back that names do not mean a record.
///
/// # Errors
/// As [`UnitOfWork::revise`].
pub async fn lift(work: &mut UnitOfWork, record: RecordRef, folded: &[String]) -> Result<()> {
    for row in standing(work.connection(), &[record.id], folded).await? {
        let lifted = |row: &mut Model| {
            row.stands = false;
            Ok(())
        };
        work.revise(row.id, None, lifted).await?;
    }
    Ok(())
}

/// Which of these folded names do not mean which of these records.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn standing(db: &impl ConnectionTrait, records: &[Uuid], folded: &[String]) -> Result<Vec<Model>> {
    if records.is_empty() || folded.is_empty() {
        return Ok(Vec::new());
    }
    let links = Entity::find().filter(Column::Stands.eq(true)).filter(Column::RecordId.is_in(records.iter().copied()));
    Ok(links.filter(Column::Folded.is_in(folded.iter().cloned())).all(db).await?)
}

/// The standing links of the record and the folded name in two columns of the statement around.
pub(crate) fn of_name(record: impl IntoColumnRef, folded: impl IntoColumnRef) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(Expr::col((Entity, Column::RecordId)).eq(Expr::col(record)))
        .and_where(Expr::col((Entity, Column::Folded)).eq(Expr::col(folded)))
        .and_where(Expr::col((Entity, Column::Stands)).eq(true))
        .take()
}
