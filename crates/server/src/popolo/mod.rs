//! People, organizations, posts and memberships in the form of Popolo, out and in.
//!
//! The names of fields are those of the specification, where it has one. What it has no field for, and what would
//! be lost without one, stands in a field of our own: an organization's `acronym` and `is_host`, a post's `other_names`,
//! a name's `lang` and `source`, and the day on which a membership was `seen_on`.

mod document;
mod matching;
mod names;
mod put;
mod read;

use std::collections::BTreeMap;

use store::{Result, Store, Who};

pub use document::Document;
pub use read::document;

/// What became of a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// A line for each record that was new or was revised.
    pub lines: Vec<String>,
    /// Records that were new.
    pub new: usize,
    /// Records that were revised, or got a name.
    pub revised: usize,
    /// Records that stood there just so.
    pub unchanged: usize,
    /// Fields that this program does not keep, and in how many records they stood.
    pub left_out: BTreeMap<String, usize>,
}

/// Takes a document in, all of it or nothing, in one transaction; only tells what would happen where it is not to `apply`.
///
/// # Errors
/// [`store::Error::Invalid`] telling what in the document cannot be kept; [`store::Error::Database`].
pub async fn take_in(store: &Store, who: &Who, document: Document, apply: bool) -> Result<Report> {
    let mut work = store.begin(who).await?;
    let report = put::document(&mut work, document).await?;
    if apply {
        work.commit().await?;
    }
    Ok(report)
}
