//! What is to follow: meetings, follow-up actions, tasks and updates; and the running numbers of references.

use sea_orm_migration::prelude::*;

use crate::columns::{
    References, create, day, flag, index, moment, number, optional_moment, optional_text, table, text, unique, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let meeting = table("meeting")
            .col(text("kind"))
            .col(text("title"))
            .col(text("folded"))
            .col(day("held_on"))
            .col(optional_text("held_on_precision"))
            .col(optional_text("mode"))
            .col(optional_text("place"))
            .col(moment("created_at"))
            .col(version())
            .take();
        let meeting_state =
            table("meeting_state").refers("meeting_id", "meeting").refers("state_id", "member_state").take();
        let participation = table("participation")
            .refers("meeting_id", "meeting")
            .col(text("role"))
            .may_refer("person_id", "person")
            .may_refer("post_id", "post")
            .may_refer("organization_id", "organization")
            .may_refer("state_id", "member_state")
            .take();
        let action_area = table("follow_up_action_area")
            .refers("action_id", "follow_up_action")
            .refers("area_id", "cooperation_area")
            .take();
        let task = table("task")
            .refers("action_id", "follow_up_action")
            .col(text("title"))
            .col(text("state"))
            .col(optional_text("play"))
            .may_refer("assignee_id", "account")
            .col(day("due_on"))
            .col(optional_moment("closed_at"))
            .col(moment("created_at"))
            .col(version())
            .take();
        let action_update = table("action_update")
            .refers("action_id", "follow_up_action")
            .col(text("track"))
            .col(text("says"))
            .col(day("said_on").not_null())
            .col(optional_text("note"))
            .may_refer("report_id", "news_report")
            .may_refer("recorded_by", "account")
            .col(moment("recorded_at"))
            .take();
        let running_number = Table::create()
            .table(Alias::new("running_number"))
            .col(text("series").primary_key())
            .col(number("last"))
            .take();
        let indexes = vec![
            index("meeting", &["held_on"]),
            unique("meeting_state", &["state_id", "meeting_id"]),
            index("meeting_state", &["meeting_id"]),
            index("participation", &["meeting_id"]),
            unique("follow_up_action", &["reference"]),
            index("follow_up_action", &["state_id", "due_on"]),
            index("follow_up_action", &["due_on", "status"]),
            index("follow_up_action", &["meeting_id"]),
            index("follow_up_action", &["owner_id"]),
            index("follow_up_action", &["actor_organization_id"]),
            index("follow_up_action", &["counterpart_organization_id"]),
            unique("follow_up_action_area", &["action_id", "area_id"]),
            index("follow_up_action_area", &["area_id"]),
            index("task", &["action_id"]),
            index("task", &["assignee_id", "state", "due_on"]),
            index("action_update", &["action_id"]),
        ];
        let tables = vec![
            meeting,
            meeting_state,
            participation,
            follow_up_action(),
            action_area,
            task,
            action_update,
            running_number,
        ];
        create(manager, tables, indexes).await
    }
}

fn follow_up_action() -> sea_orm_migration::sea_orm::sea_query::TableCreateStatement {
    table("follow_up_action")
        .col(text("reference"))
        .col(text("series"))
        .col(number("number"))
        .col(text("kind"))
        .col(text("title"))
        .col(text("folded"))
        .col(text("strength"))
        .col(text("missing"))
        .may_refer("state_id", "member_state")
        .may_refer("meeting_id", "meeting")
        .col(text("actor_side"))
        .may_refer("actor_person_id", "person")
        .may_refer("actor_post_id", "post")
        .may_refer("actor_organization_id", "organization")
        .may_refer("actor_state_id", "member_state")
        .may_refer("counterpart_person_id", "person")
        .may_refer("counterpart_post_id", "post")
        .may_refer("counterpart_organization_id", "organization")
        .may_refer("counterpart_state_id", "member_state")
        .col(optional_text("awaits"))
        .col(day("due_on"))
        .col(optional_text("due_on_precision"))
        .col(text("status"))
        .col(flag("disputed"))
        .may_refer("owner_id", "account")
        .col(moment("created_at"))
        .col(version())
        .take()
}
