//! Each digest is sent once by each way, signed and in both forms.

use briefing::Shelf;
use chrono::TimeDelta;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{
    HASTY, PASSWORD, PATIENT, SECRET, account, action, became, deliveries, mail, overdue,
    post::{self, Post},
    receiver::{self, Receiver},
    sending_to, server, settings, webhook,
};
use crate::world::stories;

stories! {
    /// Two servers wake side by side for two weeks: everybody gets one message a week by each way.
    async fn one_digest_for_each_person_and_period_though_two_servers_run(world: &World) {
        let (post, receiver) = (Post::open(post::Manner::Takes).await, Receiver::open(receiver::Manner::Status(204)).await);
        for name in ["Salma", "Omar", "Lina"] {
            let account = account(world, name).await;
            action(world, &account, overdue("Train ten curators")).await;
        }
        account(world, "Idle").await;
        let beside = world.beside().await;
        let one = sending_to(&world.store, &post, &receiver, PATIENT);
        let other = sending_to(&beside, &post, &receiver, PATIENT);
        for day in 0..14 {
            tokio::join!(one.step(None), other.step(None));
            let sent = if day < 7 { 3 } else { 6 };
            assert_eq!((post.mails().len(), receiver.calls().len()), (sent, sent), "day {day}");
            world.clock.pass_days(1);
        }
        let mut recipients = post.recipients();
        recipients.sort();
        recipients.dedup();
        assert_eq!(recipients.len(), 3);
        let all = deliveries(world).await;
        assert_eq!(all.len(), 12);
        assert!(all.iter().all(|one| one["state"] == "SENT" && one["attempts"] == 1 && !one["sentAt"].is_null()), "{all:#?}");
        let mut ids: Vec<_> = receiver.calls().iter().map(|call| call.header("webhook-id").to_owned()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 6, "each call has its own identifier");
    }

    /// A mail is known by its key and says the same in both forms; a call has the signature that others compute.
    async fn what_is_sent_can_be_read_and_verified(world: &World) {
        let (post, receiver) = (Post::open(post::Manner::Takes).await, Receiver::open(receiver::Manner::Status(200)).await);
        let salma = account(world, "Salma").await;
        let trained = action(world, &salma, overdue("Train ten curators")).await;
        sending_to(&world.store, &post, &receiver, PATIENT).step(None).await;
        let mail = post.mails().remove(0);
        for part in [
            "Message-ID: <digest.2026-W10.",
            "@example.org>",
            "From: Entente <entente@example.org>",
            "To: Salma <salma@example.org>",
            "Subject: Reminders of 2 March 2026: overdue 1",
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
            "multipart/alternative",
        ] {
            assert!(mail.contains(part), "no {part}: {mail}");
        }
        let call = receiver.calls().remove(0);
        assert_eq!(call.header("webhook-signature"), call.signature(SECRET));
        assert_eq!(call.header("webhook-timestamp"), "1772442000");
        assert_eq!(call.header("content-type"), "application/json");
        let body: Value = serde_json::from_str(&call.body).expect("JSON");
        assert_eq!((body["type"].as_str(), body["timestamp"].as_str()), (Some("digest"), Some("2026-03-02T09:00:00Z")));
        let data = &body["data"];
        assert_eq!((&data["account"]["id"], &data["account"]["name"]), (&salma, &json!("Salma")));
        assert_eq!((data["period"].as_str(), data["total"].as_i64()), (Some("2026-W10"), Some(1)), "{data:#}");
        let line = &data["groups"][0]["lines"][0];
        assert_eq!((&line["id"], &line["reason"]), (&trained, &json!("overdue")), "{data:#}");
    }

    /// A server that does not let us in is told of by the setting to look at; the password stays a secret, even where the
    /// server repeats it.
    async fn a_wrong_password_is_told_without_being_shown(world: &World) {
        let says = format!("535 no, {PASSWORD} of salma@example.org is wrong");
        let post = Post::open(post::Manner::Says("AUTH", says.leak())).await;
        let salma = account(world, "Salma").await;
        action(world, &salma, overdue("Train ten curators")).await;
        let server = server(&world.store, &mail(post.port), PATIENT);
        server.step(None).await;
        let told = ("PLANNED".to_owned(), "the mail server refused the user and password of [mail] (535)".to_owned());
        assert_eq!(became(world, "EMAIL").await, told);
        let jobs = store::job::Entity::find().all(world.store.reader()).await.expect("the queue");
        assert!(!format!("{jobs:?}").contains(PASSWORD));
        assert!(jobs.iter().all(|job| !format!("{:?}", job.reason).contains("example.org")), "{jobs:?}");
        post.behave(post::Manner::Takes);
        world.clock.pass(TimeDelta::minutes(1));
        server.step(None).await;
        assert_eq!(became(world, "EMAIL").await.0, "SENT", "once it is set right, it goes out");
    }

    /// What lies on this machine or in a private network is not called, whatever name it goes by, unless that is allowed.
    async fn a_webhook_does_not_reach_behind_our_walls(world: &World) {
        for url in ["http://127.0.0.1:9/hook", "http://localhost:9/hook", "https://10.0.0.7/hook", "https://[::1]/hook"] {
            let loaded = settings(&webhook(url, false)).expect("the form is right");
            let told = entente::jobs::all(&loaded, &Shelf::default()).err().expect(url).message;
            assert!(told.starts_with("webhooks: intranet: the url is on this machine or in a private network"), "{told}");
        }
        let receiver = Receiver::open(receiver::Manner::Status(200)).await;
        let salma = account(world, "Salma").await;
        action(world, &salma, overdue("Train ten curators")).await;
        let by_name = receiver.url.replace("http://127.0.0.1", "https://localhost");
        server(&world.store, &webhook(&by_name, false), HASTY).step(None).await;
        let (state, answer) = became(world, "WEBHOOK").await;
        assert!(state == "PLANNED" && answer.contains("private network, which is not allowed"), "{state}: {answer}");
        assert_eq!(receiver.calls().len(), 0);
    }
}
