//! Merging from the command line.

use crate::desk::Desk;

const TWO: &str = r#"{"persons": [{"id": "1", "name": "Khalid Yusuf", "honorific_prefix": "H.E."},
    {"id": "2", "name": "Khaled Youssef", "honorific_prefix": "Dr."}]}"#;

/// One of them is in the end the same person as the other is called: two in the document are two here.
const NAMESAKES: &str = r#"{"persons": [{"id": "2", "name": "Khaled Youssef"}, {"id": "3", "name": "Khalid Yusuf"}]}"#;

#[test]
fn two_people_are_made_one_and_two_again() {
    let desk = Desk::new("merging").prepared();
    desk.put("people.json", TWO);
    assert_eq!(desk.run("import popolo people.json --apply").code, 0);
    let said = desk.run("merge candidates people");
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(said.code == 0 && lines[3] == "1 of 1 pairs", "{said:?}");
    assert!(lines[2].contains("0.70  spelled-alike: ") && lines[2].contains("have the same consonants"), "{said:?}");
    let ids: Vec<&str> = lines[..2].iter().filter_map(|line| line.split("  ").next()).collect();
    let pair = format!("{} {}", ids[0], ids[1]);
    let made = desk.run(&format!("merge people {pair} --reason alike"));
    assert!(made.code == 0 && made.out.contains("\" into ") && made.out.contains(": alike"), "{made:?}");
    let again = desk.run(&format!("merge people {pair} --reason alike"));
    assert!(again.code == 2 && again.err.contains("they are one person already"), "{again:?}");
    let merge = made.out.split("  ").next().expect("an id").to_owned();
    assert_eq!(desk.run("merge list").out, made.out);
    let kept = desk.run("export lines").out;
    let row = kept.lines().find(|line| line.starts_with(r#"{"kind":"merge""#)).expect("a merge");
    assert!(row.contains(r#""merged_by":""#), "the account at the desk has done it: {row}");
    // A document of before speaks of both: what it says of the one that was merged is not said of the other.
    let imported = desk.run("import popolo people.json");
    assert!(imported.code == 0 && imported.out.contains("0 new, 0 revised, 2 unchanged"), "{imported:?}");
    desk.put("namesakes.json", NAMESAKES);
    let imported = desk.run("import popolo namesakes.json");
    assert!(imported.code == 0 && imported.out.contains("1 new, 0 revised, 1 unchanged"), "{imported:?}");
    assert_eq!(desk.run("verify").code, 0);
    let undone = desk.run(&format!("merge undo {merge} --reason two"));
    assert!(undone.code == 0 && undone.out.contains("(undone: two)"), "{undone:?}");
    let rejected = desk.run(&format!("merge reject people {pair} --reason cousins"));
    assert!(rejected.code == 0 && rejected.out.contains("are two: cousins"), "{rejected:?}");
    assert_eq!(desk.run("merge candidates people").out, "0 of 0 pairs\n");
    for (line, told) in [
        (format!("merge people {} x --reason y", ids[0]), "\"x\" is no id of a record of the kind person"),
        (format!("merge organizations {pair} --reason y"), "there is no organization"),
        (format!("merge people {pair}"), "--reason"),
        (format!("merge undo {merge} --reason y"), "was undone already"),
    ] {
        let said = desk.run(&line);
        assert!(said.code != 0 && said.err.contains(told), "{line}: {said:?}");
    }
}
