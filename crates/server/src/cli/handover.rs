//! `entente handover POST`

use briefing::brief::Of;
use clap::Args;
use store::{Concept, RecordRef};
use uuid::Uuid;

use super::brief::Page;
use crate::{Failure, Settings};

#[derive(Debug, Args)]
pub(super) struct Handover {
    /// The post, by its id in GraphQL or in `entente export popolo`
    #[arg(value_name = "POST_ID", value_parser = key)]
    post: Uuid,
    #[command(flatten)]
    page: Page,
}

impl Handover {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        self.page.make(settings, Of::Post(self.post)).await
    }
}

/// The key of the post that an identifier names.
fn key(id: &str) -> Result<Uuid, String> {
    match (Uuid::try_parse(id), api::id::decode(id)) {
        (Ok(key), _) | (_, Some(RecordRef { concept: Concept::Post, id: key })) => Ok(key),
        _ => Err(format!("\"{id}\" is no id of a post: use one that GraphQL or `entente export popolo` gave")),
    }
}
