//! Changing one's own password.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::json;
use vocab::{Outcome, Role, Way};

use super::{
    browser::{PASSWORD, cookie, fields, form, viewer, with_password},
    closed,
};
use crate::{
    stories::audit,
    world::{World, stories},
};

const NEW: &str = "mountains stand where they are";

fn change(old: &str, new: &str, again: &str) -> String {
    [("old", old), ("new", new), ("again", again)]
        .map(|(name, value)| format!("{name}={}", value.replace(' ', "+")))
        .join("&")
}

async fn sign_in(world: &World, password: &str) -> String {
    cookie(&form(world, "/sign-in", &fields("Lena", password), "").await)
}

stories! {
    /// Whoever knows their password changes it: here they stay signed in, elsewhere they are not any more.
    async fn whoever_is_signed_in_changes_their_own_password(world: &World) {
        with_password(world, "Lena", Role::Viewer).await;
        let closed = closed(world, &[]);
        let (here, elsewhere) = (sign_in(&closed, PASSWORD).await, sign_in(&closed, PASSWORD).await);
        let get = async |cookie: &str| {
            closed.response(Request::get("/password").header(header::COOKIE, cookie), Body::empty()).await
        };
        let page = get(&here).await;
        assert!(page.status() == 200 && page.body().contains("action=\"/password\""), "{}", page.body());
        assert!(closed.response(Request::get("/sign-in").header(header::COOKIE, &here), Body::empty()).await.body().contains("href=\"/password\""));
        let nobody = get("").await;
        assert_eq!((nobody.status(), &nobody.headers()[header::LOCATION]), (StatusCode::SEE_OTHER, &"/sign-in".parse().expect("a head")));
        assert_eq!(form(&closed, "/password", &change(PASSWORD, NEW, NEW), "").await.status(), StatusCode::SEE_OTHER);

        for (old, new, again, status, part) in [
            ("not mine at all", NEW, NEW, 403, "not your password"),
            (PASSWORD, NEW, "mountains stand", 400, "not the same"),
            (PASSWORD, "short", "short", 400, "at least 12"),
        ] {
            let refused = form(&closed, "/password", &change(old, new, again), &here).await;
            assert!(refused.status() == status && refused.body().contains(part), "{part}: {}", refused.body());
            assert!(!refused.body().contains(new), "no password is shown");
        }
        let foreign = Request::post("/password").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &here).header(header::ORIGIN, "https://evil.example");
        assert_eq!(closed.response(foreign, Body::from(change(PASSWORD, NEW, NEW))).await.status(), 403);
        assert_eq!(viewer(&closed, &elsewhere).await.0, 200, "nothing has changed so far");

        let changed = form(&closed, "/password", &change(PASSWORD, NEW, NEW), &here).await;
        assert_eq!(changed.status(), StatusCode::SEE_OTHER);
        assert_eq!(audit::of(&audit::last(world).await), (Way::Page, "changePassword", Outcome::Done, None));
        let fresh = cookie(&changed);
        assert_eq!((viewer(&closed, &fresh).await.0, viewer(&closed, &here).await.0, viewer(&closed, &elsewhere).await.0),
            (StatusCode::OK, StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
        assert_eq!(form(&closed, "/sign-in", &fields("Lena", PASSWORD), "").await.status(), 401);
        sign_in(&closed, NEW).await;
        let history = world.ask("{ accounts(first: 5) { nodes { name } } }", json!({})).await;
        assert!(!history.to_string().contains(NEW));
    }

    /// The old password cannot be tried without end by whoever has found a browser open.
    async fn the_password_until_now_is_not_tried_without_end(world: &World) {
        with_password(world, "Lena", Role::Viewer).await;
        let closed = closed(world, &[]);
        let here = sign_in(&closed, PASSWORD).await;
        for _ in 0..6 {
            assert_eq!(form(&closed, "/password", &change("wrong wrong wrong", NEW, NEW), &here).await.status(), 403);
        }
        let waits = form(&closed, "/password", &change(PASSWORD, NEW, NEW), &here).await;
        assert_eq!(waits.status(), StatusCode::TOO_MANY_REQUESTS);
    }
}
