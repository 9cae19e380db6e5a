//! The latest meetings of a state are read from an index: the day of a meeting stands beside each state that had part in it.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

use crate::columns::day;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const FILL: &str = "UPDATE meeting_state SET held_on = (SELECT meeting.held_on FROM meeting WHERE meeting.id = meeting_state.meeting_id)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table(Alias::new("meeting_state")).add_column(day("held_on"));
        manager.alter_table(table).await?;
        let connection = manager.get_connection();
        connection.execute_unprepared(FILL).await?;
        // Read from its end the index has the latest first and those without a day last. SQLite has it so anyhow, and does
        // not know the words.
        let nulls = if connection.get_database_backend() == DbBackend::Postgres { "NULLS FIRST" } else { "" };
        let index = format!(
            "CREATE INDEX meeting_state_state_id_held_on_meeting_id ON meeting_state (state_id, held_on {nulls}, meeting_id)"
        );
        connection.execute_unprepared(&index).await?;
        Ok(())
    }
}
