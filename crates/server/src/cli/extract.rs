//! `entente extract FILE|-...`

use std::{
    collections::HashSet,
    io::{self, Write},
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use extract::{Reading, Report};
use serde::Serialize;
use vocab::{Language, ReportFormat};

use super::{reports::Reader, summary};
use crate::Failure;

#[derive(Debug, Args)]
pub(super) struct Extract {
    /// Files with a report each, as text or HTML in UTF-8, at most 5 MiB; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// text for people; json: one object, or for several files one object per line with its id
    #[arg(long, value_enum, default_value = "text")]
    format: Output,
    /// Read every file as plain or as html [default: by the file's name and first words]
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<ReportFormat>,
    /// The day the reports were published, such as 2026-11-24; "yesterday" counts from it
    #[arg(long, value_name = "DATE")]
    published_on: Option<NaiveDate>,
    /// The language of the reports: en, fr or ar [default: recognized]
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<Language>,
    /// Write DIR/ID.json for each file instead; ID is the file's name without folder and ending
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Text,
    Json,
}

/// A reading as it is printed.
#[derive(Serialize)]
struct Printed<'a> {
    /// Which file it is of; with a single file nobody asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(flatten)]
    reading: &'a Reading,
}

impl Extract {
    pub(super) fn run(&self) -> Result<(), Failure> {
        if let Some(folder) = &self.out {
            std::fs::create_dir_all(folder)
                .map_err(|fault| Failure::asked_wrong(format!("{}: {fault}", folder.display())))?;
        }
        let mut reader = Reader::default();
        let mut written = HashSet::new();
        for path in &self.files {
            let Some(file) = reader.read(path, self.input_format) else { continue };
            let Self { published_on, language, .. } = *self;
            let known = extract::Known::nothing();
            let report = Report { text: &file.text, format: file.format, published_on, language, known };
            let reading = extract::read(&report);
            match &self.out {
                None => self.print(&mut io::stdout().lock(), &file.id, &reading)?,
                Some(_) if !written.insert(file.id.clone()) => {
                    reader.refuse(&format!(
                        "{}: {}.json is already written, for another file",
                        path.display(),
                        file.id
                    ));
                }
                Some(folder) => write(folder, &file.id, &reading)?,
            }
        }
        reader.end()
    }

    fn print(&self, out: &mut impl Write, id: &str, reading: &Reading) -> Result<(), Failure> {
        let several = self.files.len() > 1;
        match self.format {
            Output::Text => out.write_all(summary::of(id, reading).as_bytes())?,
            Output::Json => {
                let printed = Printed { id: several.then_some(id), reading };
                let json =
                    if several { serde_json::to_string(&printed) } else { serde_json::to_string_pretty(&printed) };
                writeln!(out, "{}", json.map_err(|fault| Failure::broken(fault.to_string()))?)?;
            }
        }
        Ok(())
    }
}

fn write(folder: &Path, id: &str, reading: &Reading) -> Result<(), Failure> {
    let path = folder.join(format!("{id}.json"));
    let json = serde_json::to_string_pretty(&Printed { id: Some(id), reading });
    let json = json.map_err(|fault| Failure::broken(fault.to_string()))?;
    std::fs::write(&path, json + "\n").map_err(|fault| Failure::broken(format!("{}: {fault}", path.display())))
}
