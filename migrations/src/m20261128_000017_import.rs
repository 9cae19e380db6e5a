//! Tables of others that were taken in, so that each can be taken back.

use sea_orm_migration::prelude::*;

use crate::columns::{References, create, index, moment, number, optional_moment, table, text, unique, version};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let import = table("import")
            .col(number("number"))
            .col(text("kind"))
            .col(text("file_name"))
            .col(text("sha256"))
            .may_refer("account_id", "account")
            .col(moment("created_at"))
            .col(number("new_records"))
            .col(number("revised_records"))
            .col(number("unchanged_records"))
            .col(number("changes"))
            .col(optional_moment("reverted_at"))
            .may_refer("reverted_by", "account")
            .col(version())
            .take();
        create(manager, vec![import], vec![unique("import", &["number"]), index("import", &["sha256"])]).await
    }
}
