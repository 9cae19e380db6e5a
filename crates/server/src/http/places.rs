//! The places of those who listen, in bounded number: a socket or a stream of events stays for hours.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::http::StatusCode;

use super::code::{Code, Refusal};

/// The places. A copy counts the same.
#[derive(Debug, Clone)]
pub struct Places {
    /// How many there are.
    all: usize,
    /// How many of them one address may take.
    for_one: usize,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by: HashMap<IpAddr, usize>,
}

/// A place, free again when it is dropped.
#[derive(Debug)]
pub struct Place {
    address: IpAddr,
    places: Places,
}

impl Places {
    /// So many places, so many of them for one address.
    pub fn new(all: usize, for_one: usize) -> Self {
        Self { all, for_one, taken: Arc::default() }
    }

    /// A place for a client at an address.
    ///
    /// # Errors
    /// Where there is none left, or none for this address. Those on this machine are bound by the whole alone: a proxy
    /// that stands before the server comes for many.
    pub fn take(&self, address: IpAddr) -> Result<Place, Refusal> {
        let address = address.to_canonical();
        let mut taken = self.taken();
        let refused = |status, message| Err(Refusal::request(status, Code::OperationLimit, message));
        if taken.all >= self.all {
            let message = format!("{} clients listen already, and more cannot: try again later", self.all);
            return refused(StatusCode::SERVICE_UNAVAILABLE, message);
        }
        if !address.is_loopback() && taken.by.get(&address).is_some_and(|taken| *taken >= self.for_one) {
            let message = format!("{} clients of your address listen already: let one of them go first", self.for_one);
            return refused(StatusCode::TOO_MANY_REQUESTS, message);
        }
        taken.all += 1;
        *taken.by.entry(address).or_default() += 1;
        Ok(Place { address, places: self.clone() })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.all -= 1;
        if let Some(count) = taken.by.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.by.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bounded_for_one_and_for_all_and_are_given_back() {
        let places = Places::new(4, 2);
        let take = |address: &str| places.take(address.parse().expect("an address"));
        let status = |taken: Result<Place, Refusal>| taken.expect_err("no place").status;
        let one = [take("192.0.2.1").expect("a place"), take("192.0.2.1").expect("a place")];
        assert_eq!(status(take("::ffff:192.0.2.1")), Some(StatusCode::TOO_MANY_REQUESTS));
        let here = [take("127.0.0.1").expect("a place"), take("::1").expect("a place")];
        assert_eq!(status(take("192.0.2.2")), Some(StatusCode::SERVICE_UNAVAILABLE));
        drop(one);
        let here_too = [take("127.0.0.1"), take("127.0.0.1")].map(|place| place.expect("bound by the whole alone"));
        drop((here, here_too));
        assert!(places.taken().by.is_empty() && places.taken().all == 0);
    }
}
