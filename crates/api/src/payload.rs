//! What a mutation answers: the record it wrote, or why a person has to act first.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_graphql::{Context, MaybeUndefined, SimpleObject};
use serde::{Serialize, de::DeserializeOwned};
use store::{UnitOfWork, receipt};

use crate::{
    ask,
    fault::{Fault, FaultCode},
    input::Named,
};

/// Why nothing was written, where a person can do something about it.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub struct Refusal {
    /// `CONFLICT` where somebody else was faster, `BAD_USER_INPUT` where a value cannot be kept.
    pub code: String,
    /// What is wrong and what to do, for people.
    pub message: String,
    /// The input field it is about.
    pub field: Option<String>,
    /// The version the record has now, where somebody else was faster: look at it, then try again with it.
    pub current_version: Option<i32>,
}

/// A failure that a person can act on is a refusal; any other stays a failure.
impl TryFrom<Fault> for Refusal {
    type Error = Fault;

    fn try_from(fault: Fault) -> Result<Self, Fault> {
        match fault.code {
            FaultCode::Conflict | FaultCode::BadUserInput => Ok(Self {
                code: fault.code.code().to_owned(),
                message: fault.message,
                field: fault.argument.map(str::to_owned),
                current_version: fault.current_version,
            }),
            _ => Err(fault),
        }
    }
}

/// The mutations of a request that were refused, each with the code of its refusal. The server puts it into the data of the
/// request, and hears by it what it is to write into the audit trail.
#[derive(Debug, Clone, Default)]
pub struct Refusals(Arc<Mutex<Vec<(String, &'static str)>>>);

impl Refusals {
    /// What was told so far; it is not told again.
    pub fn take(&self) -> Vec<(String, &'static str)> {
        std::mem::take(&mut *self.told())
    }

    fn told(&self) -> MutexGuard<'_, Vec<(String, &'static str)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What every payload has, whatever its mutation.
pub trait Answer: From<Refusal> {
    /// Gives the client back its own name for the request.
    fn name(&mut self, client_mutation_id: Option<String>);
}

/// What a mutation answers: made of what was done, or of a refusal.
pub trait Payload: Answer {
    /// What the verb brings about. It is kept, to be the answer to a repeat: a secret in it is to be skipped.
    type Done: Serialize + DeserializeOwned;
    /// The payload where it was done.
    fn done(done: Self::Done) -> Self;
}

/// Declares the payload of a mutation: its fields, which are null or empty where it was refused, and the refusal.
///
/// One with a single record is made of that record; any other says beside itself what it is made of.
macro_rules! payload {
    ($(#[$about:meta])* $name:ident { $(#[$doc:meta])* $field:ident: $coat:ty $(,)? }) => {
        $crate::payload::payload! { $(#[$about])* $name of { $(#[$doc])* $field: Option<$coat>, } }

        impl $crate::payload::Payload for $name {
            type Done = $crate::coat::RowOf<$coat>;

            fn done(row: Self::Done) -> Self {
                Self { $field: Some(row.into()), ..Self::default() }
            }
        }
    };
    ($(#[$about:meta])* $name:ident of { $($(#[$doc:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$about])*
        #[derive(Default, async_graphql::SimpleObject)]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)+
            /// Why nothing was written; null where it was.
            pub refusal: Option<$crate::payload::Refusal>,
            /// The name that the client gave to the request.
            pub client_mutation_id: Option<String>,
        }

        impl $crate::payload::Answer for $name {
            fn name(&mut self, client_mutation_id: Option<String>) {
                self.client_mutation_id = client_mutation_id;
            }
        }

        impl From<$crate::payload::Refusal> for $name {
            fn from(refusal: $crate::payload::Refusal) -> Self {
                Self { refusal: Some(refusal), ..Self::default() }
            }
        }
    };
}
pub(crate) use payload;

/// Writes in one unit of work: all of it, or nothing where the payload tells of a refusal. What has a name and was done
/// before is not done again, and is answered as it was then.
///
/// # Errors
/// Where no person can act on the failure; [`FaultCode::BadUserInput`] where something else has the name;
/// [`FaultCode::Unauthenticated`] where the server did not say who acts.
pub async fn write<P: Payload>(
    ctx: &Context<'_>,
    named: Option<Named>,
    verb: impl AsyncFnOnce(&mut UnitOfWork) -> store::Result<P::Done>,
) -> Result<P, Fault> {
    let who = ask::who(ctx)?.clone().doing(ctx.field().name().to_owned());
    let mut work = ask::store(ctx).begin(&who).await?;
    let named = named.map(|named| under(ctx, named));
    let before = match &named {
        Some(named) => receipt::begin(&mut work, named).await?,
        None => None,
    };
    let mut payload = match before {
        Some(answer) => P::done(serde_json::from_value(answer).map_err(|fault| Fault::internal(&fault))?),
        None => settle(ctx, finish(work, named.as_ref(), verb).await)?,
    };
    payload.name(named.map(|named| named.client_mutation_id));
    Ok(payload)
}

/// Tries what [`write`] would do, and undoes it. As nothing is done, a repeat is tried again.
///
/// # Errors
/// As [`write`].
pub async fn try_out<P: Payload>(
    ctx: &Context<'_>,
    named: Option<Named>,
    verb: impl AsyncFnOnce(&mut UnitOfWork) -> store::Result<P::Done>,
) -> Result<P, Fault> {
    let work = ask::store(ctx).begin(ask::who(ctx)?).await?;
    let mut payload: P = settle(ctx, tried(work, verb).await)?;
    payload.name(named.map(|named| named.client_mutation_id));
    Ok(payload)
}

async fn tried<D>(
    mut work: UnitOfWork,
    verb: impl AsyncFnOnce(&mut UnitOfWork) -> store::Result<D>,
) -> store::Result<D> {
    let done = verb(&mut work).await?;
    work.try_out().await?;
    Ok(done)
}

/// The name with the mutation it was given to.
fn under(ctx: &Context<'_>, named: Named) -> receipt::Named {
    let Named { client_mutation_id, input_hash } = named;
    receipt::Named { client_mutation_id, mutation: ctx.field().name().to_owned(), input_hash }
}

/// Does what is to be done, and makes it last together with its receipt.
async fn finish<D: Serialize>(
    mut work: UnitOfWork,
    named: Option<&receipt::Named>,
    verb: impl AsyncFnOnce(&mut UnitOfWork) -> store::Result<D>,
) -> store::Result<D> {
    let done = verb(&mut work).await?;
    if let Some(named) = named {
        let answer = serde_json::to_value(&done).map_err(|fault| store::Error::unwritable(&fault))?;
        receipt::end(&mut work, named, answer).await?;
    }
    work.commit().await?;
    Ok(done)
}

/// The payload for what was done, or for a failure that a person can act on.
fn settle<P: Payload>(ctx: &Context<'_>, result: store::Result<P::Done>) -> Result<P, Fault> {
    let fault = match result {
        Ok(done) => return Ok(P::done(done)),
        Err(error) => Fault::from(error),
    };
    let code = fault.code.code();
    let refusal = Refusal::try_from(fault)?;
    if let Some(refusals) = ctx.data_opt::<Refusals>() {
        refusals.told().push((ctx.field().name().to_owned(), code));
    }
    Ok(P::from(refusal))
}

/// A field of a revision: left out, it stays; null empties it.
pub fn change<T, U>(field: MaybeUndefined<T>, read: impl FnOnce(T) -> U) -> Option<Option<U>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(read(value))),
    }
}
