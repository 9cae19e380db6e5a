//! What a mutation answers: the record it wrote, or why a person has to act first.

use async_graphql::{Context, MaybeUndefined, SimpleObject};
use store::UnitOfWork;

use crate::{
    ask,
    fault::{Fault, FaultCode},
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

/// What a mutation answers: made of what was done, or of a refusal.
pub trait Payload: From<Refusal> {
    /// What the verb brings about.
    type Done;
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
                Self { $field: Some(row.into()), refusal: None }
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
        }

        impl From<$crate::payload::Refusal> for $name {
            fn from(refusal: $crate::payload::Refusal) -> Self {
                Self { refusal: Some(refusal), ..Self::default() }
            }
        }
    };
}
pub(crate) use payload;

/// The payload for what a verb of `store` or `intake` brought about.
///
/// # Errors
/// Where no person can act on the failure.
pub fn settle<P: Payload>(result: store::Result<P::Done>) -> Result<P, Fault> {
    match result {
        Ok(done) => Ok(P::done(done)),
        Err(error) => Refusal::try_from(Fault::from(error)).map(P::from),
    }
}

/// Writes in one unit of work: all of it, or nothing where the payload tells of a refusal.
///
/// # Errors
/// As [`settle`]; [`FaultCode::Unauthenticated`] where the server did not say who acts.
pub async fn write<P: Payload>(
    ctx: &Context<'_>,
    verb: impl AsyncFnOnce(&mut UnitOfWork) -> store::Result<P::Done>,
) -> Result<P, Fault> {
    let mut work = ask::store(ctx).begin(ask::who(ctx)?).await?;
    let result = verb(&mut work).await;
    settle(match result {
        Ok(done) => work.commit().await.map(|()| done),
        Err(error) => Err(error),
    })
}

/// A field of a revision: left out, it stays; null empties it.
pub fn change<T, U>(field: MaybeUndefined<T>, read: impl FnOnce(T) -> U) -> Option<Option<U>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(read(value))),
    }
}
