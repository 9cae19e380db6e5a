//! What is said on a socket: the messages of both sides, and the codes with which it is closed.

use serde_json::{Map, Value, json};

use crate::{http::scan, settings::Limits};

/// Brackets around the variables in a message: its own, those of its payload, and theirs.
const AROUND: usize = 3;
/// The most characters of an id.
const LONGEST_ID: usize = 128;
/// The most characters of a reason: with its code it has to fit into 125 bytes.
const LONGEST_REASON: usize = 110;

/// What a client says.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    /// It begins.
    Init {
        /// By what it wants to be known, as it would stand in the head of a request.
        authorization: Option<String>,
    },
    /// It asks whether anybody is there.
    Ping(Option<Value>),
    /// It is there.
    Pong,
    /// It asks.
    Subscribe {
        /// How the answers are to be called.
        id: String,
        /// The parameters of the request.
        payload: Map<String, Value>,
    },
    /// It wants no more answers of this name.
    Complete(String),
}

/// Why a socket is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Closing {
    /// The code.
    pub(super) code: u16,
    /// The reason, for people.
    pub(super) reason: String,
}

impl Closing {
    /// With a code and a reason, cut where it is too long.
    pub(super) fn new(code: u16, reason: impl AsRef<str>) -> Self {
        let reason = reason.as_ref().chars().filter(|c| c.is_ascii() && !c.is_control()).take(LONGEST_REASON).collect();
        Self { code, reason }
    }

    fn invalid(reason: &str) -> Self {
        Self::new(INVALID, reason)
    }
}

/// The codes of the protocol, and those of WebSocket itself that are used here.
pub(super) const GOING_AWAY: u16 = 1001;
pub(super) const BROKEN: u16 = 1002;
pub(super) const TOO_LARGE: u16 = 1009;
pub(super) const TRY_AGAIN: u16 = 1013;
pub(super) const INVALID: u16 = 4400;
pub(super) const NOT_BEGUN: u16 = 4401;
pub(super) const FORBIDDEN: u16 = 4403;
pub(super) const TOO_SLOW: u16 = 4408;
pub(super) const TAKEN: u16 = 4409;
pub(super) const TOO_MANY: u16 = 4429;

/// Understands a message.
pub(super) fn read(text: &str, limits: &Limits) -> Result<Said, Closing> {
    let too_much = |refusal: crate::http::code::Refusal| Closing::invalid(&refusal.message);
    scan::json(text.as_bytes(), limits.nesting + AROUND, limits.values).map_err(too_much)?;
    let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
        return Err(Closing::invalid("a message is a JSON object"));
    };
    let kind = message.remove("type");
    let payload = message.remove("payload").filter(|payload| !payload.is_null());
    match kind.as_ref().and_then(Value::as_str) {
        Some("connection_init") => Ok(Said::Init { authorization: payload.as_ref().and_then(authorization) }),
        Some("ping") => Ok(Said::Ping(payload)),
        Some("pong") => Ok(Said::Pong),
        Some("subscribe") => match payload {
            Some(Value::Object(payload)) => Ok(Said::Subscribe { id: id(&message)?, payload }),
            _ => Err(Closing::invalid("subscribe has a payload: an object with a query")),
        },
        Some("complete") => Ok(Said::Complete(id(&message)?)),
        _ => Err(Closing::invalid("the type is connection_init, ping, pong, subscribe or complete")),
    }
}

fn id(message: &Map<String, Value>) -> Result<String, Closing> {
    let id = message.get("id").and_then(Value::as_str).filter(|id| !id.is_empty() && id.chars().count() <= LONGEST_ID);
    id.map(str::to_owned).ok_or_else(|| Closing::invalid(&format!("the id is a text of 1 to {LONGEST_ID} characters")))
}

fn authorization(payload: &Value) -> Option<String> {
    let mut parameters = payload.as_object().into_iter().flatten();
    let (_, value) = parameters.find(|(name, value)| name.eq_ignore_ascii_case("authorization") && !value.is_null())?;
    // What is no text is no token either, and is refused as such.
    Some(value.as_str().unwrap_or_default().to_owned())
}

/// It may begin.
pub(super) fn acknowledged() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

/// Somebody is there.
pub(super) fn pong(payload: Option<Value>) -> String {
    match payload {
        Some(payload) => json!({ "type": "pong", "payload": payload }).to_string(),
        None => json!({ "type": "pong" }).to_string(),
    }
}

/// An answer, which is JSON already.
pub(super) fn next(id: &str, answer: &str) -> String {
    format!(r#"{{"id":{},"type":"next","payload":{answer}}}"#, Value::from(id))
}

/// Why there is no answer, or no more.
pub(super) fn error(id: &str, errors: &Value) -> String {
    json!({ "id": id, "type": "error", "payload": errors }).to_string()
}

/// There is no more.
pub(super) fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn understood(text: &str) -> Result<Said, Closing> {
        read(text, &crate::Settings::load(&crate::settings::Sources::default()).expect("the defaults").limits)
    }

    #[test]
    fn each_message_of_the_protocol_is_understood() {
        let payload = |value: Value| value.as_object().cloned().expect("an object");
        let cases = [
            (r#"{"type":"connection_init"}"#, Said::Init { authorization: None }),
            (r#"{"type":"connection_init","payload":{"locale":"fr"}}"#, Said::Init { authorization: None }),
            (
                r#"{"type":"connection_init","payload":{"Authorization":"x"}}"#,
                Said::Init { authorization: Some("x".to_owned()) },
            ),
            (r#"{"type":"ping"}"#, Said::Ping(None)),
            (r#"{"type":"ping","payload":{"a":1}}"#, Said::Ping(Some(json!({ "a": 1 })))),
            (r#"{"type":"pong","payload":null}"#, Said::Pong),
            (r#"{"id":"7","type":"complete"}"#, Said::Complete("7".to_owned())),
            (
                r#"{"id":"7","type":"subscribe","payload":{"query":"{a}"}}"#,
                Said::Subscribe { id: "7".to_owned(), payload: payload(json!({ "query": "{a}" })) },
            ),
        ];
        for (text, said) in cases {
            assert_eq!(understood(text), Ok(said), "{text}");
        }
    }

    #[test]
    fn what_is_no_message_closes_the_socket() {
        let deep = format!(r#"{{"type":"ping","payload":{}"#, "[".repeat(20_000));
        let long = format!(r#"{{"type":"complete","id":"{}"}}"#, "é".repeat(LONGEST_ID + 1));
        for text in [
            "",
            "[]",
            "nonsense",
            r#"{"type":"start"}"#,
            r#"{"id":"1"}"#,
            r#"{"type":"subscribe","payload":{}}"#,
            r#"{"id":"","type":"subscribe","payload":{}}"#,
            r#"{"id":1,"type":"subscribe","payload":{}}"#,
            r#"{"id":"1","type":"subscribe"}"#,
            r#"{"id":"1","type":"subscribe","payload":[]}"#,
            &deep,
            &long,
        ] {
            let closing = understood(text).expect_err(text);
            assert_eq!(closing.code, INVALID, "{text}");
            assert!((1..=LONGEST_REASON).contains(&closing.reason.len()), "{}", closing.reason);
        }
    }

    #[test]
    fn an_answer_is_put_in_as_it_is() {
        let message: Value = serde_json::from_str(&next("a\"b", r#"{"data":{"two":2}}"#)).expect("JSON");
        assert_eq!(message, json!({ "id": "a\"b", "type": "next", "payload": { "data": { "two": 2 } } }));
    }
}
