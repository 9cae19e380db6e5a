//! Keeping the records safe, as commands.

use crate::desk::{Desk, Said};

#[test]
fn a_backup_is_written_looked_at_and_restored() {
    let desk = Desk::new("backup").prepared();
    assert_eq!(desk.run("seed --samples").code, 0);
    let said = desk.run("backup all.backup");
    assert!(
        said.code == 0 && said.out.contains(" rows, as they stood at ") && said.out.ends_with("whole.\n"),
        "{said:?}"
    );
    let again = desk.run("backup all.backup");
    assert!(again.code == 2 && again.err.starts_with("entente: all.backup: it is there already"), "{again:?}");
    let looked = desk.run("verify all.backup --database sqlite://nowhere.db");
    assert!(looked.code == 0 && looked.out.contains(" news-report\n"), "{looked:?}");
    let other = "--database sqlite://other/new.db?mode=rwc";
    let restored = desk.run(&format!("restore all.backup {other}"));
    assert!(restored.code == 0 && restored.out.ends_with("all of it was taken in.\n"), "{restored:?}");
    assert_eq!(desk.run(&format!("export lines {other}")).out, desk.run("export lines").out);
    let verified = desk.run(&format!("verify {other}"));
    assert!(verified.code == 0 && verified.out.lines().all(|line| line.starts_with("ok ")), "{verified:?}");
    let full = desk.run(&format!("restore all.backup {other}"));
    assert!(full.code == 2 && full.err.contains("this database is not empty"), "{full:?}");
    desk.put("wrong", "once upon a time");
    let wrong = desk.run("restore wrong --database sqlite://third.db?mode=rwc");
    assert!(wrong.code == 2 && wrong.err.starts_with("entente: wrong: it is no backup"), "{wrong:?}");
    assert!(!desk.folder.join("third.db").exists(), "no database was made for it");
    assert!(desk.run("backup nowhere/all.backup").err.contains("nowhere"));
}

#[test]
fn of_several_that_migrate_at_once_one_does_it_and_the_others_wait() {
    let desk = Desk::new("migrate-at-once");
    let all: Vec<_> = (0..4)
        .map(|_| {
            let mut command = desk.command("migrate");
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
            command.spawn().expect("it starts")
        })
        .collect();
    let said: Vec<Said> = all.into_iter().map(|child| Said::from(child.wait_with_output().expect("it ends"))).collect();
    assert!(said.iter().all(|said| said.code == 0), "{said:?}");
    assert_eq!(said.iter().filter(|said| said.out.contains("applied: m2026")).count(), 1, "{said:?}");
}
