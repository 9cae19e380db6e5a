//! Trackers that offices have kept so far come in, as they are.

use intake::table::{Became, Options, Order};
use serde_json::{Value, json};
use store::organization;
use vocab::{ImportKind, OrganizationKind};

use super::office::{TRACKER, actions, became, hand_in, lines, omar, set, take_in, utf_16, windows_1252};
use crate::world::{World, stories};

stories! {
    /// A tracker in French, as a spreadsheet saves it: its titles, words, dates and states are understood, its ministry is made,
    /// its status is a statement, and its formula is text. It is told first, and then done.
    async fn a_tracker_becomes_actions(world: &World) {
        omar(world).await;
        let before = lines(world).await;
        let file = windows_1252(TRACKER);
        let tried = hand_in(world, ImportKind::Actions, &file, &Options::default(), false).await.expect("a table");
        assert_eq!(became(&tried), [Became::New; 3], "{tried:#?}");
        assert_eq!((&*tried.encoding, &tried.unknown), ("windows-1252", &vec!["N°".to_owned()]));
        assert_eq!((lines(world).await, actions(world).await), (before, json!([])), "only told");
        let kept = Options { keep: true, ..Options::default() };
        let taken = hand_in(world, ImportKind::Actions, &file, &kept, true).await.expect("a table");
        assert_eq!(taken.import.map(|import| (import.number, import.new_records)), Some((1, 3)));
        let ministry = json!({ "name": "Ministère de la Culture" });
        assert_eq!(actions(world).await, json!([
            { "reference": "MLI-1", "title": "Former dix conservateurs de musée", "kind": "COMMITMENT", "due": "2026-12-31",
              "actorSide": "OURS", "status": "IN_PROGRESS", "owner": { "name": "Omar" }, "areas": [{ "slug": "museums" }],
              "counterpart": ministry, "actor": null, "saidOn": "2026-03-02",
              "updates": [{ "says": "IN_PROGRESS", "track": "OURS", "on": "2026-03-02", "note": "Appel reçu\nN°: 1" }] },
            { "reference": "MLI-2", "title": "Rénover la bibliothèque nationale", "kind": "REQUEST", "due": "2026-09",
              "actorSide": "THEIRS", "status": "NOT_STARTED", "owner": null, "areas": [], "counterpart": null, "actor": ministry,
              "saidOn": "2026-03-02",
              "updates": [{ "says": "NOT_STARTED", "track": "OURS", "on": "2026-03-02", "note": "N°: 2" }] },
            { "reference": "SEN-1", "title": "=HYPERLINK(\"http://x\";\"y\")", "kind": "PLAN", "due": "2026-04-03",
              "actorSide": "BOTH", "status": "RECORDED", "owner": { "name": "Omar" }, "areas": [], "counterpart": null,
              "actor": null, "saidOn": "2026-03-02", "updates": [] },
        ]));
        let table = String::from_utf8(taken_table(world, &file).await).expect("UTF-8");
        assert!(table.contains("SEN-2 =HYPERLINK") && !table.contains(",=") && !table.contains(",\"="), "{table}");
    }

    /// The very same file is noticed, and comes in once more where somebody means it.
    async fn the_same_file_is_noticed(world: &World) {
        omar(world).await;
        let taken = take_in(world, ImportKind::Actions, TRACKER, &Options::default()).await;
        assert_eq!(taken.encoding, "UTF-8");
        let before = lines(world).await;
        let again = hand_in(world, ImportKind::Actions, TRACKER.as_bytes(), &Options::default(), true).await.expect("a table");
        assert_eq!(again.before.as_ref().map(|import| import.number), Some(1));
        assert!(!again.is_fine() && lines(world).await == before, "{again:#?}");
        let meant = Options { again: true, ..Options::default() };
        assert_eq!(take_in(world, ImportKind::Actions, TRACKER, &meant).await.count(Became::New), 3);
        let bodies = world.ask("{ organizations(filter: { text: \"Ministère de la Culture\" }) { totalCount } }", json!({})).await;
        assert_eq!(bodies["organizations"]["totalCount"], 1, "what is found is not made again");
    }

    /// Meetings in Arabic, in two bytes a letter, with tabs: who took part is found or made, and never guessed.
    async fn meetings_come_with_who_took_part(world: &World) {
        let table = "العنوان\tالنوع\tالتاريخ\tالدولة\tالمشاركون\n\
            لقاء أول\tاجتماع\t٣ فبراير ٢٠٢٦\tعمان\tSalim Al-Harthy (Minister, Ministry of Heritage, Oman); ICESCO\n\
            لقاء ثان\tزيارة\t2026-02\tعمان\tSalim Al-Harthy (Ministry of Heritage); Huda Said\n";
        let file = utf_16(table);
        let report = hand_in(world, ImportKind::Meetings, &file, &Options::default(), true).await.expect("a table");
        assert_eq!((became(&report), &*report.encoding), (vec![Became::New; 2], "UTF-16LE"), "{report:#?}");
        let asked = "{ meetings(orderBy: [{ field: CREATED_AT }]) { nodes { title kind held states { code } participations {
            person { name } post { title } organization { name } state { code } } } } }";
        let meetings = world.ask(asked, json!({})).await["meetings"]["nodes"].clone();
        let salim = json!({ "person": { "name": "Salim Al-Harthy" }, "post": { "title": "Minister" },
            "organization": { "name": "Ministry of Heritage" }, "state": { "code": "OMN" } });
        assert_eq!(meetings[0]["participations"][0], salim, "{meetings:#}");
        assert_eq!((&meetings[0]["kind"], &meetings[0]["held"]), (&json!("MEETING"), &json!("2026-02-03")));
        assert_eq!(meetings[1]["participations"][0]["person"], salim["person"]);
        let people = world.ask("{ people(filter: { text: \"al-harthy\" }) { totalCount } }", json!({})).await;
        assert_eq!(people["people"]["totalCount"], 1, "he was found the second time");
        let (status, text) = world.get("/lists/meetings.csv").await;
        assert!(status.is_success());
        let back = hand_in(world, ImportKind::Meetings, text.as_bytes(), &Options::default(), true).await.expect("a table");
        assert_eq!(became(&back), [Became::Unchanged; 2], "{back:#?}");
    }

    /// Contacts: body, post, person and appointment are made or found; of two of one name none is guessed at.
    async fn contacts_are_found_and_never_guessed(world: &World) {
        let table = "Nom;Fonction;Organisme;Pays;Depuis;Courriel\n\
            Awa Diarra;Directrice;Ministère de la Culture;Mali;2024-05;awa@example.org\n\
            Awa Diarra;Directrice;Ministère de la Culture;Mali;2024-05;awa@example.org\n\
            Moussa Keita;Ministre;Ministère de la Culture;Mali;;\n";
        let report = take_in(world, ImportKind::Contacts, table, &Options::default()).await;
        assert_eq!(became(&report), [Became::New, Became::Repeated, Became::New], "{report:#?}");
        assert_eq!(report.no_place, ["Courriel"], "there is no place for an address: it is told");
        let known = "Nom;Fonction;Organisme;Pays;Jusqu'au\nAwa Diarra;directrice;Ministere de la culture;ML;2025\n";
        let ended = take_in(world, ImportKind::Contacts, known, &Options::default()).await;
        assert_eq!(became(&ended), [Became::Revised], "{ended:#?}");
        let asked = "{ people(filter: { text: \"diarra\" }) { nodes { appointments { start end post { title organization { state { code } } } } } } }";
        let people = world.ask(asked, json!({})).await["people"]["nodes"].clone();
        assert_eq!(people, json!([{ "appointments": [{ "start": "2024-05", "end": "2025",
            "post": { "title": "Directrice", "organization": { "state": { "code": "MLI" } } } }] }]));
        let twin = "Nom,Fonction,Organisme,Pays\nAwa Diarra,Ministre,Ministère de la Culture,Mali\n";
        take_in(world, ImportKind::Contacts, twin, &Options::default()).await;
        let which = hand_in(world, ImportKind::Contacts, "Nom\nAwa Diarra\n".as_bytes(), &Options::default(), true).await.expect("a table");
        assert_eq!(became(&which), [Became::Refused]);
        assert!(which.lines[0].text.contains("2 people are called \"Awa Diarra\""), "{which:#?}");
        let (_, text) = world.get("/lists/people.csv").await;
        let back = hand_in(world, ImportKind::Contacts, text.as_bytes(), &Options::default(), true).await.expect("a table");
        assert!(became(&back).iter().all(|became| *became == Became::Unchanged), "{back:#?}");
        world.afresh(async |other| {
            let anew = without_keys(&text);
            take_in(other, ImportKind::Contacts, &anew, &Options::default()).await;
            assert_eq!(without_keys(&other.get("/lists/people.csv").await.1), anew, "all of it is there");
        }).await;
    }

    /// What cannot be taken in is told by its line and its column, with what to do; and then nothing is written.
    async fn what_cannot_be_taken_in_is_told_by_line_and_column(world: &World) {
        omar(world).await;
        omar_the_second(world).await;
        let plan = set(&[("kind", "plan"), ("actorSide", "ours"), ("state", "Mali")]);
        let before = lines(world).await;
        for (of, table, told) in [
            (ImportKind::Actions, "Action;Couleur\na;b\n", "no column tells kind: call it one of \"Kind\""),
            (ImportKind::Contacts, "Téléphone\n1\n", "no column tells name"),
            (ImportKind::Meetings, "", "it has no line of titles"),
            (ImportKind::Meetings, "id;Titel\n;a\n", "there is no column \"Titel\""),
        ] {
            let refused = hand_in(world, of, table.as_bytes(), &Options::default(), true).await.expect_err(table).to_string();
            assert!(refused.contains(told), "{table}: {refused}");
        }
        for (titles, cells, field, told) in [
            ("Action;Échéance", "a;03/04/2026", "due", "say whether dates are day-first or month-first"),
            ("Action;Échéance", "a;bientôt", "due", "write 2026-11-24"),
            ("Action;Date", "a;2026", "saidOn", "is no day"),
            ("Action;Pays", "a;Atlantide", "state", "is no state"),
            ("Action;Responsable", "a;Nobody", "owner", "no account is called so"),
            ("Action;Responsable", "a;Omar", "owner", "several accounts are called so"),
            ("Action;Domaine", "a;alchimie", "areas", "is no cooperation area"),
            ("Action;Statut", "a;peut-être", "status", "is no action status"),
            ("Action;Statut", "a;Annulé", "note", "dropped for a reason"),
            ("Action;Ministère", "a;Banque de l'Eau", "ministry", "there is no organization"),
            ("Action;Acteur", "a;Ambassade du Mali", "actor", "there is no organization"),
            ("Action;Statut", "a;Fait;trop", "file", "it has 3 cells, and there are 2 titles"),
            ("Action;Statut", ";Fait", "title", "a new record needs title"),
            ("Action;Force", "a\0;", "title", "NUL"),
        ] {
            let table = format!("{titles}\nUne action;\n{cells}\n");
            let refused = hand_in(world, ImportKind::Actions, table.as_bytes(), &plan, true).await.expect("a table");
            assert_eq!(became(&refused), [Became::New, Became::Refused], "{table}: {refused:#?}");
            let line = &refused.lines[1];
            assert_eq!((line.number, line.field.as_deref()), (3, Some(field)), "{line}");
            assert!(line.text.contains(told), "{table}: {line}");
        }
        assert_eq!(lines(world).await, before, "nothing was written");
        let meant = Options { dates: Some(Order::DayFirst), ..plan };
        let taken = take_in(world, ImportKind::Actions, "Action;Échéance\na;03/04/2026\n", &meant).await;
        assert_eq!((became(&taken), actions(world).await[0]["due"].clone()), (vec![Became::New], json!("2026-04-03")));
    }

    /// An export with columns more is read by its identifiers: what it calls a party is how Entente shows it.
    async fn identifiers_count_before_names(world: &World) {
        omar(world).await;
        take_in(world, ImportKind::Actions, TRACKER, &Options::default()).await;
        let (_, text) = world.get("/lists/follow-up-actions.csv").await;
        let text = text.replace("Ministère de la Culture", "Ministère de l'Eau");
        let before = lines(world).await;
        for more in ["note", "track", "Budget"] {
            let options = Options { columns: vec![("Budget".to_owned(), "-".to_owned())], ..Options::default() };
            let options = if more == "Budget" { options } else { Options::default() };
            let back = hand_in(world, ImportKind::Actions, with_column(&text, more).as_bytes(), &options, true).await.expect("a table");
            assert_eq!(became(&back), [Became::Unchanged; 3], "{more}: {back:#?}");
        }
        assert_eq!(lines(world).await, before, "no ministry is made of a name");
    }

    /// The identifier of what was merged into another means the other, wherever it stands in a table.
    async fn an_old_identifier_in_a_table_means_the_kept_record(world: &World) {
        let table = "Nom;Fonction;Organisme;Pays;Depuis\n\
            Awa Diarra;Directrice;Ministère de la Culture;Mali;2024-05\n\
            Moussa Keita;Directrice;Ministère des Arts;Mali;2024-05\n";
        take_in(world, ImportKind::Contacts, table, &Options::default()).await;
        let asked = "{ organizations(filter: { text: \"Ministère\" }) { nodes { id name posts { id } } }
            people { totalCount nodes { id appointments { id } } } }";
        let there = world.ask(asked, json!({})).await;
        let body = |name: &str| {
            let all = there["organizations"]["nodes"].as_array().expect("bodies");
            all.iter().find(|body| body["name"] == name).expect("a body").clone()
        };
        let (kept, other) = (body("Ministère de la Culture"), body("Ministère des Arts"));
        let merge = "mutation($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { refusal { message } } }";
        let input = json!({ "keptId": kept["id"], "otherId": other["id"], "reason": "renamed" });
        assert_eq!(world.ask(merge, json!({ "input": input })).await["mergeOrganizations"]["refusal"], Value::Null);
        let people = world.ask(asked, json!({})).await["people"].clone();
        let id = |value: &Value| value.as_str().expect("an id").to_owned();
        let by_post = format!("Nom;postId;Depuis\nAwa Diarra;{};2024-05\n", id(&other["posts"][0]["id"]));
        let by_body = format!("Nom;Fonction;organizationId;Depuis\nAwa Diarra;Directrice;{};2024-05\n", id(&other["id"]));
        for table in [by_post, by_body] {
            let back = take_in(world, ImportKind::Contacts, &table, &Options::default()).await;
            assert_eq!(became(&back), [Became::Unchanged], "{back:#?}");
        }
        assert_eq!(world.ask(asked, json!({})).await["people"], people, "nobody came in twice, nor took the post twice");
        let table = format!("Action,Kind,Side,State,counterpartOrganizationId\nLend,plan,ours,Mali,{}\n", id(&other["id"]));
        take_in(world, ImportKind::Actions, &table, &Options::default()).await;
        assert_eq!(actions(world).await[0]["counterpart"]["name"], "Ministère de la Culture");
    }

    /// A post is known by its words, as in a report: the state in its title is that of its body.
    async fn a_post_is_known_by_its_words(world: &World) {
        let table = "Name,Post,Organization,State\nAsma Said,Minister of Rivers,Ministry of Rivers,Oman\n\
            Huda Said,Minister of Rivers of Oman,Ministry of Rivers,Oman\nSara Said,Deputy Minister of Rivers,Ministry of Rivers,Oman\n";
        take_in(world, ImportKind::Contacts, table, &Options::default()).await;
        let posts = world.ask("{ organizations(filter: { text: \"Ministry of Rivers\" }) { nodes { posts { title } } } }", json!({})).await;
        let posts = posts["organizations"]["nodes"][0]["posts"].clone();
        assert_eq!(posts, json!([{ "title": "Minister of Rivers" }, { "title": "Deputy Minister of Rivers" }]));
    }

    /// A unit of the host stands on our side, and is of no state.
    async fn a_unit_of_the_host_acts_for_us(world: &World) {
        let made = world.write(async |work| {
            let host = organization::host(work.connection()).await?;
            let unit = organization::Draft::new(OrganizationKind::Unit, "Sector of Rivers");
            organization::create(work, organization::Draft { parent_id: Some(host.id), ..unit }).await
        });
        made.await.expect("a unit");
        take_in(world, ImportKind::Actions, "Action,Kind,State,Actor\nMeasure,plan,Mali,Sector of Rivers\n", &Options::default()).await;
        let action = actions(world).await[0].clone();
        assert_eq!((&action["actorSide"], &action["actor"]["name"]), (&json!("OURS"), &json!("Sector of Rivers")));
    }

    /// What a line does not tell of a meeting it has already; and what no database keeps is refused by its field.
    async fn a_line_that_revises_leaves_what_it_does_not_tell(world: &World) {
        take_in(world, ImportKind::Meetings, "Title,Kind,State\nTalks,meeting,Oman\n", &Options::default()).await;
        let id = world.ask("{ meetings { nodes { id } } }", json!({})).await["meetings"]["nodes"][0]["id"].clone();
        let id = id.as_str().expect("an id");
        let table = format!("id,version,Participants\n{id},1,\"Huda Said (Ministry of Heritage)\"\n");
        take_in(world, ImportKind::Meetings, &table, &Options::default()).await;
        let asked = "{ meetings { nodes { states { code } participations { organization { name state { code } } } } } }";
        let meeting = world.ask(asked, json!({})).await["meetings"]["nodes"][0].clone();
        assert_eq!(meeting, json!({ "states": [{ "code": "OMN" }], "participations": [
            { "organization": { "name": "Ministry of Heritage", "state": { "code": "OMN" } } }] }));
        for source in ["a\0b", &"x".repeat(501)] {
            let table = format!("Nom;Fonction;Organisme;Pays;Source\nAwa Diarra;Directrice;Ministère de la Culture;Mali;{source}\n");
            let refused = hand_in(world, ImportKind::Contacts, table.as_bytes(), &Options::default(), true).await.expect("a table");
            assert_eq!((became(&refused), refused.lines[0].field.as_deref()), (vec![Became::Refused], Some("source")), "{refused:#?}");
        }
    }

    /// Thousands of lines are one unit of work, each told, and taken back in one go.
    async fn thousands_of_lines_come_in_together(world: &World) {
        const MANY: usize = 3_000;
        let mut table = String::from("Action,Pays,Ministère,Échéance\n");
        for number in 0..MANY {
            table.push_str(&format!("Action {number},{},Ministry of Water,2026-{:02}\n", ["Mali", "OMN", "Sénégal"][number % 3], 1 + number % 12));
        }
        let plan = set(&[("kind", "plan"), ("actorSide", "ours")]);
        let report = take_in(world, ImportKind::Actions, &table, &plan).await;
        assert_eq!((report.count(Became::New), report.lines.len()), (MANY, MANY));
        let counted = world.ask("{ followUpActions { totalCount } organizations(filter: { text: \"Ministry of Water\" }) { totalCount } }", json!({})).await;
        assert_eq!(counted, json!({ "followUpActions": { "totalCount": MANY }, "organizations": { "totalCount": 3 } }));
        let import = report.import.expect("an import");
        let reverted = world.write(async |work| store::import::revert(work, import.id, None).await).await.expect("taken back");
        assert_eq!((reverted.records.len(), reverted.left().count()), (MANY + 3, 0));
        assert_eq!(actions(world).await, json!([]));
    }

    /// Whatever stands in the cells: out and in again nothing is changed, and elsewhere all of it is there.
    async fn whatever_is_written_comes_back_unchanged(world: &World) {
        const SIGNS: [&str; 20] =
            ["=", "+", "-", "@", "'", "\"", ";", ",", "\t", "\n", "a", "É", "م", "(", ")", "|", "\\", "=1", "''", "😀"];
        let mut die = 0x9E37_79B9_7F4A_7C15_u64;
        let mut throw = |sides: usize| {
            die = die.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(die >> 33).expect("small") % sides
        };
        let mut word = |end: usize| (0..=throw(9)).map(|_| SIGNS[throw(SIGNS.len())]).collect::<String>() + &end.to_string();
        let mut out = [csv::Writer::from_writer(Vec::new()), csv::Writer::from_writer(Vec::new())];
        out[0].write_record(["title", "kind", "actorSide", "state", "due"]).expect("titles");
        out[1].write_record(["title", "kind", "place", "states", "heldOn"]).expect("titles");
        for number in 0..40 {
            let due = ["", "2026", "T3 2026", "31/12/2026"][number % 4];
            out[0].write_record([&word(number), "plan", ["ours", "eux"][number % 2], ["MLI", ""][number / 2 % 2], due]).expect("a row");
            let held = ["", "2025", "12/2025", "3 mars 2025"][number % 4];
            out[1].write_record([&word(number), "visite", &word(number), ["Oman; Mali", ""][number / 2 % 2], held]).expect("a row");
        }
        let lists = [(ImportKind::Actions, "follow-up-actions"), (ImportKind::Meetings, "meetings")];
        for ((of, list), out) in lists.into_iter().zip(out) {
            let text = String::from_utf8(out.into_inner().expect("a table")).expect("UTF-8");
            take_in(world, of, &text, &Options::default()).await;
            let address = format!("/lists/{list}.csv");
            let (_, told) = world.get(&address).await;
            let back = take_in(world, of, &told, &Options::default()).await;
            assert_eq!(became(&back), [Became::Unchanged; 40], "{back:#?}");
            world.afresh(async |other| {
                let anew = without_keys(&told);
                take_in(other, of, &anew, &Options::default()).await;
                assert_eq!(without_keys(&other.get(&address).await.1), anew);
            }).await;
        }
    }

    /// In GraphQL: the same report as data; a dry run writes nothing, a repeat does nothing again.
    async fn a_table_comes_in_by_graphql(world: &World) {
        omar(world).await;
        let asked = "mutation($input: ImportRecordsInput!) { importRecords(input: $input) { import { number fileName newRecords }
            lines { line outcome text field } unknownColumns takenInBefore { number } clientMutationId refusal { code field message } } }";
        let take_in = async |more: Value| {
            let mut input = json!({ "kind": "ACTIONS", "csv": TRACKER, "fileName": "suivi.csv" });
            input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            world.ask(asked, json!({ "input": input })).await["importRecords"].clone()
        };
        let before = lines(world).await;
        let tried = take_in(json!({})).await;
        assert_eq!((&tried["import"], &tried["refusal"]), (&Value::Null, &Value::Null));
        assert_eq!(tried["lines"][0], json!({ "line": 2, "outcome": "NEW", "text": "MLI-1 Former dix conservateurs de musée", "field": null }));
        assert_eq!(lines(world).await, before);
        let refused = take_in(json!({ "dryRun": false, "columns": [{ "title": "Côté", "field": "kind" }] })).await;
        assert_eq!(refused["refusal"]["code"], "BAD_USER_INPUT", "{refused}");
        assert_eq!((&refused["lines"][0]["outcome"], &refused["lines"][0]["field"]), (&json!("REFUSED"), &json!("kind")), "{refused}");
        assert_eq!(lines(world).await, before);
        let named = json!({ "dryRun": false, "clientMutationId": "once" });
        let done = take_in(named.clone()).await;
        assert_eq!(done["import"], json!({ "number": 1, "fileName": "suivi.csv", "newRecords": 3 }), "{done}");
        assert_eq!(take_in(named).await, done, "a repeat is answered as the first");
        assert_eq!(actions(world).await.as_array().map(Vec::len), Some(3));
        let again = take_in(json!({ "dryRun": false })).await;
        assert_eq!((&again["takenInBefore"]["number"], &again["refusal"]["field"]), (&json!(1), &json!("csv")), "{again}");
    }
}

async fn omar_the_second(world: &World) {
    world.ask("mutation { createAccount(input: { name: \"omar\" }) { account { id } } }", json!({})).await;
}

/// What became of the tracker as a table, tried once more.
async fn taken_table(world: &World, file: &[u8]) -> Vec<u8> {
    let report = hand_in(world, ImportKind::Actions, file, &Options::default(), false).await.expect("a table");
    report.table().expect("a table")
}

/// A table with a column more, whose cells are empty.
fn with_column(table: &str, title: &str) -> String {
    let mut lines = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    let mut out = csv::Writer::from_writer(Vec::new());
    for (number, cells) in lines.records().enumerate() {
        let mut cells = cells.expect("a row");
        cells.push_field(if number == 0 { title } else { "" });
        out.write_record(&cells).expect("a row");
    }
    String::from_utf8(out.into_inner().expect("a table")).expect("UTF-8")
}

/// A table without what is another in every database.
fn without_keys(table: &str) -> String {
    let mut lines = csv::Reader::from_reader(table.as_bytes());
    let titles = lines.headers().expect("titles").clone();
    let stays = |place: &usize| !["id", "version", "postId", "organizationId", "reference"].contains(&&titles[*place]);
    let places: Vec<usize> = (0..titles.len()).filter(stays).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for cells in lines.records() {
        let cells = cells.expect("a row");
        rows.push(places.iter().map(|place| cells[*place].to_owned()).collect());
    }
    rows.sort();
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(places.iter().map(|place| &titles[*place])).expect("titles");
    rows.iter().for_each(|row| out.write_record(row).expect("a row"));
    String::from_utf8(out.into_inner().expect("a table")).expect("UTF-8")
}
