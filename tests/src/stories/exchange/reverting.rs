//! What came in is taken back.

use std::fmt::Write;

use entente::tables::last_migration;
use intake::table::Options;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use store::{
    dump,
    import::{self, Fate, Reverted},
    merge, organization, verify,
};
use vocab::{ImportKind, OrganizationKind, Role, Scope};

use super::office::{TRACKER, actions, hand_in, lines, omar, set, take_in};
use crate::{
    stories::{
        merging::{done, meet, merged, person},
        sign_in::account,
    },
    world::{World, stories},
};

/// Every row of every table but those that only ever grow: what happened, which tables came in, what was counted.
async fn rows(world: &World) -> Vec<Value> {
    let mut bytes = Vec::new();
    dump::export(&world.store, &last_migration(), &mut bytes).await.expect("everything is written");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let mut rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let grows =
        |row: &Value| ["change", "audit-entry", "import", "running-number"].iter().any(|kind| row["kind"] == *kind);
    rows.retain(|row| row["row"].is_object() && !grows(row));
    for row in &mut rows {
        row["row"].as_object_mut().expect("a row").remove("version");
    }
    rows
}

/// What every question answers.
async fn answers(world: &World) -> Value {
    let mut query = String::from("{");
    for (at, question) in briefing::questions().iter().enumerate() {
        let asks = format!("q{at}: answer(question: \"{}\")", question.name);
        write!(query, " {asks} {{ judged of rows {{ cells {{ text number date }} }} }}").expect("written");
    }
    query.push('}');
    world.ask(&query, json!({})).await
}

/// What is kept holds together, as `entente verify` looks at it.
async fn holds_together(world: &World) {
    for check in verify::all(&world.store, &last_migration()).await.expect("looked at") {
        assert!(check.holds(), "{check:?}");
    }
}

async fn revert(world: &World, input: Value) -> Value {
    let asked = "mutation($input: RevertImportInput!) { revertImport(input: $input) { import { number revertedAt }
        records { called outcome reason record { id } } refusal { code message } } }";
    world.answer(asked, json!({ "input": input })).await
}

/// Takes an import back, and leaves what was changed since.
async fn taken_back(world: &World, report: &intake::table::Report) -> Reverted {
    let id = report.import.as_ref().expect("an import").id;
    let reverted = world.write(async |work| import::revert(work, id, None).await).await.expect("taken back");
    holds_together(world).await;
    reverted
}

async fn imports(world: &World) -> Value {
    let asked = "{ imports { nodes { id number revertedAt changes { totalCount } } } }";
    world.ask(asked, json!({})).await["imports"]["nodes"].clone()
}

stories! {
    /// Taken back, everything is as it was: the tables, the questions, the search; only the history knows, and tells it of
    /// the moment in between.
    async fn a_revert_restores_everything_but_the_history(world: &World) {
        entente::samples::load(&world.store, &world.who).await.expect("the samples load");
        omar(world).await;
        let (_, revising) = world.get("/lists/follow-up-actions.csv").await;
        let (_, meetings) = world.get("/lists/meetings.csv").await;
        world.clock.pass_days(1);
        let (before, told) = (rows(world).await, answers(world).await);
        let report = take_in(world, ImportKind::Actions, TRACKER, &Options::default()).await;
        let revising = revising.replace(",theirs,", ",both,").replace(",promised,", ",signed,");
        take_in(world, ImportKind::Actions, &revising, &Options::default()).await;
        let meetings = meetings.replacen(",2026-", ",2025-", 1);
        take_in(world, ImportKind::Meetings, &meetings, &Options::default()).await;
        let people = "Name,Post,Organization,State\nAwa Diarra,Director,Ministry of Rivers,Mali\n";
        take_in(world, ImportKind::Contacts, people, &Options::default()).await;
        assert_ne!(answers(world).await, told);
        let action = report.lines[0].record.expect("a record").encode();
        let moment = store::Surroundings::now(world.clock.as_ref()).to_rfc3339();
        world.clock.pass_days(1);

        let made = imports(world).await;
        for import in made.as_array().expect("a list") {
            let before = lines(world).await;
            let tried = revert(world, json!({ "importId": import["id"] })).await;
            assert!(tried["data"]["revertImport"]["refusal"].is_null() && lines(world).await == before, "{tried}");
            let done = revert(world, json!({ "importId": import["id"], "dryRun": false })).await;
            assert!(done["data"]["revertImport"]["import"]["revertedAt"].is_string(), "{done}");
            let twice = revert(world, json!({ "importId": import["id"], "dryRun": false })).await;
            assert!(twice["data"]["revertImport"]["refusal"]["message"].as_str().expect("refused").contains("already"), "{twice}");
        }
        let after = rows(world).await;
        for (one, other) in before.iter().zip(&after) {
            assert_eq!(one, other);
        }
        assert_eq!(before.len(), after.len());
        holds_together(world).await;
        let found = world.ask("{ search(query: \"conservateurs\") { totalCount } }", json!({})).await;
        assert_eq!(found["search"]["totalCount"], 0);
        let known = "query($id: ID!, $at: DateTime!) { node(id: $id) { id } nodeAsKnown(id: $id, knownAt: $at) {
            ... on FollowUpAction { title } } }";
        let known = world.ask(known, json!({ "id": action, "at": moment })).await;
        assert_eq!(known, json!({ "node": null, "nodeAsKnown": { "title": "Former dix conservateurs de musée" } }));
        // The book that was read on, and one that is read anew.
        world.clock.pass_days(-1);
        let aside = world.with_app(entente::app(&settings(), world.beside().await, world.who.clone()));
        let told_now = answers(world).await;
        assert_eq!(answers(&aside).await, told_now);
        assert_eq!(told_now, told);
    }

    /// What was made and is part of another record by now is told, and not taken back behind the back of that merge.
    async fn what_was_merged_since_is_left(world: &World) {
        omar(world).await;
        let people = "Name,Post,Organization,State\nAwa Diarra,Director,Ministry of Rivers,Mali\n";
        let report = take_in(world, ImportKind::Contacts, people, &Options::default()).await;
        let (kept, other) = (person(world, "Awa Diara").await, report.lines[0].record.expect("a person").encode());
        merged(world, "mergePeople", &kept, &json!(other)).await;
        let import = imports(world).await[0]["id"].clone();
        let told = revert(world, json!({ "importId": import, "dryRun": false })).await["data"]["revertImport"].clone();
        assert_eq!(told["refusal"]["code"], "BAD_USER_INPUT", "{told}");
        let reasons = told["records"].to_string();
        assert!(reasons.contains("it was merged into another record since"), "{reasons}");
        let rest = json!({ "importId": import, "dryRun": false, "leaveChanged": true });
        done(world, "revertImport", rest, "import { number }").await;
        let left = world.ask("{ people { nodes { name } } }", json!({})).await["people"]["nodes"].to_string();
        assert!(left.contains("Awa Diara\"") && !left.contains("Awa Diarra\""), "{left}");
        holds_together(world).await;
    }

    /// Who took part is there again, as the person that they are by now.
    async fn who_took_part_comes_back_as_who_they_are_by_now(world: &World) {
        omar(world).await;
        let (kept, other) = (person(world, "Awa Diara").await, person(world, "Awa Diarra").await);
        meet(world, &[&other]).await;
        let (_, table) = world.get("/lists/meetings.csv").await;
        let mut cells: Vec<Vec<&str>> = table.lines().map(|line| line.trim_start_matches('\u{feff}').split(',').collect()).collect();
        let place = cells[0].iter().position(|title| *title == "participantIds").expect("the column");
        assert!(!cells[1][place].is_empty(), "{table}");
        cells[1][place] = "";
        let nobody = cells.iter().map(|line| line.join(",")).collect::<Vec<_>>().join("\n");
        take_in(world, ImportKind::Meetings, &nobody, &Options::default()).await;
        merged(world, "mergePeople", &kept, &other).await;
        let import = imports(world).await[0]["id"].clone();
        done(world, "revertImport", json!({ "importId": import, "dryRun": false }), "import { number }").await;
        let parts = world.ask("{ meetings { nodes { participations { person { id } } } } }", json!({})).await;
        assert_eq!(parts["meetings"]["nodes"][0]["participations"], json!([{ "person": { "id": kept } }]));
        holds_together(world).await;
    }

    /// What somebody has changed or referred to since is told, and then nothing is taken back; or the rest is.
    async fn what_was_changed_since_is_left(world: &World) {
        omar(world).await;
        let titles = "Action,Pays,Ministère\n";
        let plan = set(&[("kind", "plan"), ("actorSide", "ours")]);
        let table = format!("{titles}First,Mali,Ministry of Water\nSecond,Mali,Ministry of Rain\nThird,Mali,Ministry of Snow\n");
        let report = take_in(world, ImportKind::Actions, &table, &plan).await;
        let ids: Vec<String> = report.lines.iter().map(|line| line.record.expect("a record").encode()).collect();
        let change = "mutation($a: ID!, $b: ID!) { reviseFollowUpAction(input: { actionId: $a, title: \"Renamed\" }) { refusal { message } }
            createTask(input: { actionId: $b, title: \"Ask\" }) { refusal { message } } }";
        world.ask(change, json!({ "a": ids[0], "b": ids[1] })).await;
        let import = imports(world).await[0]["id"].clone();
        let before = (rows(world).await, lines(world).await);
        let refused = revert(world, json!({ "importId": import, "dryRun": false })).await["data"]["revertImport"].clone();
        assert_eq!(refused["refusal"]["code"], "BAD_USER_INPUT", "{refused}");
        assert_eq!((rows(world).await, lines(world).await), before, "nothing was taken back");
        let left = |told: &Value| -> Vec<(String, String)> {
            let records = told["records"].as_array().expect("records").iter().filter(|record| record["outcome"] == "LEFT");
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let mut left: Vec<_> = records.map(|record| (text(&record["called"]), text(&record["reason"]))).collect();
            left.sort();
            left
        };
        let pair = |called: &str, why: &str| (called.to_owned(), why.to_owned());
        let expected = vec![
            pair("MLI-1 First", "it was changed since"),
            pair("MLI-2 Second", "a record written since refers to it (task)"),
            pair("Ministry of Rain", "\"MLI-2 Second\" stays and needs it"),
            pair("Ministry of Water", "\"MLI-1 First\" stays and needs it"),
        ];
        assert_eq!(left(&refused), expected, "{refused}");
        let done = revert(world, json!({ "importId": import, "dryRun": false, "leaveChanged": true })).await["data"]["revertImport"].clone();
        assert_eq!((left(&done), &done["refusal"]), (expected, &Value::Null));
        let titles: Vec<String> = actions(world).await.as_array().expect("a list").iter().map(|action| action["title"].to_string()).collect();
        assert_eq!(titles, ["\"Renamed\"", "\"Second\""]);
        let bodies = world.ask("{ organizations(filter: { states: [\"MLI\"] }) { nodes { name } } }", json!({})).await;
        assert_eq!(bodies["organizations"]["nodes"], json!([{ "name": "Ministry of Rain" }, { "name": "Ministry of Water" }]));
        holds_together(world).await;
    }

    /// Of a record that was there only what nobody has changed since goes back, and its status follows from what is said.
    async fn a_revised_record_goes_back_field_by_field(world: &World) {
        omar(world).await;
        let plan = set(&[("kind", "plan"), ("actorSide", "ours"), ("state", "Mali")]);
        take_in(world, ImportKind::Actions, "Action,Échéance\nMap the rivers,2026-05\n", &plan).await;
        let (_, text) = world.get("/lists/follow-up-actions.csv").await;
        let id = text.lines().nth(1).and_then(|line| line.split(',').next()).expect("an id").to_owned();
        let table = format!("id,version,title,due,areas,status\n{id},1,Map all rivers,2027,literacy,Done\n");
        let options = Options { keep: true, ..Options::default() };
        let revised = hand_in(world, ImportKind::Actions, table.as_bytes(), &options, true).await.expect("a table");
        assert!(revised.is_fine(), "{revised:#?}");
        let change = "mutation($a: ID!) { reviseFollowUpAction(input: { actionId: $a, due: \"2028\" }) { refusal { message } } }";
        world.ask(change, json!({ "a": id })).await;
        let import = revised.import.expect("an import");
        let reverted = world.write(async |work| store::import::revert(work, import.id, Some(1)).await).await.expect("taken back");
        let fates: Vec<_> = reverted.records.iter().map(|taken| (&*taken.called, &taken.fate)).collect();
        let left = Fate::Left("changed since, and not put back: due_on".to_owned());
        assert_eq!(fates, [("MLI-1 Map all rivers", &left)]);
        let now = actions(world).await[0].clone();
        assert_eq!((&now["title"], &now["due"], &now["areas"]), (&json!("Map the rivers"), &json!("2028"), &json!([])), "{now}");
        assert_eq!((&now["status"], &now["updates"]), (&json!("RECORDED"), &json!([])));
        holds_together(world).await;
    }

    /// Of two who take one import back at once one does it, and the other is told.
    async fn an_import_is_taken_back_once(world: &World) {
        let plan = set(&[("kind", "plan"), ("actorSide", "ours")]);
        let report = take_in(world, ImportKind::Actions, "Action,Pays\nMap the rivers,Mali\n", &plan).await;
        let id = report.import.expect("an import").id;
        let again = || world.write(async |work| import::revert(work, id, None).await);
        let (one, other) = tokio::join!(again(), again());
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        assert_eq!(actions(world).await, json!([]));
        holds_together(world).await;
    }

    /// A list that people have put together anew since stays as they put it, and that is told of the record it belongs to,
    /// though the rest of that went back.
    async fn a_list_that_was_put_together_anew_since_stays(world: &World) {
        let plan = set(&[("kind", "plan"), ("actorSide", "ours"), ("state", "Mali")]);
        take_in(world, ImportKind::Actions, "Action,Domaine\nMap the rivers,literacy\n", &plan).await;
        let (_, text) = world.get("/lists/follow-up-actions.csv").await;
        let id = text.lines().nth(1).and_then(|line| line.split(',').next()).expect("an id").to_owned();
        let options = Options { keep: true, ..Options::default() };
        let table = format!("id,version,title,areas\n{id},1,Map all rivers,water-management\n");
        let revised = take_in(world, ImportKind::Actions, &table, &options).await;
        let change = json!({ "actionId": id, "areas": ["basic-education"] });
        done(world, "reviseFollowUpAction", change, "followUpAction { id }").await;
        let fates: Vec<_> = taken_back(world, &revised).await.records.into_iter().map(|taken| taken.fate).collect();
        assert_eq!(fates, [Fate::Left("changed since, and not put back: areas".to_owned())]);
        let now = actions(world).await[0].clone();
        assert_eq!((&now["title"], &now["areas"]), (&json!("Map the rivers"), &json!([{ "slug": "basic-education" }])), "{now}");
    }

    /// A merge is undone though the body that the other was a part of is gone with its import.
    async fn a_merge_is_undone_though_a_parent_was_taken_back(world: &World) {
        let contacts = "Name,Post,Organization,State\nAwa Diarra,Director,Ministry of Rivers,Mali\n";
        let report = take_in(world, ImportKind::Contacts, contacts, &Options::default()).await;
        let bodies = organization::Entity::find().all(world.store.reader()).await.expect("asked");
        let parent = bodies.iter().find(|body| body.label == "Ministry of Rivers").expect("taken in").id;
        let body = |label: &str, parent_id| organization::Draft { parent_id, ..organization::Draft::new(OrganizationKind::Other, label) };
        let (other, merged) = world.write(async |work| {
            let own = organization::create(work, body("Ministry of Rain", None)).await?.id;
            let kept = organization::create(work, body("Rivers Office", Some(own))).await?.id;
            let other = organization::create(work, body("Office of Rivers", Some(parent))).await?.id;
            let one = merge::Draft { kept: (kept, None), other: (other, None), reason: "alike".to_owned() };
            Ok((other, merge::organizations(work, one).await?.id))
        }).await.expect("merged");
        assert_eq!(taken_back(world, &report).await.left().count(), 0);
        let undone = world.write(async |work| merge::undo(work, merged, None, "two after all").await).await.expect("undone");
        let left: Vec<_> = undone.left.iter().map(|left| (left.record.id, left.field.as_deref())).collect();
        assert_eq!(left, [(other, Some("parent id"))]);
        let back = store::by_id::<organization::Entity>(world.store.reader(), other).await.expect("there again");
        assert_eq!(back.parent_id, None);
        holds_together(world).await;
    }

    /// A desk officer takes in and back what belongs to their states, whatever the table says, and sees what came in.
    async fn a_desk_officer_takes_in_what_belongs_to_their_states(world: &World) {
        let lena = account(world, "Lena", Role::DeskOfficer, Scope::Write).await;
        let viewer = account(world, "Vera", Role::Viewer, Scope::Write).await;
        let mali = store::member_state::by_code(world.store.reader(), "MLI").await.expect("asked").expect("Mali").id;
        world.write(async |work| store::assignment::assign(work, lena.id, &[mali]).await).await.expect("assigned");
        let (desk, viewer) = (world.signed(lena.token), world.signed(viewer.token));
        let asked = "mutation($input: ImportRecordsInput!) { importRecords(input: $input) { import { id } refusal { message } } }";
        let columns = json!([{ "field": "kind", "value": "plan" }, { "field": "actorSide", "value": "ours" }]);
        let input = |state: &str, dry: bool| json!({ "input": { "kind": "ACTIONS", "dryRun": dry, "columns": columns,
            "csv": format!("Action,Pays,Domaine\nMap the rivers,{state},literacy\n") } });
        for dry in [true, false] {
            let (code, message) = desk.error(asked, input("Oman", dry)).await;
            assert!(code == "FORBIDDEN" && message.contains("Oman"), "{code} {message}");
            assert_eq!(viewer.error(asked, input("Mali", dry)).await.0, "FORBIDDEN");
        }
        assert_eq!(actions(world).await, json!([]));
        let made = desk.ask(asked, input("Mali", false)).await["importRecords"].clone();
        assert!(made["import"]["id"].is_string(), "{made}");
        assert_eq!(imports(&desk).await.as_array().map(Vec::len), Some(1));
        assert_eq!(viewer.error("{ imports { nodes { id } } }", json!({})).await.0, "FORBIDDEN");
        let back = revert(&desk, json!({ "importId": made["import"]["id"], "dryRun": false })).await;
        assert!(back["data"]["revertImport"]["import"]["revertedAt"].is_string(), "{back}");
        assert_eq!(actions(world).await, json!([]));
    }
}

fn settings() -> entente::Settings {
    let patient = ("ENTENTE_LIMITS_OPERATION_SECONDS".to_owned(), "120".to_owned());
    let sources = entente::settings::Sources { variables: vec![patient], ..Default::default() };
    entente::Settings::load(&sources).expect("the settings")
}
