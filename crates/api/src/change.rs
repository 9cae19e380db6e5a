//! The history of a record.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, sea_query::IntoColumnRef};
use serde_json::Value;
use store::{
    Concept, RecordRef,
    change::{self, Column, Entity},
    page::Key,
};
use uuid::Uuid;

use crate::{
    account::Account,
    ask,
    coat::coat,
    connection::{Listing, Rows},
    fault::Fault,
    id,
    node::{self, Node},
};

coat! {
    /// A line of the history: who wrote what, when, from what to what.
    Change over store::change
}

#[Object(use_type_description)]
impl Change {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::encode(RecordRef::new(Concept::Change, self.0.id))
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// Who; null for the system itself.
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        match self.0.account_id {
            Some(id) => ask::find(ctx, id).await,
            None => Ok(None),
        }
    }

    /// In which request, as the log names it.
    async fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The record, or the one that it was merged into; null where it is gone, or is not for those who ask.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>, Fault> {
        node::find(ctx, RecordRef::new(self.0.concept.0, self.0.record_id)).await
    }

    /// The version the record had afterwards.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The columns that differ, by name; all of them for a new record.
    async fn changed(&self) -> Vec<String> {
        let (before, after) = (&self.0.before, &self.0.after);
        let kept = if after.is_object() { after } else { before };
        let columns = kept.as_object().into_iter().flat_map(|row| row.keys());
        columns.filter(|column| *column != "version" && before.get(column) != after.get(column)).cloned().collect()
    }

    /// The record before, as it was kept; null where it was new.
    async fn before(&self) -> Option<&Value> {
        Some(&self.0.before).filter(|row| !row.is_null())
    }

    /// The record afterwards, as it is kept; null where it was removed.
    async fn after(&self) -> Option<&Value> {
        Some(&self.0.after).filter(|row| !row.is_null())
    }
}

/// The line with this key, where there is one.
///
/// # Errors
/// Where the database fails.
pub(crate) async fn find(ctx: &Context<'_>, key: Uuid) -> Result<Option<Change>, Fault> {
    let line = Entity::find_by_id(key).one(ask::store(ctx).reader()).await.map_err(store::Error::from)?;
    Ok(line.map(Change))
}

/// The history of a record, the latest first.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct History;

impl Listing for History {
    type Of = Change;

    fn rows(&self) -> Rows<Change> {
        (Entity::find(), (Entity, Column::RecordId).into_column_ref()).into()
    }

    fn keys(&self) -> Vec<Key> {
        change::latest_first()
    }
}
