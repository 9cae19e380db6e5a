//! What belongs to one sign-in, from leaving for the provider until coming back.

use sha2::{Digest, Sha256};

/// What belongs to one sign-in: what the provider is told, and what the browser alone holds.
pub struct Errand<'e> {
    /// What the provider gives back.
    pub state: &'e str,
    /// What the browser holds.
    pub held: &'e str,
}

impl Errand<'_> {
    /// What follows from both for a purpose: nobody can tell who lacks what the browser holds.
    fn derived(&self, purpose: &str) -> String {
        let hash = Sha256::new().chain_update(purpose).chain_update(self.state).chain_update(self.held);
        format!("{:x}", hash.finalize())
    }

    /// By what the provider's token is known to be of this sign-in.
    pub(super) fn nonce(&self) -> String {
        self.derived("nonce")
    }

    /// By what whoever changes the code for a token is known to have begun this sign-in.
    pub(super) fn verifier(&self) -> String {
        self.derived("verifier")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_sign_in_follows_from_both_of_its_secrets() {
        let one = Errand { state: "state", held: "held" };
        assert!(one.nonce() != one.verifier() && one.verifier().len() == 64);
        for other in [Errand { state: "state", held: "hold" }, Errand { state: "stare", held: "held" }] {
            assert!(other.nonce() != one.nonce() && other.verifier() != one.verifier());
        }
    }
}
