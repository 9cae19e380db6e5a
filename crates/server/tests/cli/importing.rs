//! The page for trackers of others: its commands are run as they stand there.

use crate::desk::{Desk, Said, commands};

#[test]
fn the_commands_for_trackers_do_what_the_page_says() {
    let desk = Desk::new("importing").prepared();
    desk.put("suivi.csv", include_str!("../../../../tests/samples/suivi.csv"));
    assert_eq!(desk.run("account add Omar --email omar@example.org --role desk-officer").code, 0);
    let commands = commands("importing.md");
    let lines = commands.lines().filter_map(|line| line.split(" #").next()?.trim().strip_prefix("entente "));
    let said: Vec<Said> = lines.map(|line| desk.run(line)).collect();
    assert!(said.iter().all(|said| said.code == 0), "{said:#?}");
    let [tried, taken, listed, told, back] = said.as_slice() else { panic!("{said:#?}") };
    assert!(tried.out.contains("nothing was written") && !taken.out.contains("nothing was written"), "{said:#?}");
    let report = desk.get("told.csv");
    assert_eq!(report.lines().filter(|line| line.contains("new")).count(), 3, "{report}");
    assert!(listed.out.starts_with("1: actions from suivi.csv, ") && listed.out.contains("3 new"), "{listed:?}");
    assert!(told.out.contains("nothing was written") && told.out.contains("MLI-1"), "{told:?}");
    assert!(back.out.contains("MLI-1") && !back.out.contains("nothing was written"), "{back:?}");
    assert!(desk.run("import list").out.contains("; taken back on "));
    let left = desk.run("export list follow-up-actions");
    assert_eq!(left.out.lines().count(), 1, "{left:?}");
    let again = desk.run("import revert 1 --apply");
    assert!(again.code == 2 && again.err.contains("was taken back on"), "{again:?}");
    let none = desk.run("import revert 9");
    assert!(none.code == 2 && none.err.contains("there is no import 9"), "{none:?}");
}
