//! The documents that are handed out with the program: the files of `graphql/operations`, asked for by their names.

use std::{collections::HashMap, sync::LazyLock};

use rust_embed::Embed;

use super::document::{Hash, sha256};

#[derive(Embed)]
#[folder = "../../graphql/operations"]
#[include = "*.graphql"]
struct Files;

/// A document that is handed out.
struct Trusted {
    id: String,
    text: String,
    hash: Hash,
}

static ALL: LazyLock<Vec<Trusted>> = LazyLock::new(|| {
    let files = Files::iter().filter_map(|file| {
        let text = String::from_utf8(Files::get(&file)?.data.into_owned()).ok()?;
        let id = file.strip_suffix(".graphql")?.to_owned();
        Some(Trusted { id, hash: sha256(&text), text })
    });
    files.collect()
});

static BY_HASH: LazyLock<HashMap<Hash, &'static str>> =
    LazyLock::new(|| ALL.iter().map(|trusted| (trusted.hash, trusted.text.as_str())).collect());

/// The document in the file of this name, without its ending.
pub fn by_id(id: &str) -> Option<&'static str> {
    ALL.iter().find(|trusted| trusted.id == id).map(|trusted| trusted.text.as_str())
}

/// The document with this SHA-256.
pub fn by_hash(hash: &Hash) -> Option<&'static str> {
    BY_HASH.get(hash).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{asked::Named, document::Documents, graphql::Executes};

    #[test]
    fn every_document_fits_the_schema_and_says_what_it_is_for() {
        let limits = crate::Settings::load(&crate::settings::Sources::default()).expect("the defaults").limits;
        let documents = Documents::of(<api::Schema as Executes>::schema(), true);
        assert!(ALL.len() > 50, "{}", ALL.len());
        for Trusted { id, text, hash } in ALL.iter() {
            assert!(text.starts_with("# "), "{id}: begin with a comment that says what it is for");
            for named in [Named::Id(id.clone()), Named::Hash(*hash)] {
                if let Err(refusal) = documents.find(None, Some(&named), &limits) {
                    panic!("{id}: {}", refusal.message);
                }
            }
        }
        assert_eq!((by_id("../member_states"), by_id("")), (None, None));
    }
}
