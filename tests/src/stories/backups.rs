//! A backup is whole or refused, comes back into either engine, and what is kept is found to hold together.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use entente::{Failure, backup, tables};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{Store, verify};
use vocab::{Role, Scope};

use super::{
    sign_in::account,
    tables::{Columns, present},
};
use crate::world::{Engine, World, stories};

/// The last migration before receipts.
const OLDER: &str = "m20261127_000010_overdue";

/// A folder of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, world: &World) -> Self {
        let engine = format!("{:?}", world.engine()).to_lowercase();
        // What stands beside the folders of runs is taken for what an earlier one left behind.
        let own = Path::new(env!("CARGO_TARGET_TMPDIR")).join(std::process::id().to_string());
        let folder = own.join(format!("{name}-{engine}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).expect("the folder").map(|entry| entry.expect("an entry"));
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn some_work(world: &World) {
    entente::samples::load(&world.store, &world.who).await.expect("the samples load");
    let make =
        "mutation { createPerson(input: { name: \"Amina Diop\", clientMutationId: \"one\" }) { person { id } } }";
    let made = world.ask(make, json!({})).await["createPerson"]["person"]["id"].clone();
    let twin = "mutation { createPerson(input: { name: \"Aminata Diop\" }) { person { id } } }";
    let twin = world.ask(twin, json!({})).await["createPerson"]["person"]["id"].clone();
    let merge = "mutation($input: MergePeopleInput!) { mergePeople(input: $input) { refusal { message } } }";
    let input = json!({ "keptId": made, "otherId": twin, "reason": "one face" });
    assert_eq!(world.ask(merge, json!({ "input": input })).await["mergePeople"]["refusal"], Value::Null);
}

/// Everything in lines of JSON.
async fn lines(store: &Store) -> Vec<u8> {
    let mut lines = Vec::new();
    store::dump::export(store, &tables::last_migration(), &mut lines).await.expect("written out");
    lines
}

/// The lines but those of the audit trail and the last, which counts them; and how many of the trail there are.
fn without_the_trail(lines: &[u8]) -> (Vec<String>, usize) {
    let is_of_it = |line: &String| line.starts_with("{\"kind\":\"audit-entry\"");
    let text = String::from_utf8_lossy(lines);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.pop();
    let (of_it, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(is_of_it);
    (others, of_it.len())
}

/// What does not hold.
async fn amiss(store: &Store) -> Vec<(&'static str, String)> {
    let checks = verify::all(store, &tables::last_migration()).await.expect("looked at");
    let told = checks.into_iter().flat_map(|check| check.amiss.into_iter().map(move |why| (check.what, why)));
    told.collect()
}

/// What an older program would have written: the lines that fit its tables, with a manifest of their own.
fn from_older_tables(file: &Path, migration: &str, tables_of_then: &BTreeMap<String, Columns>) -> Vec<u8> {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(file).expect("a backup")).read_to_string(&mut text).expect("lines");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let [header, rows @ .., _, manifest] = lines.as_slice() else { panic!("no backup") };
    let (mut header, mut manifest, mut counts) = (header.clone(), manifest.clone(), BTreeMap::new());
    header["migration"] = json!(migration);
    let mut kept = vec![header];
    for row in rows {
        let kind = row["kind"].as_str().expect("a kind");
        let Some(columns) = tables_of_then.get(&kind.replace('-', "_")) else { continue };
        let mut row = row.clone();
        row["row"].as_object_mut().expect("a row").retain(|column, _| columns.contains_key(column));
        *counts.entry(kind.to_owned()).or_insert(0) += 1;
        kept.push(row);
    }
    kept.push(json!({ "rows": counts.values().sum::<u64>() }));
    let text: String = kept.iter().map(|line| format!("{line}\n")).collect();
    let hash: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    manifest["manifest"]["migration"] = json!(migration);
    manifest["manifest"]["rows"] = json!(counts);
    manifest["manifest"]["bytes"] = json!(text.len());
    manifest["manifest"]["sha256"] = json!(hash);
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    writeln!(packed, "{text}{manifest}").expect("packed");
    packed.finish().expect("packed")
}

stories! {
    /// Nothing is lost on the way through a file, whichever engine it came from and goes to, and what comes back holds
    /// together and is found.
    async fn a_backup_comes_back_into_either_engine(world: &World) {
        let folder = Folder::new("backup", world);
        some_work(world).await;
        let lena = account(world, "Lena", Role::Viewer, Scope::Read).await;
        let file = folder.file("all.backup");
        let manifest = backup::write(&world.store, &file).await.expect("written");
        assert_eq!(backup::check(&file).expect("whole"), manifest);
        assert_eq!(folder.names(), ["all.backup"], "nothing else is left behind");
        let before = lines(&world.store).await;
        // The token goes along, and is in no export.
        assert_eq!(manifest.total() as usize, String::from_utf8_lossy(&before).lines().count() - 2 + 1);
        for engine in [Engine::Sqlite, Engine::Postgres] {
            world.elsewhere(engine, async |there| {
                backup::restore(&there.store, &file).await.expect("restored");
                assert!(lines(&there.store).await == before, "other lines on {engine:?}");
                assert_eq!(amiss(&there.store).await, []);
                let viewer = there.signed(&lena.token).ask("{ viewer { name } }", json!({})).await;
                assert_eq!(viewer["viewer"]["name"], "Lena", "who could sign in still can");
                let found = "{ search(query: \"amina diop\", first: 1) { edges { title } } receipt(clientMutationId: \"one\") { mutation } }";
                let found = there.ask(found, json!({})).await;
                assert_eq!(found["search"]["edges"][0]["title"], "Amina Diop");
                assert_eq!(found["receipt"]["mutation"], "createPerson", "what was acknowledged is not done again");
                let refused = backup::restore(&there.store, &file).await.expect_err("not empty");
                assert!(refused.message.contains("not empty"), "{refused}");
            }).await;
        }
    }

    /// It tells of one moment, also while others write.
    async fn a_backup_is_taken_while_others_write(world: &World) {
        let folder = Folder::new("online", world);
        some_work(world).await;
        let make = "mutation($name: String!) { createPerson(input: { name: $name }) { person { id } } }";
        let writing = async {
            for number in 0..20 {
                world.ask(make, json!({ "name": format!("Person {number}") })).await;
            }
        };
        let file = folder.file("all.backup");
        let (manifest, ()) = futures_util::future::join(backup::write(&world.store, &file), writing).await;
        manifest.expect("written");
        world.elsewhere(Engine::Sqlite, async |there| {
            backup::restore(&there.store, &file).await.expect("restored");
            assert_eq!(amiss(&there.store).await, []);
        }).await;
    }

    /// A file that is not whole is refused before anything is written, and none is written over.
    async fn a_damaged_backup_is_refused(world: &World) {
        let folder = Folder::new("damaged", world);
        let file = folder.file("all.backup");
        backup::write(&world.store, &file).await.expect("written");
        let again = backup::write(&world.store, &file).await.expect_err("it is there");
        assert!(again.message.contains("there already"), "{again}");
        let whole = std::fs::read(&file).expect("a file");
        let mut text = Vec::new();
        GzDecoder::new(whole.as_slice()).read_to_end(&mut text).expect("lines");
        let packed = |text: &[u8]| {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(text).expect("packed");
            packed.finish().expect("packed")
        };
        let changed = String::from_utf8_lossy(&text).replacen("Pakistan", "Pakistam", 1);
        let place = text.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 1;
        let cases: [(&str, Vec<u8>); 8] = [
            ("cut off", whole[..whole.len() - 20].to_vec()),
            ("cut short", whole[..whole.len() / 2].to_vec()),
            ("one bit", flipped),
            ("a word", packed(changed.as_bytes())),
            ("a line missing", packed(&text[place..])),
            ("something behind", [whole.as_slice(), b"more"].concat()),
            ("no manifest", packed(b"{}\n")),
            ("no backup", b"once upon a time".to_vec()),
        ];
        world.elsewhere(world.engine(), async |there| {
            for (what, bytes) in &cases {
                std::fs::write(folder.file("wrong"), bytes).expect("a file");
                let refused: Failure = backup::restore(&there.store, &folder.file("wrong")).await.expect_err(what);
                assert!(refused.code == 2 && refused.message.contains("wrong: "), "{what}: {refused}");
            }
            backup::restore(&there.store, &file).await.expect("nothing was kept, and the whole file fits");
        }).await;
    }

    /// What an older program wrote is taken into the tables of then, which are brought up to date behind it; what a newer
    /// one wrote is refused.
    async fn a_backup_of_older_tables_is_brought_up_to_date(world: &World) {
        let folder = Folder::new("older", world);
        entente::samples::load(&world.store, &world.who).await.expect("the samples load");
        let (file, before) = (folder.file("now"), lines(&world.store).await);
        backup::write(&world.store, &file).await.expect("written");
        world.blank(2, async |stores| {
            let [one, other] = stores else { panic!("two servers") };
            tables::bring_up(one, Some(OLDER)).await.expect("older tables");
            let then = present(one.reader()).await;
            std::fs::write(folder.file("then"), from_older_tables(&file, OLDER, &then)).expect("a file");
            std::fs::write(folder.file("later"), from_older_tables(&file, "m2090_later", &then)).expect("a file");
            let newer = backup::restore(one, &folder.file("later")).await.expect_err("newer");
            assert!(newer.message.contains("made by a newer program"), "{newer}");
            let too_new = backup::restore(&world.store, &folder.file("then")).await.expect_err("the tables are newer");
            assert!(too_new.message.contains("one without tables"), "{too_new}");
            backup::restore(one, &folder.file("then")).await.expect("restored");
            assert!(tables::standing(other).await.expect("asked").is_current());
            // The trail is younger than these tables: what came from them stands under the first entry of a new one.
            let (older, begun) = without_the_trail(&lines(one).await);
            assert!(older == without_the_trail(&before).0, "other lines");
            assert_eq!(begun, 1);
            assert_eq!(amiss(one).await, []);
        }).await;
    }

    /// Each thing that can be wrong with what is kept is told.
    async fn what_does_not_hold_together_is_told(world: &World) {
        some_work(world).await;
        assert_eq!(amiss(&world.store).await, []);
        let checks = verify::all(&world.store, &tables::last_migration()).await.expect("looked at");
        assert!(checks.len() > 6 && checks.iter().all(|check| check.looked_at > 0), "{checks:#?}");
        let db = world.store.writer();
        for (damage, told) in [
            ("UPDATE evidence SET quote = 'never said' WHERE id = (SELECT MIN(id::text)::uuid FROM evidence)", "every quote"),
            ("UPDATE change SET seq = seq + 1000000 WHERE seq = (SELECT MAX(seq) FROM change)", "without a hole"),
            ("UPDATE person SET version = 77", "its line in the history"),
            ("UPDATE search_entry SET folding = 0 WHERE no = 1", "is indexed"),
            ("UPDATE receipt SET answer = 'null'", "acknowledged"),
            ("UPDATE merge SET kept_id = id", "what was merged leads to a record"),
        ] {
            let damage = match world.engine() {
                Engine::Sqlite => damage.replace("MIN(id::text)::uuid", "MIN(id)"),
                Engine::Postgres => damage.to_owned(),
            };
            db.execute_unprepared(&damage).await.expect(&damage);
            let amiss = amiss(&world.store).await;
            assert!(amiss.iter().any(|(what, _)| what.contains(told)), "{damage}: {amiss:?}");
        }
    }

    /// Of several programs that bring the tables up to date at once, one does it, and the others wait for it.
    async fn tables_are_changed_by_one_at_a_time(world: &World) {
        world.blank(3, async |stores| {
            let all = futures_util::future::join_all(stores.iter().map(|store| tables::bring_up(store, None))).await;
            let applied: Vec<usize> = all.into_iter().map(|applied| applied.expect("up to date").len()).collect();
            assert_eq!(applied.iter().filter(|applied| **applied > 0).count(), 1, "{applied:?}");
            assert!(tables::standing(&stores[0]).await.expect("asked").is_current());
        }).await;
    }

    /// An old program leaves the tables of a newer one alone, and says so.
    async fn an_old_program_refuses_newer_tables(world: &World) {
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m2090_later', 0)";
        world.store.writer().execute_unprepared(newer).await.expect("a newer migration");
        let standing = tables::standing(&world.store).await.expect("asked");
        for refused in [tables::refuse_other(&standing), tables::bring_up(&world.store, None).await.map(drop)] {
            let refused = refused.expect_err("refused");
            assert!(refused.code == 2 && refused.message.contains("by a newer entente (m2090_later"), "{refused}");
        }
        let (status, told) = world.get("/readyz").await;
        assert!(status.as_u16() == 503 && told.contains("not those of this program"), "{told}");
    }
}
