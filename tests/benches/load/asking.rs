//! Asking: many clients, each of which asks again as soon as it is answered.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use hyper::body::Bytes;
use serde_json::Value;

use crate::{
    Outcome,
    client::Client,
    generated::Die,
    known::Known,
    shape::{Drawn, Hand, Shape},
};

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Product,
    Limit,
}

/// What is asked of whom.
#[derive(Clone)]
pub(crate) struct Asking {
    pub(crate) shape: &'static Shape,
    pub(crate) side: Side,
    pub(crate) known: Arc<Known>,
    path: String,
    /// The document as a text of JSON.
    query: Arc<str>,
}

impl Asking {
    pub(crate) fn new(shape: &'static Shape, side: Side, known: Arc<Known>) -> Self {
        let path = match side {
            Side::Product => "/graphql".to_owned(),
            Side::Limit => format!("/{}", shape.name),
        };
        Self { shape, side, known, path, query: Value::from(shape.document).to_string().into() }
    }

    /// The hand of one of so many clients. Product and limit draw differently: what one has written, the other would
    /// otherwise find written already.
    pub(crate) fn hand(&self, lane: usize, lanes: usize) -> Hand {
        let seed = 2 * lane as u64 + if self.side == Side::Product { 1 } else { 2 };
        Hand { die: Die(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)), lane, lanes }
    }

    /// Asks for what was drawn.
    pub(crate) async fn ask(&self, client: &mut Client, drawn: &Drawn) -> Outcome<(StatusCode, Bytes)> {
        let body = match self.side {
            Side::Product => format!(r#"{{"query":{},"variables":{}}}"#, self.query, drawn.variables),
            Side::Limit => Value::from(drawn.bound.clone()).to_string(),
        };
        client.ask(&self.path, body).await
    }

    /// Whether this is the answer: the product tells errors first.
    pub(crate) fn is_good(&self, status: StatusCode, answer: &[u8]) -> bool {
        let (begins, holds) = if self.side == Side::Product { (r#"{"data":{"#, self.shape.holds) } else { ("{", "") };
        let found = || answer.windows(holds.len()).any(|words| words == holds.as_bytes());
        status == StatusCode::OK && answer.starts_with(begins.as_bytes()) && (holds.is_empty() || found())
    }
}

/// Clients that ask the same shape.
pub(crate) struct Crowd {
    asking: Asking,
    clients: Vec<(Client, Hand)>,
}

/// What came of asking for a while.
#[derive(Default)]
pub(crate) struct Went {
    /// How long each good answer took.
    pub(crate) took: Vec<Duration>,
    /// How many answers were none, and what the first of them said.
    pub(crate) faults: usize,
    pub(crate) first_fault: Option<String>,
    /// From the first question to the last answer.
    pub(crate) elapsed: Duration,
}

impl Crowd {
    pub(crate) async fn gather(asking: Asking, port: u16, many: usize) -> Outcome<Self> {
        let mut clients = Vec::with_capacity(many);
        for lane in 0..many {
            clients.push((Client::connect(port).await?, asking.hand(lane, many)));
        }
        Ok(Self { asking, clients })
    }

    /// Asks for so long; whoever waits for an answer then still gets it.
    pub(crate) async fn ask_for(&mut self, time: Duration) -> Outcome<Went> {
        let (began, mut whole) = (Instant::now(), Went::default());
        let tasks: Vec<_> = std::mem::take(&mut self.clients)
            .into_iter()
            .map(|client| tokio::spawn(keep_asking(self.asking.clone(), client, began + time)))
            .collect();
        for task in tasks {
            let (client, went) = task.await??;
            self.clients.push(client);
            whole.took.extend(went.took);
            whole.faults += went.faults;
            whole.first_fault = whole.first_fault.or(went.first_fault);
        }
        whole.elapsed = began.elapsed();
        Ok(whole)
    }
}

async fn keep_asking(
    asking: Asking,
    (mut client, mut hand): (Client, Hand),
    until: Instant,
) -> Outcome<((Client, Hand), Went)> {
    let mut went = Went::default();
    while went.took.len() + went.faults == 0 || Instant::now() < until {
        let drawn = (asking.shape.draw)(&asking.known, &mut hand);
        let asked = Instant::now();
        let (status, answer) = asking.ask(&mut client, &drawn).await?;
        let took = asked.elapsed();
        if asking.is_good(status, &answer) {
            went.took.push(took);
        } else {
            went.faults += 1;
            went.first_fault.get_or_insert_with(|| told(status, &answer));
        }
    }
    Ok(((client, hand), went))
}

/// The beginning of an answer, for people.
pub(crate) fn told(status: StatusCode, answer: &[u8]) -> String {
    let text: String = String::from_utf8_lossy(answer).chars().take(300).collect();
    format!("{status} {text}")
}
