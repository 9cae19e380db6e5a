//! `entente read-again REPORT...`

use std::io::{self, Write};

use clap::Args;
use intake::second_reader::Heard;
use store::{Concept, RecordRef, Store, Who, finding};
use uuid::Uuid;

use super::open;
use crate::{Failure, Settings, desk, second_reader};

#[derive(Debug, Args)]
pub(super) struct ReadAgain {
    /// The identifiers of kept reports, as `entente ingest` and GraphQL give them
    #[arg(required = true, value_name = "REPORT")]
    reports: Vec<String>,
    /// Let the second reader read them, which the settings name, instead of the rules
    #[arg(long)]
    second_reader: bool,
}

impl ReadAgain {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let reports = self.reports.iter().map(|id| Ok((id.as_str(), key(id)?)));
        let reports = reports.collect::<Result<Vec<(&str, Uuid)>, Failure>>()?;
        let endpoint = match (self.second_reader, second_reader::Endpoint::of(&settings.second_reader)?) {
            (false, _) => None,
            (true, Some(endpoint)) => Some(endpoint),
            (true, None) => {
                return Err(Failure::asked_wrong(
                    "there is no second reader: set second_reader.url and second_reader.model",
                ));
            }
        };
        let store = open::open_prepared(&settings).await?;
        let who = desk::at_the_desk(&store, &settings.account).await?.doing("read-again");
        let mut worst: Option<Failure> = None;
        for (id, report) in reports {
            let line = match &endpoint {
                None => by_rules(&store, &who, report).await,
                Some(endpoint) => match second_reader::read(&store, &who, endpoint, report).await {
                    Ok(Heard { agreed, alone, rivals, .. }) => {
                        Ok(format!("{agreed:>3} findings agreed on, {alone} read by it alone, {rivals} of them rivals"))
                    }
                    Err(fault) => Err(fault.into()),
                },
            };
            match line {
                Ok(line) => writeln!(io::stdout().lock(), "{id}  {line}")?,
                Err(Failure { message, code }) => {
                    eprintln!("entente: {id}: {message}");
                    let before = worst.map_or(u8::MAX, |worst| worst.code);
                    worst = Some(Failure { message: String::new(), code: code.min(before) });
                }
            }
        }
        store.close().await?;
        worst.map_or(Ok(()), Err)
    }
}

async fn by_rules(store: &Store, who: &Who, report: Uuid) -> Result<String, Failure> {
    let reading = intake::read_again(store, who, report).await?;
    let findings = finding::of_reading(store.reader(), reading.id).await?.len();
    Ok(format!("{:<9}  {findings:>3} findings", reading.state.0.to_string()))
}

/// The key of the report that an identifier names.
fn key(id: &str) -> Result<Uuid, Failure> {
    match api::id::decode(id) {
        Some(RecordRef { concept: Concept::NewsReport, id }) => Ok(id),
        _ => Err(Failure::asked_wrong(format!(
            "{id} is no identifier of a report: use one that `entente ingest` printed"
        ))),
    }
}
