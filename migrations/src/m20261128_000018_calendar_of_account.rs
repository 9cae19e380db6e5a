//! A calendar feed is of a state or of an account. SQLite cannot let a column be empty that never was: the table is made anew.

use sea_orm_migration::{prelude::*, sea_orm::ConnectionTrait};

use crate::columns::{References, create, index, moment, optional_moment, table, text, unique, version};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const OLD: &str = "calendar_feed_of_state";

const COPY: &str = "INSERT INTO calendar_feed (id, state_id, name, secret_hash, created_at, revoked_at, version) \
                    SELECT id, state_id, name, secret_hash, created_at, revoked_at, version FROM calendar_feed_of_state";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let renamed = Table::rename().table(Alias::new("calendar_feed"), Alias::new(OLD)).take();
        manager.rename_table(renamed).await?;
        let calendar_feed = table("calendar_feed")
            .may_refer("state_id", "member_state")
            .may_refer("account_id", "account")
            .col(text("name"))
            .col(text("secret_hash"))
            .col(moment("created_at"))
            .col(optional_moment("revoked_at"))
            .col(version())
            .take();
        create(manager, vec![calendar_feed], Vec::new()).await?;
        manager.get_connection().execute_unprepared(COPY).await?;
        manager.drop_table(Table::drop().table(Alias::new(OLD)).take()).await?;
        // The names of the indexes are free once the old table is gone.
        let indexes = vec![
            unique("calendar_feed", &["secret_hash"]),
            index("calendar_feed", &["state_id"]),
            index("calendar_feed", &["account_id"]),
        ];
        create(manager, Vec::new(), indexes).await
    }
}
