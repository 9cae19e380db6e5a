//! Who comes in, as which account and in which role.

use entente::http::Around;
use sea_orm::EntityTrait;
use serde_json::json;
use store::{account as accounts, change, identity, session};
use vocab::{Outcome, Role, Scope, Way};

use super::{idp::Idp, provider, settings, sharing, sign_in, there_and_back, told, visit, with_provider};
use crate::{
    stories::{
        audit,
        sign_in::{account, browser::with_password},
    },
    world::stories,
};

stories! {
    /// Whoever signs in with the provider has an account, which follows what the provider says, and a history.
    async fn whoever_signs_in_with_the_provider_has_the_role_of_their_groups(world: &World) {
        let (world, idp) = with_provider(world).await;
        let page = visit(&world, "/sign-in", "").await.into_body();
        assert!(page.contains("By the realm") && page.contains("href=\"/sign-in/provider\""), "{page}");
        assert!(!page.contains("name=\"password\""), "nobody has one: {page}");

        let first = sign_in(&world, &idp).await;
        assert!(told(&world, &first).await.contains(r#"{"name":"Amal","role":"EDITOR"}"#));
        let page = visit(&world, "/sign-in", &first).await.into_body();
        assert!(page.contains("Amal") && !page.contains("/password"), "{page}");

        idp.person(json!({ "name": "Amal B.", "email": "amal.b@example.org", "groups": ["readers", "editors", "chiefs"] }));
        let second = sign_in(&world, &idp).await;
        assert!(told(&world, &second).await.contains(r#"{"name":"Amal B.","role":"ADMIN"}"#));
        idp.person(json!({ "groups": "all" }));
        sign_in(&world, &idp).await;
        assert!(told(&world, &first).await.contains("VIEWER"), "what was taken away counts at once, wherever one is signed in");

        let db = world.store.reader();
        let [known]: [identity::Model; 1] = identity::Entity::find().all(db).await.expect("asked").try_into().expect("one");
        assert_eq!((known.issuer.as_str(), known.subject.as_str()), (idp.issuer.as_str(), "amal"));
        let now = store::by_id::<accounts::Entity>(db, known.account_id).await.expect("an account");
        assert_eq!((now.email.as_deref(), now.version), (Some("amal.b@example.org"), 4), "each change is one in the history");
        let lines = change::Entity::find().all(db).await.expect("the history");
        let of = |id| lines.iter().filter(|line| line.record_id == id).count();
        assert_eq!((of(known.id), of(known.account_id)), (1, 4));
        assert!(lines.iter().all(|line| !line.after.to_string().contains("marked")), "no token of the provider is kept");
        let sessions = session::Entity::find().all(db).await.expect("asked");
        assert!(sessions.iter().all(|session| session.identity_id == Some(known.id) && session.provider_session.is_some()));

        world.write(async |work| accounts::set_disabled(work, known.account_id, None, true).await).await.expect("disabled");
        let out = there_and_back(&world, &idp).await;
        assert!(out.status() == 403 && out.body().contains("disabled"), "{}", out.body());
    }

    /// The first time an account is found by a verified address; an address that is not verified, or that somebody else signs
    /// in by, leads to none.
    async fn one_is_known_at_first_by_a_verified_address(world: &World) {
        let (world, idp) = with_provider(world).await;
        let lena = account(&world, "Lena", Role::Viewer, Scope::Read).await;
        idp.person(json!({ "sub": "1", "name": "Lena L.", "email": "lena@Example.org" }));
        sign_in(&world, &idp).await;
        let now = store::by_id::<accounts::Entity>(world.store.reader(), lena.id).await.expect("an account");
        assert_eq!((now.name.as_str(), now.role.0, now.email.as_deref()), ("Lena L.", Role::Editor, Some("lena@Example.org")));

        idp.person(json!({ "sub": "2", "name": "Another Lena" }));
        let out = there_and_back(&world, &idp).await;
        assert!(out.status() == 403 && out.body().contains("somebody else"), "{}", out.body());
        idp.person(json!({ "email_verified": false }));
        let cookie = sign_in(&world, &idp).await;
        assert!(told(&world, &cookie).await.contains("Another Lena"));
        idp.person(json!({ "email_verified": true }));
        sign_in(&world, &idp).await;
        let all = accounts::Entity::find().all(world.store.reader()).await.expect("asked");
        let another = all.iter().find(|account| account.name == "Another Lena").expect("an account of its own");
        assert_eq!((another.email.as_deref(), all.len()), (None, 3), "nobody takes another's address");
    }

    /// Whoever is in no group that has a role is told so, and loses what they had; the last admin stays one.
    async fn who_is_in_no_group_is_told_so_and_the_last_admin_stays_one(world: &World) {
        let desk = world.who.account_id.expect("an account");
        let (world, idp) = with_provider(world).await;
        idp.person(json!({ "groups": ["Editors", "strangers"] }));
        let out = there_and_back(&world, &idp).await;
        assert!(out.status() == 403 && out.body().contains("in no group"), "{}", out.body());
        assert!(!out.body().contains("strangers") && identity::Entity::find().one(world.store.reader()).await.expect("asked").is_none());

        idp.person(json!({ "groups": ["chiefs"] }));
        let chief = sign_in(&world, &idp).await;
        world.write(async |work| accounts::set_role(work, desk, None, Role::Viewer).await).await.expect("another role");
        idp.person(json!({ "groups": ["readers"] }));
        sign_in(&world, &idp).await;
        assert!(told(&world, &chief).await.contains("ADMIN"), "nobody else is left to say who may do what");
        world.write(async |work| accounts::set_role(work, desk, None, Role::Admin).await).await.expect("another role");
        sign_in(&world, &idp).await;
        assert!(told(&world, &chief).await.contains("VIEWER"));
        idp.person(json!({ "groups": null }));
        assert_eq!(there_and_back(&world, &idp).await.status(), 403);
        assert_eq!(told(&world, &chief).await, "", "whoever may not come in is not in any more");
    }

    /// Whose the session is stands in the trail, and that somebody was not let in.
    async fn who_comes_in_by_the_provider_is_in_the_trail(world: &World) {
        let idp = Idp::open(world.clock.clone()).await;
        let settings = settings(&idp.issuer);
        let around = Around { provider: Some(provider(&settings.sign_in)), ..Around::default() };
        let world = sharing(world, &settings, around.clone());
        sign_in(&world, &idp).await;
        let entered = audit::last(&world).await;
        let known = identity::Entity::find().one(world.store.reader()).await.expect("asked").expect("an identity");
        assert_eq!(audit::of(&entered), (Way::Page, "signIn", Outcome::Done, None));
        assert_eq!(entered.account_id, Some(known.account_id));

        idp.person(json!({ "groups": ["strangers"] }));
        assert_eq!(there_and_back(&world, &idp).await.status(), 403);
        around.trail.write().await;
        let refused = audit::last(&world).await;
        assert_eq!(audit::of(&refused), (Way::Page, "signIn", Outcome::Refused, Some("UNAUTHENTICATED")));
        assert_eq!((refused.account_id, refused.times), (None, 1));
    }

    /// What the token leaves out the provider is asked for.
    async fn what_the_token_leaves_out_is_asked_for(world: &World) {
        let (world, idp) = with_provider(world).await;
        idp.tell_elsewhere(true);
        let cookie = sign_in(&world, &idp).await;
        assert!(told(&world, &cookie).await.contains(r#"{"name":"Amal","role":"EDITOR"}"#));
    }

    /// Passwords are asked for where somebody has one.
    async fn a_password_is_asked_for_where_somebody_has_one(world: &World) {
        with_password(world, "Lena", Role::Viewer).await;
        let (world, _) = with_provider(world).await;
        let page = visit(&world, "/sign-in", "").await.into_body();
        assert!(page.contains("name=\"password\"") && page.contains("By the realm"), "{page}");
    }
}
