//! Doubts: what an engine was not sure of.

use async_graphql::{Context, ID, Object};
use sea_orm::{QueryOrder, Select};
use store::doubt::{Column, Entity};

use crate::{
    ask::{self, Short},
    coat::coat,
    evidence::{Span, spans},
    fault::Fault,
    id,
    reading::Reading,
    words::DoubtCode,
};

/// The doubts of a reading, in their order.
pub(crate) static OF_READING: Short<Entity> = Short { rows: by_position, whose: Column::ReadingId };

fn by_position() -> Select<Entity> {
    <Entity as sea_orm::EntityTrait>::find().order_by_asc(Column::Position)
}

coat! {
    /// Something that an engine was not sure of in a report, for a reviewer to look at.
    Doubt over store::doubt
}

#[Object(use_type_description)]
impl Doubt {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The reading it belongs to.
    async fn reading(&self, ctx: &Context<'_>) -> Result<Reading, Fault> {
        ask::row(ctx, self.0.reading_id).await
    }

    /// Why.
    async fn code(&self) -> DoubtCode {
        self.0.code.0.into()
    }

    /// What a reviewer should look at.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// Where; empty where it is about the whole text.
    async fn evidence(&self) -> Result<Vec<Span>, Fault> {
        spans(&self.0.spans)
    }
}
