//! News reports to try things on. They are this project's own, and the people in them are invented.

use chrono::NaiveDate;
use intake::Incoming;
use store::{Error, Result, Store, Who};
use vocab::{ReadingState, ReportFormat};

/// Who is named as the publisher.
pub const PUBLISHER: &str = "Entente sample";

struct Sample {
    published_on: (i32, u32, u32),
    text: &'static str,
    /// Whether its reading is accepted, so that there are records; the others wait for review.
    accepted: bool,
}

const SAMPLES: [Sample; 6] = [
    Sample { published_on: (2026, 10, 7), text: include_str!("samples/ambassador.txt"), accepted: true },
    Sample { published_on: (2026, 10, 21), text: include_str!("samples/call.txt"), accepted: true },
    Sample { published_on: (2026, 11, 4), text: include_str!("samples/signing.txt"), accepted: false },
    Sample { published_on: (2026, 11, 12), text: include_str!("samples/request.txt"), accepted: false },
    Sample { published_on: (2026, 11, 18), text: include_str!("samples/courtesy.txt"), accepted: false },
    Sample { published_on: (2026, 9, 16), text: include_str!("samples/french.txt"), accepted: false },
];

/// How much was new.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Reports that were taken in.
    pub reports: usize,
    /// Follow-up actions that came of those that were accepted.
    pub actions: usize,
}

/// Takes in the samples that are not there yet; what a person has decided on one meanwhile stays as it is.
///
/// # Errors
/// As [`intake::ingest`] and [`intake::accept_reading`].
pub async fn load(store: &Store, who: &Who) -> Result<Loaded> {
    let mut loaded = Loaded::default();
    for sample in &SAMPLES {
        let ingested = intake::ingest(store, who, incoming(sample)).await?;
        loaded.reports += usize::from(!ingested.duplicate);
        // Also one that was taken in before and not accepted, because the program was ended between the two.
        if sample.accepted && ingested.reading.state.0 == ReadingState::Waiting {
            loaded.actions += accepted(store, who, ingested.reading.id).await?;
        }
    }
    Ok(loaded)
}

async fn accepted(store: &Store, who: &Who, reading: uuid::Uuid) -> Result<usize> {
    match intake::accept_reading(store, who, reading, &[]).await {
        Ok(accepted) => Ok(accepted.actions.len()),
        Err(Error::Conflict { .. }) => Ok(0),
        Err(error) => Err(error),
    }
}

fn incoming(sample: &Sample) -> Incoming {
    let (year, month, day) = sample.published_on;
    Incoming {
        text: sample.text.to_owned(),
        format: ReportFormat::Plain,
        url: None,
        publisher: Some(PUBLISHER.to_owned()),
        published_on: NaiveDate::from_ymd_opt(year, month, day),
        title: sample.text.lines().next().map(str::to_owned),
        language: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_has_a_headline_and_a_day() {
        for sample in &SAMPLES {
            let incoming = incoming(sample);
            assert!(incoming.published_on.is_some(), "{}", sample.text);
            assert!(incoming.title.is_some_and(|title| !title.is_empty()), "{}", sample.text);
        }
    }
}
