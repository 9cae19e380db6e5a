//! The audit trail on the command line.

use crate::desk::Desk;

#[test]
fn a_trail_is_verified_from_what_was_written_down() {
    let desk = Desk::new("audit").prepared();
    let said = desk.run("audit verify");
    let head = said.out.lines().last().unwrap_or_default().to_owned();
    assert!(said.code == 0 && said.out.starts_with("ok       the audit trail: "), "{said:?}");
    assert_eq!(desk.run("account add Lena --role editor").code, 0);
    let again = desk.run(&format!("audit verify --from {head}"));
    assert!(again.code == 0 && again.out.contains("is in the trail as it was then"), "{again:?}");
    assert_ne!(again.out.lines().last(), Some(head.as_str()));
    let (number, hash) = head.split_once(':').expect("a head");
    let forged = format!("{number}:{}", hash.chars().rev().collect::<String>());
    let forged = desk.run(&format!("audit verify --from {forged}"));
    assert!(forged.code == 1 && forged.out.contains("amiss    what was written down elsewhere"), "{forged:?}");
    let wrong = desk.run("audit verify --from yesterday");
    assert!(wrong.code == 2 && wrong.err.contains("NUMBER:HASH"), "{wrong:?}");
    assert!(desk.run("verify").out.contains("ok       the audit trail holds"));
    let trail = desk.run("export lines").out;
    for act in ["\"act\":\"seed\"", "\"act\":\"account add\""] {
        assert!(trail.contains(act), "{act}");
    }
}
