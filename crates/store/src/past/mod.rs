//! The records as they were: put together from the history as a database of its own in memory, so that whatever is asked of the
//! records can be asked of a moment of the past, in the same way and with the same answer as then.

mod day;
mod table;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{
    Concept, Error, Result, Store, Surroundings, Who,
    history::{self, SETTLED_AFTER},
};

/// How many moments are kept, the last asked for first. Each is a copy of the records.
const KEPT: usize = 2;

/// The most records of a moment: a copy of more is neither made while somebody waits nor kept beside the others.
const MOST_RECORDS: usize = 500_000;

/// The moments of the past that were asked for. A copy shares them.
#[derive(Clone, Default)]
pub(crate) struct Pasts(Arc<Mutex<Vec<(Moment, Store)>>>);

/// What a copy of the records tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment {
    /// The day by which things are judged.
    as_of: NaiveDate,
    /// The moment up to which records count; all of them, where none is given.
    known_at: Option<DateTime<Utc>>,
    /// The last line on these records that was there, where more may come that count.
    to: Option<i32>,
}

/// The surroundings of a moment of the past: its day, and the latest that was known.
struct Then {
    today: NaiveDate,
    now: DateTime<Utc>,
    of: Arc<dyn Surroundings>,
}

impl Surroundings for Then {
    fn now(&self) -> DateTime<Utc> {
        self.now
    }

    fn fresh_id(&self) -> Uuid {
        self.of.fresh_id()
    }

    fn fresh_secret(&self) -> [u8; 32] {
        self.of.fresh_secret()
    }

    fn today(&self) -> NaiveDate {
        self.today
    }
}

impl Store {
    /// The records as they were on a day, by what was known at a moment: to be read, and never written to. Left out is what nobody
    /// asks of the past: what was sent, by what people sign in, work and its receipts, the search, and the history itself.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there are too many of them; [`Error::Database`].
    pub async fn then(&self, as_of: NaiveDate, known_at: Option<DateTime<Utc>>) -> Result<Self> {
        let now = self.surroundings().now();
        let is_settled = known_at.is_some_and(|moment| moment + SETTLED_AFTER < now);
        // Until then it is made anew for each line of the history.
        let to = if is_settled { None } else { Some(history::last_number_of(self.reader(), &concepts()).await?) };
        let moment = Moment { as_of, known_at, to };
        // One at a time is made, and whoever asks for the same waits for it.
        let mut kept = self.pasts().0.clone().lock_owned().await;
        if let Some(at) = kept.iter().position(|(of, _)| *of == moment) {
            let known = kept.remove(at);
            kept.insert(0, known);
            return Ok(kept[0].1.clone());
        }
        // Whoever gives up waiting finds it made when they ask again.
        let of = self.clone();
        let making = tokio::spawn(async move {
            let made = make(&of, moment).await?;
            kept.insert(0, (moment, made.clone()));
            kept.truncate(KEPT);
            Ok(made)
        });
        making.await.map_err(|fault| Error::unwritable(&fault))?
    }
}

/// What the records of a moment are of.
fn concepts() -> Vec<Concept> {
    table::TABLES.iter().map(|table| table.concept()).collect()
}

/// Puts the records of a moment together.
async fn make(of: &Store, moment: Moment) -> Result<Store> {
    let Moment { as_of, known_at, to } = moment;
    let last = history::last_lines(of.reader(), &concepts(), to, known_at).await?;
    let records: usize = last.values().map(Vec::len).sum();
    if records > MOST_RECORDS {
        let message = format!(
            "{records} records were known then, and lists of the past are made of {MOST_RECORDS} at most: ask a question \
             (answer, partnership, brief), or one record by nodeAsKnown"
        );
        return Err(Error::invalid("knownAt", message));
    }
    let now = known_at.unwrap_or_else(|| of.surroundings().now());
    let made = of.in_memory(Arc::new(Then { today: as_of, now, of: of.surroundings().clone() })).await?;
    let work = made.begin(&Who::system()).await?;
    for table in table::TABLES {
        let numbers = last.get(&table.concept()).map_or(&[][..], Vec::as_slice);
        table.fill(&work, of.reader(), numbers).await?;
    }
    day::judge(&work, as_of).await?;
    work.commit().await?;
    Ok(made)
}
