//! Signing out, here and there.

use axum::{
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use chrono::TimeDelta;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use store::{Surroundings, session};
use vocab::Role;

use super::{
    Idp,
    idp::{CLIENT, Sign, fields},
    sign_in, told, with_provider,
};
use crate::{
    stories::sign_in::browser::{self, PASSWORD, form, with_password},
    world::{World, stories},
};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What the provider is answered when it tells this.
async fn tells(world: &World, token: &str) -> Response<String> {
    let answer = form(world, "/sign-in/provider/logout", &format!("logout_token={token}"), "").await;
    assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
    answer
}

/// What a token of a sign-out says, as it should be, with this beside it.
fn claims(idp: &Idp, jti: &str, with: &Value) -> Value {
    let mut claims = idp.claims();
    let all = json!({ "jti": jti, "events": { EVENT: {} } });
    for (name, value) in all.as_object().into_iter().chain(with.as_object()).flatten() {
        claims[name] = value.clone();
    }
    claims
}

fn token(idp: &Idp, jti: &str, with: &Value) -> String {
    idp.token(&json!({ "typ": "logout+jwt" }), &claims(idp, jti, with))
}

/// What the provider calls the session that it began last, by the history of ours.
async fn last_session(world: &World) -> String {
    let mut sessions = session::Entity::find().all(world.store.reader()).await.expect("asked");
    sessions.sort_by_key(|session| session.id);
    sessions.pop().and_then(|session| session.provider_session).expect("a session of the provider")
}

stories! {
    /// A sign-out that the provider tells of ends that session, or all of whoever it was, and no other.
    async fn a_sign_out_at_the_provider_ends_its_sessions(world: &World) {
        with_password(world, "Amal", Role::Viewer).await;
        let (world, idp) = with_provider(world).await;
        idp.person(json!({ "email": "Amal@example.org" }));
        let by_password = browser::cookie(&form(&world, "/sign-in", &browser::fields("Amal", PASSWORD), "").await);
        let one = sign_in(&world, &idp).await;
        let first = last_session(&world).await;
        let (two, three) = (sign_in(&world, &idp).await, sign_in(&world, &idp).await);
        let third = last_session(&world).await;
        idp.person(json!({ "sub": "boris", "email": "boris@example.org", "name": "Boris" }));
        let boris = sign_in(&world, &idp).await;
        let who = async |cookie: &str| !told(&world, cookie).await.is_empty();

        assert_eq!(tells(&world, &token(&idp, "1", &json!({ "sid": first }))).await.status(), StatusCode::OK);
        assert!(!who(&one).await && who(&two).await && who(&three).await && who(&boris).await);
        let of_another = json!({ "sid": third, "sub": "boris" });
        assert_eq!(tells(&world, &token(&idp, "2", &of_another)).await.status(), StatusCode::OK);
        assert!(who(&three).await, "it is not a session of that subject");
        let again = token(&idp, "3", &json!({ "sub": "amal" }));
        assert_eq!(tells(&world, &again).await.status(), StatusCode::OK);
        assert!(!who(&two).await && !who(&three).await && who(&boris).await);
        assert!(who(&by_password).await, "that session is none of the provider's");

        let anew = sign_in_as(&world, &idp, "amal").await;
        let replayed = tells(&world, &again).await;
        assert!(replayed.status() == 400 && replayed.body().contains("used before"), "{}", replayed.body());
        assert!(who(&anew).await);
        assert_eq!(tells(&world, &token(&idp, "4", &json!({ "sub": "nobody here" }))).await.status(), StatusCode::OK);
        let old = idp.token(&json!({ "typ": "JWT" }), &claims(&idp, "5", &json!({ "sub": "amal" })));
        assert_eq!(tells(&world, &old).await.status(), StatusCode::OK, "some providers do not name the kind");
        assert!(!who(&anew).await);
    }

    /// Of a session that has expired there is nothing left to end.
    async fn an_expired_session_stays_as_it_was(world: &World) {
        let (world, idp) = with_provider(world).await;
        sign_in(&world, &idp).await;
        world.clock.pass(TimeDelta::days(60));
        let one = sign_in(&world, &idp).await;
        assert_eq!(tells(&world, &token(&idp, "1", &json!({ "sub": "amal" }))).await.status(), StatusCode::OK);
        assert_eq!(told(&world, &one).await, "");
        let mut sessions = session::Entity::find().all(world.store.reader()).await.expect("asked");
        sessions.sort_by_key(|session| session.id);
        assert_eq!(sessions.iter().map(|session| session.ended_at.is_some()).collect::<Vec<_>>(), [false, true]);
    }

    /// What is not right in every part ends nothing.
    async fn a_sign_out_that_is_not_right_ends_nothing(world: &World) {
        let (world, idp) = with_provider(world).await;
        let amal = sign_in(&world, &idp).await;
        let now = world.clock.now().timestamp();
        let sub = |with: Value| {
            let mut all = json!({ "sub": "amal" });
            with.as_object().into_iter().flatten().for_each(|(name, value)| all[name] = value.clone());
            all
        };
        let wrong = [
            json!({ "aud": "another" }),
            json!({ "iss": "https://other.example" }),
            json!({ "exp": now - 120 }),
            json!({ "exp": null }),
            json!({ "iat": now - 3600 }),
            json!({ "iat": now + 120 }),
            json!({ "nonce": "a nonce" }),
            json!({ "events": {} }),
            json!({ "events": { EVENT: true } }),
            json!({ "events": [EVENT] }),
            json!({ "jti": null }),
            json!({ "jti": "" }),
            json!({ "sub": null }),
            json!({ "sub": null, "sid": "" }),
        ];
        for (number, with) in wrong.into_iter().enumerate() {
            let answer = tells(&world, &token(&idp, &format!("wrong-{number}"), &sub(with.clone()))).await;
            assert!(answer.status() == 400 && answer.body().contains("invalid_request"), "{with}: {}", answer.body());
        }
        let right = claims(&idp, "right", &sub(json!({})));
        for kind in ["at+jwt", "logout", ""] {
            assert_eq!(tells(&world, &idp.token(&json!({ "typ": kind }), &right)).await.status(), 400, "{kind}");
        }
        let kind = json!({ "typ": "logout+jwt" });
        let critical = json!({ "typ": "logout+jwt", "crit": ["b64"], "b64": true });
        assert_eq!(tells(&world, &idp.token(&critical, &right)).await.status(), 400);
        for sign in [Sign::Nothing, Sign::PublicKey, Sign::OtherKey, Sign::OtherName] {
            idp.sign(sign);
            assert_eq!(tells(&world, &idp.token(&kind, &right)).await.status(), 400, "{sign:?}");
        }
        idp.sign(Sign::Right);
        for nonsense in ["", "a.b.c", "..", "é", "eyJhbGciOiJFUzI1NiJ9..", &"a".repeat(10_000)] {
            assert_eq!(tells(&world, nonsense).await.status(), 400, "{nonsense}");
        }
        for body in ["", "token=x", &"a".repeat(20_000)] {
            assert_eq!(form(&world, "/sign-in/provider/logout", body, "").await.status(), 400, "{}", body.len());
        }
        let untyped = world.response(Request::post("/sign-in/provider/logout"), Body::from("logout_token=x")).await;
        assert_eq!(untyped.status(), 400);
        assert!(told(&world, &amal).await.contains("Amal"), "nothing has ended");
        assert_eq!(tells(&world, &idp.token(&kind, &right)).await.status(), 200);
        assert_eq!(told(&world, &amal).await, "");
        world.clock.pass(TimeDelta::minutes(30));
        assert_eq!(tells(&world, &idp.token(&kind, &right)).await.status(), 400, "it has expired, and is no more remembered");
    }

    /// Whoever signs out here is led to the provider, to sign out there too; whoever has come by a password is not.
    async fn whoever_signs_out_here_is_led_to_the_provider(world: &World) {
        with_password(world, "Lena", Role::Viewer).await;
        let (world, idp) = with_provider(world).await;
        let amal = sign_in(&world, &idp).await;
        let out = form(&world, "/sign-out", "", &amal).await;
        assert_eq!((out.status(), told(&world, &amal).await.as_str()), (StatusCode::OK, ""));
        let to = out.body().split("0; url=").nth(1).and_then(|rest| rest.split('"').next()).expect("an address");
        let to = to.replace("&amp;", "&");
        assert!(to.starts_with(&format!("{}/out?from=there&client_id=", idp.issuer)), "{to}");
        let asked = fields(&to);
        assert_eq!((asked["client_id"].as_str(), asked["post_logout_redirect_uri"].as_str()), (CLIENT, "http://localhost/"));
        assert!(out.headers()[header::SET_COOKIE].to_str().expect("text").contains("Max-Age=0"));

        let lena = browser::cookie(&form(&world, "/sign-in", &browser::fields("Lena", PASSWORD), "").await);
        assert_eq!(form(&world, "/sign-out", "", &lena).await.status(), StatusCode::SEE_OTHER);
    }
}

async fn sign_in_as(world: &World, idp: &Idp, subject: &str) -> String {
    idp.person(json!({ "sub": subject, "email": format!("{subject}@example.org"), "name": subject }));
    sign_in(world, idp).await
}
