//! A socket from its beginning to its end: one task that reads, sends and closes, so that a client that does not read is not
//! read from either.

use std::{collections::HashMap, future::pending, net::IpAddr, ops::ControlFlow, pin::pin, sync::Arc, time::Duration};

use apollo_compiler::ast::OperationType;
use axum::{
    Error,
    extract::ws::{CloseFrame, Message as Frame, WebSocket},
};
use futures_util::FutureExt;
use serde_json::{Map, Value};
use tokio::{
    sync::{
        Semaphore,
        mpsc::{self, Receiver, Sender},
    },
    task::AbortHandle,
    time::{Instant, interval, sleep, timeout},
};

use super::{
    message::{self, Closing, Said},
    operation::{Message, Operation},
};
use crate::http::{
    asked::Asked,
    code::{Code, Refusal},
    graphql::Executes,
    live::{Hall, Told, answers},
    porter::{Caller, sign_in_first},
    request_id::RequestId,
    visitor::Visitor,
};

/// Messages of all operations together that wait for the client.
const WAITING: usize = 16;
/// So many pings without a word from the client, and it is gone.
const MOST_UNANSWERED: u32 = 3;
/// How long the other side may take to close too, so that it reads why.
const PARTING: Duration = Duration::from_secs(2);

/// How a socket ends.
enum End {
    /// The client is gone, or was told already.
    Gone,
    /// It is closed.
    Closed(Closing),
}

impl From<Closing> for End {
    fn from(closing: Closing) -> Self {
        Self::Closed(closing)
    }
}

type Step = ControlFlow<End>;

/// A socket.
pub(super) struct Session<E> {
    hall: Arc<Hall<E>>,
    id: RequestId,
    /// Who it is; none before somebody has said so.
    caller: Option<Caller>,
    client: IpAddr,
    socket: WebSocket,
    running: Running,
    /// One for each operation that may still begin.
    free: Arc<Semaphore>,
    out: Sender<Message>,
    outbox: Receiver<Message>,
    /// Operations so far.
    begun: u64,
    is_acknowledged: bool,
    is_stopping: bool,
}

/// The operations whose messages are wanted, by their id.
#[derive(Default)]
struct Running(HashMap<String, Begun>);

struct Begun {
    number: u64,
    /// Of a subscription: what else was begun goes on to its end, though nobody wants its answer.
    events: Option<AbortHandle>,
}

impl Drop for Begun {
    fn drop(&mut self) {
        if let Some(events) = &self.events {
            events.abort();
        }
    }
}

impl<E: Executes> Session<E> {
    pub(super) fn new(
        hall: Arc<Hall<E>>,
        id: RequestId,
        caller: Option<Caller>,
        client: IpAddr,
        socket: WebSocket,
    ) -> Self {
        let (out, outbox) = mpsc::channel(WAITING);
        let free = Arc::new(Semaphore::new(hall.live.operations));
        let running = Running::default();
        Self {
            hall,
            id,
            caller,
            client,
            socket,
            running,
            free,
            out,
            outbox,
            begun: 0,
            is_acknowledged: false,
            is_stopping: false,
        }
    }

    /// Until the client goes, does something wrong, or the server stops.
    pub(super) async fn run(mut self, mut visitor: Visitor) {
        tracing::debug!(request = %self.id.0, "a socket opens");
        if let End::Closed(Closing { code, reason }) = self.serve(&mut visitor).await {
            tracing::info!(request = %self.id.0, code, "a socket is closed: {reason}");
            let close = Frame::Close(Some(CloseFrame { code, reason: reason.into() }));
            let _ = timeout(PARTING, self.socket.send(close)).await;
        }
        // Until the other side has closed too: so it reads why, or is answered where it closed first.
        let _ = timeout(PARTING, async { while let Some(Ok(_)) = self.socket.recv().await {} }).await;
    }

    async fn serve(&mut self, visitor: &mut Visitor) -> End {
        let (init, ping) = (self.hall.live.init(), self.hall.live.ping());
        let late = sleep(init);
        tokio::pin!(late);
        let mut beat = interval(ping);
        let mut heard = Instant::now();
        let mut away = pin!(pending().boxed());
        let mut is_watched = false;
        loop {
            if let Some(caller) = self.caller.clone().filter(|_| self.is_acknowledged && !is_watched) {
                let porter = self.hall.gate.porter.clone();
                away.set(async move { porter.turned_away(&caller).await }.boxed());
                is_watched = true;
            }
            let step = tokio::select! {
                frame = self.socket.recv() => {
                    heard = Instant::now();
                    self.take(frame).await
                }
                Some(message) = self.outbox.recv() => self.pass_on(message).await,
                () = &mut late, if !self.is_acknowledged => {
                    Step::Break(Closing::new(message::TOO_SLOW, "Connection initialisation timeout").into())
                }
                _ = beat.tick() => {
                    if heard.elapsed() > ping * MOST_UNANSWERED {
                        return End::Gone;
                    }
                    self.send(Frame::Ping(Default::default())).await
                }
                () = visitor.has_to_go(), if !self.is_stopping => self.stop().await,
                refusal = &mut away => {
                    Step::Break(Closing::new(message::FORBIDDEN, format!("Forbidden: {}", refusal.message)).into())
                }
            };
            if let Step::Break(end) = step {
                return end;
            }
            if self.is_stopping && self.running.0.is_empty() {
                return Closing::new(message::GOING_AWAY, "the server stops: come back later").into();
            }
        }
    }

    /// What came from the client.
    async fn take(&mut self, frame: Option<Result<Frame, Error>>) -> Step {
        let text = match frame {
            None | Some(Ok(Frame::Close(_))) => return Step::Break(End::Gone),
            Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => return Step::Continue(()),
            Some(Ok(Frame::Text(text))) => text,
            Some(Ok(Frame::Binary(_))) => {
                return Step::Break(Closing::new(message::INVALID, "messages are text, not binary").into());
            }
            Some(Err(fault)) => return Step::Break(broken(&fault, self.hall.live.message_bytes).into()),
        };
        match message::read(&text, &self.hall.gate.limits) {
            Ok(said) => self.heed(said).await,
            Err(closing) => Step::Break(closing.into()),
        }
    }

    async fn heed(&mut self, said: Said) -> Step {
        match said {
            Said::Init { authorization } => self.begin(authorization).await,
            Said::Ping(payload) => self.say(message::pong(payload)).await,
            Said::Pong => Step::Continue(()),
            Said::Subscribe { id, payload } => self.subscribe(id, payload).await,
            Said::Complete(id) => {
                self.running.0.remove(&id);
                Step::Continue(())
            }
        }
    }

    async fn begin(&mut self, authorization: Option<String>) -> Step {
        if self.is_acknowledged {
            return Step::Break(Closing::new(message::TOO_MANY, "Too many initialisation requests").into());
        }
        if let Some(authorization) = authorization {
            match self.hall.gate.porter.bearer(&authorization, self.client).await {
                Ok(caller) => self.caller = Some(caller),
                Err(refusal) => {
                    let reason = format!("Forbidden: {}", refusal.message);
                    return Step::Break(Closing::new(message::FORBIDDEN, reason).into());
                }
            }
        }
        if self.caller.is_none() {
            let reason = "Unauthorized: send {\"Authorization\": \"Bearer ent_...\"} with connection_init";
            return Step::Break(Closing::new(message::NOT_BEGUN, reason).into());
        }
        self.is_acknowledged = true;
        self.say(message::acknowledged()).await
    }

    /// Begins an operation, or says why not.
    async fn subscribe(&mut self, id: String, payload: Map<String, Value>) -> Step {
        if !self.is_acknowledged {
            return Step::Break(Closing::new(message::NOT_BEGUN, "Unauthorized: say connection_init first").into());
        }
        if self.running.0.contains_key(&id) {
            let closing = Closing::new(message::TAKEN, format!("Subscriber for {id} already exists"));
            return Step::Break(closing.into());
        }
        if self.is_stopping {
            return Step::Continue(());
        }
        let Some(caller) = self.caller.clone() else { return self.refuse(&id, sign_in_first()).await };
        let gate = &self.hall.gate;
        let Ok(free) = self.free.clone().try_acquire_owned() else {
            return self.refuse(&id, too_many(self.hall.live.operations)).await;
        };
        let client = caller.client(self.client);
        let checked = Asked::from_parameters(payload).and_then(|asked| gate.allowed(asked, &caller.who, client));
        let checked = match checked {
            Ok(checked) => checked,
            Err(refusal) => {
                gate.refused(&self.id, &refusal);
                return self.refuse(&id, refusal).await;
            }
        };
        self.begun += 1;
        let number = self.begun;
        let is_endless = checked.operation.operation_type == OperationType::Subscription;
        let request = RequestId(format!("{}-{number}", self.id.0));
        let answers = answers(gate.clone(), checked, &caller.who, request, None);
        let patience = gate.limits.write();
        let operation = Operation { number, id: id.clone(), out: self.out.clone(), patience };
        let task = tokio::spawn(async move {
            operation.run(answers).await;
            drop(free);
        });
        self.running.0.insert(id, Begun { number, events: is_endless.then(|| task.abort_handle()) });
        Step::Continue(())
    }

    async fn refuse(&mut self, id: &str, refusal: Refusal) -> Step {
        self.say(message::error(id, &Told::from(refusal).errors())).await
    }

    /// What an operation says, unless nobody wants it any more.
    async fn pass_on(&mut self, message: Message) -> Step {
        let Message { number, id, text, is_last } = message;
        if self.running.0.get(&id).is_none_or(|begun| begun.number != number) {
            return Step::Continue(());
        }
        if is_last {
            self.running.0.remove(&id);
        }
        self.say(text).await
    }

    /// Ends what has no end of its own; the rest is answered first.
    async fn stop(&mut self) -> Step {
        self.is_stopping = true;
        let endless: Vec<_> = self.running.0.extract_if(|_, begun| begun.events.is_some()).map(|(id, _)| id).collect();
        for id in endless {
            self.say(message::complete(&id)).await?;
        }
        Step::Continue(())
    }

    async fn say(&mut self, text: String) -> Step {
        self.send(Frame::Text(text.into())).await
    }

    async fn send(&mut self, frame: Frame) -> Step {
        match timeout(self.hall.gate.limits.write(), self.socket.send(frame)).await {
            Ok(Ok(())) => Step::Continue(()),
            Ok(Err(_)) => Step::Break(End::Gone),
            Err(_) => {
                let reason = "you do not read what you are sent: come back, and go on behind the last cursor you got";
                Step::Break(Closing::new(message::TRY_AGAIN, reason).into())
            }
        }
    }
}

fn too_many(most: usize) -> Refusal {
    let message = format!("{most} operations run on this socket, which are the most: complete one of them first");
    Refusal::document(Code::OperationLimit, message)
}

/// Why nothing more can be read. The library tells it in words alone.
fn broken(fault: &Error, most: usize) -> Closing {
    if fault.to_string().contains("too long") {
        Closing::new(message::TOO_LARGE, format!("a message has {most} bytes at most; hand in more by POST"))
    } else {
        Closing::new(message::BROKEN, "what was sent is no WebSocket message")
    }
}
