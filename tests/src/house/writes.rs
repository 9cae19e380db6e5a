//! The verbs of sea-orm's active models have plain names, so they are told by their shape: an awaited `insert`, `update`,
//! `save` or `delete` on anything but the unit of work, which is called `work` everywhere.

use super::{
    bans::{UNIT_OF_WORK, is_unit_of_work},
    tree::{File, Violation, keep},
};

fn active_writes(files: &[File]) -> Vec<Violation> {
    let mut found = Vec::new();
    let is_covered = |path: &str| path.starts_with("crates/") && !is_unit_of_work(path);
    for file in files.iter().filter(|file| file.is_rust() && is_covered(&file.path)) {
        let code = file.code(true);
        for verb in [".insert(", ".update(", ".save(", ".delete("] {
            for (place, _) in code.match_indices(verb) {
                let awaited = after_call(&code[place..]).trim_start().starts_with(".await");
                if awaited && !code[..place].trim_end().ends_with("work") {
                    let what = format!("`{verb}…).await` on something else than `work`");
                    found.push(Violation::at(&file.path, &code, place, what, UNIT_OF_WORK));
                }
            }
        }
    }
    found
}

/// The only rows that are written without a line in the history, and why.
const BOOKKEEPING: [(&str, &str); 4] = [
    ("crates/store/src/job.rs", "who has which work until when: how work goes, and nothing that anybody told us"),
    ("crates/store/src/receipt.rs", "what was answered to a client, for a week: what was done stands in the history"),
    ("crates/store/src/search/entry.rs", "by which words a record is found: it follows from the record, which has one"),
    ("crates/store/src/ticket.rs", "what may be used once, within minutes: what came of it stands in the history"),
];

/// Rows that call themselves bookkeeping and are not in the list.
fn without_history(files: &[File]) -> Vec<Violation> {
    let mut found = Vec::new();
    let listed = |path: &str| BOOKKEEPING.iter().any(|(row, _)| *row == path);
    for file in files.iter().filter(|file| file.is_rust() && !file.path.starts_with("tests/") && !listed(&file.path)) {
        let code = file.code(true);
        for (place, _) in code.match_indices("Bookkeeping for ") {
            let what = "a row without a history that BOOKKEEPING does not name".to_owned();
            found.push(Violation::at(&file.path, &code, place, what, UNIT_OF_WORK));
        }
    }
    found
}

/// What stands behind the closing bracket of the first call in `text`.
fn after_call(text: &str) -> &str {
    let mut depth = 0;
    for (place, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return &text[place + 1..],
            ')' => depth -= 1,
            _ => {}
        }
    }
    ""
}

#[test]
fn only_bookkeeping_has_no_history() {
    keep(without_history);
    let task = "impl Bookkeeping for Model {}\n";
    assert_eq!(without_history(&[File::new("crates/store/src/task.rs", task)]).len(), 1);
    assert!(without_history(&[File::new("crates/store/src/job.rs", task)]).is_empty());
}

#[test]
fn no_active_model_writes_past_the_unit_of_work() {
    keep(active_writes);
}

#[test]
fn the_rule_about_active_models_bites() {
    let found = |path: &str, text: &str| active_writes(&[File::new(path, text)]).len();
    let task = "crates/store/src/task.rs";
    assert_eq!(found(task, "model.insert(work.connection()).await?;"), 1);
    assert_eq!(found(task, "Model { id: id() }\n    .save(db)\n    .await"), 1);
    assert_eq!(found(task, "row.delete(db).await; row.update(db).await"), 2);
    assert_eq!(found(task, "work.insert(row(a)).await; self.work\n    .insert(row).await"), 0);
    assert_eq!(found(task, "set.insert(word); hasher.update(text)"), 0);
    assert_eq!(found("crates/store/src/unit_of_work.rs", "row.insert(&self.transaction).await"), 0);
}
