//! One operation on a socket: its answers, as messages, as fast as the client takes them.

use std::time::Duration;

use futures_core::stream::BoxStream;
use futures_util::StreamExt;
use tokio::{sync::mpsc::Sender, time::timeout};

use super::message;
use crate::http::{
    code::{Code, Refusal},
    live::Told,
};

/// A message of an operation.
pub(super) struct Message {
    /// Of which: an id may be given again, a number is not.
    pub(super) number: u64,
    /// The id that the client gave it.
    pub(super) id: String,
    /// What is said.
    pub(super) text: String,
    /// Whether it is the last.
    pub(super) is_last: bool,
}

/// An operation, and how its messages go out.
pub(super) struct Operation {
    pub(super) number: u64,
    pub(super) id: String,
    pub(super) out: Sender<Message>,
    /// How long a message may wait for those before it.
    pub(super) patience: Duration,
}

impl Operation {
    /// Sends the answers out, each once those before it are taken: no more than one waits.
    pub(super) async fn run(self, mut answers: BoxStream<'static, Told>) {
        let mut last = None;
        while let Some(told) = answers.next().await {
            if told.failed {
                return self.say(message::error(&self.id, &told.errors()), true).await;
            }
            let said = self.say(message::next(&self.id, &told.text), false);
            if timeout(self.patience, said).await.is_err() {
                let errors = Told::from(too_slow(last.as_deref())).errors();
                return self.say(message::error(&self.id, &errors), true).await;
            }
            last = told.cursor.or(last);
        }
        self.say(message::complete(&self.id), true).await;
    }

    async fn say(&self, text: String, is_last: bool) {
        let message = Message { number: self.number, id: self.id.clone(), text, is_last };
        // Nobody is there any more: then the operation is ended from there.
        let _ = self.out.send(message).await;
    }
}

fn too_slow(last: Option<&str>) -> Refusal {
    let go_on = last.map_or_else(|| "with the same cursor".to_owned(), |cursor| format!("after \"{cursor}\""));
    let message = format!("you read more slowly than events come: subscribe again {go_on} when you have caught up");
    Refusal::document(Code::Timeout, message)
}
