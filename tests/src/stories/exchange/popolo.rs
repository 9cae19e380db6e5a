//! People, organizations, posts and memberships as a document of Popolo.

use axum::http::StatusCode;
use entente::popolo::{self, Document, Report};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use store::{Error, appointment, change, organization, person, post};
use vocab::OrganizationKind;

use crate::world::{Engine, World, stories};

async fn document(world: &World) -> Value {
    let (status, text) = world.get("/popolo.json").await;
    assert_eq!(status, StatusCode::OK, "{text}");
    serde_json::from_str(&text).expect("JSON")
}

async fn take_in(world: &World, document: &Value, apply: bool) -> Result<Report, Error> {
    let document: Document = serde_json::from_value(document.clone()).expect("a document");
    popolo::take_in(&world.store, &store::Who::system(), document, apply).await
}

async fn lines(world: &World) -> usize {
    change::Entity::find().all(world.store.reader()).await.expect("the history").len()
}

/// Two units of the same name in one ministry, and two people of the same name in one post: who is whom is not known yet.
async fn twins(world: &World) {
    let made = world.write(async |work| {
        let ministry =
            organization::create(work, organization::Draft::new(OrganizationKind::Ministry, "Ministry")).await?;
        for _ in 0..2 {
            let unit = organization::Draft::new(OrganizationKind::Unit, "Unit");
            organization::create(work, organization::Draft { parent_id: Some(ministry.id), ..unit }).await?;
        }
        let post = post::create(work, post::Draft { organization_id: ministry.id, label: "Minister".into() }).await?;
        for _ in 0..2 {
            let person =
                person::create(work, person::Draft { label: "Omar Sarr".into(), ..Default::default() }).await?;
            let draft = appointment::Draft {
                person_id: person.id,
                post_id: post.id,
                start: None,
                end: None,
                seen_on: None,
                source: None,
            };
            appointment::create(work, draft).await?;
        }
        Ok(())
    });
    made.await.expect("they are kept");
}

stories! {
    /// Out, into an empty database of either engine, out again: the same document; and twice changes nothing.
    async fn a_document_comes_back_as_it_was(world: &World) {
        entente::samples::load(&world.store, &world.who).await.expect("the samples load");
        twins(world).await;
        let made = document(world).await;
        for list in ["persons", "organizations", "posts", "memberships", "areas"] {
            assert!(made[list].as_array().is_some_and(|list| !list.is_empty()), "{list}");
        }
        let host = made["organizations"].as_array().and_then(|all| all.iter().find(|one| one["is_host"] == true));
        let names = host.expect("the host")["other_names"].as_array().expect("its names");
        for language in ["en", "fr", "ar"] {
            assert!(names.iter().any(|name| name["lang"] == language && name["note"] == "official"), "{language}");
        }
        for engine in [Engine::Sqlite, Engine::Postgres] {
            world.elsewhere(engine, async |there| {
                let there = &there.at_its_desk().await;
                let before = lines(there).await;
                let tried = take_in(there, &made, false).await.expect("it is tried");
                assert_eq!(lines(there).await, before, "nothing was written");
                let report = take_in(there, &made, true).await.expect("it is taken in");
                assert_eq!(report, tried, "what happened is what was told before");
                assert_eq!((report.revised, report.unchanged), (0, 0));
                assert!(report.left_out.is_empty(), "{report:?}");
                assert_eq!(document(there).await, made);
                let after = lines(there).await;
                assert!(after - before > report.new, "every record has its line in the history");
                let again = take_in(there, &made, true).await.expect("it is taken in again");
                assert_eq!((again.new, again.revised, lines(there).await), (0, 0, after), "{again:?}");
                store::seed::load(&there.store, None).await.expect("the reference data load behind it");
                assert_eq!(document(there).await, made, "nothing of it was there twice");
            }).await;
        }
    }

    /// What a document says of a record is taken, and its former name stays; what it does not speak of stays too.
    async fn a_document_revises_what_it_speaks_of(world: &World) {
        let before = document(world).await;
        let host = before["organizations"].as_array().and_then(|all| all.iter().find(|one| one["is_host"] == true));
        let (host, name) = (host.expect("the host")["id"].clone(), host.expect("the host")["name"].clone());
        let said = json!({
            "organizations": [
                { "id": host, "name": "The Host, Renamed", "website": "https://example.org" },
                { "id": "ministry/water", "name": "Ministry of Water", "classification": "ministry", "area_id": "area/1" },
                { "id": "ministry/water/rivers", "name": "Department of Rivers", "parent_id": "ministry/water" },
            ],
            "areas": [{ "id": "area/1", "name": "Mali", "identifiers": [{ "scheme": "iso3166-1-alpha-2", "identifier": "ML" }] }],
            "posts": [{ "id": "post/7", "label": "Head", "organization_id": "ministry/water/rivers" }],
            "persons": [{ "id": "person/1", "name": "Awa Diarra", "honorific_prefix": "Dr.",
                "other_names": [{ "name": "أوا ديارا", "lang": "ar" }, { "name": "A. Coulibaly", "end_date": "2019" }] }],
            "memberships": [{ "id": "membership/1", "person_id": "person/1", "post_id": "post/7",
                "organization_id": "ministry/water/rivers", "start_date": "2024-03", "sources": [{ "url": "https://example.org/awa" }] }],
        });
        let report = take_in(world, &said, true).await.expect("it is taken in");
        assert_eq!((report.new, report.revised), (5, 1), "{report:?}");
        assert_eq!(report.left_out.get("organizations.website"), Some(&1));
        let after = document(world).await;
        let called = |list: &str, field: &str, name: &str| {
            let found = after[list].as_array().and_then(|all| all.iter().find(|one| one[field] == name)).cloned();
            found.unwrap_or_else(|| panic!("no {name}"))
        };
        let renamed = called("organizations", "name", "The Host, Renamed");
        assert!(renamed["other_names"].as_array().expect("names").iter().any(|other| other["name"] == name && other["note"] == "former"));
        assert_eq!(renamed["acronym"], before["organizations"].as_array().expect("all").iter().find(|one| one["id"] == host).expect("it")["acronym"]);
        assert_eq!(called("organizations", "name", "Ministry of Water")["area_id"], "MLI");
        let awa = called("persons", "name", "Awa Diarra");
        assert_eq!(awa["other_names"][1], json!({ "name": "A. Coulibaly", "note": "former", "end_date": "2019-12-31" }));
        assert_eq!(called("memberships", "person_id", awa["id"].as_str().expect("an id"))["start_date"], "2024-03");
        let again = take_in(world, &said, true).await.expect("it is taken in again");
        assert_eq!((again.new, again.revised), (0, 0), "{again:?}");
    }

    /// Each database that was seeded has its own host and units: they are recognized, not kept twice.
    async fn what_both_databases_were_seeded_with_is_recognized(world: &World) {
        let mut foreign = document(world).await;
        let text = foreign.to_string().replace("\"019", "\"119");
        foreign = serde_json::from_str(&text).expect("JSON");
        let report = take_in(world, &foreign, true).await.expect("it is taken in");
        assert_eq!((report.new, report.revised), (0, 0), "{:?}", report.lines);
    }

    /// What cannot be kept is told by the record, and nothing of the document is.
    async fn a_document_that_does_not_fit_is_refused_whole(world: &World) {
        let before = lines(world).await;
        let good = json!({ "id": "a", "name": "A" });
        for (organizations, more, told) in [
            (json!([{ "id": "a", "name": " " }]), json!({}), "organization a: name is empty"),
            (json!([{ "id": "a", "name": "A", "parent_id": "b" }]), json!({}), "there is no organization b"),
            (json!([{ "id": "a", "name": "A", "parent_id": "b" }, { "id": "b", "name": "B", "parent_id": "a" }]), json!({}), "in a circle"),
            (json!([{ "id": "a", "name": "A", "area_id": "Atlantis" }]), json!({}), "Atlantis is no state"),
            (json!([good]), json!({ "memberships": [{ "id": "m", "person_id": "p" }] }), "membership m: it has no post_id"),
            (json!([good]), json!({ "posts": [{ "id": "x", "label": "X", "organization_id": "y" }] }), "post x: there is no organization y"),
        ] {
            let mut said = more;
            said["organizations"] = organizations;
            let error = take_in(world, &said, true).await.expect_err(told).to_string();
            assert!(error.contains(told), "{told}: {error}");
        }
        assert_eq!(lines(world).await, before);
    }
}
