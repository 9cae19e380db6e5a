//! Receipts: what became of a mutation of which no answer arrived.

use async_graphql::{ComplexObject, Context, Object, SimpleObject, futures_util::future::try_join_all};
use chrono::{DateTime, Utc};
use store::{RecordRef, receipt};

use crate::{
    ask,
    fault::Fault,
    node::{self, Node},
};

/// That a mutation was done, kept for seven days.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Receipt {
    /// The name that you gave to the request.
    client_mutation_id: String,
    /// Which mutation it was.
    mutation: String,
    /// When it was done.
    done_at: DateTime<Utc>,
    #[graphql(skip)]
    records: Vec<RecordRef>,
}

#[ComplexObject]
impl Receipt {
    /// The records that it wrote, as they are now, as far as they are still there.
    async fn records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Node>, Fault> {
        let records = ask::first_of(self.records.clone(), first)?;
        let found = try_join_all(records.into_iter().map(|record| node::find(ctx, record))).await?;
        Ok(found.into_iter().flatten().collect())
    }
}

/// Asking for receipts.
#[derive(Default)]
pub struct ReceiptQuery;

#[Object]
impl ReceiptQuery {
    /// What became of a mutation of yours; null where none was done under this name in the last seven days. To be given its
    /// answer, send it again under the same name.
    async fn receipt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The name that you gave to the request.")] client_mutation_id: String,
    ) -> Result<Option<Receipt>, Fault> {
        let (store, who) = (ask::store(ctx), ask::who(ctx)?);
        let now = store.surroundings().now();
        let Some(kept) = receipt::find(store.reader(), who, &client_mutation_id, now).await? else { return Ok(None) };
        let records = kept.records().into_iter().filter(|record| node::is_seen(record.concept)).collect();
        let receipt::Model { client_mutation_id, mutation, created_at: done_at, .. } = kept;
        Ok(Some(Receipt { client_mutation_id, mutation, done_at, records }))
    }
}
