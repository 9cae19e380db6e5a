//! Signing in with the provider: leaving for it, coming back, and hearing that somebody has signed out there.

use axum::{
    Extension, Form, Json, Router,
    extract::{
        Query, State,
        rejection::{FormRejection, QueryRejection},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::TimeDelta;
use maud::html;
use serde::Deserialize;
use serde_json::json;
use store::{
    Error,
    identity::{self, Outside},
    session, ticket,
};
use tokio::time::Instant;

use super::{Lobby, SIGN_IN, address, failed, gone_to, on_a_page, pages, sign_in_again, with, with_cookie};
use crate::{
    http::{code::Code, cookie::Cookie, porter, request_id::RequestId, visitor::Visitor},
    provider::{BACK, Errand, Fault, Provider, SignedIn},
};

/// How long somebody may take to sign in there.
const LASTS: TimeDelta = TimeDelta::minutes(10);
/// So often it is tried to let somebody in whose account somebody else changes at that moment.
const TRIES: usize = 3;

/// The pages and the endpoint of the provider.
pub(super) fn routes() -> Router<Lobby> {
    Router::new()
        .route("/sign-in/provider", get(leave))
        .route(BACK, get(come_back))
        .route("/sign-in/provider/logout", post(hear))
}

/// `GET /sign-in/provider`
async fn leave(
    State(lobby): State<Lobby>,
    visitor: Option<Extension<Visitor>>,
    Extension(RequestId(request)): Extension<RequestId>,
) -> Response {
    let Some(provider) = &lobby.provider else { return gone_to("/sign-in", None) };
    let (address, now) = (address(visitor).to_canonical(), Instant::now());
    if let Some(wait) = lobby.left.wait(&address, now) {
        return sign_in_again(&lobby, &porter::too_many(wait)).await;
    }
    lobby.left.again(address, now);
    let [state, held] = [(); 2].map(|()| hex(lobby.store.surroundings().fresh_secret()));
    let way = match provider.way_in(&Errand { state: &state, held: &held }, lobby.now()).await {
        Ok(way) => way,
        Err(fault) => return refused(&fault, &request),
    };
    let Ok(way) = HeaderValue::try_from(way) else {
        return refused(&Fault::Strange("configuration", "names an address that is none"), &request);
    };
    let issued = async {
        let mut work = lobby.store.begin(&on_a_page(None, &request, SIGN_IN)).await?;
        ticket::issue(&mut work, &[ERRAND, &state, &held], LASTS).await?;
        work.commit().await
    };
    if let Err(error) = issued.await {
        return failed(&error);
    }
    let cookie = Cookie::Errand.setting(&held, LASTS.num_seconds().unsigned_abs(), lobby.porter.is_secure());
    with((StatusCode::SEE_OTHER, [(header::LOCATION, way)]).into_response(), cookie)
}

/// What it is called that the provider ends sessions.
const SIGNED_OUT: &str = "signedOutByProvider";

/// What a ticket is for.
const ERRAND: &str = "errand";
const LOGOUT: &str = "logout";

/// What the provider sends back.
#[derive(Deserialize)]
struct Back {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// `GET /sign-in/provider/back`
async fn come_back(
    State(lobby): State<Lobby>,
    visitor: Option<Extension<Visitor>>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
    back: Result<Query<Back>, QueryRejection>,
) -> Response {
    let Some(provider) = &lobby.provider else { return gone_to("/sign-in", None) };
    let held = Cookie::Errand.read(&headers, lobby.porter.is_secure());
    let response = match back {
        Ok(Query(back)) => match arrived(&lobby, provider, held, back, &request).await {
            Ok(secret) => {
                lobby.left.right(&address(visitor).to_canonical());
                with_cookie(&lobby, &secret, "/")
            }
            Err(response) => {
                if response.status() == StatusCode::FORBIDDEN {
                    lobby.trail.tell(on_a_page(None, &request, SIGN_IN), Code::Unauthenticated.as_str());
                }
                response
            }
        },
        Err(_) => not_begun(),
    };
    with(response, Cookie::Errand.setting("", 0, lobby.porter.is_secure()))
}

/// The secret of a new session; else the page that says why there is none.
async fn arrived(
    lobby: &Lobby,
    provider: &Provider,
    held: Option<&str>,
    back: Back,
    request: &str,
) -> Result<String, Response> {
    let Back { state, code, error, iss } = back;
    let (Some(state), Some(held)) = (state, held) else { return Err(not_begun()) };
    let is_ours = async {
        let mut work = lobby.store.begin(&on_a_page(None, request, SIGN_IN)).await?;
        let taken = ticket::take(&mut work, &[ERRAND, &state, held]).await?;
        work.commit().await?;
        Ok(taken)
    };
    if !is_ours.await.map_err(|error| failed(&error))? {
        tracing::warn!(request, "somebody came back from the provider who had not left for it, or too late");
        return Err(not_begun());
    }
    let Some(code) = code.filter(|_| error.is_none()) else {
        tracing::info!(request, "the provider has let nobody in");
        return Err(again(StatusCode::FORBIDDEN, "The provider has not signed you in."));
    };
    let errand = Errand { state: &state, held };
    let signed_in = provider.signed_in(&errand, &code, iss.as_deref(), lobby.now()).await;
    let signed_in = signed_in.map_err(|fault| refused(&fault, request))?;
    match let_in(lobby, signed_in, request).await {
        Ok(Ok(secret)) => Ok(secret),
        Ok(Err(outside)) => {
            tracing::warn!(request, "whoever signed in with the provider does not come in: {outside:?}");
            Err(outside_page(outside))
        }
        Err(error) => Err(failed(&error)),
    }
}

/// The secret of a new session of whoever has signed in.
async fn let_in(lobby: &Lobby, signed_in: SignedIn, request: &str) -> store::Result<Result<String, Outside>> {
    let SignedIn { said, session } = signed_in;
    let mut tries = 1;
    loop {
        let entered = async {
            let mut work = lobby.store.begin(&on_a_page(None, request, SIGN_IN)).await?;
            let identity = match identity::enter(&mut work, said.clone()).await? {
                Ok(identity) => identity,
                Err(outside) => {
                    work.commit().await?;
                    return Ok(Err(outside));
                }
            };
            work.goes_on_for(identity.account_id);
            let draft = session::Draft {
                account_id: identity.account_id,
                identity_id: Some(identity.id),
                provider_session: session.clone(),
                lasts: lobby.session(),
            };
            let (_, secret) = session::begin(&mut work, draft).await?;
            work.commit().await?;
            Ok(Ok(secret))
        };
        match entered.await {
            // Somebody else is changing the account, or makes it: then it is there the next time.
            Err(Error::Conflict { .. } | Error::Database(_)) if tries < TRIES => tries += 1,
            entered => return entered,
        }
    }
}

/// `POST /sign-in/provider/logout`, after OpenID Connect Back-Channel Logout 1.0.
async fn hear(
    State(lobby): State<Lobby>,
    Extension(RequestId(request)): Extension<RequestId>,
    form: Result<Form<Told>, FormRejection>,
) -> Response {
    let answer = match (&lobby.provider, form) {
        (None, _) => StatusCode::NOT_FOUND.into_response(),
        (Some(_), Err(_)) => not_heard("a form with a logout_token was expected"),
        (Some(provider), Ok(Form(Told { logout_token }))) => {
            match heard(&lobby, provider, &logout_token, &request).await {
                Ok(()) => StatusCode::OK.into_response(),
                Err(why) => not_heard(&why),
            }
        }
    };
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], answer).into_response()
}

/// What the provider tells.
#[derive(Deserialize)]
struct Told {
    logout_token: String,
}

async fn heard(lobby: &Lobby, provider: &Provider, token: &str, request: &str) -> Result<(), String> {
    let signed_out = provider.signed_out(token, lobby.now()).await.map_err(|fault| {
        tracing::warn!(request, "a sign-out that the provider tells of is not believed: {fault}");
        lobby.trail.tell(on_a_page(None, request, SIGNED_OUT), Code::Unauthenticated.as_str());
        fault.to_string()
    })?;
    let ended = async {
        let mut work = lobby.store.begin(&on_a_page(None, request, SIGNED_OUT)).await?;
        let (issuer, name) = (provider.issuer(), signed_out.name.as_str());
        if !ticket::issue(&mut work, &[LOGOUT, issuer, name], signed_out.lasts).await? {
            return Ok(false);
        }
        let (subject, session) = (signed_out.subject.as_deref(), signed_out.session.as_deref());
        session::end_at_provider(&mut work, issuer, subject, session).await?;
        work.commit().await?;
        Ok::<_, Error>(true)
    };
    match ended.await {
        Ok(true) => Ok(()),
        Ok(false) => Err("the token was used before".to_owned()),
        Err(error) => {
            tracing::error!(request, "a sign-out that the provider tells of was not done: {error}");
            Err("it could not be done: tell it again".to_owned())
        }
    }
}

fn not_heard(why: &str) -> Response {
    let told = json!({ "error": "invalid_request", "error_description": why });
    (StatusCode::BAD_REQUEST, Json(told)).into_response()
}

fn hex(secret: [u8; 32]) -> String {
    secret.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn not_begun() -> Response {
    again(StatusCode::BAD_REQUEST, "This sign-in was not begun in this browser, is over already, or took too long.")
}

fn refused(fault: &Fault, request: &str) -> Response {
    if fault.is_of_provider() {
        tracing::error!(request, "nobody can be signed in with the provider: {fault}");
        again(
            StatusCode::BAD_GATEWAY,
            "The provider does not answer as it should. Try again in a while, or tell an admin.",
        )
    } else {
        tracing::warn!(request, "somebody is not signed in with the provider: {fault}");
        again(StatusCode::FORBIDDEN, "What the provider says of you cannot be trusted.")
    }
}

fn outside_page(outside: Outside) -> Response {
    let told = match outside {
        Outside::NoRole => {
            "The provider knows you, but you are in no group that may come in here. Ask an admin to add you to one."
        }
        Outside::Disabled => "Your account here is disabled: ask an admin.",
        Outside::Another => {
            "Your e-mail address is that of an account as which somebody else signs in: ask an admin to see to it."
        }
    };
    again(StatusCode::FORBIDDEN, told)
}

fn again(status: StatusCode, told: &str) -> Response {
    let body = html! { p { a href="/sign-in" { "To the page to sign in" } } };
    pages::page(status, "You are not signed in", Some(told), &body)
}
