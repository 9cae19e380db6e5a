//! The audit trail: what was done, asked and refused, each entry chained to the one before it by its hash.

use sea_orm_migration::prelude::*;

use crate::columns::{create, id, index, moment, number, optional_text, table, text, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The table alone: the entry that covers the history from before is made by the program, which knows how it is hashed.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let of_change = |name: &str| ColumnDef::new(Alias::new(name)).integer().take();
        let entry = table("audit_entry")
            .col(number("seq"))
            .col(moment("at"))
            .col(text("way"))
            .col(text("act"))
            .col(id("account_id"))
            .col(id("token_id"))
            .col(optional_text("role"))
            .col(optional_text("request_id"))
            .col(text("outcome"))
            .col(optional_text("code"))
            .col(number("times"))
            .col(of_change("first_change"))
            .col(of_change("last_change"))
            .col(optional_text("changes_hash"))
            .col(text("previous_hash"))
            .col(text("hash"))
            .take();
        let indexes = vec![
            unique("audit_entry", &["seq"]),
            index("audit_entry", &["account_id", "seq"]),
            index("audit_entry", &["last_change"]),
        ];
        create(manager, vec![entry], indexes).await
    }
}
