//! A file that a person wrote stays small enough to be read at once.

use super::tree::{File, Violation, keep};

const LONGEST: usize = 400;
const ENDINGS: [&str; 8] = [".rs", ".sh", ".py", ".ts", ".tsx", ".js", ".mjs", ".css"];

fn too_long(files: &[File]) -> Vec<Violation> {
    let hand_written = |file: &&File| {
        let is_source = ENDINGS.iter().any(|ending| file.path.ends_with(ending))
            || ["scripts/", ".ci/"].iter().any(|folder| file.path.starts_with(folder));
        // The customary mark of generators, at the head of what they write.
        is_source && !file.text.lines().take(5).any(|line| line.contains("@generated"))
    };
    let long = files.iter().filter(hand_written).map(|file| (file, file.text.lines().count()));
    long.filter(|(_, lines)| *lines > LONGEST)
        .map(|(file, lines)| {
            let remedy = "Split it along its concepts into files that each have one job.";
            Violation::new(&file.path, format!("{lines} lines, and {LONGEST} are the most"), remedy)
        })
        .collect()
}

#[test]
fn no_hand_written_file_is_longer_than_400_lines() {
    keep(too_long);
}

#[test]
fn the_rule_about_length_bites() {
    let found = |path: &str, text: String| too_long(&[File::new(path, text)]).len();
    assert_eq!(found("crates/x/src/a.rs", "\n".repeat(LONGEST)), 0);
    assert_eq!(found("crates/x/src/a.rs", "\n".repeat(LONGEST + 1)), 1);
    assert_eq!(found("scripts/run", "\n".repeat(LONGEST + 1)), 1);
    assert_eq!(found("Cargo.lock", "\n".repeat(LONGEST + 1)), 0);
    assert_eq!(found("web/src/schema.ts", format!("// @generated\n{}", "\n".repeat(LONGEST))), 0);
}
