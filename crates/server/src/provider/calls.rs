//! Calls to the provider, each with its bounds.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, StatusCode};
use form_urlencoded::{Serializer, byte_serialize};
use serde::de::DeserializeOwned;

use super::fault::{Fault, Part};
use crate::outbound::{Answer, Caller, Reach, address::Address};

/// The most bytes of an answer.
const MOST: usize = 256 * 1024;

fn caller(part: Part, url: &str, patience: Duration) -> Result<Caller, Fault> {
    let address = Address::parse(url).ok_or(Fault::Strange(part, "has no address that can be called"))?;
    // Whoever runs this server has named the provider: it may lie behind the same walls.
    Caller::new(address, Reach::Anywhere, patience).map_err(|_| Fault::Strange(part, "cannot be called encrypted"))
}

pub(super) async fn post(
    part: Part,
    url: &str,
    headers: HeaderMap,
    form: &str,
    patience: Duration,
) -> Result<Answer, Fault> {
    caller(part, url, patience)?.post(headers, form.to_owned(), MOST).await.map_err(|fault| Fault::Silent(part, fault))
}

pub(super) async fn get<T: DeserializeOwned>(
    part: Part,
    url: &str,
    headers: HeaderMap,
    patience: Duration,
) -> Result<T, Fault> {
    let answer = caller(part, url, patience)?.get(headers, MOST).await.map_err(|fault| Fault::Silent(part, fault))?;
    body_of(part, answer)
}

pub(super) fn body_of<T: DeserializeOwned>(part: Part, answer: Answer) -> Result<T, Fault> {
    match answer {
        (StatusCode::OK, body) => read(part, &body.map_err(|fault| Fault::Silent(part, fault))?),
        (status, _) => Err(Fault::Status(part, status)),
    }
}

fn read<T: DeserializeOwned>(part: Part, body: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(body).map_err(|_| Fault::Strange(part, "answered with something else than it should"))
}

/// A head that shows itself to nobody.
pub(super) fn sensitive(part: Part, text: &str) -> Result<HeaderValue, Fault> {
    let value = HeaderValue::from_str(text);
    let mut value = value.map_err(|_| Fault::Strange(part, "gave what no head can hold"))?;
    value.set_sensitive(true);
    Ok(value)
}

pub(super) fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

/// An address that may have a query already, with more of it.
pub(super) fn with_query(address: &str, pairs: &[(&str, &str)]) -> String {
    let joint = if address.contains('?') { '&' } else { '?' };
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{address}{joint}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_added_to_whatever_address_there_is() {
        let asked = [("a", "1 & 2"), ("b", "é")];
        assert_eq!(with_query("https://x/y", &asked), "https://x/y?a=1+%26+2&b=%C3%A9");
        assert_eq!(with_query("https://x/y?p=1", &asked), "https://x/y?p=1&a=1+%26+2&b=%C3%A9");
    }
}
