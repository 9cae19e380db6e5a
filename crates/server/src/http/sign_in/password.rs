//! Where somebody changes their own password.

use std::net::IpAddr;

use axum::{
    Extension, Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use maud::html;
use serde::Deserialize;
use store::{Error, Who, credential, session};
use tokio::time::Instant;
use vocab::Way;

use super::{Lobby, address, failed, gone_to, pages, with_cookie};
use crate::{
    http::{
        code::Code,
        porter::{self, By},
        request_id::RequestId,
        visitor::Visitor,
    },
    password,
};

const TITLE: &str = "Change your password";

/// `GET /password`
pub(super) async fn show(
    State(lobby): State<Lobby>,
    visitor: Option<Extension<Visitor>>,
    headers: HeaderMap,
) -> Response {
    match signed_in(&lobby, &headers, address(visitor)).await {
        Ok(Some(_)) => pages::page(StatusCode::OK, TITLE, None, &pages::password()),
        Ok(None) => gone_to("/sign-in", None),
        Err(response) => response,
    }
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Passwords {
    old: String,
    new: String,
    again: String,
}

/// `POST /password`
pub(super) async fn change(
    State(lobby): State<Lobby>,
    visitor: Option<Extension<Visitor>>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
    Form(Passwords { old, new, again }): Form<Passwords>,
) -> Response {
    let (address, now) = (address(visitor).to_canonical(), Instant::now());
    let (session, kept, who) = match signed_in(&lobby, &headers, address).await {
        Ok(Some(found)) => found,
        Ok(None) => return gone_to("/sign-in", None),
        Err(response) => return response,
    };
    let who = Who { request_id: Some(request.clone()), way: Way::Page, ..who.doing("changePassword") };
    let asked_again = |status, told: &str| pages::page(status, TITLE, Some(told), &pages::password());
    let account = session.account_id.to_string();
    if let Some(wait) = lobby.slowing.wait(address, &account, now) {
        tracing::warn!(request, "a password is not looked at: wrong too often");
        let refusal = porter::too_many(wait);
        lobby.trail.tell(who, refusal.code.as_str());
        return asked_again(StatusCode::TOO_MANY_REQUESTS, &refusal.message);
    }
    if !password::is_right(old, Some(kept)).await {
        lobby.slowing.again(address, &account, now);
        tracing::info!(request, "a wrong password");
        lobby.trail.tell_at_once(who, Code::Unauthenticated.as_str()).await;
        return asked_again(StatusCode::FORBIDDEN, "That is not your password until now.");
    }
    lobby.slowing.right(address, &account);
    if new != again {
        return asked_again(StatusCode::BAD_REQUEST, "The new password is not the same both times.");
    }
    let changed = async {
        let kept = password::hash(lobby.store.surroundings().as_ref(), new).await?;
        let mut work = lobby.store.begin(&who).await?;
        credential::set(&mut work, session.account_id, kept).await?;
        // That ends every session; this one goes on under another secret.
        let session::Model { account_id, identity_id, provider_session, .. } = session;
        let draft = session::Draft { account_id, identity_id, provider_session, lasts: lobby.session() };
        let (_, secret) = session::begin(&mut work, draft).await?;
        work.commit().await?;
        Ok(secret)
    };
    match changed.await {
        Ok(secret) => with_cookie(&lobby, &secret, "/sign-in"),
        Err(Error::Invalid { message, .. }) => asked_again(StatusCode::BAD_REQUEST, &message),
        Err(error) => failed(&error),
    }
}

/// The session of whoever asks, their password as it is kept, and who they are; nothing where nobody has signed in with this
/// browser, and a page where they have no password.
async fn signed_in(
    lobby: &Lobby,
    headers: &HeaderMap,
    address: IpAddr,
) -> Result<Option<(session::Model, String, Who)>, Response> {
    let Ok(caller) = lobby.porter.caller(headers, address).await else { return Ok(None) };
    let By::Session(hash) = caller.by else { return Ok(None) };
    let db = lobby.store.reader();
    let found = session::by_hash(db, &hash).await.map_err(|error| failed(&error))?;
    let Some((session, account)) = found else { return Ok(None) };
    match credential::of_account(db, account.id).await {
        Ok(Some(credential)) => Ok(Some((session, credential.password_hash, caller.who))),
        Ok(None) => {
            let body = html! {
                p { "You have no password here, but sign in otherwise. An admin can give you one." }
                p { a href="/sign-in" { "Back" } }
            };
            Err(pages::page(StatusCode::NOT_FOUND, TITLE, None, &body))
        }
        Err(error) => Err(failed(&error)),
    }
}
