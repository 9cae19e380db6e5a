//! Calendar feeds: secret addresses by which calendar programs follow a state.

use sea_orm_migration::prelude::*;

use crate::columns::{References, create, index, moment, optional_moment, table, text, unique, version};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let calendar_feed = table("calendar_feed")
            .refers("state_id", "member_state")
            .col(text("name"))
            .col(text("secret_hash"))
            .col(moment("created_at"))
            .col(optional_moment("revoked_at"))
            .col(version())
            .take();
        let indexes = vec![unique("calendar_feed", &["secret_hash"]), index("calendar_feed", &["state_id"])];
        create(manager, vec![calendar_feed], indexes).await
    }
}
