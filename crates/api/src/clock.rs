//! The two clocks as clients set them.

use async_graphql::Context;
use briefing::{Clock, book::OpenBook};
use chrono::{DateTime, Utc};

use crate::{ask, batch::Database, fault::Fault, scalars::Date};

/// The clock that a client asks for: the day, or that of the moment, or today. Below a list of the past that is its day, what was
/// known then is all that is known, and both lie in no future.
///
/// # Errors
/// Where either lies in the future: nobody knows what will have been.
pub(crate) fn clock(ctx: &Context<'_>, as_of: Option<Date>, known_at: Option<DateTime<Utc>>) -> Result<Clock, Fault> {
    let Database(store, _, past) = ask::loader(ctx).loader();
    let clock = Clock::set(store.surroundings().as_ref(), as_of.map(|day| day.0), known_at)?;
    Ok(past.as_ref().map_or(clock, |past| Clock {
        as_of: clock.as_of.min(past.clock.as_of),
        known_at: clock.known_at.or(past.clock.known_at),
    }))
}

/// The book that is right by this clock.
///
/// # Errors
/// Where the database fails.
pub(crate) async fn book(ctx: &Context<'_>, clock: Clock) -> Result<OpenBook, Fault> {
    Ok(ask::loader(ctx).loader().book(clock.known_at).await?)
}
