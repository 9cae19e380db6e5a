//! Whatever the other side does, a delivery says truly what became of it, and is tried again where that does no harm.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vocab::Channel;

use super::{
    HASTY, PATIENT, SECRET, account, action, became, deliveries, mail, overdue, planned,
    post::{Manner, Post},
    receiver::{self, Receiver},
    remind, send_again, sending_to, server, webhook,
};
use crate::world::stories;

stories! {
    /// What is surely not taken is tried again, what is refused is not, and what may have been taken is left to a person.
    async fn a_mail_is_never_thought_unsent_when_it_may_have_been_taken(world: &World) {
        let post = Post::open(Manner::Takes).await;
        let server = server(&world.store, &mail(post.port), HASTY);
        let salma = account(world, "Salma").await;
        remind(world, &salma, json!({ "frequency": "NONE" })).await;
        for (number, (manner, state, told)) in [
            (Manner::Takes, "SENT", "taken by the mail server (250)"),
            (Manner::HangsUp("EHLO"), "PLANNED", "cannot be reached"),
            (Manner::HangsUp("MAIL"), "PLANNED", "broke off"),
            (Manner::HangsUp("DATA"), "PLANNED", "broke off"),
            (Manner::HangsUp("END"), "UNCERTAIN", "broke off"),
            (Manner::Silent("RCPT"), "PLANNED", "did not answer within 0.3 s"),
            (Manner::Silent("END"), "UNCERTAIN", "did not answer within 0.3 s"),
            (Manner::Silent("QUIT"), "SENT", "taken by the mail server (250)"),
            (Manner::Says("AUTH", "454 later"), "PLANNED", "the user and password of [mail] (454)"),
            (Manner::Says("MAIL", "530 sign in first"), "PLANNED", "the sender, mail.from (530)"),
            (Manner::Says("RCPT", "421 busy"), "PLANNED", "the recipient (421)"),
            (Manner::Says("RCPT", "550 nobody"), "FAILED", "the recipient (550)"),
            (Manner::Says("END", "452 full"), "PLANNED", "the mail (452)"),
            (Manner::Says("END", "554 spam"), "FAILED", "the mail (554)"),
        ]
        .into_iter()
        .enumerate()
        {
            post.behave(manner);
            planned(world, &salma, Channel::Email, &format!("{number:02}")).await;
            assert_eq!(server.step(None).await, 1);
            let all = deliveries(world).await;
            let one = all.iter().find(|one| one["period"] == format!("{number:02}")).expect("a delivery");
            assert!(one["answer"].as_str().is_some_and(|answer| answer.contains(told)), "{manner:?}: {one:#}");
            assert_eq!((one["state"].as_str(), one["attempts"].as_i64()), (Some(state), Some(1)), "{manner:?}");
        }
    }

    /// A webhook that fails is called again under the same identifier after ever longer pauses, until it takes the call.
    async fn a_webhook_is_called_again_until_it_takes_the_call(world: &World) {
        let receiver = Receiver::open(receiver::Manner::Status(500)).await;
        let server = server(&world.store, &webhook(&receiver.url, true), HASTY);
        let salma = account(world, "Salma").await;
        action(world, &salma, overdue("Train ten curators")).await;
        server.step(None).await;
        for (minutes, manner, state, told) in [
            (1, receiver::Manner::Status(404), "PLANNED", "status 404"),
            (2, receiver::Manner::Status(302), "PLANNED", "status 302"),
            (4, receiver::Manner::HangsUp, "PLANNED", "broke off"),
            (8, receiver::Manner::Silent, "PLANNED", "did not answer within 0.3 s"),
            (16, receiver::Manner::Status(201), "SENT", "status 201"),
        ] {
            receiver.behave(manner);
            world.clock.pass(TimeDelta::minutes(minutes) - TimeDelta::seconds(1));
            assert_eq!(server.step(None).await, 0, "before its time");
            world.clock.pass(TimeDelta::seconds(1));
            assert_eq!(server.step(None).await, 1);
            let (is, answer) = became(world, "WEBHOOK").await;
            assert!(is == state && answer.contains(told), "{manner:?}: {is}, {answer}");
        }
        let calls = receiver.calls();
        let first = |name: &str| calls.iter().all(|call| call.header(name) == calls[0].header(name));
        assert!(calls.len() == 6 && first("webhook-id") && calls.iter().all(|call| call.body == calls[0].body));
        assert!(!first("webhook-timestamp"), "each attempt has its own time");
        assert!(calls.iter().all(|call| call.header("webhook-signature") == call.signature(SECRET)));
    }

    /// Who wants no more calls, or no mail, gets none, until a person sends it again.
    async fn what_was_refused_is_sent_again_by_hand_alone(world: &World) {
        let post = Post::open(Manner::Says("RCPT", "550 nobody")).await;
        let receiver = Receiver::open(receiver::Manner::Status(410)).await;
        let server = sending_to(&world.store, &post, &receiver, PATIENT);
        let salma = account(world, "Salma").await;
        action(world, &salma, overdue("Train ten curators")).await;
        server.step(None).await;
        post.behave(Manner::Takes);
        receiver.behave(receiver::Manner::Status(200));
        world.clock.pass_days(3);
        assert_eq!(server.step(None).await, 0);
        for channel in ["EMAIL", "WEBHOOK"] {
            assert_eq!(became(world, channel).await.0, "FAILED");
            assert_eq!(send_again(world, channel).await, Value::Null);
            assert_eq!(server.step(None).await, 1);
            assert_eq!(became(world, channel).await.0, "SENT");
            let refusal = send_again(world, channel).await;
            assert!(refusal.as_str().is_some_and(|told| told.contains("the delivery is sent")), "{refusal}");
        }
        assert_eq!((post.mails().len(), receiver.calls().len()), (1, 2));
    }
}
