//! Who is named where is found without looking at every row: by merging, and by the database before a record is removed. Most
//! rows name nobody, and are not in the indexes.

use sea_orm_migration::prelude::*;

use crate::columns::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const NAMES: [(&str, &str); 5] = [
    ("follow_up_action", "actor_person_id"),
    ("follow_up_action", "counterpart_person_id"),
    ("participation", "person_id"),
    ("participation", "post_id"),
    ("participation", "organization_id"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in NAMES {
            let is_named = Expr::col(Alias::new(column)).is_not_null();
            manager.create_index(index(table, &[column]).and_where(is_named).take()).await?;
        }
        Ok(())
    }
}
