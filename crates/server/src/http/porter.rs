//! Who asks: the one place where a token, a cookie or an address is turned into an account with its rights.

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::Response,
};
use chrono::{DateTime, Utc};
use store::{Rights, Store, Who, access_token, account, session};
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use uuid::Uuid;
use vocab::{Role, Scope, Way};

use super::{
    answer,
    code::{Code, Refusal},
    cookie::Cookie,
    negotiate::{self, Media},
    request_id::RequestId,
    slowing::Slowing,
    visitor::Visitor,
};
use crate::trail::Trail;

/// How long until it is looked again who is at the other end of what stays open.
const LOOKS_AGAIN: Duration = Duration::from_secs(5);
/// How long the database may take to tell who asks; what is asked has its own time behind it.
const PATIENCE: Duration = Duration::from_secs(4);
/// So many wrong tokens of one address, and it has to wait.
const WRONG_TOKENS: u32 = 10;

/// What the trail calls a token that signs nobody in any more, and whoever brings nothing that ever did.
const TOKEN: &str = "token";
const NOBODY: &str = "nobody";

/// What a proxy adds to a request: then it is not this machine that asks.
const OF_PROXIES: [&str; 5] = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/// Who asks, and how that is known.
#[derive(Clone)]
pub struct Caller {
    /// On whose behalf, and what they may do.
    pub who: Who,
    /// How that is known.
    pub by: By,
}

/// How it is known who asks.
#[derive(Clone, PartialEq, Eq)]
pub enum By {
    /// By a token, of which this is the hash.
    Token(String),
    /// By the cookie of a session, of which this is the hash.
    Session(String),
    /// By coming from this machine.
    Loopback(Uuid),
    /// It is not known: whoever it is sees what is public.
    Nothing,
}

/// Whom what somebody asks for is counted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Client {
    /// To an account.
    Account(Uuid),
    /// To an address, where nobody has signed in.
    Address(IpAddr),
}

impl Caller {
    fn nobody() -> Self {
        Self { who: Who { rights: Rights::public(), ..asking(None, None) }, by: By::Nothing }
    }

    /// Whom what they ask for is counted to.
    pub fn client(&self, address: IpAddr) -> Client {
        self.who.account_id.map_or(Client::Address(address), Client::Account)
    }
}

/// Knows who asks. A copy knows the same.
#[derive(Clone)]
pub struct Porter(Arc<Known>);

struct Known {
    /// Where accounts are; none where there are none.
    store: Option<Store>,
    /// As which account whoever comes from this machine is signed in.
    loopback: Option<Uuid>,
    /// Whether whoever is nobody may come in.
    public: bool,
    /// Whether the cookie is for https alone.
    secure: bool,
    wrong: Slowing<IpAddr>,
    /// Where it is told who was not let in.
    trail: Trail,
}

impl Porter {
    /// Knows the accounts of a store, and as which of them those on this machine are signed in.
    pub fn new(store: Option<Store>, loopback: Option<Uuid>, public: bool, secure: bool, trail: Trail) -> Self {
        Self(Arc::new(Known { store, loopback, public, secure, wrong: Slowing::after(WRONG_TOKENS), trail }))
    }

    /// Whether the cookie is for https alone.
    pub fn is_secure(&self) -> bool {
        self.0.secure
    }

    /// Who has sent a request.
    ///
    /// # Errors
    /// Where it is nobody who may come in.
    pub async fn caller(&self, headers: &HeaderMap, address: IpAddr) -> Result<Caller, Refusal> {
        if let Some(authorization) = headers.get(header::AUTHORIZATION) {
            return self.bearer(authorization.to_str().unwrap_or_default(), address).await;
        }
        if let Some(secret) = Cookie::Session.read(headers, self.0.secure) {
            // A session that has ended is as none: else its cookie would keep people from the page to sign in.
            match self.known(By::Session(access_token::hash(secret))).await {
                Err(refusal) if refusal.code == Code::Unauthenticated => {}
                known => return known,
            }
        }
        let is_here =
            address.to_canonical().is_loopback() && !OF_PROXIES.iter().any(|name| headers.contains_key(*name));
        if let Some(account) = self.0.loopback.filter(|_| is_here) {
            return self.known(By::Loopback(account)).await;
        }
        if self.0.public {
            return Ok(Caller::nobody());
        }
        self.not_let_in(None, None);
        Err(unauthenticated(
            "nobody is signed in: send a token as \"Authorization: Bearer ent_...\", or sign in at /sign-in",
        ))
    }

    /// Who sends this in the head of a request, or in the first message on a socket.
    ///
    /// # Errors
    /// Where it is no token that signs anybody in.
    pub async fn bearer(&self, authorization: &str, address: IpAddr) -> Result<Caller, Refusal> {
        let address = address.to_canonical();
        let (scheme, token) = authorization.trim().split_once(' ').unwrap_or_default();
        let token = token.trim();
        let found = if !scheme.eq_ignore_ascii_case("bearer") {
            self.not_let_in(None, None);
            Err(unauthenticated("send a token as \"Authorization: Bearer ent_...\""))
        } else if !access_token::is_token(token) {
            self.not_let_in(None, None);
            Err(unauthenticated("this is no token: they begin with ent_ and are shown once, when they are made"))
        } else {
            self.known(By::Token(access_token::hash(token))).await
        };
        match found {
            Err(refusal) if refusal.code == Code::Unauthenticated => {
                Err(self.0.wrong.again(address, Instant::now()).map_or(refusal, too_many))
            }
            found => found,
        }
    }

    /// Tells the trail that nobody was let in.
    fn not_let_in(&self, account_id: Option<Uuid>, token_id: Option<Uuid>) {
        let act = if token_id.is_some() { TOKEN } else { NOBODY };
        self.0.trail.tell(asking(account_id, token_id).doing(act), Code::Unauthenticated.as_str());
    }

    /// Who it is that is known so, as it stands now.
    async fn known(&self, by: By) -> Result<Caller, Refusal> {
        timeout(PATIENCE, self.looked_up(by)).await.unwrap_or_else(|_| {
            let message = "the database takes too long to tell who you are: try again";
            Err(Refusal::request(StatusCode::SERVICE_UNAVAILABLE, Code::Timeout, message))
        })
    }

    async fn looked_up(&self, by: By) -> Result<Caller, Refusal> {
        let Some(store) = &self.0.store else { return Err(unknown(&by)) };
        let db = store.reader();
        let mut token_id = None;
        let (account, scope) = match &by {
            By::Token(hash) => {
                let Some((token, account)) = access_token::by_hash(db, hash).await.map_err(broken)? else {
                    self.not_let_in(None, None);
                    return Err(unknown(&by));
                };
                let now = store.surroundings().now();
                token_id = Some(token.id);
                if !token.holds(now) {
                    self.not_let_in(Some(account.id), token_id);
                    let message = "this token was revoked or has expired: have a new one made";
                    return Err(unauthenticated(message));
                }
                self.remember(store, &token, now);
                (account, token.scope.0)
            }
            By::Session(hash) => {
                let found = session::by_hash(db, hash).await.map_err(broken)?;
                match found.filter(|(session, _)| session.holds(store.surroundings().now())) {
                    Some((_, account)) => (account, Scope::Admin),
                    None => return Err(unknown(&by)),
                }
            }
            By::Loopback(id) => match store::by_id::<account::Entity>(db, *id).await {
                Ok(account) => (account, Scope::Admin),
                Err(store::Error::NotFound { .. }) => return Err(unknown(&by)),
                Err(error) => return Err(broken(error)),
            },
            By::Nothing if self.0.public => return Ok(Caller::nobody()),
            By::Nothing => return Err(unknown(&by)),
        };
        if account.disabled_at.is_some() {
            self.not_let_in(Some(account.id), token_id);
            return Err(unauthenticated("this account is disabled: ask an admin"));
        }
        let rights = Rights::of(account.role.0, scope);
        Ok(Caller { who: Who { rights, ..asking(Some(account.id), token_id) }, by })
    }

    /// Remembers the day on which a token was used: once a day, beside the request.
    fn remember(&self, store: &Store, token: &access_token::Model, now: DateTime<Utc>) {
        let (store, id, today) = (store.clone(), token.id, now.date_naive());
        if token.last_used_on >= Some(today) {
            return;
        }
        let who = Who { account_id: Some(token.account_id), token_id: Some(id), ..Who::background("token used") };
        tokio::spawn(async move {
            let noted = async {
                let mut work = store.begin(&who).await?;
                access_token::used(&mut work, id, today).await?;
                work.commit().await
            };
            match noted.await {
                Ok(()) | Err(store::Error::Conflict { .. }) => {}
                Err(fault) => tracing::warn!("the day on which a token was used is not kept: {fault}"),
            }
        });
    }

    /// Waits until whoever it is may not be here any more, or has other rights than they had, and tells why.
    pub async fn turned_away(&self, caller: &Caller) -> Refusal {
        let mut looks = interval_at(Instant::now() + LOOKS_AGAIN, LOOKS_AGAIN);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            looks.tick().await;
            match self.known(caller.by.clone()).await {
                Ok(now) if now.who.rights == caller.who.rights => {}
                Ok(_) => return forbidden("what you may do has changed: connect again"),
                Err(refusal) if refusal.code == Code::Unauthenticated => return refusal,
                // The database does not answer: nobody has taken anything away.
                Err(_) => {}
            }
        }
    }
}

/// Lets in whoever may be here, and tells what is behind who it is.
pub async fn admit(State(porter): State<Porter>, request: Request, next: Next) -> Response {
    admitted(&porter, None, request, next).await
}

/// The same, for those who work here.
pub async fn admit_staff(State(porter): State<Porter>, request: Request, next: Next) -> Response {
    admitted(&porter, Some(Role::Viewer), request, next).await
}

async fn admitted(porter: &Porter, least: Option<Role>, mut request: Request, next: Next) -> Response {
    let caller = porter.caller(request.headers(), address_of(&request)).await;
    match caller.and_then(|caller| if caller.who.rights.is_at_least(least) { Ok(caller) } else { Err(sign_in_first()) })
    {
        Ok(mut caller) => {
            caller.who.request_id = request.extensions().get::<RequestId>().map(|id| id.0.clone());
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(refusal) => answer::refused_with(negotiate::media(request.headers()).unwrap_or(Media::Json), &refusal),
    }
}

/// Where a request comes from.
pub fn address_of(request: &Request) -> IpAddr {
    request.extensions().get::<Visitor>().cloned().unwrap_or_default().address
}

/// Whoever asks, before it is known what for and what they may do.
fn asking(account_id: Option<Uuid>, token_id: Option<Uuid>) -> Who {
    Who { account_id, token_id, way: Way::Graphql, ..Who::background(NOBODY) }
}

/// Of whoever is nobody, and asks for what is not public.
pub fn sign_in_first() -> Refusal {
    unauthenticated("this is for those who have signed in: send a token as \"Authorization: Bearer ent_...\"")
}

fn unknown(by: &By) -> Refusal {
    unauthenticated(match by {
        By::Token(_) => "this token is not known here: have a new one made",
        By::Session(_) => "you are not signed in any more: sign in at /sign-in",
        By::Loopback(_) | By::Nothing => "nobody is signed in any more: sign in again",
    })
}

/// Why nobody is let in.
pub fn unauthenticated(message: impl Into<String>) -> Refusal {
    Refusal::request(StatusCode::UNAUTHORIZED, Code::Unauthenticated, message)
}

/// Why somebody may not do what they ask for.
pub fn forbidden(message: impl Into<String>) -> Refusal {
    Refusal::request(StatusCode::FORBIDDEN, Code::Forbidden, message)
}

/// Why nothing more is tried for a while.
pub fn too_many(wait: Duration) -> Refusal {
    let message = format!("this was wrong too often: wait {} s, then try again", wait.as_secs().saturating_add(1));
    Refusal::request(StatusCode::TOO_MANY_REQUESTS, Code::RateLimited, message)
}

fn broken(error: store::Error) -> Refusal {
    tracing::error!("it cannot be told who asks: {error}");
    Refusal::request(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, answer::INTERNAL)
}
