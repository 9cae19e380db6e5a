//! The five shapes of question that are asked, each as the product is asked and as the limit is.

use std::collections::BTreeSet;

use chrono::{Days, Months};
use serde_json::{Value, json};
use store::Surroundings;
use vocab::{ActionKind, Word};

use crate::{database::Engine, generated, generated::Die, known::Known};

/// A shape of question.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// What the product is asked.
    pub(crate) document: &'static str,
    postgres: &'static str,
    sqlite: &'static str,
    /// Draws what is asked for.
    pub(crate) draw: fn(&Known, &mut Hand) -> Drawn,
    /// What a good answer of the product holds; nothing, where it is enough that it is no error.
    pub(crate) holds: &'static str,
    /// Whether the limit writes.
    pub(crate) writes: bool,
}

impl Shape {
    /// The statement of the limit.
    pub(crate) fn statement(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Postgres => self.postgres,
            Engine::Sqlite => self.sqlite,
        }
    }
}

/// What a client draws by.
pub(crate) struct Hand {
    pub(crate) die: Die,
    /// Which of how many clients it is: what is written by one is written by no other.
    pub(crate) lane: usize,
    pub(crate) lanes: usize,
}

impl Hand {
    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.die.throw(of.len())]
    }

    /// So many different ones, in their order.
    fn some(&mut self, of: &[String], many: usize) -> Vec<String> {
        let mut places = BTreeSet::new();
        while places.len() < many.min(of.len()) {
            places.insert(self.die.throw(of.len()));
        }
        places.into_iter().map(|place| of[place].clone()).collect()
    }
}

/// What is asked for: the variables of the document, and what is bound to the statement, in its order.
pub(crate) struct Drawn {
    pub(crate) variables: Value,
    pub(crate) bound: Vec<Value>,
}

macro_rules! shape {
    ($name:literal, $draw:expr, holds: $holds:literal, writes: $writes:literal) => {
        Shape {
            name: $name,
            document: include_str!(concat!("documents/", $name, ".graphql")),
            postgres: include_str!(concat!("postgres/", $name, ".sql")),
            sqlite: include_str!(concat!("sqlite/", $name, ".sql")),
            draw: $draw,
            holds: $holds,
            writes: $writes,
        }
    };
}

/// Every shape, the one that writes last.
pub(crate) static SHAPES: [Shape; 5] = [
    shape!("point", point, holds: "", writes: false),
    shape!("nested", nested, holds: "", writes: false),
    shape!("overdue", overdue, holds: "", writes: false),
    shape!("partnerships", partnerships, holds: "", writes: false),
    shape!("update", update, holds: r#""refusal":null"#, writes: true),
];

/// Today, and the days before which an action has to have been heard of lest it be silent: 90, 120 and 180 days ago, by
/// its kind.
fn days(known: &Known) -> impl Iterator<Item = Value> {
    let today = known.today;
    [0, 90, 120, 180].into_iter().map(move |days| json!(today - Days::new(days)))
}

fn point(known: &Known, hand: &mut Hand) -> Drawn {
    let (_, reference) = hand.one(&known.actions);
    let bound = [json!(reference)].into_iter().chain(days(known)).collect();
    Drawn { variables: json!({ "reference": reference }), bound }
}

fn nested(known: &Known, hand: &mut Hand) -> Drawn {
    let codes = hand.some(&known.codes, 20);
    let bound = [json!(codes)].into_iter().chain(days(known)).collect();
    Drawn { variables: json!({ "codes": codes }), bound }
}

fn overdue(known: &Known, hand: &mut Hand) -> Drawn {
    let kinds: Vec<String> = ActionKind::ALL.iter().map(|kind| kind.code().to_owned()).collect();
    let (states, kinds) = (hand.some(&known.codes, 2), hand.some(&kinds, 3));
    let named: Vec<String> = kinds.iter().map(|kind| named(kind)).collect();
    let bound = [json!(states), json!(kinds)].into_iter().chain(days(known)).collect();
    Drawn { variables: json!({ "states": states, "kinds": named }), bound }
}

fn partnerships(known: &Known, _: &mut Hand) -> Drawn {
    let bound = days(known).chain([json!(known.today - Months::new(12))]).collect();
    Drawn { variables: json!({}), bound }
}

fn update(known: &Known, hand: &mut Hand) -> Drawn {
    let rounds = (known.actions.len() / hand.lanes).max(1);
    let place = hand.die.throw(rounds) * hand.lanes + hand.lane;
    let (id, _) = &known.actions[place % known.actions.len()];
    let says = *hand.one(&["in-progress", "stalled", "partly-delivered"]);
    let record = store::RecordRef::new(store::Concept::FollowUpAction, *id);
    let fresh = || json!(entente::surroundings::Machine.fresh_id());
    Drawn {
        variables: json!({ "action": api::id::encode(record).0, "says": named(says), "on": known.today }),
        bound: vec![
            json!(id),
            json!(says),
            json!(known.today),
            json!(generated::end().to_rfc3339()),
            fresh(),
            fresh(),
            fresh(),
        ],
    }
}

/// A word of a closed list as GraphQL writes it.
fn named(code: &str) -> String {
    code.to_uppercase().replace('-', "_")
}
