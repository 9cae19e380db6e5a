//! The audit trail: what is in it, and that nothing in it or under it is changed unseen.

mod damage;
mod keeping;
mod telling;

use sea_orm::{EntityTrait, QueryOrder};
use store::audit_entry::{self, Column, Entity, Model, Walk};
use vocab::{Outcome, Way};

use crate::world::World;

/// The whole trail, the first entry first.
pub(super) async fn entries(world: &World) -> Vec<Model> {
    Entity::find().order_by_asc(Column::Seq).all(world.store.reader()).await.expect("the trail")
}

/// The last entry.
pub(super) async fn last(world: &World) -> Model {
    audit_entry::last(world.store.reader()).await.expect("the trail").expect("an entry")
}

/// What an entry tells, without whose it was.
pub(super) fn of(entry: &Model) -> (Way, &str, Outcome, Option<&str>) {
    (entry.way.0, entry.act.as_str(), entry.outcome.0, entry.code.as_deref())
}

/// A walk along it.
async fn walk(world: &World) -> Walk {
    audit_entry::walk(world.store.reader(), None).await.expect("a walk")
}

/// Some weeks of work, in all of its ways.
async fn some_work(world: &World) {
    entente::samples::load(&world.store, &world.who).await.expect("the samples load");
    let make = "mutation { createPerson(input: { name: \"Amina Diop\" }) { person { id } } }";
    world.ask(make, serde_json::json!({})).await;
}
