//! `entente brief STATE`

use std::path::PathBuf;

use briefing::{
    Shelf,
    brief::{Of, Wanted},
};
use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use vocab::Language;

use super::{form::Form, open};
use crate::{Failure, Settings};

#[derive(Debug, Args)]
pub(super) struct Brief {
    /// The state, by ISO 3166-1 code, such as PAK
    state: String,
    #[command(flatten)]
    page: Page,
}

/// By which clock a brief is made, in which language and form, and where it goes.
#[derive(Debug, Args)]
pub(super) struct Page {
    /// The day by which things are judged [default: that of --known-at, else today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// The moment up to which records count, such as 2026-11-24T12:00:00Z [default: all of them]
    #[arg(long, value_name = "MOMENT")]
    known_at: Option<DateTime<Utc>>,
    /// The language of its fixed words: en, fr or ar
    #[arg(long, default_value = "en")]
    language: Language,
    /// The form [default: pdf for a file that is called so, else html]
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// Write it into this file [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Brief {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        self.page.make(settings, Of::State(self.state)).await
    }
}

impl Page {
    pub(super) async fn make(self, settings: Settings, of: Of) -> Result<(), Failure> {
        let Self { as_of, known_at, language, format, out } = self;
        let store = open::open_prepared(&settings).await?;
        let wanted = Wanted { of, as_of, known_at, language };
        let brief = briefing::Brief::make(&store, &Shelf::default(), &wanted).await?;
        store.close().await?;
        Form::of(format, out.as_deref()).write(&brief.paper(), out.as_deref())
    }
}
