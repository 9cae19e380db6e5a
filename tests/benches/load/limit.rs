//! The limit: one hand-written statement for each shape, which lets the database put the answer together. Served as the
//! product is, by as many connections.

use std::time::Duration;

use axum::{
    Json, Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use sea_orm::sqlx::{
    self, PgPool, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use serde_json::Value;

use crate::{
    Outcome,
    arguments::Arguments,
    child,
    database::Engine,
    product,
    shape::{SHAPES, Shape},
};

/// How long a request may wait for a connection: as long as it takes.
const PATIENCE: Duration = Duration::from_secs(3_600);

/// Where the statements run.
#[derive(Clone)]
enum Pool {
    Postgres(PgPool),
    Sqlite { reader: SqlitePool, writer: SqlitePool },
}

/// Serves the limit until the one that measures has ended.
pub(crate) async fn serve(arguments: &Arguments) -> Outcome<()> {
    let pool = Pool::open(&child::database()?, arguments.connections).await?;
    let mut routes = Router::new();
    for shape in &SHAPES {
        let pool = pool.clone();
        let answer = post(move |Json(bound): Json<Vec<Value>>| async move { pool.answer(shape, bound).await });
        routes = routes.route(&format!("/{}", shape.name), answer);
    }
    product::listen(routes, &product::settings(arguments)?).await
}

impl Pool {
    async fn open(url: &str, connections: u32) -> sqlx::Result<Self> {
        if Engine::of(url) == Engine::Postgres {
            let options = PgPoolOptions::new().max_connections(connections).acquire_timeout(PATIENCE);
            return Ok(Self::Postgres(options.test_before_acquire(false).connect(url).await?));
        }
        let each: SqliteConnectOptions = url.parse()?;
        let each = each.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full).foreign_keys(true);
        let pool =
            |many| SqlitePoolOptions::new().max_connections(many).acquire_timeout(PATIENCE).test_before_acquire(false);
        let writer = pool(1).connect_with(each.clone()).await?;
        Ok(Self::Sqlite { reader: pool(connections).connect_with(each).await?, writer })
    }

    async fn answer(self, shape: &'static Shape, bound: Vec<Value>) -> Response {
        let found = match &self {
            Self::Postgres(pool) => postgres(pool, shape, bound).await,
            Self::Sqlite { writer, .. } if shape.writes => sqlite(writer, shape, bound).await,
            Self::Sqlite { reader, .. } => sqlite(reader, shape, bound).await,
        };
        match found {
            Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
            Err(fault) => (StatusCode::INTERNAL_SERVER_ERROR, fault.to_string()).into_response(),
        }
    }
}

async fn postgres(pool: &PgPool, shape: &Shape, bound: Vec<Value>) -> sqlx::Result<String> {
    let mut query = sqlx::query_scalar(shape.statement(Engine::Postgres));
    for value in bound {
        query = match value {
            Value::Array(words) => query.bind(words.into_iter().map(text).collect::<Vec<_>>()),
            one => query.bind(text(one)),
        };
    }
    query.fetch_one(pool).await
}

/// What writes is several statements, of which one answers.
async fn sqlite(pool: &SqlitePool, shape: &Shape, bound: Vec<Value>) -> sqlx::Result<String> {
    let mut query = sqlx::query_scalar(shape.statement(Engine::Sqlite));
    for value in bound {
        query = query.bind(text(value));
    }
    query.fetch_all(pool).await?.pop().ok_or(sqlx::Error::RowNotFound)
}

/// A text as it is, and a list as JSON.
fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        list => list.to_string(),
    }
}
