//! What a second reader says of a finding.

use sea_orm_migration::prelude::*;

use crate::columns::{References, create, flag, index, json, real, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let witness = table("witness")
            .refers("finding_id", "finding")
            .refers("reading_id", "reading")
            .col(json("value"))
            .col(json("spans"))
            .col(real("confidence"))
            .col(flag("alone"))
            .may_refer("rival_id", "finding")
            .take();
        let indexes =
            vec![index("witness", &["finding_id"]), index("witness", &["reading_id"]), index("witness", &["rival_id"])];
        create(manager, vec![witness], indexes).await
    }
}
