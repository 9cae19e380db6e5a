//! Whatever is changed by hand in the trail, or in the history under it, is found and told.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IdenStatic, IntoActiveModel,
    Iterable, ModelTrait, PrimaryKeyToColumn, QueryFilter, QueryOrder, TransactionTrait, Value, sea_query::Expr,
};
use serde_json::json;
use store::{
    audit_entry::{self, Head},
    change,
};
use uuid::Uuid;

use super::{entries, last, some_work, walk};
use crate::world::{World, stories};

/// Another value of the same kind.
fn other(value: Value) -> Value {
    match value {
        Value::Int(number) => Value::Int(Some(number.unwrap_or_default() + 1_000_000)),
        Value::String(text) => Value::String(Some(text.unwrap_or_default() + "x")),
        Value::Uuid(_) => Value::Uuid(Some(Uuid::from_u128(0x1234))),
        Value::ChronoDateTimeUtc(at) => Value::ChronoDateTimeUtc(at.map(|at| at + chrono::TimeDelta::milliseconds(1))),
        Value::Json(_) => Value::Json(Some(Box::new(json!({ "said": "otherwise" })))),
        other => panic!("there is no other value for {other:?}"),
    }
}

/// What a walk tells of a database in which something was changed; then the change is undone.
async fn told_after(
    world: &World,
    known: Option<&Head>,
    damage: impl AsyncFnOnce(&DatabaseTransaction),
) -> (Option<String>, bool) {
    let transaction = world.store.writer().begin().await.expect("a transaction");
    damage(&transaction).await;
    let walk = audit_entry::walk(&transaction, known).await.expect("a walk");
    transaction.rollback().await.expect("undone");
    (walk.amiss, walk.is_met)
}

/// Changes each column of some rows of a table, one after the other.
async fn each_cell<E>(world: &World, rows: Vec<E::Model>, drawn: usize)
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E> + Sync,
{
    let key = E::PrimaryKey::iter().next().expect("a key").into_column();
    for (at, column) in E::Column::iter().enumerate() {
        // The first row, the last one, and one between them, another for each column.
        for row in [0, rows.len() - 1, (drawn * (at + 1) * 7_919) % rows.len()] {
            let row = &rows[row];
            let (value, id) = (other(row.get(column)), row.get(key));
            let (told, _) = told_after(world, None, async |db| {
                let changed = E::update_many().col_expr(column, Expr::val(value)).filter(key.eq(id)).exec(db).await;
                assert_eq!(changed.expect("changed").rows_affected, 1);
            })
            .await;
            let table = E::default();
            assert!(told.is_some(), "{}.{} of {row:?} was changed, and nobody saw it", table.as_str(), column.as_str());
        }
    }
}

stories! {
    /// Any column of any row.
    async fn no_cell_of_the_trail_or_of_the_history_is_changed_unseen(world: &World) {
        some_work(world).await;
        let stale = "mutation { setRole(input: { accountId: \"nonsense\", role: ADMIN }) { refusal { code } } }";
        world.error(stale, json!({})).await;
        let trail = entries(world).await;
        assert!(trail.len() > 10, "{}", trail.len());
        each_cell::<audit_entry::Entity>(world, trail, 11).await;
        let history = change::Entity::find().order_by_asc(change::Column::Seq).all(world.store.reader()).await;
        each_cell::<change::Entity>(world, history.expect("the history"), 13).await;
        assert_eq!(walk(world).await.amiss, None, "each change was undone");
    }

    /// What is taken out or put in is told, with its number; what is taken from the end is what a head is written down for.
    async fn what_is_taken_out_or_put_in_is_told(world: &World) {
        some_work(world).await;
        let (trail, head) = (entries(world).await, last(world).await);
        let known = Head { number: head.seq, hash: head.hash.clone() };
        let told = async |statement: &str| {
            let (told, is_met) = told_after(world, Some(&known), async |db| {
                db.execute_unprepared(statement).await.unwrap_or_else(|fault| panic!("{statement}: {fault}"));
            }).await;
            (told.unwrap_or_default(), is_met)
        };
        assert_eq!(told("DELETE FROM audit_entry WHERE seq = 3").await.0, "entry 3 is missing: 4 comes in its place");
        let (shifted, _) = told("UPDATE audit_entry SET seq = -seq WHERE seq > 3; DELETE FROM audit_entry WHERE seq = 3; \
            UPDATE audit_entry SET seq = -seq - 1 WHERE seq < 0").await;
        assert_eq!(shifted, "entry 3 was changed: it is not what its hash says");
        let (number, line) = (head.seq, head.last_change.expect("a line"));
        assert_eq!(told(&format!("DELETE FROM change WHERE seq = {line}")).await.0,
            format!("line {line} of the history is missing, which entry {number} made"));
        let (altered, _) = told(&format!("UPDATE change SET version = 9 WHERE seq = {line}")).await;
        assert!(altered.starts_with("of the lines ") && altered.ends_with(&format!("which entry {number} made")), "{altered}");

        // An end that was taken off with its lines of the history holds, but for what was written down.
        let first = head.first_change.expect("a line");
        let cut = format!("DELETE FROM audit_entry WHERE seq = {number}; DELETE FROM change WHERE seq >= {first}");
        assert_eq!(told(&cut).await, (String::new(), false));
        assert_eq!(told("UPDATE account SET version = version").await, (String::new(), true));
        let (left, _) = told(&format!("DELETE FROM audit_entry WHERE seq = {number}")).await;
        assert!(left.contains("were made by no entry") && left.contains(&format!("line {first}")), "{left}");

        // One that was forged without its place: it does not fit what comes before it.
        let forged = audit_entry::Model { id: Uuid::from_u128(7), seq: number + 1, ..trail[1].clone() };
        let (told, _) = told_after(world, None, async |db| {
            forged.clone().into_active_model().insert(db).await.expect("put in");
        }).await;
        assert_eq!(told, Some(format!("entry {} was changed: it is not what its hash says", number + 1)));
        let line = change::last(world.store.reader()).await.expect("asked").expect("a line");
        let (told, _) = told_after(world, None, async |db| {
            let forged = change::Model { id: Uuid::from_u128(7), seq: -1, ..line.clone() };
            forged.into_active_model().insert(db).await.expect("put in");
        }).await;
        assert!(told.is_some_and(|told| told.contains("were made by no entry")));
    }
}
