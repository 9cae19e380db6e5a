//! What monitoring asks for, in the text form of Prometheus: how much is done, how long it takes, and what is under way.
//!
//! Every label is a word of a closed list, so that no name, text or address of anybody ever stands here, and their number is
//! bounded.

use std::time::Duration;

use api::Feed;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use sea_orm::DbBackend;
use store::{Store, history, job};
use vocab::{JobState, Word};

/// Up to how many seconds an operation is counted with: from what a point query takes to the longest that is allowed.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];

/// What is counted. A copy counts the same.
#[derive(Clone)]
pub struct Metrics {
    operations: Family<Operation, Histogram, fn() -> Histogram>,
    refused: Family<Refused, Counter>,
    listening: Family<Listening, Gauge>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Operation {
    /// query, mutation or subscription.
    kind: &'static str,
    /// ok or error.
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    /// A code of errors.
    code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Listening {
    /// socket or stream.
    by: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Connections {
    /// reading or writing.
    pool: &'static str,
    /// busy or idle.
    state: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Jobs {
    /// How they stand.
    state: &'static str,
}

/// Somebody who listens, for as long as this is kept.
pub struct Listener(Gauge);

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(SECONDS);
        Self {
            operations: Family::new_with_constructor(histogram),
            refused: Family::default(),
            listening: Family::default(),
        }
    }
}

impl Metrics {
    /// Counts an operation that has come to its end.
    pub fn operation(&self, kind: &'static str, is_ok: bool, took: Duration) {
        let outcome = if is_ok { "ok" } else { "error" };
        self.operations.get_or_create(&Operation { kind, outcome }).observe(took.as_secs_f64());
    }

    /// Counts an operation that was not begun.
    pub fn refused(&self, code: &'static str) {
        self.refused.get_or_create(&Refused { code }).inc();
    }

    /// Counts somebody who listens by a socket or a stream.
    pub fn listening(&self, by: &'static str) -> Listener {
        let gauge = self.listening.get_or_create(&Listening { by }).clone();
        gauge.inc();
        Listener(gauge)
    }

    /// Everything that is counted, with what the database says now.
    pub async fn text(&self, store: &Store, feed: &Feed) -> String {
        let mut registry = Registry::with_prefix("entente");
        let Self { operations, refused, listening } = self.clone();
        let help = "How long operations took, by their kind and what came of them";
        registry.register_with_unit("operation_duration", help, Unit::Seconds, operations);
        registry.register("refused", "Operations that were not begun, by the code of the refusal", refused);
        registry.register("listeners", "Clients that listen to events, by sockets or streams", listening);
        registry.register("pool_connections", "Connections to the database", connections(store));
        let answers: Gauge = Gauge::default();
        match told(store, feed).await {
            Ok((jobs, lines, lag)) => {
                answers.set(1);
                registry.register("jobs", "Work in the background, by how it stands", jobs);
                registry.register("history_lines", "Lines in the history", lines);
                registry.register("event_lag_lines", "Lines of the history that listeners were not told of yet", lag);
            }
            Err(fault) => tracing::warn!(%fault, "the database could not be asked for what is counted"),
        }
        registry.register("database_up", "Whether the database answers", answers);
        let version: Family<Vec<(&'static str, &'static str)>, Gauge> = Family::default();
        version.get_or_create(&vec![("version", env!("CARGO_PKG_VERSION"))]).set(1);
        registry.register("build_info", "The version of this program", version);
        let mut text = String::new();
        // A text takes whatever is written to it.
        let _ = encode(&mut text, &registry);
        text
    }
}

type Told = (Family<Jobs, Gauge>, Gauge, Gauge);

async fn told(store: &Store, feed: &Feed) -> store::Result<Told> {
    let jobs: Family<Jobs, Gauge> = Family::default();
    for state in JobState::ALL {
        jobs.get_or_create(&Jobs { state: state.code() }).set(0);
    }
    for (state, count) in job::counts(store.reader()).await? {
        jobs.get_or_create(&Jobs { state: state.code() }).set(count);
    }
    let (last, lag) = (history::last_number(store.reader()).await?, Gauge::default());
    lag.set(i64::from(last.saturating_sub(feed.told_to())).max(0));
    let lines = Gauge::default();
    lines.set(last.into());
    Ok((jobs, lines, lag))
}

fn connections(store: &Store) -> Family<Connections, Gauge> {
    let counted: Family<Connections, Gauge> = Family::default();
    let count = |pool, size: u32, idle: usize| {
        let idle = i64::try_from(idle).unwrap_or(i64::MAX);
        counted.get_or_create(&Connections { pool, state: "idle" }).set(idle);
        counted.get_or_create(&Connections { pool, state: "busy" }).set((i64::from(size) - idle).max(0));
    };
    for (name, pool) in [("reading", store.reader()), ("writing", store.writer())] {
        if pool.get_database_backend() == DbBackend::Sqlite {
            let pool = pool.get_sqlite_connection_pool();
            count(name, pool.size(), pool.num_idle());
        } else {
            let pool = pool.get_postgres_connection_pool();
            count(name, pool.size(), pool.num_idle());
        }
    }
    counted
}
