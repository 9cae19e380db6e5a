//! What each client may ask for in a minute, counted by the cost of its operations.

use std::{
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
};

use super::{
    code::{Code, Refusal},
    porter::Client,
};

/// What clients have left, of which a copy takes too. A client is an account, or an address where nobody has signed in.
#[derive(Clone)]
pub struct Allowance {
    left: Arc<DefaultKeyedRateLimiter<Client, StateInformationMiddleware>>,
    per_minute: NonZeroU32,
    taken: Arc<AtomicU32>,
}

/// Each time so many operations were paid for, the clients that have all of it back are forgotten.
const UNTIL_FORGOTTEN: u32 = 10_000;

/// What a client has left after an operation, or how long it has to wait for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Left {
    per_minute: u32,
    /// What may still be asked for.
    pub cost: u32,
    /// Where it was too much: how long until the same may be asked for.
    pub wait: Option<Duration>,
}

impl Allowance {
    /// The whole of it for everybody.
    pub fn of(per_minute: u32) -> Self {
        let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MAX);
        let quota = Quota::per_minute(per_minute);
        Self { left: Arc::new(RateLimiter::keyed(quota).with_middleware()), per_minute, taken: Arc::default() }
    }

    /// Takes what an operation costs. What costs more than a whole minute takes all of it.
    pub fn take(&self, client: Client, cost: u64) -> Left {
        if self.taken.fetch_add(1, Ordering::Relaxed) % UNTIL_FORGOTTEN == UNTIL_FORGOTTEN - 1 {
            self.left.retain_recent();
        }
        let cost = u32::try_from(cost).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MAX).min(self.per_minute);
        let per_minute = self.per_minute.get();
        match self.left.check_key_n(&client, cost) {
            Ok(Ok(state)) => Left { per_minute, cost: state.remaining_burst_capacity(), wait: None },
            Ok(Err(later)) => {
                Left { per_minute, cost: 0, wait: Some(later.wait_time_from(DefaultClock::default().now())) }
            }
            Err(_) => Left { per_minute, cost: 0, wait: Some(Duration::from_secs(60)) },
        }
    }
}

impl Left {
    /// For the head of the answer: the allowance and what is left of it, as the HTTP working group drafts it.
    pub fn headers(&self) -> HeaderMap {
        let policy = format!("\"cost\";q={};w=60", self.per_minute);
        let left = format!("\"cost\";r={}", self.cost);
        let retry = self.wait.map(|wait| ("retry-after", seconds(wait).to_string()));
        let told = [("ratelimit-policy", policy), ("ratelimit", left)].into_iter().chain(retry);
        let header = |(name, value): (&'static str, String)| {
            Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?))
        };
        told.filter_map(header).collect()
    }

    /// Why the operation is not executed; `None` where it may be.
    pub fn refusal(&self) -> Option<Refusal> {
        let wait = seconds(self.wait?);
        let message = format!(
            "you have asked for more than {} objects within a minute: wait {wait} s, or ask for less at once",
            self.per_minute
        );
        Some(Refusal::request(StatusCode::TOO_MANY_REQUESTS, Code::RateLimited, message))
    }
}

fn seconds(wait: Duration) -> u64 {
    wait.as_secs().saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(address: [u8; 4]) -> Client {
        let [a, b, c, d] = address;
        Client::Address(std::net::IpAddr::V4(std::net::Ipv4Addr::new(a, b, c, d)))
    }

    #[test]
    fn a_client_that_asks_too_much_waits_and_others_do_not() {
        let (allowance, here, there) = (Allowance::of(100), at([127, 0, 0, 1]), at([10, 0, 0, 1]));
        assert_eq!(allowance.take(here, 60).cost, 40);
        let late = allowance.take(here, 60);
        assert!(late.wait.is_some_and(|wait| (5..=20).contains(&wait.as_secs())), "{late:?}");
        let refusal = late.refusal().expect("a refusal");
        assert_eq!((refusal.status, refusal.code), (Some(StatusCode::TOO_MANY_REQUESTS), Code::RateLimited));
        assert!(late.headers().contains_key("retry-after"));
        let left = allowance.take(there, 60);
        assert_eq!((left.cost, left.refusal()), (40, None));
        assert_eq!(left.headers()["ratelimit-policy"], "\"cost\";q=100;w=60");
        assert_eq!(left.headers()["ratelimit"], "\"cost\";r=40");
    }

    #[test]
    fn what_costs_more_than_a_minute_is_had_once() {
        let allowance = Allowance::of(100);
        assert!(allowance.take(at([127, 0, 0, 1]), u64::MAX).refusal().is_none());
        assert!(allowance.take(at([127, 0, 0, 1]), 1).refusal().is_some());
    }
}
