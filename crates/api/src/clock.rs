//! The two clocks as clients set them.

use async_graphql::Context;
use briefing::{Clock, book::OpenBook};
use chrono::{DateTime, Utc};

use crate::{ask, fault::Fault, scalars::Date};

/// The clock that a client asks for: the day, or that of the moment, or today.
///
/// # Errors
/// Where either lies in the future: nobody knows what will have been.
pub(crate) fn clock(ctx: &Context<'_>, as_of: Option<Date>, known_at: Option<DateTime<Utc>>) -> Result<Clock, Fault> {
    let around = ask::store(ctx).surroundings();
    Ok(Clock::set(around.as_ref(), as_of.map(|day| day.0), known_at)?)
}

/// The book that is right by this clock.
///
/// # Errors
/// Where the database fails.
pub(crate) async fn book(ctx: &Context<'_>, clock: Clock) -> Result<OpenBook, Fault> {
    let database = ask::loader(ctx).loader();
    Ok(database.1.open(&database.0, clock.known_at).await?)
}
