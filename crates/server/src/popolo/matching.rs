//! The keys of the records of a document; those that have none of ours are found by [`intake::same`].

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// The key of an identifier: of one that is no UUID always the same, so that its document can come again.
pub(super) fn key(id: &str) -> Uuid {
    id.trim().parse().unwrap_or_else(|_| {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&Sha256::digest(id.trim())[..16]);
        Builder::from_custom_bytes(bytes).into_uuid()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_always_has_the_same_key() {
        let id = "019aa000-0000-7000-8000-000000000001";
        assert_eq!(key(id).to_string(), id);
        assert_eq!(key("org/ministry-of-water"), key(" org/ministry-of-water "));
        assert_ne!(key("org/ministry-of-water"), key("org/ministry-of-wine"));
    }
}
