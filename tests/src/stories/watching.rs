//! How it is seen whether the program and its database are well, on either engine.

use entente::{Settings, doctor, settings::Sources, told::Verdict};
use serde_json::json;

use crate::world::{Engine, World, stories};

/// What a doctor says of the world's database, by the clock of this machine.
async fn looked(world: &World) -> Vec<(Verdict, &'static str, String)> {
    let sources =
        Sources { variables: vec![("DATABASE_URL".to_owned(), world.url().to_owned())], ..Default::default() };
    let told = doctor::look(&Settings::load(&sources).expect("the settings")).await;
    told.into_iter().map(|line| (line.verdict, line.what, line.told)).collect()
}

stories! {
    /// A healthy database is told to be one; a line of the history of tomorrow is not overlooked.
    async fn a_doctor_looks_at_the_database(world: &World) {
        let lines = looked(world).await;
        let of = |wanted: &str| lines.iter().find(|(_, what, _)| *what == wanted).unwrap_or_else(|| panic!("{wanted}: {lines:#?}"));
        for what in ["settings", "database", "tables", "clock", "work"] {
            assert_eq!(of(what).0, Verdict::Ok, "{lines:#?}");
        }
        let engine = if world.engine() == Engine::Sqlite { "SQLite 3." } else { "PostgreSQL " };
        assert!(of("database").2.starts_with(engine), "{lines:#?}");
        // The PostgreSQL of the tests is made to be quick, and it is noticed.
        let durable = if world.engine() == Engine::Sqlite { Verdict::Ok } else { Verdict::Amiss };
        assert_eq!(of("durability").0, durable, "{lines:#?}");
        world.clock.pass_days(36_500);
        world.ask("mutation { createPerson(input: { name: \"Somebody\" }) { person { id } } }", json!({})).await;
        let later = looked(world).await;
        assert!(later.iter().any(|(verdict, what, told)| *verdict == Verdict::Amiss && *what == "clock" && told.contains("2126")), "{later:#?}");
    }

    /// What is counted is told by closed lists of words, with what the database says.
    async fn what_is_done_is_counted(world: &World) {
        world.ask("{ __typename }", json!({})).await;
        world.error("{ nothing }", json!({})).await;
        let (status, counted) = world.get("/metrics").await;
        assert_eq!(status.as_u16(), 200);
        for line in [
            "entente_operation_duration_seconds_count{kind=\"query\",outcome=\"ok\"} 1".to_owned(),
            "entente_refused_total{code=\"GRAPHQL_VALIDATION_FAILED\"} 1".to_owned(),
            "entente_pool_connections{pool=\"reading\",state=\"busy\"}".to_owned(),
            "entente_pool_connections{pool=\"writing\",state=\"busy\"}".to_owned(),
            "entente_jobs{state=\"failed\"} 0".to_owned(),
            "entente_database_up 1".to_owned(),
            "# EOF".to_owned(),
        ] {
            assert!(counted.contains(&line), "{line}: {counted}");
        }
    }
}
