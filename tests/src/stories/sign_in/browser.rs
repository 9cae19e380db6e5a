//! Signing in with a browser: the first account, passwords, cookies.

use axum::{
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use entente::{
    Settings,
    http::{Around, FirstAdmin},
    password,
    settings::Sources,
};
use serde_json::json;
use store::{Who, account as accounts, credential};
use vocab::{Role, Scope};

use super::{account, closed};
use crate::world::{World, stories};

pub(super) const PASSWORD: &str = "rivers run to the sea";

/// Sends a form.
pub(super) async fn form(world: &World, address: &str, fields: &str, cookie: &str) -> Response<String> {
    let request = Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    world.response(request.header(header::COOKIE, cookie), Body::from(fields.to_owned())).await
}

pub(super) fn fields(name: &str, password: &str) -> String {
    format!("name={}&password={}", name.replace(' ', "+"), password.replace(' ', "+"))
}

/// The cookie that an answer sets, as the browser sends it back.
pub(super) fn cookie(response: &Response<String>) -> String {
    let set = response.headers().get(header::SET_COOKIE).unwrap_or_else(|| panic!("no cookie: {}", response.body()));
    let set = set.to_str().expect("text");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    set.split(';').next().expect("a pair").to_owned()
}

/// Who a cookie is signed in as, and the status.
pub(super) async fn viewer(world: &World, cookie: &str) -> (StatusCode, String) {
    let request =
        Request::post("/graphql").header(header::CONTENT_TYPE, "application/json").header(header::COOKIE, cookie);
    let answer = world.response(request, Body::from(json!({ "query": "{ viewer { name role } }" }).to_string())).await;
    (answer.status(), answer.into_body())
}

pub(super) async fn with_password(world: &World, name: &str, role: Role) -> uuid::Uuid {
    let id = account(world, name, role, Scope::Read).await.id;
    let kept = password::hash(world.store.surroundings().as_ref(), PASSWORD.to_owned()).await.expect("a password");
    world.write(async |work| credential::set(work, id, kept).await).await.expect("it is kept");
    id
}

stories! {
    /// Who signs in with name and password gets a cookie, which signs in until they sign out or get another password.
    async fn a_password_signs_in_with_a_cookie_until_one_signs_out(world: &World) {
        let id = with_password(world, "Lena", Role::Editor).await;
        let closed = closed(world, &[]);
        assert!(closed.get("/sign-in").await.1.contains("action=\"/sign-in\""));
        let wrong = form(&closed, "/sign-in", &fields("Lena", "not that"), "").await;
        assert_eq!((wrong.status(), wrong.headers().get(header::SET_COOKIE)), (StatusCode::UNAUTHORIZED, None));
        let signed_in = form(&closed, "/sign-in", &fields("lena@example.org", PASSWORD).replace("lena", "Lena"), "").await;
        assert_eq!((signed_in.status(), &signed_in.headers()[header::LOCATION]), (StatusCode::SEE_OTHER, &"/".parse().expect("a head")));
        let mine = cookie(&signed_in);
        let (status, told) = viewer(&closed, &mine).await;
        assert!(status == 200 && told.contains(r#"{"name":"Lena","role":"EDITOR"}"#), "{told}");
        assert_eq!(viewer(&closed, &mine.replace('=', "=0")).await.0, 401);

        let elsewhere = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json")
            .header(header::COOKIE, &mine).header(header::ORIGIN, "https://evil.example");
        assert_eq!(closed.response(elsewhere, Body::from("{}")).await.status(), 403);

        assert_eq!(form(&closed, "/sign-out", "", &mine).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(viewer(&closed, &mine).await.0, 401, "the cookie is worth nothing any more");

        let again = cookie(&form(&closed, "/sign-in", &fields("Lena", PASSWORD), "").await);
        let kept = password::hash(world.store.surroundings().as_ref(), "another one of them".to_owned()).await.expect("one");
        world.write(async |work| credential::set(work, id, kept).await).await.expect("another password");
        assert_eq!(viewer(&closed, &again).await.0, 401, "whoever knew the old one is out");
        let last = cookie(&form(&closed, "/sign-in", &fields("Lena", "another one of them"), "").await);
        world.clock.pass(chrono::TimeDelta::hours(13));
        assert_eq!(viewer(&closed, &last).await.0, 401, "a session ends by itself");
        world.write(async |work| accounts::set_disabled(work, id, None, true).await).await.expect("disabled");
        assert_eq!(form(&closed, "/sign-in", &fields("Lena", "another one of them"), "").await.status(), 401);
    }

    /// Five wrong passwords, and even the right one has to wait; others do not.
    async fn five_wrong_passwords_slow_down(world: &World) {
        with_password(world, "Lena", Role::Viewer).await;
        with_password(world, "Omar", Role::Viewer).await;
        let closed = closed(world, &[]);
        for _ in 0..6 {
            assert_eq!(form(&closed, "/sign-in", &fields("Lena", "wrong wrong wrong"), "").await.status(), 401);
        }
        let waits = form(&closed, "/sign-in", &fields("Lena", PASSWORD), "").await;
        assert_eq!(waits.status(), StatusCode::TOO_MANY_REQUESTS);
        assert!(waits.body().contains("wait "), "{}", waits.body());
        assert_eq!(form(&closed, "/sign-in", &fields("Omar", PASSWORD), "").await.status(), StatusCode::SEE_OTHER);
    }

    /// Where nobody can sign in, a link makes the first admin, once.
    async fn a_link_makes_the_first_admin_once(world: &World) {
        let settings = Settings::load(&Sources::default()).expect("the settings");
        let around = Around { first_admin: Some(FirstAdmin::new("once")), ..Around::default() };
        let closed = world.with_app(entente::http::app_telling(&settings, world.store.clone(), Who::system(), around));
        assert_eq!(closed.get("/first-admin/other").await.0, 404);
        let (status, page) = closed.get("/first-admin/once").await;
        assert!(status == 200 && page.contains("action=\"/first-admin/once\""), "{page}");
        let short = form(&closed, "/first-admin/once", "name=Lena&email=&password=short", "").await;
        assert!(short.status() == 400 && short.body().contains("at least 12"), "{}", short.body());
        let made = form(&closed, "/first-admin/once", "name=Lena&email=&password=rivers+run+to+the+sea", "").await;
        let (_, told) = viewer(&closed, &cookie(&made)).await;
        assert!(told.contains(r#"{"name":"Lena","role":"ADMIN"}"#), "{told}");
        assert_eq!(closed.get("/first-admin/once").await.0, 404);
        assert_eq!(form(&closed, "/first-admin/once", "name=X&email=&password=rivers+run+to+the+sea", "").await.status(), 404);
        assert_eq!(form(&closed, "/sign-in", &fields("Lena", PASSWORD), "").await.status(), StatusCode::SEE_OTHER);
    }
}
