//! Passwords: how they are kept, and whether one is right. Each takes the processor some time, on purpose.

use std::sync::{Arc, LazyLock};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use store::{Error, Surroundings};
use tokio::sync::Semaphore;

/// The fewest characters: long ones are harder to guess than those with signs in them.
const SHORTEST: usize = 12;
/// The most characters.
const LONGEST: usize = 1_000;
/// So many are looked at at once: each takes 19 MiB of memory.
const AT_ONCE: usize = 4;

static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(AT_ONCE)));

/// A password as it is kept: Argon2id with a salt of its own, as a PHC string.
///
/// # Errors
/// [`Error::Invalid`] where it is too short or too long.
pub async fn hash(surroundings: &dyn Surroundings, password: String) -> store::Result<String> {
    let count = password.chars().count();
    if count < SHORTEST {
        let message = format!("a password has at least {SHORTEST} characters: take some words that nobody would guess");
        return Err(Error::invalid("password", message));
    }
    if count > LONGEST {
        return Err(Error::invalid("password", format!("a password has at most {LONGEST} characters")));
    }
    let salt = surroundings.fresh_secret();
    let kept = beside(move || {
        let kept: PasswordHash =
            Argon2::default().hash_password_with_salt(password.as_bytes(), salt.get(..16)?).ok()?;
        Some(kept.to_string())
    });
    kept.await.ok_or_else(|| Error::invalid("password", "this cannot be kept as a password: take another"))
}

/// Whether a password is the one that is kept. Where none is kept it takes as long, so that nobody learns who is here.
pub async fn is_right(password: String, kept: Option<String>) -> bool {
    let is_kept = kept.is_some();
    let kept = kept.unwrap_or_else(|| NOBODYS.to_owned());
    let right = beside(move || {
        let kept = PasswordHash::new(&kept).ok()?;
        Some(Argon2::default().verify_password(password.as_bytes(), &kept).is_ok())
    });
    right.await.unwrap_or_default() && is_kept
}

/// A hash of the usual cost, of a password that nobody knows.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IG9mIDE2$\
                       R2lQeLs3jXk0ZHJ4UeVxTVhV7Gd3sn0Ax0tXW8P9t6Y";

/// Does it beside the workers, few at a time.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> Option<T> + Send + 'static) -> Option<T> {
    let place = PLACES.clone().acquire_owned().await.ok()?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(place);
        done
    });
    done.await.ok()?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surroundings::Machine;

    #[tokio::test]
    async fn a_password_is_kept_slowly_and_known_again() {
        let password = "correct horse battery".to_owned();
        let kept = hash(&Machine, password.clone()).await.expect("it is kept");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && !kept.contains("horse"), "{kept}");
        assert_ne!(hash(&Machine, password.clone()).await.expect("it is kept"), kept, "each has a salt of its own");
        assert!(is_right(password.clone(), Some(kept.clone())).await);
        assert!(!is_right("correct horse batterx".to_owned(), Some(kept)).await);
        assert!(!is_right(password.clone(), None).await && !is_right(password, Some("nonsense".to_owned())).await);
        assert!(PasswordHash::new(NOBODYS).is_ok(), "it takes as long where there is none");
        for password in ["short", &"a".repeat(LONGEST + 1)] {
            assert!(matches!(hash(&Machine, password.to_owned()).await, Err(Error::Invalid { .. })));
        }
    }
}
