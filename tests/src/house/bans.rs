//! Words that may not stand in some places.

use super::tree::{File, Violation, keep};

/// Some words, where they may not stand, and why.
struct Ban {
    words: &'static [&'static str],
    covers: fn(&str) -> bool,
    spares_unit_tests: bool,
    remedy: &'static str,
    /// A path that the ban covers and one that it spares, for its own test.
    example: (&'static str, &'static str),
}

const SURROUNDINGS: Ban = Ban {
    words: &[
        "Utc::now",
        "Local::now",
        "SystemTime",
        "Instant::now",
        "env::var",
        "env::var_os",
        "env::vars",
        "env::args",
        "now_v7",
        "new_v4",
        "rand::",
        "thread_rng",
        "getrandom",
        "fastrand",
    ],
    covers: |path| is_source(path) && !path.starts_with("crates/server/"),
    spares_unit_tests: false,
    remedy: "Only crates/server reads the clock, the environment and chance: take the value as an argument, or from \
             store::Surroundings.",
    example: ("crates/intake/src/review.rs", "crates/server/src/surroundings.rs"),
};

const UNFINISHED: Ban = Ban {
    words: &["todo!", "unimplemented!", "#[ignore"],
    covers: |path| is_source(path) || path.starts_with("tests/") && !path.starts_with("tests/src/house/"),
    spares_unit_tests: false,
    remedy: "What stands in the tree works and is tested: finish it or leave it out.",
    example: ("tests/src/stories/review.rs", "tests/src/house/bans.rs"),
};

const RAW_WRITES: Ban = Ban {
    words: &[
        ".exec",
        ".exec_without_returning",
        ".exec_with_returning",
        ".exec_with_returning_many",
        ".exec_with_returning_keys",
        "ActiveModelTrait",
        "execute_unprepared",
        "execute_raw",
        "insert_many",
        "update_many",
        "delete_many",
        "delete_by_id",
        "INSERT INTO",
        "DELETE FROM",
        "\"UPDATE",
    ],
    covers: |path| is_source(path) && !path.starts_with("migrations/") && !is_unit_of_work(path),
    spares_unit_tests: true,
    remedy: UNIT_OF_WORK,
    example: ("crates/intake/src/review.rs", "crates/store/src/unit_of_work.rs"),
};

/// Apart from the others, because executing is also what one does with a GraphQL request.
const RAW_STATEMENTS: Ban = Ban {
    words: &[".execute"],
    covers: |path| (RAW_WRITES.covers)(path) && !path.starts_with("crates/api/") && !path.starts_with("crates/server/"),
    spares_unit_tests: true,
    remedy: UNIT_OF_WORK,
    example: ("crates/store/src/task.rs", "crates/api/src/schema.rs"),
};

const LEAKS: Ban = Ban {
    words: &["DbErr", "FieldError", "FieldResult", "async_graphql::Error", "async_graphql::Result", "async_graphql::*"],
    covers: |path| is_source(path) && path.starts_with("crates/api/") && path != "crates/api/src/fault.rs",
    spares_unit_tests: false,
    remedy: "A resolver returns the error type of crates/api/src/fault.rs, from which no message of the database can \
             reach a client.",
    example: ("crates/api/src/task.rs", "crates/api/src/fault.rs"),
};

const ROOT: Ban = Ban {
    words: &["#[Object", "#[ComplexObject", "async fn", ".await"],
    covers: |path| path == "crates/api/src/root.rs",
    spares_unit_tests: false,
    remedy: "The root of the schema is a list: put the resolver into the file of its concept.",
    example: ("crates/api/src/root.rs", "crates/api/src/task.rs"),
};

const ALL: [&Ban; 6] = [&SURROUNDINGS, &UNFINISHED, &RAW_WRITES, &RAW_STATEMENTS, &LEAKS, &ROOT];

pub(super) const UNIT_OF_WORK: &str =
    "A write that bypasses store::UnitOfWork leaves no line in the history: use its verbs, or give it a new one.";

fn is_source(path: &str) -> bool {
    path.starts_with("migrations/src/") || path.starts_with("crates/") && path.contains("/src/")
}

/// The only files that may change the database by themselves: the unit of work, and opening a connection (pragmas).
pub(super) fn is_unit_of_work(path: &str) -> bool {
    ["unit_of_work", "connect"].iter().any(|name| {
        path.strip_prefix("crates/store/src/")
            .and_then(|rest| rest.strip_prefix(name))
            .is_some_and(|rest| rest.starts_with(['.', '/', '_']))
    })
}

fn broken(ban: &Ban, files: &[File]) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && (ban.covers)(&file.path)) {
        let code = file.code(ban.spares_unit_tests);
        for word in ban.words {
            let places = code.match_indices(word).filter(|(place, _)| stands_alone(&code, *place, word));
            found.extend(places.map(|(place, _)| {
                Violation::at(&file.path, &code, place, format!("`{word}` may not stand here"), ban.remedy)
            }));
        }
    }
    found
}

/// Whether the word at `place` is not a part of a longer name, as `rand::` is in `operand::`.
fn stands_alone(text: &str, place: usize, word: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let after = &text[place + word.len()..];
    let goes_on_before = word.starts_with(is_name) && text[..place].ends_with(is_name);
    let goes_on_after = word.ends_with(is_name) && after.starts_with(is_name);
    !goes_on_before && !goes_on_after
}

/// The names of async-graphql's own errors in a list of imports, where `LEAKS` does not see them.
fn leaking_imports(files: &[File]) -> Vec<Violation> {
    const LIST: &str = "async_graphql::{";
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && (LEAKS.covers)(&file.path)) {
        let code = file.code(LEAKS.spares_unit_tests);
        for (start, _) in code.match_indices(LIST) {
            let mut place = start + LIST.len();
            for item in code[place..].split(';').next().unwrap_or_default().split(',') {
                let name = item.trim().split([' ', '}']).next().unwrap_or_default();
                if matches!(name, "Error" | "Result" | "*") {
                    let at = place + item.len() - item.trim_start().len();
                    let what = format!("`async_graphql::{name}` may not stand here");
                    found.push(Violation::at(&file.path, &code, at, what, LEAKS.remedy));
                }
                place += item.len() + 1;
            }
        }
    }
    found
}

#[test]
fn only_the_server_reads_the_clock_the_environment_and_chance() {
    keep(|files| broken(&SURROUNDINGS, files));
}

#[test]
fn nothing_is_left_unfinished_and_no_test_is_ignored() {
    keep(|files| broken(&UNFINISHED, files));
}

#[test]
fn every_write_goes_through_the_unit_of_work() {
    keep(|files| broken(&RAW_WRITES, files));
    keep(|files| broken(&RAW_STATEMENTS, files));
}

#[test]
fn no_resolver_returns_an_error_that_can_leak_a_database_message() {
    keep(|files| broken(&LEAKS, files));
    keep(leaking_imports);
}

#[test]
fn the_root_of_the_schema_holds_no_resolver() {
    keep(|files| broken(&ROOT, files));
}

#[test]
fn every_ban_bites_on_each_of_its_words_and_only_where_it_should() {
    for ban in ALL {
        let (covered, spared) = ban.example;
        for word in ban.words {
            let line = format!("fn f() {{ x {word}() }}\n");
            assert_eq!(broken(ban, &[File::new(covered, &line)]).len(), 1, "{word} in {covered}");
            assert!(broken(ban, &[File::new(spared, &line)]).is_empty(), "{word} in {spared}");
            assert!(broken(ban, &[File::new(covered, format!("// {word}\n"))]).is_empty(), "{word} in a comment");
        }
    }
    let in_tests = "#[cfg(test)]\nmod tests { fn f() { x.exec(db) } }\n";
    assert!(broken(&RAW_WRITES, &[File::new("crates/intake/src/review.rs", in_tests)]).is_empty());
}

#[test]
fn a_ban_looks_at_whole_words() {
    let found = |line: &str| broken(&SURROUNDINGS, &[File::new("crates/extract/src/a.rs", line)]).len();
    assert_eq!(found("operand::new(); my_env::var_name; unknown_v7()"), 0);
    assert_eq!(found("rand::random(); std::env::var(name); Uuid::now_v7()"), 3);
}

#[test]
fn a_leaking_error_is_found_in_a_list_of_imports_too() {
    let found = |list: &str| {
        let text = format!("use async_graphql::{{{list}}};\nfn f() {{}}\n");
        leaking_imports(&[File::new("crates/api/src/task.rs", text)])
    };
    assert!(found("Object, ID, ErrorExtensionValues, SimpleObject").is_empty());
    for list in ["Error", "Object, Error", "Object, Result, ID", "Error as E, ID", "*"] {
        assert_eq!(found(list).len(), 1, "{list}");
    }
    assert!(found("\n    Object,\n    Error,\n")[0].to_string().starts_with("crates/api/src/task.rs:3:"));
}
