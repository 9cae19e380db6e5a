//! Where it is from: news reports, readings, findings, doubts, evidence; and the history.

use sea_orm_migration::prelude::*;

use crate::columns::{
    References, create, day, id, index, json, moment, number, optional_moment, optional_text, real, table, text,
    unique, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let news_report = table("news_report")
            .col(optional_text("title"))
            .col(optional_text("url"))
            .col(optional_text("publisher"))
            .col(day("published_on"))
            .col(optional_text("language"))
            .col(text("text"))
            .col(text("content_hash"))
            .col(text("original"))
            .col(text("original_hash"))
            .col(text("format"))
            .col(json("cut"))
            .col(text("folded"))
            .col(moment("ingested_at"))
            .col(version())
            .take();
        let reading = table("reading")
            .refers("report_id", "news_report")
            .col(text("engine"))
            .col(text("engine_version"))
            .col(text("state"))
            .col(moment("created_at"))
            .col(version())
            .take();
        let finding = table("finding")
            .refers("reading_id", "reading")
            .col(text("kind"))
            .col(number("position"))
            .col(text("summary"))
            .col(json("value"))
            .col(json("correction"))
            .col(json("spans"))
            .col(real("confidence"))
            .col(json("candidates"))
            .col(text("state"))
            .col(optional_text("result_concept"))
            .col(id("result_id"))
            .may_refer("decided_by", "account")
            .col(optional_moment("decided_at"))
            .col(optional_text("reason"))
            .col(version())
            .take();
        let doubt = table("doubt")
            .refers("reading_id", "reading")
            .col(number("position"))
            .col(text("code"))
            .col(text("message"))
            .col(json("spans"))
            .take();
        let evidence = table("evidence")
            .refers("report_id", "news_report")
            .col(number("span_start"))
            .col(number("span_end"))
            .col(text("quote"))
            .col(text("concept"))
            .col(id("record_id").not_null())
            .col(optional_text("field"))
            .may_refer("finding_id", "finding")
            .col(optional_text("engine"))
            .may_refer("reviewer_id", "account")
            .col(moment("created_at"))
            .take();
        let change = table("change")
            .col(moment("at"))
            .col(id("account_id"))
            .col(optional_text("request_id"))
            .col(text("concept"))
            .col(id("record_id").not_null())
            .col(number("version"))
            .col(json("before"))
            .col(json("after"))
            .take();
        let indexes = vec![
            unique("news_report", &["content_hash"]),
            unique("news_report", &["original_hash"]),
            index("news_report", &["ingested_at"]),
            unique("reading", &["report_id", "engine", "engine_version"]),
            index("reading", &["state", "created_at"]),
            index("finding", &["reading_id", "position"]),
            index("doubt", &["reading_id"]),
            index("evidence", &["record_id"]),
            index("evidence", &["report_id"]),
            index("change", &["record_id"]),
        ];
        create(manager, vec![news_report, reading, finding, doubt, evidence, change], indexes).await
    }
}
