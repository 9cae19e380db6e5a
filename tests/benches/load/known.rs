//! What there is in a database, for clients to ask for.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
use store::follow_up_action::{Column, Entity};
use uuid::Uuid;

use crate::generated::Generated;

/// What can be asked for.
pub(crate) struct Known {
    pub(crate) today: NaiveDate,
    /// The actions with their references.
    pub(crate) actions: Vec<(Uuid, String)>,
    /// The states that have some.
    pub(crate) codes: Vec<String>,
}

impl Known {
    pub(crate) async fn of(Generated { store, today }: &Generated) -> store::Result<Self> {
        let actions = Entity::find().select_only().column(Column::Id).column(Column::Reference);
        let actions: Vec<(Uuid, String)> = actions.order_by_asc(Column::Id).into_tuple().all(store.reader()).await?;
        let codes = actions.iter().filter_map(|(_, reference)| reference.split_once('-')).map(|(code, _)| code);
        let codes: BTreeSet<&str> = codes.collect();
        let codes = codes.into_iter().map(str::to_owned).collect();
        Ok(Self { today: *today, actions, codes })
    }
}
