//! Work in the background, how often people are reminded, and what was sent to them.

use sea_orm_migration::prelude::*;

use crate::columns::{
    References, create, id, index, json, moment, number, optional_moment, optional_text, table, text, unique, version,
};

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
        let delivery = table("delivery")
            .refers("account_id", "account")
            .col(text("channel"))
            .col(text("target"))
            .col(text("period"))
            .col(text("state"))
            .col(number("attempts"))
            .col(optional_text("answer"))
            .col(moment("created_at"))
            .col(optional_moment("sent_at"))
            .col(version())
            .take();
        let indexes = vec![
            unique("job", &["kind", "key"]),
            index("job", &["state", "run_at"]),
            unique("delivery", &["account_id", "period", "channel", "target"]),
            index("delivery", &["created_at"]),
        ];
        create(manager, vec![job, delivery], indexes).await?;
        for column in ["reminders", "reminders_on", "language"] {
            let add = Table::alter().table(Alias::new("account")).add_column(optional_text(column)).take();
            manager.alter_table(add).await?;
        }
        Ok(())
    }
}
