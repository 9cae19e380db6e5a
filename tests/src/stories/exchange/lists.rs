//! Lists as tables, as filtered; and tables of actions and meetings in again.

use std::io::Read;

use axum::http::StatusCode;
use intake::table::{self, Became, Options};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use store::change;
use vocab::ImportKind;

use crate::world::{World, stories};

/// The rows of a table, each by the titles of its columns.
type Table = Vec<Vec<(String, String)>>;

async fn table(world: &World, address: &str) -> (String, Table) {
    let (status, text) = world.get(address).await;
    assert_eq!(status, StatusCode::OK, "{address}: {text}");
    let mut lines = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let titles = lines.headers().expect("titles").clone();
    let row = |cells: csv::StringRecord| -> Vec<(String, String)> {
        titles.iter().zip(&cells).map(|(title, cell)| (title.to_owned(), cell.to_owned())).collect()
    };
    let rows = lines.records().map(|cells| row(cells.expect("a row"))).collect();
    (text, rows)
}

fn written(rows: &Table) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(rows[0].iter().map(|(title, _)| title)).expect("titles");
    for row in rows {
        out.write_record(row.iter().map(|(_, cell)| cell)).expect("a row");
    }
    String::from_utf8(out.into_inner().expect("a table")).expect("UTF-8")
}

/// The rows without some columns, in an order of their own.
fn without(rows: &Table, columns: &[&str]) -> Table {
    let row = |row: &Vec<(String, String)>| {
        row.iter().filter(|(title, _)| !columns.contains(&title.as_str())).cloned().collect::<Vec<_>>()
    };
    let mut rows: Table = rows.iter().map(row).collect();
    rows.sort();
    rows
}

fn cell<'r>(row: &'r [(String, String)], title: &str) -> &'r str {
    &row.iter().find(|(other, _)| other == title).expect(title).1
}

fn put(row: &mut [(String, String)], title: &str, text: &str) {
    row.iter_mut().find(|(other, _)| other == title).expect(title).1 = text.to_owned();
}

/// What became of a table: a text for each line that was new, revised or refused, and the counts.
#[derive(Debug)]
struct Taken {
    lines: Vec<String>,
    new: usize,
    revised: usize,
    unchanged: usize,
    refused: usize,
}

async fn take_in(world: &World, of: ImportKind, text: &str, apply: bool) -> store::Result<table::Report> {
    let handed_in = table::Table { of, name: "a.csv", file: text.as_bytes() };
    table::take_in(&world.store, &world.who, handed_in, &Options::default(), apply).await
}

async fn taken(world: &World, of: ImportKind, text: &str, apply: bool) -> Taken {
    let report = take_in(world, of, text, apply).await.expect("a table");
    let told = report.lines.iter().filter(|line| line.became != Became::Unchanged);
    Taken {
        lines: told.map(ToString::to_string).collect(),
        new: report.count(Became::New),
        revised: report.count(Became::Revised),
        unchanged: report.count(Became::Unchanged),
        refused: report.count(Became::Refused),
    }
}

async fn lines(world: &World) -> usize {
    change::Entity::find().all(world.store.reader()).await.expect("the history").len()
}

/// Actions with all that can stand in their cells, and meetings with dates of every precision.
async fn work(world: &World) {
    entente::samples::load(&world.store, &world.who).await.expect("the samples load");
    let state = world.ask("{ memberState(code: \"MLI\") { id } }", json!({})).await["memberState"]["id"].clone();
    let account =
        world.ask("mutation { createAccount(input: { name: \"Omar\" }) { account { id } } }", json!({})).await;
    for (title, due) in [
        ("=HYPERLINK(\"x\",\"y\")", json!("2027-05")),
        ("'-begins, with; \"signs\"", json!("2026-07-01")),
        ("ماء", Value::Null),
    ] {
        let input = json!({ "kind": "REQUEST", "title": title, "actorSide": "THEIRS", "stateId": state, "due": due,
            "actor": { "stateId": state }, "missing": ["OWNER", "DATE"], "areas": ["literacy", "water-management"], "awaits": null,
            "ownerId": account["createAccount"]["account"]["id"], "saidOn": "2026-01-31" });
        let made = world
            .ask(
                "mutation($input: CreateFollowUpActionInput!) { createFollowUpAction(input: $input) {
            followUpAction { id } refusal { message } } }",
                json!({ "input": input }),
            )
            .await;
        assert!(made["createFollowUpAction"]["refusal"].is_null(), "{made}");
    }
    for (title, held_on) in [("+1 talks", json!("2025")), ("Talks", json!("2025-11")), ("More talks", Value::Null)] {
        let input = json!({ "kind": "CALL", "title": title, "heldOn": held_on, "mode": "VIRTUAL", "place": "Bamako; Rabat", "stateIds": [state] });
        let made = world.ask("mutation($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } refusal { message } } }",
            json!({ "input": input })).await;
        assert!(made["createMeeting"]["refusal"].is_null(), "{made}");
    }
}

stories! {
    /// A list holds what the same filter gives in GraphQL, and says what it does not understand.
    async fn a_list_is_had_as_filtered(world: &World) {
        work(world).await;
        for (query, filter) in [
            ("", ""),
            ("?states=MLI&kinds=request", "(filter: { states: [\"MLI\"], kinds: [REQUEST] })"),
            ("?areas=literacy&awaits=OURS,THEIRS", "(filter: { areas: [\"literacy\"], awaits: [OURS, THEIRS] })"),
            ("?strengthAtLeast=agreed-in-principle", "(filter: { strengthAtLeast: AGREED_IN_PRINCIPLE })"),
            ("?overdue=true&statuses=NO_EVIDENCE,recorded", "(filter: { overdue: true, statuses: [NO_EVIDENCE, RECORDED] })"),
            ("?dueBefore=2027-01-01&text=signs", "(filter: { dueBefore: \"2027-01-01\", text: \"signs\" })"),
        ] {
            let nodes = world.ask(&format!("{{ followUpActions{filter} {{ nodes {{ id }} }} }}"), json!({})).await;
            let ids: Vec<_> = nodes["followUpActions"]["nodes"].as_array().expect("a list").iter().map(|node| node["id"].as_str().expect("an id").to_owned()).collect();
            let (_, rows) = table(world, &format!("/lists/follow-up-actions.csv{query}")).await;
            assert_eq!(rows.iter().map(|row| cell(row, "id")).collect::<Vec<_>>(), ids, "{query}");
        }
        let (_, meetings) = table(world, "/lists/meetings.csv?states=ML&heldFrom=2025-11-01").await;
        assert_eq!(meetings.iter().map(|row| cell(row, "title")).collect::<Vec<_>>(), ["Talks"]);
        let (_, people) = table(world, "/lists/people.csv").await;
        assert!(people.iter().any(|row| !cell(row, "post").is_empty() && !cell(row, "organization").is_empty()));
        let (_, bodies) = table(world, "/lists/organizations.csv?kinds=international&text=ICESCO").await;
        assert!(bodies.iter().any(|row| cell(row, "isHost") == "yes" && !cell(row, "nameAr").is_empty()), "{bodies:?}");
        for (address, status, told) in [
            ("/lists/planets.csv", StatusCode::NOT_FOUND, "follow-up-actions, meetings"),
            ("/lists/meetings.ods", StatusCode::NOT_FOUND, "/lists/meetings.xlsx"),
            ("/lists/meetings.csv?colour=red", StatusCode::BAD_REQUEST, "heldFrom"),
            ("/lists/meetings.csv?kinds=party", StatusCode::BAD_REQUEST, "use one of meeting, visit"),
            ("/lists/meetings.csv?states=QQ", StatusCode::BAD_REQUEST, "ISO 3166-1"),
            ("/lists/meetings.csv?kinds=call&kinds=visit", StatusCode::BAD_REQUEST, "comes twice"),
            ("/lists/follow-up-actions.csv?ownerId=me", StatusCode::BAD_REQUEST, "is no id of a record of the kind account"),
            ("/lists/follow-up-actions.csv?overdue=perhaps", StatusCode::BAD_REQUEST, "true or false"),
        ] {
            let (is, text) = world.get(address).await;
            assert!(is == status && text.contains(told), "{address}: {is} {text}");
        }
    }

    /// Out and in again: nothing is changed; as new lines, all of it is there a second time, letter for letter.
    async fn a_table_comes_back_without_loss(world: &World) {
        work(world).await;
        for (of, list) in [(ImportKind::Actions, "follow-up-actions"), (ImportKind::Meetings, "meetings")] {
            let (text, rows) = table(world, &format!("/lists/{list}.csv")).await;
            let before = lines(world).await;
            let same = taken(world, of, &text, true).await;
            assert_eq!((same.new, same.revised, same.refused, same.unchanged), (0, 0, 0, rows.len()), "{same:?}");
            assert_eq!(lines(world).await, before, "what stays the same leaves no line");
            assert!(!text.lines().any(|line| line.contains(",=") || line.contains(",\"=")), "{text}");
            let anew = without(&rows, &["id", "version"]);
            let tried = taken(world, of, &written(&anew), false).await;
            assert_eq!((tried.new, lines(world).await), (rows.len(), before), "only told");
            let made = taken(world, of, &written(&anew), true).await;
            assert_eq!((made.new, made.refused), (rows.len(), 0), "{made:?}");
            let (_, both) = table(world, &format!("/lists/{list}.csv")).await;
            let told = ["id", "version", "reference", "createdAt"];
            let mut twice = [without(&rows, &told), without(&rows, &told)].concat();
            twice.sort();
            assert_eq!(without(&both, &told), twice);
        }
    }

    /// A line revises its record at the version it was read at, and its words are words both ways.
    async fn a_line_revises_its_record(world: &World) {
        work(world).await;
        let (_, mut rows) = table(world, "/lists/follow-up-actions.csv?states=MLI").await;
        put(&mut rows[0], "title", "'@SUM(A1)");
        put(&mut rows[0], "due", "");
        put(&mut rows[0], "areas", "literacy");
        let revised = taken(world, ImportKind::Actions, &written(&rows), true).await;
        assert_eq!((revised.revised, revised.unchanged), (1, rows.len() - 1), "{revised:?}");
        assert!(revised.lines[0].starts_with("line 2: revised: MLI-"), "{revised:?}");
        let id = cell(&rows[0], "id");
        let now = world.ask("query($id: ID!) { node(id: $id) { ... on FollowUpAction { title due areas { slug } version } } }", json!({ "id": id })).await;
        assert_eq!(now["node"]["title"], "@SUM(A1)");
        assert_eq!(now["node"]["areas"], json!([{ "slug": "literacy" }]));
        assert!(now["node"]["due"].is_null(), "{now}");
        let stale = taken(world, ImportKind::Actions, &written(&rows), true).await;
        assert_eq!(stale.refused, 1, "{stale:?}");
        assert!(stale.lines[0].contains("it is now at version 2, not 1"), "{stale:?}");
    }

    /// A line that cannot be taken is told by its number, and then nothing of the table is.
    async fn refused_lines_are_told_and_nothing_is_written(world: &World) {
        work(world).await;
        let (_, rows) = table(world, "/lists/follow-up-actions.csv?states=MLI").await;
        let gone = cell(&rows[0], "id").to_owned();
        let other = table(world, "/lists/meetings.csv").await.1;
        let meeting = cell(&other[0], "id");
        let cases = [
            ("kind", "wish", "kind: \"wish\" is no action kind; it is one of proposal"),
            ("title", "", "title is empty"),
            ("due", "May", "write 2026-11-24, 2026-11 or 2026"),
            ("id", meeting, "is no id of a record of the kind follow-up-action"),
            ("version", "", "needs version"),
            ("state", "PAK", "begins with its state"),
            ("meetingId", &gone, "is no id of a record of the kind meeting"),
            ("areas", "alchemy", "\"alchemy\" is no cooperation area"),
            ("saidOn", "2090-01-01", "a day that has come"),
        ];
        let before = lines(world).await;
        let mut all = Vec::new();
        for (title, text, _) in cases {
            let mut row = rows[0].clone();
            put(&mut row, title, text);
            all.push(row);
        }
        let mut fine = rows[1].clone();
        put(&mut fine, "title", "A new title");
        all.push(fine);
        let refused = taken(world, ImportKind::Actions, &written(&all), true).await;
        assert_eq!((refused.refused, refused.revised), (cases.len(), 1), "{refused:?}");
        for (at, (_, _, told)) in cases.iter().enumerate() {
            let line = &refused.lines[at];
            assert!(line.starts_with(&format!("line {}: refused:", at + 2)) && line.contains(told), "{told}: {line}");
        }
        assert_eq!(lines(world).await, before);
        let unknown = take_in(world, ImportKind::Meetings, "id;name\n", true).await;
        assert!(unknown.expect_err("a column").to_string().contains("there is no column \"name\""));
        let short = taken(world, ImportKind::Meetings, "kind;title;heldOn\ncall;Talks on water;2026-02\n", true).await;
        assert_eq!(short.new, 1, "{short:?}");
    }

    /// As a workbook: days and numbers are typed, text is text whatever it begins with, and a second sheet tells what it is.
    async fn a_workbook_types_its_cells_and_tells_what_it_is(world: &World) {
        work(world).await;
        let book = world.file("/lists/follow-up-actions.xlsx?states=MLI").await;
        let (table, words) = (part(&book, "xl/worksheets/sheet1.xml"), part(&book, "xl/sharedStrings.xml"));
        assert!(!table.contains("<f>"), "no formula");
        assert!(words.contains("=HYPERLINK(\"x\",\"y\")") && words.contains("states=MLI") && words.contains("status/"));
        assert!(table.contains("state=\"frozen\""), "{table}");
        // 1 July 2026 as spreadsheets count days.
        assert!(table.contains("<v>46204</v>"), "{table}");
        let answer = world.file("/answers/timeline.xlsx").await;
        let (table, words) = (part(&answer, "xl/worksheets/sheet1.xml"), part(&answer, "xl/sharedStrings.xml"));
        assert!(table.contains("<v>") && !table.contains("<f>"));
        for told in ["As of", "Known at", "Rule", "timeline/", "Judged", "=HYPERLINK"] {
            assert!(words.contains(told), "{told}");
        }
        assert_eq!(world.file("/answers/timeline.xlsx").await, answer, "the same records give the same bytes");
    }
}

/// A part of a workbook.
fn part(book: &[u8], name: &str) -> String {
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("a workbook");
    let mut text = String::new();
    parts.by_name(name).expect(name).read_to_string(&mut text).expect("XML");
    text
}
