//! The seed report, where the shared folder is at hand.

use std::{fs, path::PathBuf};

use extract::{Reading, Report, read};

/// The shared folder beside the workspace, or beside the folder that holds its worktrees.
fn shared() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    ["../shared", "../../shared"].into_iter().map(|place| root.join(place)).find(|folder| folder.is_dir())
}

/// The seed report and what people read in it.
fn seed() -> Option<(Reading, serde_json::Value)> {
    let folder = shared()?.join("seed/gold");
    let file = fs::read_dir(folder).ok()?.filter_map(Result::ok).next()?;
    let gold: serde_json::Value = serde_json::from_str(&fs::read_to_string(file.path()).ok()?).ok()?;
    let reading = read(&Report {
        text: gold["text"].as_str()?,
        format: vocab::ReportFormat::Plain,
        published_on: None,
        language: None,
        known: extract::Known::nothing(),
    });
    Some((reading, gold["gold"].clone()))
}

/// The texts of a list of the gold findings.
fn texts(gold: &serde_json::Value, list: &str, field: Option<&str>) -> Vec<String> {
    let entries = gold[list].as_array().cloned().unwrap_or_default();
    let text = |entry: serde_json::Value| {
        field.map_or(entry.clone(), |field| entry[field].clone()).as_str().map(str::to_owned)
    };
    let mut texts: Vec<String> = entries.into_iter().filter_map(text).collect();
    texts.sort();
    texts
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    texts
}

#[test]
fn the_seed_report_is_read_as_people_read_it() {
    let Some((reading, gold)) = seed() else {
        println!("skipped: the shared folder is not beside the workspace");
        return;
    };
    let codes = |code: fn(&Reading) -> Vec<String>| sorted(code(&reading));
    assert_eq!(codes(|r| r.states.iter().map(|s| s.code.clone()).collect()), texts(&gold, "states", None));
    assert_eq!(codes(|r| r.people.iter().map(|p| p.name.clone()).collect()), texts(&gold, "people", Some("name")));
    assert_eq!(codes(|r| r.areas.iter().map(|a| a.slug.clone()).collect()), texts(&gold, "areas", None));
    assert_eq!(
        codes(|r| r.actions.iter().map(|a| a.kind.to_string()).collect()),
        texts(&gold, "actions", Some("kind"))
    );
    assert_eq!(codes(|r| r.doubts.iter().map(|d| d.code.to_string()).collect()), texts(&gold, "notes", None));
    assert_eq!(reading.published_on.map(|d| d.to_string()), gold["published_on"].as_str().map(str::to_owned));
    assert!(!reading.cut.is_empty() && reading.title.is_some());
}
