//! The files of the tree, and how a rule says what is wrong with them.

use std::{fmt, fs, path::Path, sync::LazyLock};

/// A text file: its path from the root of the tree, with `/` on every system, and what stands in it.
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

/// What is wrong, where, and what to do about it.
#[derive(Debug)]
pub(super) struct Violation {
    place: String,
    what: String,
    remedy: String,
}

/// Every text file that people keep in the tree.
pub(super) static TREE: LazyLock<Vec<File>> = LazyLock::new(|| {
    let mut files = Vec::new();
    collect(root(), "", &mut files);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
});

/// The folder that holds the workspace.
pub(super) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Fails with every violation of `rule` in the tree.
pub(super) fn keep(rule: impl Fn(&[File]) -> Vec<Violation>) {
    let found: Vec<String> = rule(&TREE).iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{} violation(s) of a house rule:\n{}\n", found.len(), found.join("\n"));
}

/// The file at `path`; a rule about a file that is gone fails.
pub(super) fn file<'a>(files: &'a [File], path: &str) -> &'a File {
    files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("{path} is missing"))
}

impl File {
    pub(super) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// The text with comment lines blanked, and with it the unit tests at the end where `without_tests`; offsets and
    /// line numbers are those of the file.
    pub(super) fn code(&self, without_tests: bool) -> String {
        let whole = !without_tests || !is_test(&self.path);
        let end = match self.text.find("#[cfg(test)]\nmod ") {
            Some(tests) if without_tests => tests,
            _ => self.text.len(),
        };
        let blank = |line: &str| line.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect::<String>();
        let text = if whole { &self.text[..end] } else { "" };
        text.split_inclusive('\n')
            .map(|line| if line.trim_start().starts_with("//") { blank(line) } else { line.to_owned() })
            .collect()
    }

    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }
}

impl Violation {
    pub(super) fn new(place: impl Into<String>, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into(), remedy: remedy.into() }
    }

    /// At a place in a text of the file at `path`.
    pub(super) fn at(path: &str, text: &str, offset: usize, what: impl Into<String>, remedy: &str) -> Self {
        let line = 1 + text[..offset].matches('\n').count();
        Self::new(format!("{path}:{line}"), what, remedy)
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}. {}", self.place, self.what, self.remedy)
    }
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) {
    // Cargo marks its target folders with this file, wherever CARGO_TARGET_DIR puts them.
    if folder.join("CACHEDIR.TAG").exists() {
        return;
    }
    for entry in fs::read_dir(folder).expect("a readable folder").map(|entry| entry.expect("a readable entry")) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type().expect("a kind of file");
        if kind.is_dir() && is_ours(&path, &name) {
            collect(&entry.path(), &format!("{path}/"), files);
        } else if kind.is_file()
            && !matches!(name.as_str(), ".git" | ".env")
            && let Ok(text) = fs::read_to_string(entry.path())
        {
            files.push(File::new(path, text));
        }
    }
}

/// Not what a build, a run, a package manager or an editor keeps in the tree.
fn is_ours(path: &str, name: &str) -> bool {
    let hidden = name.starts_with('.') && !matches!(name, ".ci" | ".github");
    !hidden && !matches!(name, "target" | "node_modules" | "dist") && path != "data"
}

#[test]
fn the_walk_sees_what_people_write_and_nothing_else() {
    for path in ["Cargo.toml", ".ci/run", "scripts/with-postgres", "crates/vocab/data/areas.json", "tests/src/main.rs"]
    {
        file(&TREE, path);
    }
    let strangers = ["target/", ".git/", "data/"];
    assert!(!TREE.iter().any(|file| strangers.iter().any(|folder| file.path.starts_with(folder))));
}

#[test]
fn code_is_what_stands_outside_comments_and_unit_tests() {
    let file = File::new("crates/x/src/a.rs", "// one\nlet a;\n#[cfg(test)]\nmod tests {}\n");
    assert_eq!(file.code(false), "      \nlet a;\n#[cfg(test)]\nmod tests {}\n");
    assert_eq!(file.code(true), "      \nlet a;\n");
    assert_eq!(File::new("crates/x/src/a/tests.rs", "let a;").code(true), "");
}
