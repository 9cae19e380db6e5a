//! What documents point at is there, and no file speaks of one person's machine.

use std::collections::BTreeSet;

use super::tree::{File, Violation, file, keep, root};

fn dead_links(files: &[File], exists: impl Fn(&str) -> bool) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".md")) {
        let text = without_code(&file.text);
        for (place, _) in text.match_indices("](") {
            let target = text[place + 2..].split([')', ' ', '\n']).next().unwrap_or_default();
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            if !resolved(&file.path, path).is_some_and(|path| exists(&path)) {
                let remedy = "Correct the link, or write the file.";
                found.push(Violation::at(&file.path, &text, place, format!("`{target}` leads nowhere"), remedy));
            }
        }
    }
    found
}

/// The path from the root of the tree of what a link in the document at `from` means; `None` outside of the tree.
fn resolved(from: &str, link: &str) -> Option<String> {
    let base = if link.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = Vec::new();
    for part in base.split('/').chain(link.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Blanks fenced blocks and code spans, which show links rather than make them.
fn without_code(text: &str) -> String {
    let mut fenced = false;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let is_fence = line.trim_start().starts_with("```");
        fenced ^= is_fence;
        let mut in_span = false;
        out.extend(line.chars().map(|c| {
            in_span ^= c == '`';
            if c != '\n' && (fenced || is_fence || in_span) { ' ' } else { c }
        }));
    }
    out
}

/// Folders that are somebody's own; put together so that this file keeps its own rule.
const OWN_FOLDERS: [&str; 4] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/Us", "ers/")];

fn machine_paths(files: &[File]) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in files {
        for folder in OWN_FOLDERS {
            // Inside a longer path it is a folder of the tree, or a part of an address.
            let starts_a_path =
                |place: usize| !file.text[..place].ends_with(|c: char| c.is_alphanumeric() || "._-}~".contains(c));
            for (place, _) in file.text.match_indices(folder).filter(|(place, _)| starts_a_path(*place)) {
                let remedy = "Name it by its path from the root of the tree, or take it from the environment.";
                found.push(Violation::at(
                    &file.path,
                    &file.text,
                    place,
                    format!("`{folder}…` is a path of one machine"),
                    remedy,
                ));
            }
        }
    }
    found
}

/// The tests that the list of what must never happen names, but nobody wrote.
fn rules_without_test(files: &[File]) -> Vec<Violation> {
    let law = file(files, "docs/ARCHITECTURE.md");
    let section = law.text.split("## What must never happen").nth(1).expect("the list of what must never happen");
    let section = section.split("\n## ").next().unwrap_or_default();
    let is_test = |name: &&str| name.matches('_').count() > 2 && !name.contains(['/', '.']);
    let named: BTreeSet<&str> = section.split('`').skip(1).step_by(2).filter(is_test).collect();
    let is_written = |name: &str| {
        let (test, waiting) = (format!("#[test] fn {name}("), format!("async fn {name}("));
        files.iter().filter(|file| file.is_rust()).any(|file| {
            file.text.contains(&waiting) || file.text.split_whitespace().collect::<Vec<_>>().join(" ").contains(&test)
        })
    };
    named
        .into_iter()
        .filter(|name| !is_written(name))
        .map(|name| {
            Violation::new(&law.path, format!("no test is called `{name}`"), "Name the test that keeps the rule.")
        })
        .collect()
}

#[test]
fn every_link_in_a_document_leads_to_a_file() {
    keep(|files| dead_links(files, |path| root().join(path).exists()));
}

#[test]
fn no_file_names_a_path_of_one_machine() {
    keep(machine_paths);
}

#[test]
fn every_rule_in_the_architecture_names_a_test_that_is_there() {
    keep(rules_without_test);
}

#[test]
fn the_rule_about_links_bites() {
    let dead = |text: &str| {
        let exists = |path: &str| ["README.md", "docs/a.md", "docs"].contains(&path);
        dead_links(&[File::new("docs/b.md", text)], exists).len()
    };
    assert_eq!(
        dead("[a](a.md) [b](../README.md#top) [c](/docs/a.md) [d](#here) [e](https://x.example/y) [f](../docs)"),
        0
    );
    assert_eq!(dead("[a](b.md) [b](README.md) [c](../../README.md) [d](gone.md#top \"title\")"), 4);
    assert_eq!(dead("`[a](gone.md)`\n```\n[a](gone.md)\n```\n"), 0);
}

#[test]
fn the_rule_about_machine_paths_bites() {
    let found = |text: &str| machine_paths(&[File::new("docs/a.md", text)]).len();
    for folder in OWN_FOLDERS {
        assert_eq!(found(&format!("cd {folder}me, or \"{folder}you\"")), 2, "{folder}");
        assert_eq!(found(&format!("https://x.example{folder}page and crates{folder}a.rs")), 0, "{folder}");
    }
}

#[test]
fn the_rule_about_named_tests_bites() {
    let law =
        "## What must never happen\n- this (`no_such_thing_happens`), in `crates/a_b_c`\n## Next\n`not_in_the_list`\n";
    let found = |code: &str| {
        rules_without_test(&[File::new("docs/ARCHITECTURE.md", law), File::new("tests/src/a.rs", code)]).len()
    };
    assert_eq!(found("fn no_such_thing_happens_not() {}"), 1);
    assert_eq!(found("#[test]\nfn no_such_thing_happens() {}"), 0);
    assert_eq!(found("#[tokio::test]\nasync fn no_such_thing_happens() {}"), 0);
}
