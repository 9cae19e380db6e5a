//! Whoever is wrong again and again waits longer and longer. Who it is, is said by an address or a name.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// The first wait; each further wrong one doubles it.
const FIRST: Duration = Duration::from_secs(10);
/// The longest wait.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// So many are remembered; beyond, those who have waited to the end are forgotten.
const REMEMBERED: usize = 10_000;

/// Counts what was wrong, by whom.
#[derive(Debug)]
pub struct Slowing<K> {
    /// So many times nobody has to wait for.
    after: u32,
    seen: Mutex<HashMap<K, Wrong>>,
}

#[derive(Debug, Clone, Copy)]
struct Wrong {
    times: u32,
    until: Instant,
}

impl<K: Eq + Hash> Slowing<K> {
    /// Nobody has to wait the first so many times.
    pub fn after(times: u32) -> Self {
        Self { after: times, seen: Mutex::default() }
    }

    /// How long somebody has to wait still; none where they have not.
    pub fn wait(&self, who: &K, now: Instant) -> Option<Duration> {
        let seen = self.seen();
        let wrong = seen.get(who).filter(|wrong| wrong.times > self.after)?;
        Some(wrong.until.saturating_duration_since(now)).filter(|wait| !wait.is_zero())
    }

    /// Somebody was wrong: how long they have to wait now, if at all.
    pub fn again(&self, who: K, now: Instant) -> Option<Duration> {
        let mut seen = self.seen();
        if seen.len() >= REMEMBERED {
            seen.retain(|_, wrong| wrong.until > now);
        }
        let wrong = seen.entry(who).or_insert(Wrong { times: 0, until: now });
        // Who has been quiet for as long as the longest wait begins anew.
        if now.saturating_duration_since(wrong.until) > LONGEST {
            wrong.times = 0;
        }
        wrong.times = wrong.times.saturating_add(1);
        let beyond = wrong.times.checked_sub(self.after).filter(|beyond| *beyond > 0);
        let wait = beyond.map(|beyond| FIRST.saturating_mul(2_u32.saturating_pow(beyond - 1)).min(LONGEST));
        wrong.until = now + wait.unwrap_or_default();
        wait
    }

    /// Somebody was right: what they did before is forgotten.
    pub fn right(&self, who: &K) {
        self.seen().remove(who);
    }

    fn seen(&self) -> MutexGuard<'_, HashMap<K, Wrong>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_wrong_again_and_again_waits_longer_and_longer() {
        let (slowing, begin) = (Slowing::after(5), Instant::now());
        assert!((0..5).all(|_| slowing.again("a", begin).is_none()) && slowing.wait(&"a", begin).is_none());
        let waits: Vec<_> = (0..10).filter_map(|_| slowing.again("a", begin)).map(|wait| wait.as_secs()).collect();
        assert_eq!(waits, [10, 20, 40, 80, 160, 320, 640, 900, 900, 900]);
        assert_eq!(slowing.wait(&"a", begin).map(|wait| wait.as_secs()), Some(900));
        assert_eq!(slowing.wait(&"b", begin), None);
        assert_eq!(slowing.wait(&"a", begin + Duration::from_secs(901)), None);
        assert_eq!(slowing.again("a", begin + LONGEST * 3), None, "it is long ago");
        slowing.again("b", begin);
        slowing.right(&"b");
        assert!(slowing.seen().get("b").is_none());
    }
}
