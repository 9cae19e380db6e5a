//! What is said of the settings and of the installation, and that secrets are seen nowhere.

use std::{os::unix::fs::PermissionsExt, process::Command};

use serde_json::json;

use crate::{
    desk::{Desk, Said},
    serving::Serving,
};

fn with(mut command: Command, variables: &[(&str, &str)]) -> Said {
    command.envs(variables.iter().copied());
    Said::from(command.output().expect("the program runs"))
}

#[test]
fn what_is_set_is_told_with_its_place_and_without_secrets() {
    let desk = Desk::new("config");
    let none = desk.run("config check");
    assert!(
        none.code == 0 && none.out.contains("log.level = \"warn\"  (the variable ENTENTE_LOG_LEVEL)\n"),
        "{none:?}"
    );
    desk.put(
        "entente.toml",
        "listen = \"127.0.0.1:8001\"\n[mail]\nhost = \"mail.example.org\"\nfrom = \"a@example.org\"\nuser = \"me\"\n",
    );
    let variables = [
        ("DATABASE_URL", "postgres://me:marked-url@db.example.org/entente"),
        ("ENTENTE_MAIL_PASSWORD", "marked-mail"),
        ("ENTENTE_SECOND_READER_KEY", "marked-key"),
        ("ENTENTE_SIGN_IN_PROVIDER_CLIENT_SECRET", "marked-client"),
    ];
    let said = with(desk.command("config check --database postgres://me:marked-flag@host/db"), &variables);
    assert_eq!(said.code, 0, "{said:?}");
    for line in [
        "database.url = \"postgres://me:…@host/db\"  (--database)\n",
        "listen = \"127.0.0.1:8001\"  (entente.toml, line 1)\n",
        "mail.password = (a secret)  (the variable ENTENTE_MAIL_PASSWORD)\n",
    ] {
        assert!(said.out.contains(line), "{line}: {said:?}");
    }
    assert!(!format!("{said:?}").contains("marked"), "{said:?}");
}

#[test]
fn every_fault_of_the_settings_is_told_at_once() {
    let desk = Desk::new("config-faults");
    desk.put("entente.toml", "listen = \"here\"\n[limits]\naliases = 0\n");
    let said = desk.run("config check");
    assert!(
        said.code == 2
            && said.err.contains("entente.toml, line 1: listen")
            && said.err.contains("line 3: limits.aliases"),
        "{said:?}"
    );
    desk.put("entente.toml", "listen = \"0.0.0.0:8000\"\n[mail]\nfrom = \"a@example.org\"\n[second_reader]\nurl = \"https://m.example.org/v1\"\n");
    let said = desk.run("config check");
    for part in
        ["listen: 0.0.0.0:8000 can be reached", "mail.from is set without mail.host", "second_reader.model is empty"]
    {
        assert!(said.code == 2 && said.err.contains(part), "{part}: {said:?}");
    }
}

/// Built without traces, the program does not look as if it sent them.
#[cfg(not(feature = "otel"))]
#[test]
fn traces_that_this_program_cannot_send_are_refused() {
    let desk = Desk::new("no-traces").prepared();
    desk.put("entente.toml", "[telemetry]\nendpoint = \"http://127.0.0.1:4318\"\n");
    for line in ["config check", "serve --listen 127.0.0.1:0"] {
        let said = desk.run(line);
        let told = ["telemetry.endpoint", "built without traces", "--features otel"];
        assert!(said.code == 2 && told.iter().all(|part| said.err.contains(part)), "{line}: {said:?}");
    }
    assert!(desk.run("doctor").out.contains("built without traces"));
}

#[test]
fn a_secret_comes_from_a_file_that_a_variable_names() {
    let desk = Desk::new("secret-files").prepared();
    desk.put("url", "sqlite://data/entente.db\n");
    let said = with(desk.command("ask"), &[("DATABASE_URL_FILE", "url")]);
    assert_eq!(said.code, 0, "{said:?}");
    let both = with(desk.command("ask"), &[("DATABASE_URL_FILE", "url"), ("DATABASE_URL", "sqlite://x.db")]);
    assert!(both.code == 2 && both.err.contains("DATABASE_URL and DATABASE_URL_FILE are both set"), "{both:?}");
    let gone = with(desk.command("ask"), &[("DATABASE_URL_FILE", "nowhere")]);
    assert!(gone.code == 2 && gone.err.contains("DATABASE_URL_FILE: nowhere: "), "{gone:?}");
}

#[test]
fn a_doctor_says_what_is_amiss_and_what_to_do() {
    let desk = Desk::new("doctor");
    let before = desk.run("doctor");
    assert!(
        before.code == 1
            && before.out.contains("amiss    database: there is no data/entente.db: run `entente migrate`"),
        "{before:?}"
    );
    assert!(!desk.folder.join("data").exists(), "looking makes nothing");
    let desk = desk.prepared();
    let well = desk.run("doctor");
    assert_eq!(well.code, 0, "{well:?}");
    for line in [
        "ok       tables: up to date (m2026",
        "ok       durability: every commit",
        "ok       clock: ",
        "ok       settings: ",
    ] {
        assert!(well.out.contains(line), "{line}: {well:?}");
    }
    assert!(well.out.contains("MB are free in data"), "{well:?}");
    let hasty = with(
        desk.command("doctor"),
        &[("ENTENTE_DATABASE_DURABLE", "false"), ("ENTENTE_MAIL_HOST", "mail.example.org")],
    );
    assert!(hasty.code == 1 && hasty.out.contains("warning  settings: database.durable is off"), "{hasty:?}");
    assert!(hasty.out.contains("amiss    settings: mail.from is no address"), "{hasty:?}");
}

#[test]
fn a_provider_that_cannot_be_used_is_told() {
    let desk = Desk::new("provider").prepared();
    let provider =
        |rest: &str| format!("[sign_in]\npublic_url = \"https://entente.example.org\"\n[sign_in.provider]\n{rest}");
    for (rest, part) in [
        ("issuer = \"https://id.example.org\"", "sign_in.provider.client_id is empty"),
        ("issuer = \"https://id.example.org\"\nclient_id = \"e\"", "sign_in.provider.client_secret_file is empty"),
        (
            "issuer = \"https://id.example.org\"\nclient_id = \"e\"\nclient_secret = \"s\"",
            "sign_in.provider.groups names no group",
        ),
    ] {
        desk.put("entente.toml", provider(rest));
        let said = desk.run("config check");
        assert!(said.code == 2 && said.err.contains(part), "{part}: {said:?}");
    }
    desk.put("secret", "marked-client-secret\n");
    let whole = "issuer = \"http://127.0.0.1:1\"\nclient_id = \"e\"\nclient_secret_file = \"secret\"\n\
                 [sign_in.provider.groups]\nadmin = [\"chiefs\", \"others\"]\n";
    desk.put("entente.toml", provider(whole));
    let said = desk.run("config check");
    assert!(
        said.code == 0
            && said.out.contains("sign_in.provider.groups.admin = [\"chiefs\", \"others\"]  (entente.toml, line 8)"),
        "{said:?}"
    );
    let looked = desk.run("doctor");
    let told = "amiss    provider: http://127.0.0.1:1: its configuration cannot be reached";
    assert!(looked.code == 1 && looked.out.contains(told), "{looked:?}");
    assert!(!format!("{said:?}{looked:?}").contains("marked"), "{said:?} {looked:?}");
}

#[test]
fn no_secret_and_no_word_of_a_client_is_seen_in_a_whole_run() {
    let desk = Desk::new("marked").prepared();
    for (file, secret) in [("mail-password", "marked-mail-password"), ("key", "marked-reader-key")] {
        desk.put(file, secret);
    }
    desk.put(
        "entente.toml",
        "[log]\nformat = \"json\"\nlevel = \"debug\"\n[mail]\nhost = \"127.0.0.1\"\nport = 9\ntls = \"starttls\"\n\
         from = \"entente@example.org\"\nuser = \"me\"\npassword_file = \"mail-password\"\n[second_reader]\n\
         url = \"http://127.0.0.1:9/v1\"\nmodel = \"m\"\nkey_file = \"key\"\n",
    );
    let serving = Serving::start_telling(&desk, "debug");
    let ask = |query: &str| serving.ask(query);
    let make = "mutation { createPerson(input: { name: \"Marked Personal Name\", clientMutationId: \"marked-id\" }) { person { id } } }";
    assert!(ask(make).contains("\"person\":{\"id\""));
    for wrong in [
        "{ memberState(code: \"marked-wrong-value\", marked_unknown: 1) { name } }",
        "{ node(id: \"marked-wrong-id\") { id } }",
        "{ marked( }",
    ] {
        assert!(ask(wrong).contains("\"errors\""), "{wrong}");
    }
    let feed =
        ask("mutation { createCalendarFeed(input: { stateId: \"bWVtYmVyLXN0YXRl\", name: \"x\" }) { address } }");
    assert!(feed.contains("errors"), "{feed}");
    let state = ask("{ memberState(code: \"SEN\") { id } }");
    let id = state.split("\"id\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
    let feed = ask(&format!(
        "mutation {{ createCalendarFeed(input: {{ stateId: \"{id}\", name: \"Desk\" }}) {{ address }} }}"
    ));
    let secret =
        feed.split("/calendar/").nth(1).and_then(|rest| rest.split(".ics").next()).expect("an address").to_owned();
    assert!(serving.get(&format!("/calendar/{secret}.ics")).starts_with("HTTP/1.1 200"));
    let counted = serving.get("/metrics");
    for part in [
        "entente_operation_duration_seconds_count{kind=\"mutation\",outcome=\"ok\"}",
        "entente_refused_total{code=\"GRAPHQL_VALIDATION_FAILED\"}",
        "entente_jobs{state=\"waiting\"}",
        "entente_event_lag_lines 0",
        "entente_pool_connections{pool=\"reading\",state=\"idle\"}",
        "entente_database_up 1",
    ] {
        assert!(counted.contains(part), "{part}: {counted}");
    }
    let log = serving.log();
    assert_eq!(desk.run("backup all.backup").code, 0);
    let unpacked = desk.run("export lines").out;
    let said = [desk.run("doctor").out, desk.run("config check").out, desk.run("verify").out];
    let everywhere =
        [log.as_str(), counted.as_str(), unpacked.as_str(), said[0].as_str(), said[1].as_str(), said[2].as_str()];
    for secret in ["marked-mail-password", "marked-reader-key", secret.as_str()] {
        assert!(everywhere.iter().all(|text| !text.contains(secret)), "{secret}");
    }
    for word in ["Marked Personal Name", "marked-wrong", "marked_unknown", "marked-id"] {
        assert!(!log.contains(word) && !counted.contains(word), "{word}: {log}");
    }
    assert!(unpacked.contains("Marked Personal Name"), "records are for whoever keeps the database");
    let lines = log.lines().filter(|line| line.contains("\"operation\""));
    let named = lines.filter(|line| {
        serde_json::from_str::<serde_json::Value>(line).is_ok_and(|line| line["request"] != json!(null))
    });
    assert!(named.count() >= 3, "{log}");
    let mode = std::fs::metadata(desk.folder.join("all.backup")).expect("a backup").permissions().mode();
    assert_eq!(mode & 0o077, 0, "a backup is for its owner alone");
}
