//! `entente ingest FILE...`

use std::{
    io::{self, Write},
    path::PathBuf,
};

use chrono::NaiveDate;
use clap::Args;
use intake::{Incoming, Ingested};
use sea_orm::EntityTrait;
use store::{Error, Store, Who, finding, member_state};
use vocab::{Language, ReportFormat};

use super::{
    open,
    reports::{Reader, ReportFile},
};
use crate::{Failure, Settings, desk};

#[derive(Debug, Args)]
pub(super) struct Ingest {
    /// Files with a report each, as text or HTML in UTF-8, at most 5 MiB; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where the report came from
    #[arg(long)]
    url: Option<String>,
    /// Who published it
    #[arg(long)]
    publisher: Option<String>,
    /// The day it was published, such as 2026-11-24
    #[arg(long, value_name = "DATE")]
    published_on: Option<NaiveDate>,
    /// The headline [default: recognized]
    #[arg(long)]
    title: Option<String>,
    /// The language: en, fr or ar [default: recognized]
    #[arg(long)]
    language: Option<Language>,
    /// Read every file as plain or as html [default: by the file's name and first words]
    #[arg(long, value_name = "FORMAT")]
    format: Option<ReportFormat>,
}

impl Ingest {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let store = open::open_prepared(&settings).await?;
        if member_state::Entity::find().one(store.reader()).await.map_err(Error::from)?.is_none() {
            return Err(Failure::asked_wrong("the reference data is missing: run `entente seed`"));
        }
        let who = desk::at_the_desk(&store, &settings.account).await?.doing("ingest");
        let mut reader = Reader::default();
        for path in &self.files {
            let Some(file) = reader.read(path, self.format) else { continue };
            match self.take_in(&store, &who, file).await {
                Ok(line) => writeln!(io::stdout().lock(), "{line}")?,
                Err(Error::Invalid { message, .. }) => reader.refuse(&format!("{}: {message}", path.display())),
                Err(error) => return Err(error.into()),
            }
        }
        store.close().await?;
        reader.end()
    }

    async fn take_in(&self, store: &Store, who: &Who, file: ReportFile) -> store::Result<String> {
        let incoming = Incoming {
            text: file.text,
            format: file.format,
            url: self.url.clone(),
            publisher: self.publisher.clone(),
            published_on: self.published_on,
            title: self.title.clone(),
            language: self.language,
        };
        let Ingested { report, reading, duplicate } = intake::ingest(store, who, incoming).await?;
        let findings = finding::of_reading(store.reader(), reading.id).await?.len();
        let state = if duplicate { "duplicate".to_owned() } else { reading.state.0.to_string() };
        let title = report.title.as_deref().unwrap_or(&file.id);
        Ok(format!("{}  {state:<9}  {findings:>3} findings  {title}", api::id::of(&report).as_str()))
    }
}
