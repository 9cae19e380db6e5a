//! Work in the background.

use sea_orm_migration::prelude::*;

use crate::columns::{create, id, index, json, moment, number, optional_moment, optional_text, table, text, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let job = table("job")
            .col(text("kind"))
            .col(text("key"))
            .col(json("payload"))
            .col(text("state"))
            .col(moment("run_at"))
            .col(number("attempts"))
            .col(id("leased_by"))
            .col(optional_moment("leased_until"))
            .col(optional_text("reason"))
            .col(moment("created_at"))
            .col(optional_moment("closed_at"))
            .take();
        create(manager, vec![job], vec![unique("job", &["kind", "key"]), index("job", &["state", "run_at"])]).await
    }
}
