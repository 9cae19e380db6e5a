//! What the stories of imports have in common: an office, and the tables that it has kept.

use intake::table::{self, Became, Options, Report};
use serde_json::{Value, json};
use vocab::ImportKind;

use crate::world::World;

/// A tracker in French, as a spreadsheet saves it.
pub(super) const TRACKER: &str = include_str!("../../../samples/suivi.csv");

/// In one byte for each letter, as spreadsheets in Europe write.
pub(super) fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(letter).expect("a letter of western Europe")).collect()
}

/// In two bytes for each letter, as spreadsheets write what they call Unicode.
pub(super) fn utf_16(text: &str) -> Vec<u8> {
    format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Fields that every line says.
pub(super) fn set(pairs: &[(&str, &str)]) -> Options {
    let set = pairs.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
    Options { set, ..Options::default() }
}

/// Hands a table in.
pub(super) async fn hand_in(
    world: &World,
    of: ImportKind,
    file: &[u8],
    options: &Options,
    apply: bool,
) -> store::Result<Report> {
    let table = table::Table { of, name: "suivi.csv", file };
    table::take_in(&world.store, &world.who, table, options, apply).await
}

/// Takes a table in, which has to be fine.
pub(super) async fn take_in(world: &World, of: ImportKind, text: &str, options: &Options) -> Report {
    let report = hand_in(world, of, text.as_bytes(), options, true).await.expect("a table");
    assert!(report.is_fine(), "{report:#?}");
    report
}

/// What became of the lines, in their order.
pub(super) fn became(report: &Report) -> Vec<Became> {
    report.lines.iter().map(|line| line.became).collect()
}

/// An account that looks after actions.
pub(super) async fn omar(world: &World) {
    let made = "mutation { createAccount(input: { name: \"Omar\", email: \"omar@example.org\" }) { account { id } } }";
    world.ask(made, json!({})).await;
}

/// Every action, as people see it.
pub(super) async fn actions(world: &World) -> Value {
    let asked = "{ followUpActions(first: 100, orderBy: [{ field: CREATED_AT }]) { nodes { reference title kind due
        actorSide status owner { name } areas { slug } counterpart { name } actor { name } saidOn
        updates { says track on note } } } }";
    world.ask(asked, json!({})).await["followUpActions"]["nodes"].clone()
}

/// How many lines the history has.
pub(super) async fn lines(world: &World) -> i32 {
    store::history::last_number(world.store.reader()).await.expect("the history")
}
