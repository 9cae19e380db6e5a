//! Who there is: accounts, states, organizations, people, posts, appointments, their names; and the taxonomy.

use sea_orm_migration::prelude::*;

use crate::columns::{
    References, create, day, flag, id, index, moment, number, optional_text, table, text, unique, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let account = table("account")
            .col(text("name"))
            .col(optional_text("email"))
            .col(moment("created_at"))
            .col(version())
            .take();
        let member_state = table("member_state")
            .col(text("code"))
            .col(text("alpha2"))
            .col(text("name_en"))
            .col(text("name_fr"))
            .col(text("name_ar"))
            .col(version())
            .take();
        let organization = table("organization")
            .col(text("kind"))
            .col(text("label"))
            .col(text("folded"))
            .col(optional_text("acronym"))
            .may_refer("state_id", "member_state")
            .may_refer("parent_id", "organization")
            .col(flag("is_host"))
            .col(moment("created_at"))
            .col(version())
            .take();
        let standing = table("standing")
            .refers("state_id", "member_state")
            .refers("organization_id", "organization")
            .col(text("standing"))
            .col(day("stated_on"))
            .col(optional_text("stated_on_precision"))
            .col(text("source"))
            .col(flag("verified"))
            .col(optional_text("note"))
            .take();
        let person = table("person")
            .col(text("label"))
            .col(text("folded"))
            .col(optional_text("honorific"))
            .col(moment("created_at"))
            .col(version())
            .take();
        let post = table("post")
            .refers("organization_id", "organization")
            .col(text("label"))
            .col(text("folded"))
            .col(moment("created_at"))
            .col(version())
            .take();
        let appointment = table("appointment")
            .refers("person_id", "person")
            .refers("post_id", "post")
            .col(day("started_on"))
            .col(optional_text("started_on_precision"))
            .col(day("ended_on"))
            .col(optional_text("ended_on_precision"))
            .col(day("seen_on"))
            .col(optional_text("source"))
            .col(moment("created_at"))
            .col(version())
            .take();
        let record_name = table("record_name")
            .col(text("concept"))
            .col(id("record_id").not_null())
            .col(optional_text("language"))
            .col(text("role"))
            .col(text("name"))
            .col(text("folded"))
            .col(day("valid_from"))
            .col(day("valid_to"))
            .col(optional_text("source"))
            .take();
        let cooperation_area = table("cooperation_area")
            .col(text("slug"))
            .col(text("sector"))
            .col(number("position"))
            .col(text("name_en"))
            .col(text("name_fr"))
            .col(text("name_ar"))
            .col(optional_text("crs"))
            .col(text("sdgs"))
            .col(version())
            .take();
        let tables = vec![
            account,
            member_state,
            organization,
            standing,
            person,
            post,
            appointment,
            record_name,
            cooperation_area,
        ];
        let indexes = vec![
            unique("account", &["email"]),
            unique("member_state", &["code"]),
            unique("member_state", &["alpha2"]),
            unique("cooperation_area", &["slug"]),
            index("organization", &["folded"]),
            index("organization", &["state_id", "kind"]),
            index("organization", &["parent_id"]),
            index("standing", &["state_id", "organization_id"]),
            index("person", &["folded"]),
            unique("post", &["organization_id", "folded"]),
            index("appointment", &["person_id"]),
            index("appointment", &["post_id"]),
            index("record_name", &["concept", "folded"]),
            index("record_name", &["record_id"]),
        ];
        create(manager, tables, indexes).await
    }
}
