//! `entente council-pack --as-of DATE --known-at MOMENT`

use std::path::PathBuf;

use briefing::Shelf;
use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use vocab::Language;

use super::{form::Form, open};
use crate::{Failure, Settings};

#[derive(Debug, Args)]
pub(super) struct CouncilPack {
    /// The day by which things are judged
    #[arg(long, value_name = "DATE")]
    as_of: NaiveDate,
    /// The moment up to which records count, at least a minute ago, such as 2026-11-24T12:00:00Z
    #[arg(long, value_name = "MOMENT")]
    known_at: DateTime<Utc>,
    /// The language of its fixed words: en, fr or ar; the hash is the same in all
    #[arg(long, default_value = "en")]
    language: Language,
    /// The form [default: pdf for a file that is called so, else html]
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// Write it into this file [default: council-pack-DATE.html, or .pdf]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl CouncilPack {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let Self { as_of, known_at, language, format, out } = self;
        let store = open::open_prepared(&settings).await?;
        let pack = briefing::CouncilPack::make(&store, &Shelf::default(), as_of, known_at).await?;
        store.close().await?;
        let form = Form::of(format, out.as_deref());
        let file = out.unwrap_or_else(|| format!("council-pack-{as_of}.{}", form.end()).into());
        form.write(&pack.paper(language), Some(&file))?;
        println!("{}  {}", pack.content_hash(), file.display());
        Ok(())
    }
}
