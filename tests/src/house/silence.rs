//! A lint is silenced only with a reason.

use super::tree::{File, Violation, keep};

fn silenced_without_reason(files: &[File]) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && !file.path.starts_with("tests/src/house/")) {
        let code = file.code(false);
        for opening in ["#[allow(", "#![allow(", "#[expect(", "#![expect("] {
            for (place, _) in code.match_indices(opening) {
                let attribute = code[place..].split(")]").next().unwrap_or_default();
                if !attribute.contains("reason = \"") {
                    let what = format!("`{opening}…)]` gives no reason");
                    let remedy = "Mend what the lint says, or write `#[expect(lint, reason = \"…\")]`.";
                    found.push(Violation::at(&file.path, &code, place, what, remedy));
                }
            }
        }
    }
    found
}

#[test]
fn no_lint_is_silenced_without_a_reason() {
    keep(silenced_without_reason);
}

#[test]
fn the_rule_about_silence_bites() {
    let found = |text: &str| silenced_without_reason(&[File::new("crates/x/src/a.rs", text)]).len();
    assert_eq!(found("#[allow(dead_code)]\nfn f() {}\n"), 1);
    assert_eq!(found("#![allow(\n    dead_code,\n    unused\n)]\n"), 1);
    assert_eq!(found("#[expect(dead_code)]\n#[allow(unused, reason = \"\")]\n"), 1);
    assert_eq!(found("#[expect(\n    dead_code,\n    reason = \"told\"\n)]\nfn f() {}\n"), 0);
}
