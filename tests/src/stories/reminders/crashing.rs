//! A server dies between sending and writing it down.

use entente::jobs::LEASE;
use serde_json::Value;

use super::{
    PATIENT, account, action, became, overdue,
    post::{Manner, Post},
    receiver::{self, Receiver},
    send_again, sending_to, until,
};
use crate::world::{World, stories};

/// A server sends and dies as soon as `has_come` says that something has come to the other side.
async fn dies(world: &World, post: &Post, receiver: &Receiver, has_come: impl Fn() -> bool) {
    let server = sending_to(&world.store, post, receiver, PATIENT);
    let step = tokio::spawn(async move { server.step(None).await });
    until(has_come).await;
    step.abort();
    assert!(step.await.is_err(), "it was killed");
}

stories! {
    /// A mail that was on its way is never sent again by itself; it is shown as uncertain, and a person decides.
    async fn a_mail_is_not_sent_twice_after_a_crash(world: &World) {
        let (post, receiver) = (Post::open(Manner::Silent("END")).await, Receiver::open(receiver::Manner::Status(200)).await);
        let salma = account(world, "Salma").await;
        action(world, &salma, overdue("Train ten curators")).await;
        dies(world, &post, &receiver, || !post.mails().is_empty()).await;
        assert_eq!(became(world, "EMAIL").await.0, "SENDING");
        post.behave(Manner::Takes);
        let beside = world.beside().await;
        let other = sending_to(&beside, &post, &receiver, PATIENT);
        other.step(None).await;
        assert_eq!(became(world, "EMAIL").await.0, "SENDING", "the dead one has its lease");
        world.clock.pass(LEASE);
        other.step(None).await;
        let told = "the server was stopped while the mail was on its way".to_owned();
        assert_eq!(became(world, "EMAIL").await, ("UNCERTAIN".to_owned(), told));
        for _ in 0..3 {
            world.clock.pass_days(1);
            other.step(None).await;
        }
        assert_eq!((post.mails().len(), receiver.calls().len()), (1, 1), "neither is sent twice");
        assert_eq!(send_again(world, "EMAIL").await, Value::Null);
        other.step(None).await;
        assert_eq!(became(world, "EMAIL").await.0, "SENT");
        let mails = post.mails();
        let id = |mail: &str| mail.lines().find(|line| line.starts_with("Message-ID:")).map(str::to_owned);
        assert!(mails.len() == 2 && id(&mails[0]).is_some() && id(&mails[0]) == id(&mails[1]), "{mails:?}");
    }

    /// A webhook is called again, as the same call: by its identifier the receiver knows that it has it.
    async fn a_call_is_repeated_as_the_same_after_a_crash(world: &World) {
        let (post, receiver) = (Post::open(Manner::Takes).await, Receiver::open(receiver::Manner::Silent).await);
        let salma = account(world, "Salma").await;
        action(world, &salma, overdue("Train ten curators")).await;
        dies(world, &post, &receiver, || !receiver.calls().is_empty()).await;
        assert_eq!(became(world, "WEBHOOK").await.0, "SENDING");
        receiver.behave(receiver::Manner::Status(200));
        world.clock.pass(LEASE);
        let beside = world.beside().await;
        sending_to(&beside, &post, &receiver, PATIENT).step(None).await;
        assert_eq!(became(world, "WEBHOOK").await.0, "SENT");
        let calls = receiver.calls();
        assert_eq!(calls.len(), 2);
        assert_eq!(calls[0].header("webhook-id"), calls[1].header("webhook-id"));
        assert_eq!(calls[0].body, calls[1].body);
        assert_eq!(post.mails().len(), 1);
    }
}
