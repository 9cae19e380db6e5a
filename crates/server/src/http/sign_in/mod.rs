//! Signing in with a browser: the pages, and what they send.

mod first;
mod pages;
mod password;
mod provider;

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::{
    Extension, Form, Router,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::{DateTime, TimeDelta, Utc};
use maud::html;
use serde::Deserialize;
use store::{Error, Store, Who, access_token, account, credential, session};
use tokio::{sync::Mutex, time::Instant};
use uuid::Uuid;
use vocab::{Role, Way};

use super::{
    answer,
    code::Refusal,
    cookie::Cookie,
    porter::{self, Porter},
    request_id::RequestId,
    slowing::Slowing,
    visitor::Visitor,
};
use crate::{password as passwords, provider::Provider, settings::SignIn, trail::Trail};

pub use first::FirstAdmin;

/// So many wrong passwords for one name from one address, and one has to wait.
const WRONG_FOR_ONE: u32 = 5;
/// So many for one name from anywhere, or from one address for any name.
const WRONG_IN_ALL: u32 = 50;
/// What the trail calls signing in.
const SIGN_IN: &str = "signIn";
/// The most bytes of a form.
const LARGEST: usize = 16 * 1024;

/// What the pages share.
#[derive(Clone)]
struct Lobby {
    store: Store,
    porter: Porter,
    first: Option<FirstAdmin>,
    provider: Option<Provider>,
    /// Whether name and password are asked for even where nobody has a password.
    form: bool,
    lasts: Duration,
    /// One at a time makes the first account.
    making: Arc<Mutex<()>>,
    slowing: Arc<Wrong>,
    /// Who has left for the provider lately, and has not come back.
    left: Arc<Slowing<IpAddr>>,
    /// Where it is told who was not let in.
    trail: Trail,
}

/// The ways in, beside passwords.
pub struct Ways {
    /// The link by which the first admin is made.
    pub first_admin: Option<FirstAdmin>,
    /// The provider.
    pub provider: Option<Provider>,
}

impl Lobby {
    /// How long a session lasts.
    fn session(&self) -> TimeDelta {
        TimeDelta::from_std(self.lasts).unwrap_or(TimeDelta::hours(1))
    }

    /// Who the provider is.
    fn issuer(&self) -> Option<&str> {
        self.provider.as_ref().map(Provider::issuer)
    }

    fn now(&self) -> DateTime<Utc> {
        self.store.surroundings().now()
    }
}

/// What was wrong lately.
struct Wrong {
    for_one: Slowing<(IpAddr, String)>,
    for_name: Slowing<String>,
    from_address: Slowing<IpAddr>,
}

impl Wrong {
    fn wait(&self, address: IpAddr, name: &str, now: Instant) -> Option<Duration> {
        let name = name.to_owned();
        let (by_name, by_address) = (self.for_name.wait(&name, now), self.from_address.wait(&address, now));
        [self.for_one.wait(&(address, name), now), by_name, by_address].into_iter().flatten().max()
    }

    fn again(&self, address: IpAddr, name: &str, now: Instant) {
        self.for_one.again((address, name.to_owned()), now);
        self.for_name.again(name.to_owned(), now);
        self.from_address.again(address, now);
    }

    fn right(&self, address: IpAddr, name: &str) {
        self.for_one.right(&(address, name.to_owned()));
    }
}

/// The pages.
pub fn routes(store: Store, porter: Porter, ways: Ways, settings: &SignIn, trail: Trail) -> Router {
    let slowing = Arc::new(Wrong {
        for_one: Slowing::after(WRONG_FOR_ONE),
        for_name: Slowing::after(WRONG_IN_ALL),
        from_address: Slowing::after(WRONG_IN_ALL),
    });
    let Ways { first_admin: first, provider } = ways;
    let (form, lasts, left) = (settings.password_form, settings.session(), Arc::new(Slowing::after(WRONG_IN_ALL)));
    let lobby = Lobby { store, porter, first, provider, form, lasts, making: Arc::default(), slowing, left, trail };
    Router::new()
        .route("/sign-in", get(show).post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/password", get(password::show).post(password::change))
        .route("/first-admin/{secret}", get(show_first).post(make_first))
        .merge(provider::routes())
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(lobby)
}

/// `GET /sign-in`
async fn show(State(lobby): State<Lobby>, visitor: Option<Extension<Visitor>>, headers: HeaderMap) -> Response {
    let caller = lobby.porter.caller(&headers, address(visitor)).await.ok();
    let id = caller.and_then(|caller| caller.who.account_id);
    let account = match id {
        Some(id) => store::by_id::<account::Entity>(lobby.store.reader(), id).await.ok(),
        None => None,
    };
    match account {
        Some(account) => {
            let has_password =
                credential::of_account(lobby.store.reader(), account.id).await.is_ok_and(|it| it.is_some());
            let body = pages::signed_in(&account.name, account.role.0, has_password);
            pages::page(StatusCode::OK, "Signed in", None, &body)
        }
        None => sign_in_page(&lobby, StatusCode::OK, None).await,
    }
}

/// The page for whoever has not signed in. Where the database does not tell, a form that nobody needs is no harm.
async fn sign_in_page(lobby: &Lobby, status: StatusCode, told: Option<&str>) -> Response {
    let has_form =
        lobby.form || lobby.provider.is_none() || credential::is_there_any(lobby.store.reader()).await.unwrap_or(true);
    let body = pages::sign_in(lobby.provider.as_ref().map(Provider::button), has_form);
    pages::page(status, "Sign in", told, &body)
}

/// What the form to sign in sends.
#[derive(Deserialize)]
struct SignInForm {
    name: String,
    password: String,
}

/// `POST /sign-in`
async fn sign_in(
    State(lobby): State<Lobby>,
    visitor: Option<Extension<Visitor>>,
    Extension(RequestId(request)): Extension<RequestId>,
    Form(SignInForm { name, password }): Form<SignInForm>,
) -> Response {
    let (address, now) = (address(visitor).to_canonical(), Instant::now());
    let known = name.trim().to_lowercase();
    if let Some(wait) = lobby.slowing.wait(address, &known, now) {
        tracing::warn!(request, "a password is not looked at: wrong too often");
        let refusal = porter::too_many(wait);
        lobby.trail.tell(on_a_page(None, &request, SIGN_IN), refusal.code.as_str());
        return sign_in_again(&lobby, &refusal).await;
    }
    match entered(&lobby, &name, password, &request).await {
        Ok(Ok(secret)) => {
            lobby.slowing.right(address, &known);
            with_cookie(&lobby, &secret, "/")
        }
        Ok(Err(account_id)) => {
            lobby.slowing.again(address, &known, now);
            tracing::info!(request, "a wrong name or password");
            let refusal = porter::unauthenticated("The name or the password is wrong.");
            // Told, not written at once: else it would be seen by the time it takes whether there is such an account.
            lobby.trail.tell(on_a_page(account_id, &request, SIGN_IN), refusal.code.as_str());
            sign_in_again(&lobby, &refusal).await
        }
        Err(error) => failed(&error),
    }
}

/// The secret of a new session, where name and password are right; else the account that the name is of, if any.
async fn entered(
    lobby: &Lobby,
    name: &str,
    password: String,
    request: &str,
) -> store::Result<Result<String, Option<Uuid>>> {
    let db = lobby.store.reader();
    let accounts = account::called(db, name).await?;
    let account = match accounts.as_slice() {
        [account] => Some(account),
        // Two of one name sign in by their e-mail addresses.
        _ => None,
    };
    let kept = match account {
        Some(account) => credential::of_account(db, account.id).await?.map(|known| known.password_hash),
        None => None,
    };
    let is_right = passwords::is_right(password, kept).await;
    match account.filter(|account| is_right && account.disabled_at.is_none()) {
        Some(account) => Ok(Ok(begin(lobby, account.id, request).await?)),
        None => Ok(Err(account.map(|account| account.id))),
    }
}

/// Whoever does this on a page.
fn on_a_page(account_id: Option<Uuid>, request: &str, act: &'static str) -> Who {
    Who { account_id, request_id: Some(request.to_owned()), way: Way::Page, ..Who::background(act) }
}

async fn begin(lobby: &Lobby, account_id: Uuid, request: &str) -> store::Result<String> {
    let mut work = lobby.store.begin(&on_a_page(Some(account_id), request, SIGN_IN)).await?;
    let draft = session::Draft { account_id, identity_id: None, provider_session: None, lasts: lobby.session() };
    let (_, secret) = session::begin(&mut work, draft).await?;
    work.commit().await?;
    Ok(secret)
}

/// `POST /sign-out`
async fn sign_out(
    State(lobby): State<Lobby>,
    Extension(RequestId(request)): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    let ended = match Cookie::Session.read(&headers, lobby.porter.is_secure()) {
        Some(secret) => ended(&lobby, secret, &request).await,
        None => Ok(None),
    };
    let by_provider = match ended {
        Ok(session) => session.is_some_and(|session| session.identity_id.is_some()),
        Err(error) => return failed(&error),
    };
    let gone = Cookie::Session.setting("", 0, lobby.porter.is_secure());
    let out = match &lobby.provider {
        Some(provider) if by_provider => provider.way_out(lobby.now()).await,
        _ => None,
    };
    match out {
        Some(out) => with(pages::signing_out(&out), gone),
        None => gone_to("/sign-in", gone),
    }
}

/// The session that ended, where there was one.
async fn ended(lobby: &Lobby, secret: &str, request: &str) -> store::Result<Option<session::Model>> {
    let found = session::by_hash(lobby.store.reader(), &access_token::hash(secret)).await?;
    let Some((session, account)) = found else { return Ok(None) };
    let mut work = lobby.store.begin(&on_a_page(Some(account.id), request, "signOut")).await?;
    let session = session::end(&mut work, session.id).await?;
    work.commit().await?;
    Ok(Some(session))
}

/// `GET /first-admin/SECRET`
async fn show_first(State(lobby): State<Lobby>, Path(secret): Path<String>) -> Response {
    if leads_in(&lobby, &secret).await {
        pages::page(StatusCode::OK, "The first account", None, &pages::first_admin(&secret))
    } else {
        leads_nowhere()
    }
}

/// What the form of the first admin sends.
#[derive(Deserialize)]
struct FirstForm {
    name: String,
    email: String,
    password: String,
}

/// `POST /first-admin/SECRET`
async fn make_first(
    State(lobby): State<Lobby>,
    Path(secret): Path<String>,
    Extension(RequestId(request)): Extension<RequestId>,
    Form(form): Form<FirstForm>,
) -> Response {
    let _alone = lobby.making.lock().await;
    if !leads_in(&lobby, &secret).await {
        return leads_nowhere();
    }
    match made(&lobby, form, &request).await {
        Ok(session) => {
            lobby.first.iter().for_each(FirstAdmin::close);
            with_cookie(&lobby, &session, "/sign-in")
        }
        Err(Error::Invalid { message, .. }) => {
            let body = pages::first_admin(&secret);
            pages::page(StatusCode::BAD_REQUEST, "The first account", Some(&message), &body)
        }
        Err(error) => failed(&error),
    }
}

async fn made(lobby: &Lobby, form: FirstForm, request: &str) -> store::Result<String> {
    let FirstForm { name, email, password } = form;
    let kept = passwords::hash(lobby.store.surroundings().as_ref(), password).await?;
    let mut work = lobby.store.begin(&on_a_page(None, request, "firstAdmin")).await?;
    if credential::can_anybody_sign_in(work.connection(), lobby.issuer(), work.now()).await? {
        return Err(Error::invalid("name", "somebody can sign in by now: this link leads nowhere any more"));
    }
    let draft = account::Draft { name, email: Some(email), role: Role::Admin };
    let account = account::create(&mut work, draft).await?;
    credential::set(&mut work, account.id, kept).await?;
    work.commit().await?;
    begin(lobby, account.id, request).await
}

async fn leads_in(lobby: &Lobby, secret: &str) -> bool {
    let now = lobby.store.surroundings().now();
    lobby.first.as_ref().is_some_and(|first| first.leads_in(secret))
        && credential::can_anybody_sign_in(lobby.store.reader(), lobby.issuer(), now).await.is_ok_and(|can| !can)
}

fn leads_nowhere() -> Response {
    let body = html! { p { "Start the server again for a new one, where nobody can sign in yet; else ask an admin." } };
    pages::page(StatusCode::NOT_FOUND, "This link leads nowhere any more", None, &body)
}

async fn sign_in_again(lobby: &Lobby, refusal: &Refusal) -> Response {
    let status = refusal.status.unwrap_or(StatusCode::BAD_REQUEST);
    sign_in_page(lobby, status, Some(&refusal.message)).await
}

fn failed(error: &Error) -> Response {
    tracing::error!("nobody could be signed in: {error}");
    let body = html! { p { (answer::INTERNAL) } };
    pages::page(StatusCode::INTERNAL_SERVER_ERROR, "Not now", None, &body)
}

fn with_cookie(lobby: &Lobby, secret: &str, to: &'static str) -> Response {
    gone_to(to, Cookie::Session.setting(secret, lobby.lasts.as_secs(), lobby.porter.is_secure()))
}

fn gone_to(to: &'static str, cookie: Option<HeaderValue>) -> Response {
    with((StatusCode::SEE_OTHER, [(header::LOCATION, HeaderValue::from_static(to))]).into_response(), cookie)
}

/// A response that sets a cookie beside those that it sets already.
fn with(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn address(visitor: Option<Extension<Visitor>>) -> IpAddr {
    visitor.map(|Extension(visitor)| visitor).unwrap_or_default().address
}
