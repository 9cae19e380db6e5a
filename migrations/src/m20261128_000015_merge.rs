//! Merging: which records were found to be one, why, and which are not.

use sea_orm_migration::prelude::*;

use crate::columns::{
    References, create, id, index, moment, number, optional_moment, optional_text, table, text, unique, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let merge = table("merge")
            .col(text("concept"))
            .col(id("kept_id").not_null())
            .col(id("other_id").not_null())
            .col(text("label"))
            .may_refer("part_of", "merge")
            .col(number("lines"))
            .col(text("reason"))
            .may_refer("merged_by", "account")
            .col(moment("created_at"))
            .may_refer("undone_by", "account")
            .col(optional_moment("undone_at"))
            .col(optional_text("undone_because"))
            .col(version())
            .take();
        let rejected_merge = table("rejected_merge")
            .col(text("concept"))
            .col(id("one_id").not_null())
            .col(id("other_id").not_null())
            .col(text("reason"))
            .may_refer("rejected_by", "account")
            .col(moment("created_at"))
            .take();
        let indexes = vec![
            index("merge", &["kept_id"]),
            index("merge", &["other_id"]),
            index("merge", &["part_of"]),
            unique("rejected_merge", &["one_id", "other_id"]),
            index("rejected_merge", &["other_id"]),
            // What a record that is merged was read from is found by the record.
            index("finding", &["result_id"]),
        ];
        create(manager, vec![merge, rejected_merge], indexes).await
    }
}
