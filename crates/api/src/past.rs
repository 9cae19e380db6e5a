//! Lists of the past: whatever is asked below such a field is asked of the same moment.

use std::borrow::Cow;

use async_graphql::{
    Context, ContextSelectionSet, Data, OutputType, Positioned, ServerResult, Value, async_trait::async_trait,
    parser::types::Field, registry::Registry,
};
use briefing::Clock;
use chrono::{DateTime, Utc};
use vocab::Role;

use crate::{
    ask,
    batch::{Batches, Database, Past},
    clock::clock,
    fault::{Fault, FaultCode},
    scalars::Date,
};

/// The moment of which something is asked.
pub(crate) struct Moment(Option<Data>);

impl Moment {
    /// The moment that a client asks for: now, where neither clock is given.
    ///
    /// # Errors
    /// Where it lies in the future, is not for those who ask, or cannot be put together.
    pub(crate) async fn of(
        ctx: &Context<'_>,
        as_of: Option<Date>,
        known_at: Option<DateTime<Utc>>,
    ) -> Result<Self, Fault> {
        if as_of.is_none() && known_at.is_none() {
            return Ok(Self(None));
        }
        if !ask::who(ctx)?.rights.is_at_least(Some(Role::Viewer)) {
            let message = "the past is told to those who work here: leave out asOf and knownAt, or sign in";
            return Err(Fault::new(FaultCode::Forbidden, message));
        }
        let Database(now, shelf, _) = ask::loader(ctx).loader();
        let clock = clock(ctx, as_of, known_at)?;
        if clock == Clock::on(now.surroundings().today()) {
            return Ok(Self(None));
        }
        let then = now.then(clock.as_of, clock.known_at).await?;
        let past = Past { now: now.clone(), clock };
        let mut data = Data::default();
        data.insert(ctx.data_unchecked::<Batches>().loader(Database(then, shelf.clone(), Some(past))));
        Ok(Self(Some(data)))
    }

    /// The request, as it is answered of this moment.
    pub(crate) fn ctx<'c>(&'c self, ctx: &'c Context<'_>) -> Context<'c> {
        let mut then: Context<'c> = ctx.clone();
        then.execute_data = self.0.as_ref().or(ctx.execute_data);
        then
    }

    /// An answer, below which everything is asked of this moment.
    pub(crate) fn tell<T>(self, it: T) -> Then<T> {
        Then { it, data: self.0 }
    }
}

/// That this is asked of the records as they are.
///
/// # Errors
/// Where it is asked of a moment of the past, of which it cannot be told.
pub(crate) fn only_now(ctx: &Context<'_>, what: &str) -> Result<(), Fault> {
    match ask::loader(ctx).loader() {
        Database(_, _, None) => Ok(()),
        Database(_, _, Some(_)) => {
            let message = format!("{what} is told of the records as they are: leave out asOf and knownAt above it");
            Err(Fault::new(FaultCode::BadUserInput, message))
        }
    }
}

/// What was there at a moment. In the schema it is what it is now.
pub struct Then<T> {
    it: T,
    data: Option<Data>,
}

#[async_trait]
impl<T: OutputType> OutputType for Then<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.it.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let mut then: ContextSelectionSet<'_> = ctx.clone();
        then.execute_data = self.data.as_ref().or(ctx.execute_data);
        self.it.resolve(&then, field).await
    }
}
