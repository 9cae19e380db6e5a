//! What does not sign anybody in.

use std::time::Duration;

use axum::http::{StatusCode, header};
use chrono::TimeDelta;
use entente::{provider::Provider, settings::SignIn};
use sea_orm::EntityTrait;
use serde_json::json;
use store::{Surroundings, session};

use super::{
    Idp, cookie, fields,
    idp::{Manner, Sign},
    leave, provider, settings, sign_in, there_and_back, told, visit, with_app, with_provider,
};
use crate::world::{World, stories};

async fn sessions(world: &World) -> usize {
    session::Entity::find().all(world.store.reader()).await.expect("asked").len()
}

/// Comes back, and is not signed in; the page.
async fn turned_away(world: &World, back: &str, cookie: &str, status: StatusCode) -> String {
    let out = visit(world, back, cookie).await;
    assert_eq!(out.status(), status, "{back}: {}", out.body());
    let set = out.headers().get_all(header::SET_COOKIE).iter().map(|set| set.to_str().expect("text").to_owned());
    let set: Vec<String> = set.collect();
    assert!(set.len() == 1 && set[0].starts_with("entente-errand=; ") && set[0].contains("Max-Age=0"), "{set:?}");
    out.into_body()
}

stories! {
    /// What was begun ends once, in the browser that began it, and within ten minutes.
    async fn a_sign_in_comes_back_once_to_the_browser_that_left_and_in_time(world: &World) {
        let (world, idp) = with_provider(world).await;
        let (bad, no) = (StatusCode::BAD_REQUEST, StatusCode::FORBIDDEN);
        let ((to, mine), (_, others)) = (leave(&world).await, leave(&world).await);
        assert!(mine != others && !to.contains(mine.split_once('=').expect("a pair").1));
        let back = idp.signs_in(&to);
        let state = &fields(&to)["state"];
        turned_away(&world, &back.replace(state.as_str(), "another"), &mine, bad).await;
        turned_away(&world, &back, &others, bad).await;
        turned_away(&world, &back, "", bad).await;
        turned_away(&world, "/sign-in/provider/back", &mine, bad).await;
        turned_away(&world, &format!("{back}&state=twice"), &mine, bad).await;
        assert_eq!(sessions(&world).await, 0);

        let done = visit(&world, &back, &mine).await;
        assert_eq!((done.status(), &done.headers()[header::LOCATION]), (StatusCode::SEE_OTHER, &"/".parse().expect("a head")));
        assert!(told(&world, &cookie(&done)).await.contains("Amal"));
        turned_away(&world, &back, &mine, bad).await;
        assert_eq!(sessions(&world).await, 1, "a state is used once");

        let (to, late) = leave(&world).await;
        let back = idp.signs_in(&to);
        world.clock.pass(TimeDelta::minutes(11));
        turned_away(&world, &back, &late, bad).await;

        let (to, refused) = leave(&world).await;
        let page = turned_away(&world, &format!("/sign-in/provider/back?state={}&error=access_denied&error_description=marked", fields(&to)["state"]), &refused, no).await;
        assert!(!page.contains("marked") && !page.contains("access_denied"), "{page}");
        let (to, mixed) = leave(&world).await;
        turned_away(&world, &format!("{}&iss=https://other.example", idp.signs_in(&to)), &mixed, no).await;
        let (to, forged) = leave(&world).await;
        let state = &fields(&to)["state"];
        turned_away(&world, &format!("/sign-in/provider/back?state={state}&code=forged"), &forged, no).await;
        let (to, named) = leave(&world).await;
        let back = format!("{}&iss={}", idp.signs_in(&to), idp.issuer);
        assert_eq!(visit(&world, &back, &named).await.status(), StatusCode::SEE_OTHER);
    }

    /// A token that is not right in every part signs nobody in.
    async fn a_token_that_is_not_right_signs_nobody_in(world: &World) {
        let (world, idp) = with_provider(world).await;
        let now = world.clock.now().timestamp();
        let twists = [
            json!({ "nonce": "another" }),
            json!({ "nonce": null }),
            json!({ "iss": "https://other.example" }),
            json!({ "iss": [idp.issuer] }),
            json!({ "aud": "another" }),
            json!({ "aud": [] }),
            json!({ "aud": null }),
            json!({ "aud": ["entente & co", "another"] }),
            json!({ "aud": ["entente & co", "another"], "azp": "another" }),
            json!({ "azp": "another" }),
            json!({ "exp": now - 61 }),
            json!({ "exp": null }),
            json!({ "exp": "tomorrow" }),
            json!({ "iat": now + 120 }),
            json!({ "iat": now - 3600 }),
            json!({ "iat": null }),
            json!({ "sub": null }),
            json!({ "sub": "" }),
            json!({ "sub": " " }),
            json!({ "sub": "a".repeat(256) }),
        ];
        for twist in twists {
            idp.twist(twist.clone());
            let out = there_and_back(&world, &idp).await;
            assert_eq!(out.status(), 403, "{twist}: {}", out.body());
            assert!(out.body().contains("cannot be trusted"), "{twist}: {}", out.body());
        }
        idp.twist(json!({}));
        for sign in [Sign::Nothing, Sign::PublicKey, Sign::OtherKey, Sign::OtherName] {
            idp.sign(sign);
            assert_eq!(there_and_back(&world, &idp).await.status(), 403, "{sign:?}");
        }
        assert_eq!(sessions(&world).await, 0);
        idp.sign(Sign::Right);
        idp.twist(json!({ "aud": ["another", "entente & co"], "azp": "entente & co" }));
        sign_in(&world, &idp).await;
    }

    /// A key that is not known yet is asked for, and not time and again.
    async fn a_new_key_is_asked_for_once_a_minute(world: &World) {
        let (world, idp) = with_provider(world).await;
        sign_in(&world, &idp).await;
        sign_in(&world, &idp).await;
        assert_eq!(idp.keys_asked(), 1, "what is known is kept");
        world.clock.pass(TimeDelta::seconds(61));
        idp.change_key("second");
        sign_in(&world, &idp).await;
        assert_eq!(idp.keys_asked(), 2);
        idp.change_key("third");
        for _ in 0..3 {
            assert_eq!(there_and_back(&world, &idp).await.status(), 403);
        }
        assert_eq!(idp.keys_asked(), 2, "it was asked less than a minute ago");
        world.clock.pass(TimeDelta::seconds(61));
        sign_in(&world, &idp).await;
        assert_eq!(idp.keys_asked(), 3);
    }

    /// What the provider said an hour ago is asked for anew, so that a key which it has taken back is good for nothing.
    async fn what_the_provider_says_is_believed_for_an_hour(world: &World) {
        let (world, idp) = with_provider(world).await;
        sign_in(&world, &idp).await;
        world.clock.pass(TimeDelta::minutes(61));
        sign_in(&world, &idp).await;
        assert_eq!(idp.keys_asked(), 2);
        world.clock.pass(TimeDelta::minutes(61));
        idp.behave(Manner::Breaks);
        leave(&world).await;
        idp.behave(Manner::Well);
        sign_in(&world, &idp).await;
        assert_eq!(idp.keys_asked(), 2, "what was known goes on, and is asked for no sooner than in a minute");
        world.clock.pass(TimeDelta::seconds(61));
        idp.change_key("first");
        sign_in(&world, &idp).await;
        assert_eq!(idp.keys_asked(), 3);
        world.clock.pass(TimeDelta::seconds(61));
        idp.change_key("first");
        sign_in(&world, &idp).await;
        assert_eq!(idp.keys_asked(), 4, "another key under a name that is known");
    }

    /// A provider that does not answer as it should keeps nobody waiting, and what it says instead is shown to nobody.
    async fn a_provider_that_does_not_answer_keeps_nobody_waiting(world: &World) {
        let nobody = settings("http://127.0.0.1:1/realm");
        let alone = with_app(world, &nobody, provider(&nobody.sign_in));
        let out = visit(&alone, "/sign-in/provider", "").await;
        assert!(out.status() == 502 && out.body().contains("does not answer"), "{}", out.body());

        let idp = Idp::open(world.clock.clone()).await;
        let set = settings(&idp.issuer);
        let hasty = with_app(world, &set, provider(&set.sign_in).with_patience(Duration::from_millis(300)));
        let manners = [Manner::Breaks, Manner::Babbles, Manner::Floods, Manner::Silent];
        for manner in manners {
            idp.behave(manner);
            world.clock.pass(TimeDelta::seconds(16));
            let out = visit(&hasty, "/sign-in/provider", "").await;
            assert!(out.status() == 502 && !out.body().contains("marked"), "{manner:?}: {}", out.body());
        }
        idp.behave(Manner::Well);
        let out = visit(&hasty, "/sign-in/provider", "").await;
        assert_eq!(out.status(), 502, "it failed a moment ago, and nobody is kept waiting for it again");
        world.clock.pass(TimeDelta::seconds(16));
        sign_in(&hasty, &idp).await;
        let patient = with_app(world, &set, provider(&set.sign_in));
        for manner in [Manner::Breaks, Manner::Babbles, Manner::Floods] {
            idp.behave(Manner::Well);
            let (to, cookie) = leave(&patient).await;
            let back = idp.signs_in(&to);
            idp.behave(manner);
            let page = turned_away(&patient, &back, &cookie, StatusCode::BAD_GATEWAY).await;
            assert!(!page.contains("marked"), "{manner:?}: {page}");
        }
        idp.behave(Manner::Well);
        sign_in(&patient, &idp).await;
        let other = settings(&idp.issuer.replace("/realm", "/realm/"));
        let other = with_app(world, &other, provider(&other.sign_in));
        assert_eq!(visit(&other, "/sign-in/provider", "").await.status(), 502, "it calls itself otherwise");
    }

    /// Whoever leaves again and again without coming back has to wait.
    async fn who_leaves_again_and_again_has_to_wait(world: &World) {
        let (world, _) = with_provider(world).await;
        for _ in 0..51 {
            leave(&world).await;
        }
        let out = visit(&world, "/sign-in/provider", "").await;
        assert_eq!(out.status(), StatusCode::TOO_MANY_REQUESTS);
        assert!(out.body().contains("begun too often and never ended: wait "), "{}", out.body());
        assert_eq!(store::ticket::Entity::find().all(world.store.reader()).await.expect("asked").len(), 51);
        world.clock.pass(TimeDelta::minutes(11));
        let (again, _) = with_provider(&world).await;
        leave(&again).await;
        let left = store::ticket::Entity::find().all(world.store.reader()).await.expect("asked");
        assert_eq!(left.len(), 1, "what is good for nothing any more is forgotten");
    }
}

#[test]
fn a_provider_is_refused_that_cannot_be_used() {
    let mut set = settings("https://id.example.org").sign_in;
    assert!(Provider::of(&set).expect("it can be used").is_some());
    let refused = |set: &SignIn| match Provider::of(set) {
        Err(failure) => failure.message,
        Ok(_) => panic!("it is taken"),
    };
    set.public_url = String::new();
    assert!(refused(&set).contains("needs sign_in.public_url"));
    set.provider.client_id = " ".to_owned();
    assert!(refused(&set).contains("client_id is empty"));
    set.provider.issuer = String::new();
    assert!(Provider::of(&set).expect("none").is_none());
}
