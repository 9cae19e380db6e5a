//! What is overdue of some states is counted in the index alone: with how they stand and of which kind they are in it, no
//! row has to be looked at.

use sea_orm_migration::prelude::*;

use crate::columns::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLE: &str = "follow_up_action";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_index(index(TABLE, &["state_id", "due_on", "status", "kind"])).await?;
        // The new one begins with the same columns.
        let mut narrow = Index::drop();
        narrow.name("follow_up_action_state_id_due_on").table(Alias::new(TABLE));
        manager.drop_index(narrow).await
    }
}
