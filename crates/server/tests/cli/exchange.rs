//! Records out and in, as commands.

use crate::desk::Desk;

#[test]
fn everything_moves_to_another_database() {
    let desk = Desk::new("lines").prepared();
    assert_eq!(desk.run("seed --samples").code, 0);
    let said = desk.run("export lines --out all.jsonl");
    assert!(said.code == 0 && said.out.ends_with(" rows  all.jsonl\n"), "{said:?}");
    let other = "--database sqlite://other.db?mode=rwc";
    assert_eq!(desk.run(&format!("migrate {other}")).code, 0);
    assert_eq!(desk.run("export popolo --out popolo.json").code, 0);
    let tried = desk.run(&format!("import popolo popolo.json {other}"));
    assert!(tried.code == 0 && tried.out.contains("nothing was written"), "{tried:?}");
    let taken = desk.run(&format!("import lines all.jsonl {other}"));
    assert!(taken.code == 0 && taken.out.ends_with("rows were taken in.\n"), "{taken:?}");
    let all = std::fs::read_to_string(desk.folder.join("all.jsonl")).expect("a file");
    assert_eq!(desk.run(&format!("export lines {other}")).out, all, "the same bytes on standard output");
    let again = desk.run(&format!("import lines all.jsonl {other}"));
    assert!(again.code == 2 && again.err.starts_with("entente: all.jsonl: this database is not empty"), "{again:?}");
    let broken = desk.run("import lines nowhere.jsonl");
    assert!(broken.code == 2 && broken.err.contains("nowhere.jsonl"), "{broken:?}");
}

#[test]
fn what_comes_in_is_told_first_and_done_when_it_is_meant() {
    let desk = Desk::new("exchange").prepared();
    assert_eq!(desk.run("export popolo --out popolo.json").code, 0);
    let same = desk.run("import popolo popolo.json");
    assert!(same.code == 0 && same.out.starts_with("0 new, 0 revised, "), "{same:?}");
    desk.put("new.json", "{\"persons\": [{\"id\": \"1\", \"name\": \"Awa Diarra\", \"gender\": \"female\"}]}");
    let told = desk.run("import popolo new.json");
    assert!(told.out.contains("new person: Awa Diarra\nnot kept: persons.gender (in 1 records)"), "{told:?}");
    assert!(told.out.ends_with("nothing was written; --apply does it.\n"), "{told:?}");
    assert!(desk.run("import popolo new.json --apply").out.ends_with("1 new, 0 revised, 0 unchanged.\n"));
    assert!(desk.run("import popolo new.json --apply").out.contains("0 new, 0 revised, 1 unchanged."));

    desk.put("actions.csv", "kind,title,actorSide,state,due\noffer,'=Train teachers,ours,MLI,2027-02\n");
    let told = desk.run("import actions actions.csv");
    assert!(told.code == 0 && told.out.starts_with("line 2: new: MLI-1 =Train teachers\n"), "{told:?}");
    assert_eq!(desk.run("import actions actions.csv --apply").code, 0);
    let listed = desk.run("export list follow-up-actions --where states=MLI");
    assert!(listed.out.contains(",'=Train teachers,"), "{listed:?}");
    assert_eq!(desk.run("export list follow-up-actions --out actions.xlsx").code, 0);
    let book = std::fs::read(desk.folder.join("actions.xlsx")).expect("a workbook");
    assert!(book.starts_with(b"PK"));
    desk.put("actions.csv", "kind,title\noffer,Without a side\n");
    let refused = desk.run("import actions actions.csv --apply");
    assert!(refused.code == 2 && refused.out.contains("line 2: refused: a new record needs actorSide"), "{refused:?}");
    assert!(refused.err.contains("nothing was written"), "{refused:?}");
    for (line, told) in [
        ("import popolo actions.csv", "it is no document of Popolo"),
        ("export list planets", "there is no list \"planets\""),
        ("export list meetings --where colour=red", "there is no filter \"colour\""),
        ("export iati", "set iati.reporting_org"),
    ] {
        let said = desk.run(line);
        assert!(said.code == 2 && said.err.contains(told), "{line}: {said:?}");
    }
}
