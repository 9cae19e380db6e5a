//! Migrations and entities describe the same tables, on either database.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, IdenStatic, Iterable, Statement,
    sea_query::ColumnType,
};

use serde_json::json;

use crate::world::stories;

/// A column: what it holds, and whether it may be empty.
pub(super) type Columns = BTreeMap<String, (String, bool)>;

/// Tables that no entity describes, and why.
const WITHOUT_ENTITY: [(&str, &str); 2] = [
    ("seaql_migrations", "the list of migrations that have run"),
    ("search_words", "the words of the search, for which each engine has columns of its own"),
];

fn described<E: EntityTrait>(entity: E) -> (String, Columns) {
    let columns = E::Column::iter().map(|column| {
        let definition = column.def();
        (column.as_str().to_owned(), (class(definition.get_column_type()).to_owned(), definition.is_null()))
    });
    (entity.table_name().to_owned(), columns.collect())
}

/// What a column holds, in the words of [`words`].
fn class(column: &ColumnType) -> &'static str {
    match column {
        ColumnType::String(_) | ColumnType::Text => "text",
        ColumnType::Integer => "integer",
        ColumnType::Double => "double",
        ColumnType::Boolean => "boolean",
        ColumnType::Uuid => "uuid",
        ColumnType::Date => "day",
        ColumnType::TimestampWithTimeZone => "moment",
        ColumnType::Json | ColumnType::JsonBinary => "json",
        _ => "something that this test does not know yet",
    }
}

/// The databases' words for what a column holds.
fn words(declared: &str) -> &str {
    match declared {
        "uuid_text" => "uuid",
        "double precision" => "double",
        "date_text" | "date" => "day",
        "timestamp_with_timezone_text" | "timestamp with time zone" => "moment",
        "jsonb_text" | "jsonb" => "json",
        other => other,
    }
}

pub(super) async fn present(db: &DatabaseConnection) -> BTreeMap<String, Columns> {
    let question = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT m.name AS owner, c.name AS name, lower(c.type) AS declared, (c.\"notnull\" = 0 AND c.pk = 0) AS empty \
             FROM pragma_table_list m, pragma_table_info(m.name) c \
             WHERE m.schema = 'main' AND m.type IN ('table', 'virtual') AND m.name NOT LIKE 'sqlite_%'"
        }
        _ => {
            "SELECT table_name::text AS owner, column_name::text AS name, data_type::text AS declared, \
             is_nullable = 'YES' AS empty FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), question)).await.expect("the tables");
    let mut tables: BTreeMap<String, Columns> = BTreeMap::new();
    for row in rows {
        let text = |column| row.try_get::<String>("", column).expect("a text");
        let what = (words(&text("declared")).to_owned(), row.try_get("", "empty").expect("a flag"));
        tables.entry(text("owner")).or_default().insert(text("name"), what);
    }
    tables
}

fn entities() -> BTreeMap<String, Columns> {
    use store::*;
    BTreeMap::from([
        described(access_token::Entity),
        described(account::Entity),
        described(appointment::Entity),
        described(assignment::Entity),
        described(audit_entry::Entity),
        described(calendar_feed::Entity),
        described(change::Entity),
        described(cooperation_area::Entity),
        described(credential::Entity),
        described(delivery::Entity),
        described(doubt::Entity),
        described(evidence::Entity),
        described(finding::Entity),
        described(follow_up_action::Entity),
        described(follow_up_action::area::Entity),
        described(identity::Entity),
        described(import::Entity),
        described(job::Entity),
        described(meeting::Entity),
        described(meeting::state::Entity),
        described(member_state::Entity),
        described(merge::Entity),
        described(news_report::Entity),
        described(organization::Entity),
        described(participation::Entity),
        described(person::Entity),
        described(post::Entity),
        described(reading::Entity),
        described(receipt::Entity),
        described(record_name::Entity),
        described(rejected_link::Entity),
        described(rejected_merge::Entity),
        described(running_number::Entity),
        described(search::Entity),
        described(session::Entity),
        described(standing::Entity),
        described(task::Entity),
        described(ticket::Entity),
        described(update::Entity),
        described(witness::Entity),
    ])
}

stories! {
    /// A column that only one of the two knows fails here, not at a user's desk.
    async fn migrations_and_entities_describe_the_same_tables(world: &World) {
        let (present, described) = (present(world.store.reader()).await, entities());
        for (table, columns) in &described {
            assert_eq!(present.get(table), Some(columns), "table {table}: left is what the migrations make, right the entity");
        }
        let unknown: BTreeSet<_> = present.keys().filter(|table| !described.contains_key(*table)).map(String::as_str).collect();
        assert_eq!(unknown, BTreeSet::from(WITHOUT_ENTITY.map(|(table, _)| table)));
    }

    /// Everything is written out, except what has a reason not to be.
    async fn no_table_is_forgotten_when_everything_is_written_out(world: &World) {
        let present = present(world.store.reader()).await;
        let out: BTreeSet<&str> = store::dump::table_names().into_iter().collect();
        let left: BTreeSet<&str> = store::dump::LEFT_OUT.iter().map(|(table, _)| *table).collect();
        let accounted: Vec<_> = out.union(&left).copied().collect();
        assert_eq!(present.keys().collect::<Vec<_>>(), accounted, "store::dump: a line for each table, or a reason");
        assert!(out.is_disjoint(&left));
    }

    /// What was kept before the two clocks gets its days and its place in the history, as far as they are known.
    async fn what_was_kept_before_the_two_clocks_gets_its_days(world: &World) {
        let draft = "mutation { createFollowUpAction(input: { kind: PLAN, title: \"Hold a forum\", actorSide: OURS }) {
            followUpAction { id } } }";
        let id = world.ask(draft, json!({})).await["createFollowUpAction"]["followUpAction"]["id"].clone();
        let say = "mutation($id: ID!) { recordUpdate(input: { actionId: $id, track: OURS, says: IN_PROGRESS, on: \"2026-02-20\" }) {
            refusal { message } } }";
        world.ask(say, json!({ "id": id })).await;
        let days = "query($id: ID!) { node(id: $id) { ... on FollowUpAction { saidOn progress { heardOn status } } }
            answer(question: \"owed\") { rows { cells { text number date } } } }";
        let before = world.ask(days, json!({ "id": id })).await;
        let db = world.store.writer();
        for undo in [
            "DROP INDEX change_seq",
            "DROP INDEX follow_up_action_actor_post_id",
            "DROP INDEX follow_up_action_counterpart_post_id",
            "ALTER TABLE change DROP COLUMN seq",
            "ALTER TABLE follow_up_action DROP COLUMN said_on",
            "ALTER TABLE follow_up_action DROP COLUMN heard_on",
            "DELETE FROM running_number WHERE series = 'change'",
            "DELETE FROM seaql_migrations WHERE version = 'm20261126_000006_two_clocks'",
        ] {
            db.execute_unprepared(undo).await.unwrap_or_else(|fault| panic!("{undo}: {fault}"));
        }
        <migrations::Migrator as migrations::Migrate>::up(db, None).await.expect("the tables are brought up to date");
        assert_eq!(world.ask(days, json!({ "id": id })).await, before);
        assert_eq!(before["node"]["saidOn"], "2026-03-02");
        world.ask(say, json!({ "id": id })).await;
    }
}
