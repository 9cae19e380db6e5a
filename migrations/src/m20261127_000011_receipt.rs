//! Receipts: what a mutation answered, so that it is not done again when its client asks again.

use sea_orm_migration::prelude::*;

use crate::columns::{References, create, index, json, moment, table, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let receipt = table("receipt")
            .may_refer("account_id", "account")
            .col(text("client_mutation_id"))
            .col(text("mutation"))
            .col(text("input_hash"))
            .col(json("answer"))
            .col(json("records"))
            .col(moment("created_at"))
            .take();
        create(manager, vec![receipt], vec![index("receipt", &["created_at"])]).await
    }
}
