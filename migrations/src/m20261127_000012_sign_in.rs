//! Who may do what: the roles of accounts, the states of desk officers, tokens, sessions and passwords.

use sea_orm_migration::prelude::*;

use crate::columns::{References, create, day, index, moment, optional_moment, table, text, unique, version};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Whoever reached the port could do everything in the name of any account: what is there keeps what it had, and
        // cannot be signed in as until somebody gives it a password or a token.
        let role = ColumnDef::new(Alias::new("role")).text().not_null().default("admin").take();
        for column in [role, optional_moment("disabled_at")] {
            let add = Table::alter().table(Alias::new("account")).add_column(column).take();
            manager.alter_table(add).await?;
        }
        let assignment = table("assignment")
            .refers("account_id", "account")
            .refers("state_id", "member_state")
            .col(moment("created_at"))
            .take();
        let access_token = table("access_token")
            .refers("account_id", "account")
            .col(text("name"))
            .col(text("prefix"))
            .col(text("secret_hash"))
            .col(text("scope"))
            .col(moment("created_at"))
            .col(optional_moment("expires_at"))
            .col(optional_moment("revoked_at"))
            .col(day("last_used_on"))
            .col(version())
            .take();
        let session = table("session")
            .refers("account_id", "account")
            .col(text("secret_hash"))
            .col(moment("created_at"))
            .col(moment("expires_at"))
            .col(optional_moment("ended_at"))
            .col(version())
            .take();
        let credential = table("credential")
            .refers("account_id", "account")
            .col(text("password_hash"))
            .col(moment("set_at"))
            .col(version())
            .take();
        let indexes = vec![
            unique("assignment", &["account_id", "state_id"]),
            index("assignment", &["state_id"]),
            unique("access_token", &["secret_hash"]),
            unique("access_token", &["prefix"]),
            index("access_token", &["account_id"]),
            unique("session", &["secret_hash"]),
            index("session", &["account_id"]),
            unique("credential", &["account_id"]),
        ];
        create(manager, vec![assignment, access_token, session, credential], indexes).await
    }
}
