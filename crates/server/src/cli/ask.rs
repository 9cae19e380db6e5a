//! `entente ask QUESTION`

use std::{
    io::{self, Write},
    path::PathBuf,
};

use briefing::{Inquiry, Shelf, Told, questions};
use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use store::{Error, Rights};

use super::{form, open};
use crate::{
    Failure, Settings,
    sheet::{self, Form},
};

#[derive(Debug, Args)]
pub(super) struct Ask {
    /// The name of the question; without one, the list of all
    question: Option<String>,
    /// Of one state alone, by ISO 3166-1 code, such as PAK
    #[arg(long, value_name = "CODE")]
    state: Option<String>,
    /// The first day that counts, where the question has a period
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// The day by which things are judged [default: that of --known-at, else today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// The moment up to which records count, such as 2026-11-24T12:00:00Z [default: all of them]
    #[arg(long, value_name = "MOMENT")]
    known_at: Option<DateTime<Utc>>,
    /// Print comma-separated values
    #[arg(long, conflicts_with = "xlsx")]
    csv: bool,
    /// Write a workbook for a spreadsheet into this file
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
}

impl Ask {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let Self { question, state, from, as_of, known_at, csv, xlsx } = self;
        let mut out = io::stdout().lock();
        let Some(question) = question else {
            for question in questions() {
                writeln!(out, "{:24} {}", question.name, question.title)?;
            }
            return Ok(());
        };
        let store = open::open_prepared(&settings).await?;
        let inquiry = Inquiry { question, state, from, as_of, known_at };
        let told = inquiry.answer(Rights::all(), &store, &Shelf::default()).await.map_err(|error| match error {
            Error::Invalid { message, .. } => Failure::asked_wrong(message),
            error => error.into(),
        })?;
        store.close().await?;
        if let Some(file) = xlsx {
            return form::write(&file, &sheet::answer(&told, Form::Xlsx)?);
        }
        if csv { Ok(out.write_all(&sheet::answer(&told, Form::Csv)?)?) } else { print(&told, out) }
    }
}

/// The answer for people: its rows as blocks of named cells, then what it could judge.
fn print(told: &Told, mut out: impl Write) -> Result<(), Failure> {
    writeln!(out, "{}, as of {}\n", told.question.title, told.clock.as_of)?;
    for row in &told.answer.rows {
        for (column, cell) in told.question.columns.iter().zip(row) {
            let text = sheet::text(cell);
            if !text.is_empty() {
                writeln!(out, "{:24} {text}", column.title)?;
            }
        }
        writeln!(out)?;
    }
    let (judged, of) = (told.answer.judged, told.answer.of);
    writeln!(out, "{} rows; judged {judged} of {of} (rule {})", told.answer.rows.len(), told.question.rule)?;
    Ok(())
}
