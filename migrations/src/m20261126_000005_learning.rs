//! What reviewers taught: links that they rejected; and the key by which an acronym is looked up.

use sea_orm_migration::prelude::*;

use crate::columns::{References, create, flag, id, table, text, unique, version};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let rejected_link = table("rejected_link")
            .col(text("concept"))
            .col(id("record_id").not_null())
            .col(text("name"))
            .col(text("folded"))
            .refers("finding_id", "finding")
            .col(flag("stands"))
            .col(version())
            .take();
        create(manager, vec![rejected_link], vec![unique("rejected_link", &["record_id", "folded"])]).await?;
        // The builder of statements knows no index over an expression; both databases write it the same way.
        let by_acronym = "CREATE INDEX organization_acronym ON organization (lower(acronym))";
        manager.get_connection().execute_unprepared(by_acronym).await?;
        Ok(())
    }
}
