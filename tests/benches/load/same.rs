//! Whether product and limit give the same answer.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::Value;
use tokio::time::sleep;
use uuid::Uuid;

use crate::{
    Outcome,
    asking::{Asking, told},
    client::Client,
    shape::Drawn,
};

/// How often the product is asked until it has read its book, which takes longer than an operation may.
const TIMES: usize = 60;

/// Asks both for the same, and fails where they do not answer the same.
pub(crate) async fn check(product: (&Asking, u16), limit: (&Asking, u16)) -> Outcome<()> {
    let (asking, _) = product;
    let drawn = (asking.shape.draw)(&asking.known, &mut asking.hand(0, 1));
    let by_product = answer(product, &drawn).await?;
    let by_limit = answer(limit, &drawn).await?;
    match difference("", &by_product["data"], &by_limit) {
        None => Ok(()),
        Some(where_) => Err(format!("{}: product and limit differ{where_}", asking.shape.name).into()),
    }
}

async fn answer((asking, port): (&Asking, u16), drawn: &Drawn) -> Outcome<Value> {
    let mut client = Client::connect(port).await?;
    for _ in 0..TIMES {
        let (status, answer) = asking.ask(&mut client, drawn).await?;
        if asking.is_good(status, &answer) {
            return Ok(serde_json::from_slice(&answer)?);
        }
        if status != StatusCode::GATEWAY_TIMEOUT {
            return Err(format!("{:?}, {}: {}", asking.side, asking.shape.name, told(status, &answer)).into());
        }
        sleep(Duration::from_millis(100)).await;
    }
    Err(format!("{:?}, {}: no answer in time", asking.side, asking.shape.name).into())
}

/// Where two answers first differ, and how.
fn difference(path: &str, one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) if one.len() == other.len() => {
            one.iter().find_map(|(name, value)| {
                let path = format!("{path}.{name}");
                let other = other.get(name).unwrap_or(&Value::Null);
                if name == "id" { different_keys(&path, value, other) } else { difference(&path, value, other) }
            })
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let pairs = one.iter().zip(other).enumerate();
            pairs.into_iter().find_map(|(at, (one, other))| difference(&format!("{path}[{at}]"), one, other))
        }
        _ => (one != other).then(|| format!(" at {path}: {one} and {other}")),
    }
}

/// The product tells its identifiers opaquely, the limit tells keys.
fn different_keys(path: &str, id: &Value, key: &Value) -> Option<String> {
    let id_of = id.as_str().and_then(api::id::decode).map(|record| record.id);
    let key_of = key.as_str().and_then(|key| Uuid::parse_str(key).ok());
    (id_of.is_none() || id_of != key_of).then(|| format!(" at {path}: {id} and {key}"))
}
