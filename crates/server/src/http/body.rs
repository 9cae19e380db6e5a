//! The body of a request: read up to a size and within a time.

use axum::{
    body::{Body, HttpBody},
    extract::Request,
    http::StatusCode,
};
use http_body_util::BodyExt;
use tokio::time::timeout;

use super::{
    asked::Asked,
    code::{Code, Refusal},
    negotiate,
};
use crate::settings::Limits;

/// How many bytes too many are still read, and thrown away: a client that is cut off while it sends does not read why.
const DRAINED: usize = 32 * 1024 * 1024;

/// What is asked in the body of a request.
///
/// # Errors
/// Where it is no JSON, is not put together as it must be, is too large or too slow, or breaks off.
pub async fn posted(request: Request, limits: &Limits) -> Result<Asked, Refusal> {
    if !negotiate::is_json(request.headers()) {
        let message = "the content type must be application/json, in UTF-8";
        return Err(Refusal::request(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::BadUserInput, message));
    }
    Asked::from_body(&body(request, limits).await?, limits)
}

async fn body(request: Request, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let body = request.into_body();
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let too_large = || {
        let message = format!("the body is larger than {} bytes", limits.body_bytes);
        Refusal::request(StatusCode::PAYLOAD_TOO_LARGE, Code::OperationLimit, message)
    };
    if announced > limits.body_bytes.saturating_add(DRAINED) {
        return Err(too_large());
    }
    match timeout(limits.body(), collected(body, limits.body_bytes)).await {
        Ok(Ok(Some(bytes))) => Ok(bytes),
        Ok(Ok(None)) => Err(too_large()),
        Ok(Err(_)) => Err(Refusal::malformed("the body broke off")),
        Err(_) => {
            let message = format!("the body took longer than {} s", limits.body_seconds);
            Err(Refusal::request(StatusCode::REQUEST_TIMEOUT, Code::Timeout, message))
        }
    }
}

/// The body; `None` where it is larger than `most`.
async fn collected(mut body: Body, most: usize) -> Result<Option<Vec<u8>>, axum::Error> {
    let (mut bytes, mut seen) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let data = frame?.into_data().unwrap_or_default();
        seen = seen.saturating_add(data.len());
        if seen > most.saturating_add(DRAINED) {
            break;
        }
        if seen <= most {
            bytes.extend_from_slice(&data);
        } else {
            bytes = Vec::new();
        }
    }
    Ok((seen <= most).then_some(bytes))
}
