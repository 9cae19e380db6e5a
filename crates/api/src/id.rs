//! Opaque identifiers in which the concept of the record travels along, so that an id of another type is noticed.

use std::{borrow::Cow, marker::PhantomData};

use async_graphql::{ID, InputType, InputValueError, InputValueResult, Value, registry::Registry};
use store::{Concept, RecordRef, Recorded};
use uuid::Uuid;
use vocab::Word;

use crate::coat::Kept;

/// The identifier of a record as clients hold it.
pub fn of<M: Recorded>(row: &M) -> ID {
    encode(RecordRef::new(M::CONCEPT, row.id()))
}

/// The identifier of a record of any concept.
pub fn encode(record: RecordRef) -> ID {
    ID(record.encode())
}

/// Which record an identifier is of, where it is one.
pub fn decode(id: &str) -> Option<RecordRef> {
    RecordRef::decode(id)
}

/// What people call a concept: "meeting", "follow-up action".
pub fn called(concept: Concept) -> String {
    let code = concept.code();
    code.rsplit_once('-').map_or_else(|| code.to_owned(), |(before, last)| format!("{before} {last}"))
}

/// "a meeting", "an organization".
fn one(concept: Concept) -> String {
    let name = called(concept);
    let article = if name.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {name}")
}

/// The identifier of a record of one concept, as an argument. Another concept's id is refused where it is read.
pub struct Id<C>(pub Uuid, PhantomData<fn() -> C>);

impl<C> Clone for Id<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Id<C> {}

/// The key that an argument names, where there is one.
pub fn key<C>(id: Option<Id<C>>) -> Option<Uuid> {
    id.map(|id| id.0)
}

/// The keys that an argument names.
pub fn keys<C>(ids: Vec<Id<C>>) -> Vec<Uuid> {
    ids.into_iter().map(|id| id.0).collect()
}

/// The identifier of a record of any concept, as an argument.
#[derive(Clone, Copy)]
pub struct AnyId(pub RecordRef);

/// Makes a type read as the scalar `ID`, by way of the record that the identifier is of.
macro_rules! reads_as_id {
    ([$($generics:tt)*] $type:ty, $of:expr, $record:expr) => {
        impl<$($generics)*> InputType for $type {
            type RawValueType = Self;

            fn type_name() -> Cow<'static, str> {
                <ID as InputType>::type_name()
            }

            fn create_type_info(registry: &mut Registry) -> String {
                <ID as InputType>::create_type_info(registry)
            }

            fn parse(value: Option<Value>) -> InputValueResult<Self> {
                let id = ID::parse(value).map_err(InputValueError::propagate)?;
                let record = decode(&id).ok_or_else(|| format!("\"{}\" is no id: use one that a query gave", *id));
                record.and_then($of).map_err(InputValueError::custom)
            }

            fn to_value(&self) -> Value {
                let record: fn(&Self) -> RecordRef = $record;
                ID::to_value(&encode(record(self)))
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }
        }
    };
}

reads_as_id!([] AnyId, |record| Ok(Self(record)), |id| id.0);
reads_as_id!([C: Kept] Id<C>, |record: RecordRef| {
    if record.concept == C::CONCEPT {
        Ok(Self(record.id, PhantomData))
    } else {
        Err(format!("this is the id of {}, the id of {} is needed", one(record.concept), one(C::CONCEPT)))
    }
}, |id| RecordRef::new(C::CONCEPT, id.0));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{meeting::Meeting, task::Task};

    #[test]
    fn an_id_comes_back_as_the_record_it_is_of() {
        for concept in Concept::ALL {
            let record = RecordRef::new(*concept, Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));
            assert_eq!(decode(&encode(record)), Some(record));
        }
    }

    #[test]
    fn what_is_no_id_or_of_another_type_is_refused_with_a_sentence() {
        for garbage in ["", "!", "1", "AAAA", "bWVldGluZw", "00000000-0000-0000-0000-000000000000"] {
            assert_eq!(decode(garbage), None, "{garbage}");
        }
        let id = encode(RecordRef::new(Concept::Task, Uuid::from_u128(1)));
        let refused =
            |value| Id::<Meeting>::parse(Some(value)).map(|_| ()).map_err(|e| e.into_server_error(Default::default()));
        let error = refused(Value::String(id.0.clone())).expect_err("a task is no meeting");
        assert!(error.message.contains("this is the id of a task, the id of a meeting is needed"), "{}", error.message);
        assert!(Id::<Task>::parse(Some(Value::String(id.0))).is_ok_and(|id| id.0 == Uuid::from_u128(1)));
        assert!(refused(Value::String("nonsense".to_owned())).is_err());
    }
}
