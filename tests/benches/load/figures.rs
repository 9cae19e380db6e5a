//! The figures of one load.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    asking::Went,
    child::Child,
    database::{Engine, Scratch},
    process,
};

/// Seconds of processor time used so far by the server and, where it has processes of its own, by the database.
#[derive(Clone, Copy)]
pub(crate) struct Spent {
    server: Option<f64>,
    database: Option<f64>,
}

impl Spent {
    pub(crate) fn so_far(server: &Child, scratch: &Scratch) -> Self {
        let database = scratch.postgres.as_ref().and_then(process::Postgres::processor);
        Self { server: process::processor(server.pid()), database }
    }

    fn since(self, before: Self) -> Self {
        let less = |now: Option<f64>, before: Option<f64>| Some(now? - before?);
        Self { server: less(self.server, before.server), database: less(self.database, before.database) }
    }
}

/// What was measured of one program.
pub(crate) struct Figures {
    /// Good answers in a second.
    pub(crate) rate: f64,
    /// Milliseconds within which so many in a hundred were answered: 50, 95, 99.
    pub(crate) within: [f64; 3],
    /// Milliseconds of processor time for each answer: of the server, and of the database beside it.
    pub(crate) server: Option<f64>,
    pub(crate) database: Option<f64>,
    /// Megabytes of memory of the server at the end.
    pub(crate) memory: Option<f64>,
    /// Answers, and those that were refused; what the first of these said.
    pub(crate) answers: usize,
    pub(crate) faults: usize,
    pub(crate) first_fault: Option<String>,
}

impl Figures {
    pub(crate) fn new(went: Went, before: Spent, now: Spent, memory: Option<f64>) -> Self {
        let Went { mut took, faults, first_fault, elapsed } = went;
        took.sort_unstable();
        let answers = took.len();
        let spent = now.since(before);
        let each = |seconds: Option<f64>| Some(seconds? * 1_000.0 / (answers + faults) as f64);
        Self {
            rate: answers as f64 / elapsed.as_secs_f64(),
            within: [50, 95, 99].map(|percent| percentile(&took, percent)),
            server: each(spent.server),
            database: each(spent.database),
            memory,
            answers,
            faults,
            first_fault,
        }
    }

    /// Milliseconds of processor time for each answer, of the server and the database together.
    pub(crate) fn cost(&self, engine: Engine) -> Option<f64> {
        match engine {
            Engine::Sqlite => self.server,
            Engine::Postgres => Some(self.server? + self.database?),
        }
    }

    fn json(&self) -> Value {
        let [p50, p95, p99] = self.within;
        json!({
            "per_second": self.rate, "p50_ms": p50, "p95_ms": p95, "p99_ms": p99, "server_cpu_ms": self.server,
            "database_cpu_ms": self.database, "memory_mb": self.memory, "answers": self.answers, "faults": self.faults,
        })
    }
}

/// The time within which so many in a hundred were answered, in milliseconds.
fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(place).map_or(f64::NAN, |took| took.as_secs_f64() * 1_000.0)
}

/// What was measured of both under one load.
pub(crate) struct Row {
    pub(crate) engine: Engine,
    pub(crate) actions: usize,
    pub(crate) shape: &'static str,
    pub(crate) clients: usize,
    pub(crate) product: Figures,
    pub(crate) limit: Figures,
}

impl Row {
    /// The rate as a share of the limit's.
    pub(crate) fn ratio(&self) -> f64 {
        self.product.rate / self.limit.rate
    }

    /// As a line of JSON.
    pub(crate) fn json(&self) -> Value {
        json!({
            "database": self.engine.to_string(), "actions": self.actions, "shape": self.shape, "clients": self.clients,
            "ratio": self.ratio(), "product": self.product.json(), "limit": self.limit.json(),
        })
    }
}
