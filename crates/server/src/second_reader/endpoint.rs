//! Asking a language model over HTTP: one request, one answer, each with its bounds.

use std::{fmt, io, time::Duration};

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use extract::second_reader::Task;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Failure,
    outbound::{self, Caller, Reach, address::Address},
    secret::{self, Secret},
    settings::{AnswerForm, SecondReader},
};

/// The longest answer, in bytes. A report's is a few thousand.
const MOST: usize = 1024 * 1024;

/// A language model that can be asked.
#[derive(Clone)]
pub struct Endpoint {
    caller: Caller,
    model: String,
    key: Option<HeaderValue>,
    form: AnswerForm,
}

/// Why a model gave no answer. It never holds what was sent or answered.
#[derive(Debug)]
pub enum Fault {
    /// Nobody answers there.
    Unreachable(io::Error),
    /// It took too long.
    Late(Duration),
    /// The connection broke off, or what came was no HTTP.
    Broken,
    /// It answered, and refused.
    Status(StatusCode),
    /// The answer was too long.
    TooLong,
    /// The answer was no chat completion.
    NoCompletion,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(fault) => write!(f, "the second reader cannot be reached: {fault}"),
            Self::Late(patience) => write!(f, "the second reader did not answer within {} s", patience.as_secs_f32()),
            Self::Broken => f.write_str("the connection to the second reader broke off"),
            Self::Status(status) => write!(f, "the second reader answered with status {}", status.as_u16()),
            Self::TooLong => write!(f, "the second reader's answer is longer than {MOST} bytes"),
            Self::NoCompletion => f.write_str("the second reader's answer is no chat completion: is it the right url?"),
        }
    }
}

impl std::error::Error for Fault {}

impl From<outbound::Fault> for Fault {
    fn from(fault: outbound::Fault) -> Self {
        match fault {
            outbound::Fault::Unreachable(fault) => Self::Unreachable(fault),
            outbound::Fault::Late(patience) => Self::Late(patience),
            outbound::Fault::Broken => Self::Broken,
            outbound::Fault::TooLong => Self::TooLong,
        }
    }
}

impl Endpoint {
    /// The model that is set, where one is.
    ///
    /// # Errors
    /// Where a part of the setting is missing, or the key cannot be read.
    pub fn of(settings: &SecondReader) -> Result<Option<Self>, Failure> {
        let SecondReader { url, model, key_file, key, timeout_seconds, answer_form } = settings;
        let Some(address) = Address::parse(url) else { return Ok(None) };
        if model.trim().is_empty() {
            return Err(Failure::asked_wrong("second_reader.model is empty: name the model, or leave out the url"));
        }
        let has_key = !key.is_empty() || !key_file.is_empty();
        let key = if has_key { Some(bearer(key, key_file)?) } else { None };
        let caller = Caller::new(address, Reach::Anywhere, Duration::from_secs(*timeout_seconds))?;
        Ok(Some(Self { caller, model: model.trim().to_owned(), key, form: *answer_form }))
    }

    /// The same model, given another time for a report.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { caller: self.caller.with_patience(patience), ..self }
    }

    /// The version under which what it reads is kept: the model, and the version of the task.
    pub fn version(&self) -> String {
        format!("{}/{}", self.model, extract::second_reader::VERSION)
    }

    /// What the model answers, whatever that is; nothing where it declines.
    ///
    /// # Errors
    /// Where there is no answer, or none in bounds.
    pub async fn ask(&self, task: &Task) -> Result<String, Fault> {
        let headers = self.key.iter().map(|key| (header::AUTHORIZATION, key.clone())).collect::<HeaderMap>();
        match self.caller.post(headers, self.question(task), MOST).await? {
            (StatusCode::OK, body) => said(&body?).ok_or(Fault::NoCompletion),
            (status, _) => Err(Fault::Status(status)),
        }
    }

    fn question(&self, task: &Task) -> String {
        let Task { instructions, report, form } = task;
        let response_format = match self.form {
            AnswerForm::JsonObject => json!({ "type": "json_object" }),
            AnswerForm::JsonSchema => json!({ "type": "json_schema",
                "json_schema": { "name": "reading", "strict": true, "schema": form } }),
        };
        let question = json!({
            "model": self.model,
            "messages": [{ "role": "system", "content": instructions }, { "role": "user", "content": report }],
            "response_format": response_format,
            "temperature": 0,
            "stream": false,
        });
        question.to_string()
    }
}

/// The key, as a header that shows itself to nobody.
fn bearer(key: &Secret, file: &str) -> Result<HeaderValue, Failure> {
    const SETTING: &str = "second_reader.key";
    let header = HeaderValue::from_str(&format!("Bearer {}", secret::of(SETTING, key, file)?));
    let no_key = |_| Failure::asked_wrong(format!("{SETTING} holds what no key can: letters and signs"));
    let mut header = header.map_err(no_key)?;
    header.set_sensitive(true);
    Ok(header)
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    /// A text, or parts with a text each; null where the model declines.
    content: Option<Value>,
}

/// What the first choice of a completion says.
fn said(body: &[u8]) -> Option<String> {
    let Completion { choices } = serde_json::from_slice(body).ok()?;
    match choices.into_iter().next()?.message.content {
        Some(Value::String(text)) => Some(text),
        Some(Value::Array(parts)) => Some(parts.iter().filter_map(|part| part["text"].as_str()).collect()),
        _ => Some(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_completion_says_is_found_in_its_forms() {
        for (body, expected) in [
            (
                json!({ "id": "1", "choices": [{ "index": 0, "message": { "role": "assistant", "content": "{}" } }] }),
                Some("{}"),
            ),
            (
                json!({ "choices": [{ "message": { "content": [{ "type": "text", "text": "a" }, { "text": "b" }] } }] }),
                Some("ab"),
            ),
            (json!({ "choices": [{ "message": { "content": null, "refusal": "no" } }] }), Some("")),
            (json!({ "choices": [] }), None),
            (json!({ "error": { "message": "wrong key" } }), None),
            (json!([]), None),
        ] {
            assert_eq!(said(body.to_string().as_bytes()).as_deref(), expected, "{body}");
        }
        assert_eq!(said(b"<html>"), None);
    }
}
