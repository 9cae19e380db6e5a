//! Signing in with a provider: as whom it knows people, which sessions it began, and what may be used once.

use sea_orm_migration::prelude::*;

use crate::columns::{References, create, id, index, moment, optional_text, table, text, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [id("identity_id"), optional_text("provider_session")] {
            let add = Table::alter().table(Alias::new("session")).add_column(column).take();
            manager.alter_table(add).await?;
        }
        let identity = table("identity")
            .refers("account_id", "account")
            .col(text("issuer"))
            .col(text("subject"))
            .col(moment("created_at"))
            .take();
        let ticket = table("ticket").col(moment("expires_at")).take();
        let indexes = vec![
            unique("identity", &["issuer", "subject"]),
            index("identity", &["account_id"]),
            index("session", &["identity_id"]),
            index("session", &["provider_session"]),
            index("ticket", &["expires_at"]),
        ];
        create(manager, vec![identity, ticket], indexes).await
    }
}
