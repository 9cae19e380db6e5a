//! Finding records from the command line.

use crate::desk::Desk;

#[test]
fn what_is_found_is_printed_with_its_words() {
    let desk = Desk::new("search").prepared();
    assert_eq!(desk.run("seed --samples").code, 0);
    let said = desk.run("search pakistan --kind member-state");
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(said.code == 0 && lines[0].starts_with("member-state      Pakistan  "), "{said:?}");
    assert_eq!(lines[1..], ["                  [Pakistan]", "1 of 1 found"]);
    let all = desk.run("search director general");
    let (found, after) = all.out.trim_end().rsplit_once('\n').unwrap_or_default();
    assert!(found.contains("[General]") && after.ends_with(" found"), "{all:?}");
    let one = desk.run("search director general --first 1");
    assert!(one.out.lines().last().is_some_and(|line| line.starts_with("1 of ")), "{one:?}");
    assert_eq!(desk.run("search director general --state QA").code, 0);
    let again = desk.run("reindex");
    assert!(again.code == 0 && again.out.ends_with(" records were indexed for the search.\n"), "{again:?}");
    assert_eq!(desk.run("search director general").out, all.out);
    for (line, told) in [
        ("search", "<WORD>"),
        ("search — *", "write a word to look for"),
        ("search a --kind planet", "\"planet\" is no kind of record that can be found: use one of member-state, "),
        ("search a --state QQQ", "\"QQQ\" is no state of ISO 3166-1"),
        ("search a --first 0", "1..=100"),
    ] {
        let said = desk.run(line);
        assert!(said.code == 2 && said.err.contains(told), "{line}: {said:?}");
    }
}

#[test]
fn what_was_taken_in_is_found() {
    let desk = Desk::new("search-lines").prepared();
    assert_eq!(desk.run("export lines --out all.jsonl").code, 0);
    let other = "--database sqlite://other.db?mode=rwc";
    assert_eq!(desk.run(&format!("migrate {other}")).code, 0);
    assert_eq!(desk.run(&format!("import lines all.jsonl {other}")).code, 0);
    assert!(desk.run(&format!("search coopération {other}")).out.contains("found\n"));
    assert_eq!(desk.run(&format!("search oman {other}")).out, desk.run("search oman").out);
}
