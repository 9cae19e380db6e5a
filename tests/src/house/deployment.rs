//! The container files say what they must: there may be no container engine at hand to ask.

use serde_json::{Map, Value};

use super::tree::{File, TREE, Violation, file, keep};

const COMPOSE: &str = "docker-compose.yml";
const TOP_LEVEL: [&str; 6] = ["configs", "name", "networks", "secrets", "services", "volumes"];
const CONDITIONS: [&str; 3] = ["service_started", "service_healthy", "service_completed_successfully"];

type Object = Map<String, Value>;

/// A field that holds an object; an empty one where there is none, since everything here is about what is inside.
fn object(value: &Value, key: &str) -> Object {
    value.get(key).and_then(Value::as_object).cloned().unwrap_or_default()
}

fn strings(value: &Value, key: &str) -> Vec<String> {
    let items = value.get(key).and_then(Value::as_array).into_iter().flatten();
    items.map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect()
}

fn compose_faults(files: &[File]) -> Vec<Violation> {
    let text = &file(files, COMPOSE).text;
    let faults = match serde_saphyr::from_str::<Value>(text) {
        Ok(compose) => faults_of(&compose),
        Err(error) => vec![format!("this is not YAML: {error}")],
    };
    let remedy = "See the Compose specification, and the comments in the file.";
    faults.into_iter().map(|fault| Violation::new(COMPOSE, fault, remedy)).collect()
}

fn faults_of(compose: &Value) -> Vec<String> {
    let (services, volumes) = (object(compose, "services"), object(compose, "volumes"));
    let mut faults: Vec<String> = ["database", "entente"]
        .iter()
        .filter(|name| !services.contains_key(**name))
        .map(|name| format!("there is no service `{name}`"))
        .collect();
    let keys = compose.as_object().into_iter().flat_map(Object::keys);
    let strange = keys.filter(|key| !TOP_LEVEL.contains(&key.as_str()) && !key.starts_with("x-"));
    faults.extend(strange.map(|key| format!("`{key}` is no key of a compose file")));

    let mut mounted = Vec::new();
    for (name, service) in &services {
        let mut say = |fault: &str| faults.push(format!("service `{name}` {fault}"));
        if service.get("image").is_none() && service.get("build").is_none() {
            say("has neither image nor build");
        }
        if !is_checked(service) && service["healthcheck"]["disable"] != true {
            say("says nothing about its health");
        }
        for port in strings(service, "ports").iter().filter(|port| !port.starts_with("127.0.0.1:")) {
            say(&format!("opens {port} to other machines"));
        }
        for (key, value) in object(service, "environment") {
            if holds_a_secret(&key, value.as_str().unwrap_or_default()) {
                say(&format!("has a secret written out in {key}"));
            }
        }
        for (other, how) in object(service, "depends_on") {
            let condition = how["condition"].as_str().unwrap_or_default();
            match services.get(&other) {
                None => say(&format!("waits for `{other}`, which is not there")),
                Some(_) if !CONDITIONS.contains(&condition) => say(&format!("waits for `{other}` without a condition")),
                Some(other_service) if condition == "service_healthy" && !is_checked(other_service) => {
                    say(&format!("waits for the health of `{other}`, which nobody checks"));
                }
                Some(_) => {}
            }
        }
        let sources =
            strings(service, "volumes").into_iter().filter_map(|mount| Some(mount.split_once(':')?.0.to_owned()));
        mounted.extend(sources.filter(|source| !source.starts_with(['.', '/'])));
    }
    faults.extend(
        mounted
            .iter()
            .filter(|name| !volumes.contains_key(*name))
            .map(|name| format!("volume `{name}` is not declared")),
    );
    faults.extend(
        volumes.keys().filter(|name| !mounted.contains(name)).map(|name| format!("volume `{name}` is not used")),
    );

    let image = compose["services"]["database"]["image"].as_str().unwrap_or_default();
    if !image.strip_prefix("postgres:").is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_digit())) {
        faults.push("the database's image is not PostgreSQL of a certain version".to_owned());
    }
    faults
}

fn is_checked(service: &Value) -> bool {
    !strings(&service["healthcheck"], "test").is_empty()
}

/// A secret comes from outside: a variable, or the path of a file.
fn holds_a_secret(key: &str, value: &str) -> bool {
    let is_secret =
        ["PASSWORD", "SECRET", "TOKEN", "_KEY"].iter().any(|word| key.contains(word)) && !key.ends_with("_FILE");
    let in_address =
        value.split_once("://").and_then(|(_, rest)| rest.split_once('@')).is_some_and(|(who, _)| who.contains(':'));
    (is_secret && !value.starts_with("${")) || in_address
}

/// The image builds with the compiler that everybody uses.
fn other_compiler(files: &[File]) -> Vec<Violation> {
    let toolchain: toml::Table = file(files, "rust-toolchain.toml").text.parse().expect("rust-toolchain.toml");
    let channel = toolchain["toolchain"]["channel"].as_str().expect("a channel");
    let from =
        file(files, "Dockerfile").text.lines().find_map(|line| line.strip_prefix("FROM rust:")).unwrap_or_default();
    let version = from.split(['-', ' ']).next().unwrap_or_default();
    if !version.is_empty() && format!("{channel}.").starts_with(&format!("{version}.")) {
        return Vec::new();
    }
    let what = format!("it builds with Rust `{version}`, and rust-toolchain.toml pins {channel}");
    vec![Violation::new("Dockerfile", what, "Change both together.")]
}

#[test]
fn the_compose_file_is_whole_and_holds_no_secret() {
    keep(compose_faults);
}

#[test]
fn the_image_is_built_with_the_pinned_compiler() {
    keep(other_compiler);
}

#[cfg(unix)]
#[test]
fn every_script_can_be_run() {
    use std::os::unix::fs::PermissionsExt;
    keep(|files| {
        let scripts = files.iter().filter(|file| file.path.starts_with("scripts/") || file.path == ".ci/run");
        let mode =
            |file: &File| super::tree::root().join(&file.path).metadata().expect("a script").permissions().mode();
        let closed = scripts.filter(|file| mode(file) & 0o111 == 0 || !file.text.starts_with("#!/"));
        closed.map(|file| Violation::new(&file.path, "it cannot be run", "chmod +x, and a first line `#!…`.")).collect()
    });
}

#[test]
fn the_rules_about_the_compose_file_bite() {
    let text = &file(&TREE, COMPOSE).text;
    let cases = [
        ("services:", "services: [", "not YAML"),
        ("name: entente", "nmae: entente", "no key of a compose file"),
        ("  database:\n    image", "  db:\n    image", "no service `database`"),
        ("image: postgres:17-bookworm", "image: postgres", "not PostgreSQL of a certain version"),
        ("    image: postgres:17-bookworm\n", "", "neither image nor build"),
        ("    healthcheck:\n      disable: true\n", "", "nothing about its health"),
        ("test: [CMD, pg_isready", "tset: [CMD, pg_isready", "which nobody checks"),
        ("127.0.0.1:8000:8000", "8000:8000", "to other machines"),
        ("127.0.0.1:8000:8000", "0.0.0.0:8000:8000", "to other machines"),
        ("PGPASSWORD: ${", "PGPASSWORD: hunter2 # ${", "secret written out in PGPASSWORD"),
        ("entente@database", "entente:hunter2@database", "secret written out in DATABASE_URL"),
        ("condition: service_healthy", "condition: healthy", "without a condition"),
        ("      prepare:\n", "      prepared:\n", "which is not there"),
        ("- database:/var", "- databases:/var", "volume `databases` is not declared"),
        ("\nvolumes:\n", "\nvolumes:\n  other:\n", "volume `other` is not used"),
    ];
    for (from, to, expected) in cases {
        let broken = text.replacen(from, to, 1);
        assert!(&broken != text, "`{from}` does not stand in the file");
        let said: Vec<String> = compose_faults(&[File::new(COMPOSE, broken)]).iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|fault| fault.contains(expected)), "{to}: {said:?}");
    }
}

#[test]
fn the_rule_about_the_compiler_bites() {
    let found = |image: &str| {
        let toolchain = File::new("rust-toolchain.toml", "[toolchain]\nchannel = \"1.95.0\"\n");
        other_compiler(&[toolchain, File::new("Dockerfile", format!("FROM {image} AS builder\n"))]).len()
    };
    assert_eq!(found("rust:1.95-bookworm"), 0);
    assert_eq!(found("rust:1.95.0"), 0);
    for other in ["rust:1.9-bookworm", "rust:1.96", "rust:latest", "rust", "debian:bookworm"] {
        assert_eq!(found(other), 1, "{other}");
    }
}
