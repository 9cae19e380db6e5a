//! Which crate may lean on which: the table in docs/ARCHITECTURE.md is the law, the manifests are checked against it.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::tree::{File, Violation, file, keep};

const LAW: &str = "docs/ARCHITECTURE.md";

/// External crates that have a home: elsewhere they are the first sign that a job has moved to the wrong place.
const HOMES: [(&str, &[&str]); 7] = [
    ("async-graphql", &["api", "entente"]),
    ("axum", &["entente"]),
    ("clap", &["entente"]),
    ("sea-orm-migration", &["migrations"]),
    ("tower-http", &["entente"]),
    ("tracing-subscriber", &["entente"]),
    ("typst", &["entente"]),
];

/// One line of the table.
struct Row {
    place: String,
    package: String,
    /// The packages it may lean on; `None` stands for any.
    may: Option<BTreeSet<String>>,
}

/// A manifest of the workspace.
struct Package {
    place: String,
    name: String,
    /// What it is built from, and what its own tests take beside that.
    built_from: BTreeSet<String>,
    tested_with: BTreeSet<String>,
}

fn law(text: &str) -> Vec<Row> {
    let cells = |line: &str| -> Vec<String> {
        line.trim().trim_matches('|').split('|').map(|cell| cell.replace('`', "").trim().to_owned()).collect()
    };
    let header = ["place", "package", "its one job", "may lean on"];
    let table = text.lines().skip_while(|line| cells(line) != header).skip(2).take_while(|line| line.starts_with('|'));
    table
        .map(|line| <[String; 4]>::try_from(cells(line)).expect("four cells in each line of the table"))
        .filter(|[_, package, _, _]| !package.is_empty())
        .map(|[place, package, _, may]| Row {
            place: place.trim_end_matches('/').to_owned(),
            package,
            may: (may != "any").then(|| may.split(", ").filter(|name| *name != "–").map(str::to_owned).collect()),
        })
        .collect()
}

fn packages(files: &[File]) -> Vec<Package> {
    let manifests = files.iter().filter_map(|file| Some((file.path.strip_suffix("/Cargo.toml")?, &file.text)));
    manifests
        .map(|(place, text)| {
            let manifest: Table = text.parse().unwrap_or_else(|error| panic!("{place}/Cargo.toml: {error}"));
            let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
            let sections: Vec<&Table> = targets.filter_map(Value::as_table).chain([&manifest]).collect();
            let named = |section: &str| -> BTreeSet<String> {
                let tables = sections.iter().filter_map(|table| table.get(section)?.as_table());
                tables.flatten().map(|(key, value)| real_name(key, value)).collect()
            };
            Package {
                place: place.to_owned(),
                name: manifest["package"]["name"].as_str().expect("a package has a name").to_owned(),
                built_from: &named("dependencies") | &named("build-dependencies"),
                tested_with: named("dev-dependencies"),
            }
        })
        .collect()
}

/// A dependency may bear another name than its package does.
fn real_name(key: &str, value: &Value) -> String {
    value.get("package").and_then(Value::as_str).unwrap_or(key).to_owned()
}

fn unlawful_leanings(files: &[File]) -> Vec<Violation> {
    let (law, packages) = (law(&file(files, LAW).text), packages(files));
    let remedy = format!("Move the code to where it may stand; or, if the design changes, change the table in {LAW}.");
    let mut found = Vec::new();
    for package in &packages {
        let place = format!("{}/Cargo.toml", package.place);
        let mut say = |what| found.push(Violation::new(&place, what, &remedy));
        let Some(row) = law.iter().find(|row| row.package == package.name && row.place == package.place) else {
            say(format!("the table does not name `{}` at this place", package.name));
            continue;
        };
        let Some(may) = &row.may else { continue };
        let ours = |name: &&String| law.iter().any(|row| row.package == **name);
        for name in (&package.built_from | &package.tested_with).iter().filter(ours).filter(|name| !may.contains(*name))
        {
            say(format!("`{}` leans on `{name}`, which the table does not name", package.name));
        }
        for (name, homes) in HOMES.iter().filter(|(name, _)| package.built_from.contains(*name)) {
            if !homes.contains(&package.name.as_str()) {
                say(format!("`{}` leans on `{name}`, whose place is in {}", package.name, homes.join(" and ")));
            }
        }
    }
    for row in law.iter().filter(|row| !packages.iter().any(|package| package.name == row.package)) {
        found.push(Violation::new(LAW, format!("the table names `{}`, which is not there", row.package), &remedy));
    }
    found
}

#[test]
fn a_crate_leans_only_on_what_the_table_names() {
    keep(unlawful_leanings);
}

#[test]
fn the_rule_about_leaning_bites() {
    let table = "| place | package | its one job | may lean on |\n|---|---|---|---|\n\
                 | `crates/a` | `a` | first | – |\n| `crates/b` | `b` | second | a |\n\
                 | `graphql/` | | data | |\n| `tests/` | `c` | asks | any |\n";
    let found = |a: &str, b: &str| {
        let manifest = |name: &str, rest: &str| format!("[package]\nname = \"{name}\"\n{rest}");
        let mut files = vec![File::new(LAW, table), File::new("crates/a/Cargo.toml", manifest("a", a))];
        files.push(File::new("crates/b/Cargo.toml", manifest("b", b)));
        files.push(File::new("tests/Cargo.toml", manifest("c", "[dependencies]\naxum = \"0\"\na = {}\nb = {}")));
        unlawful_leanings(&files).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(found("", "[dependencies]\na.workspace = true\nserde = \"1\""), [""; 0]);
    for section in ["dependencies", "dev-dependencies", "build-dependencies", "target.'cfg(unix)'.dependencies"] {
        let said = found(&format!("[{section}]\nb.workspace = true"), "");
        assert!(said.len() == 1 && said[0].starts_with("crates/a/Cargo.toml: `a` leans on `b`"), "{section}: {said:?}");
    }
    assert_eq!(found("[dependencies]\nother = { package = \"b\", version = \"1\" }", "").len(), 1);
    assert_eq!(found("[dependencies]\naxum = \"0.8\"", "").len(), 1);
    assert_eq!(found("[dev-dependencies]\naxum = \"0.8\"", ""), [""; 0]);

    let stranger = [File::new(LAW, table), File::new("crates/d/Cargo.toml", "[package]\nname = \"d\"")];
    assert_eq!(unlawful_leanings(&stranger).len(), 4, "d has no line, and three lines have no package");
}
