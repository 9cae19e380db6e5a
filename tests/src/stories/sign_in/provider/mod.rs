//! Signing in with a provider, and out from either side.

mod coming_in;
mod idp;
mod refused;
mod signing_out;

use axum::{
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use entente::{
    Settings,
    http::Around,
    provider::Provider,
    settings::{SignIn, Sources},
};
use store::Who;

use super::browser::{cookie, viewer};
use crate::world::World;
use idp::{CLIENT, Idp, SECRET, fields};

/// The settings with a provider.
fn settings(issuer: &str) -> Settings {
    let variables = [
        ("ENTENTE_LIMITS_OPERATION_SECONDS", "120"),
        ("ENTENTE_SIGN_IN_PUBLIC_URL", "http://localhost"),
        ("ENTENTE_SIGN_IN_PROVIDER_ISSUER", issuer),
        ("ENTENTE_SIGN_IN_PROVIDER_CLIENT_ID", CLIENT),
        ("ENTENTE_SIGN_IN_PROVIDER_CLIENT_SECRET", SECRET),
        ("ENTENTE_SIGN_IN_PROVIDER_BUTTON", "By the realm"),
        ("ENTENTE_SIGN_IN_PROVIDER_GROUPS_VIEWER", "[\"readers\", \"all\"]"),
        ("ENTENTE_SIGN_IN_PROVIDER_GROUPS_EDITOR", "[\"editors\"]"),
        ("ENTENTE_SIGN_IN_PROVIDER_GROUPS_ADMIN", "[\"chiefs\"]"),
    ];
    let variables = variables.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    Settings::load(&Sources { variables, ..Sources::default() }).expect("the settings")
}

fn provider(settings: &SignIn) -> Provider {
    Provider::of(settings).expect("it can be used").expect("it is set")
}

/// The same world, where people sign in with a provider.
async fn with_provider(world: &World) -> (World, Idp) {
    let idp = Idp::open(world.clock.clone()).await;
    let settings = settings(&idp.issuer);
    (with_app(world, &settings, provider(&settings.sign_in)), idp)
}

fn with_app(world: &World, settings: &Settings, provider: Provider) -> World {
    sharing(world, settings, Around { provider: Some(provider), ..Around::default() })
}

fn sharing(world: &World, settings: &Settings, around: Around) -> World {
    world.with_app(entente::http::app_telling(settings, world.store.clone(), Who::system(), around))
}

/// What lies at an address, asked for with a cookie.
async fn visit(world: &World, address: &str, cookie: &str) -> Response<String> {
    world.response(Request::get(address).header(header::COOKIE, cookie), Body::empty()).await
}

/// Leaves for the provider: where to, and with which cookie.
async fn leave(world: &World) -> (String, String) {
    let left = visit(world, "/sign-in/provider", "").await;
    assert_eq!(left.status(), StatusCode::SEE_OTHER, "{}", left.body());
    let to = left.headers()[header::LOCATION].to_str().expect("an address").to_owned();
    (to, cookie(&left))
}

/// Goes to the provider and comes back: what is answered then.
async fn there_and_back(world: &World, idp: &Idp) -> Response<String> {
    let (to, cookie) = leave(world).await;
    visit(world, &idp.signs_in(&to), &cookie).await
}

/// Signs in with the provider: the cookie of the session.
async fn sign_in(world: &World, idp: &Idp) -> String {
    let back = there_and_back(world, idp).await;
    assert_eq!(back.status(), StatusCode::SEE_OTHER, "{}", back.body());
    cookie(&back)
}

/// What is told of whoever is signed in with a cookie; empty where nobody is.
async fn told(world: &World, cookie: &str) -> String {
    let (status, told) = viewer(world, cookie).await;
    if status == StatusCode::OK { told } else { String::new() }
}
