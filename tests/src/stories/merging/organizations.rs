//! What becomes of organizations that are merged.

use entente::tables::last_migration;
use serde_json::{Value, json};
use store::dump;

use super::{action, appoint, done, found, holds, merged, ministry, of, person, post, undone};
use crate::world::{Engine, stories};

stories! {
    /// Posts of one title are one, with who held them and what hangs on them; parts belong to the kept one.
    async fn two_ministries_become_one_with_their_posts_and_parts(world: &World) {
        let (rivers, fleuves) = (ministry(world, "Ministry of Rivers", "PAK").await, ministry(world, "Ministère des Fleuves", "PAK").await);
        done(world, "reviseOrganization", json!({ "organizationId": fleuves, "acronym": "MDF" }), "organization { id }").await;
        let (minister, ministre) = (post(world, &rivers, "Minister").await, post(world, &fleuves, "MINISTER").await);
        let adviser = post(world, &fleuves, "Adviser").await;
        let (omar, idris) = (person(world, "Omar Sabti").await, person(world, "Idris Bello").await);
        let twice = appoint(world, &omar, &ministre).await;
        appoint(world, &omar, &minister).await;
        appoint(world, &idris, &adviser).await;
        let owed = action(world, "Map the rivers", json!({ "postId": ministre, "organizationId": fleuves })).await;
        let unit = json!({ "name": "Office of Dams", "kind": "UNIT", "parentId": fleuves });
        let unit = done(world, "createOrganization", unit, "organization { id }").await["organization"]["id"].clone();
        let merge = merged(world, "mergeOrganizations", &rivers, &fleuves).await;

        let asked = "... on Organization { name acronym names { name } posts { title appointments { person { name } } } units { nodes { id } } }";
        let kept = of(world, &fleuves, asked).await;
        assert_eq!((&kept["id"], &kept["name"], &kept["acronym"]), (&rivers, &json!("Ministry of Rivers"), &json!("MDF")));
        assert_eq!(kept["names"], json!([{ "name": "Ministère des Fleuves" }]));
        assert_eq!(kept["posts"], json!([
            { "title": "Minister", "appointments": [{ "person": { "name": "Omar Sabti" } }] },
            { "title": "Adviser", "appointments": [{ "person": { "name": "Idris Bello" } }] },
        ]));
        assert_eq!(kept["units"]["nodes"], json!([{ "id": unit }]));
        let hangs = of(world, &owed, "... on FollowUpAction { counterpartPost { id } counterpartOrganization { id } }").await;
        assert_eq!((&hangs["counterpartPost"]["id"], &hangs["counterpartOrganization"]["id"]), (&minister, &rivers));
        assert_eq!(of(world, &ministre, "").await["id"], minister);
        assert_eq!(of(world, &twice, "... on Appointment { post { id } }").await["post"]["id"], minister);
        assert_eq!(found(world, "fleuves").await, ["Ministry of Rivers"]);
        let brief = "query($post: ID!) { handoverBrief(post: $post) { post { id } } }";
        assert_eq!(world.ask(brief, json!({ "post": ministre })).await["handoverBrief"]["post"]["id"], minister);
        holds(world).await;

        assert_eq!(undone(world, &merge).await, json!([]));
        let back = of(world, &fleuves, asked).await;
        assert_eq!((&back["id"], &back["names"], &back["acronym"]), (&fleuves, &json!([]), &json!("MDF")));
        assert_eq!(back["posts"], json!([
            { "title": "MINISTER", "appointments": [{ "person": { "name": "Omar Sabti" } }] },
            { "title": "Adviser", "appointments": [{ "person": { "name": "Idris Bello" } }] },
        ]));
        let hangs = of(world, &owed, "... on FollowUpAction { counterpartPost { id } counterpartOrganization { id } }").await;
        assert_eq!((&hangs["counterpartPost"]["id"], &hangs["counterpartOrganization"]["id"]), (&ministre, &fleuves));
        assert_eq!(found(world, "fleuves").await, ["Ministère des Fleuves"]);
        holds(world).await;
    }

    /// Merges move to another database with everything else: the old identifiers answer there, and a merge is undone there.
    async fn merges_move_along_with_everything(world: &World) {
        let (rivers, fleuves) = (ministry(world, "Ministry of Rivers", "PAK").await, ministry(world, "Ministère des Fleuves", "PAK").await);
        post(world, &rivers, "Minister").await;
        post(world, &fleuves, "Minister").await;
        let merge = merged(world, "mergeOrganizations", &rivers, &fleuves).await;
        let mut lines = Vec::new();
        dump::export(&world.store, &last_migration(), &mut lines).await.expect("everything is written");
        for engine in [Engine::Sqlite, Engine::Postgres] {
            world.elsewhere(engine, async |there| {
                dump::import(&there.store, &last_migration(), dump::Tables::Current, lines.as_slice()).await.expect("taken in");
                assert_eq!(of(there, &fleuves, "").await["id"], rivers);
                assert_eq!(undone(there, &merge).await, json!([]));
                assert_eq!(of(there, &fleuves, "... on Organization { posts { title } }").await["posts"], json!([{ "title": "Minister" }]));
                assert_ne!(of(there, &rivers, "").await, Value::Null);
            })
            .await;
        }
    }
}
