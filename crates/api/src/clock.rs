//! The two clocks as clients set them.

use async_graphql::Context;
use briefing::{Clock, book::OpenBook};
use chrono::{DateTime, NaiveDate, Utc};

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

/// The day that a client asks for: today, where none is given. Below a list of the past it lies no later than the day of the
/// list, of which no later one is known; otherwise it may lie ahead, as what was said of the days to come is known.
///
/// # Errors
/// Where it lies behind the day of the list.
pub(crate) fn day(ctx: &Context<'_>, as_of: Option<Date>) -> Result<NaiveDate, Fault> {
    let Some(Date(day)) = as_of else { return Ok(ask::today(ctx)) };
    let Database(store, _, past) = ask::loader(ctx).loader();
    if past.is_some() {
        Clock::set(store.surroundings().as_ref(), Some(day), None)?;
    }
    Ok(day)
}

/// The book that is right by this clock.
///
/// # Errors
/// Where the database fails.
pub(crate) async fn book(ctx: &Context<'_>, clock: Clock) -> Result<OpenBook, Fault> {
    Ok(ask::loader(ctx).loader().book(clock.known_at).await?)
}
