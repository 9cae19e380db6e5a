//! What every mutation takes: its input, and the client's own name for the request.
//!
//! The name is one field more of every input, `clientMutationId`. It is declared here and nowhere else: [`Input`] adds it
//! to the type that it is put around, takes it out of what comes in, and keeps the hash of the rest, by which a repeat is
//! told from something else under the same name.

use std::borrow::Cow;

use async_graphql::{
    InputObjectType, InputType, InputValueError, InputValueResult, Value,
    registry::{MetaInputValue, MetaType, Registry},
};
use sha2::{Digest, Sha256};

/// The field that every input of a mutation has.
const FIELD: &str = "clientMutationId";
/// The longest name.
const LONGEST: usize = 200;
const DESCRIPTION: &str = "A name of yours for this request, unique among yours, such as a UUID. Where no answer reaches \
                           you, send the same again under the same name: within seven days it is not done a second time, \
                           and you are given the first answer. What was refused was not done, and is tried again.";

/// The input of a mutation, with the name that its client gave to the request.
pub struct Input<T> {
    /// What is asked for.
    pub it: T,
    /// The name, where there is one.
    pub named: Option<Named>,
}

/// A client's name for a request, and what it asks for under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub(crate) client_mutation_id: String,
    /// SHA-256 of the input without the name.
    pub(crate) input_hash: String,
}

impl<T: InputObjectType> InputType for Input<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let named = T::create_type_info(registry);
        if let Some(MetaType::InputObject { input_fields, .. }) = registry.types.get_mut(&*T::type_name()) {
            input_fields.entry(FIELD.to_owned()).or_insert_with(field);
        }
        named
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let mut value = value.unwrap_or_default();
        let name = match &mut value {
            Value::Object(fields) => fields.swap_remove(FIELD),
            _ => None,
        };
        let named = match name {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(Named { client_mutation_id: check(name)?, input_hash: hash(&value) }),
            Some(_) => return Err(InputValueError::custom(format!("{FIELD} is a text"))),
        };
        let it = T::parse(Some(value)).map_err(InputValueError::propagate)?;
        Ok(Self { it, named })
    }

    fn to_value(&self) -> Value {
        self.it.to_value()
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

fn field() -> MetaInputValue {
    MetaInputValue {
        name: FIELD.to_owned(),
        description: Some(DESCRIPTION.to_owned()),
        ty: "String".to_owned(),
        deprecation: Default::default(),
        default_value: None,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        is_secret: false,
        directive_invocations: Vec::new(),
    }
}

/// The name, where it is one.
fn check<T: InputType>(name: String) -> Result<String, InputValueError<T>> {
    let wrong = |why: &str| Err(InputValueError::custom(format!("{FIELD} {why}")));
    match name.as_str() {
        text if text.trim().is_empty() => wrong("is empty: leave it out, or give a name of your own"),
        text if text.contains('\0') => wrong("holds a NUL character: remove it"),
        text if text.chars().nth(LONGEST).is_some() => wrong("is longer than 200 characters: a UUID is enough"),
        _ => Ok(name),
    }
}

/// SHA-256 in hexadecimal of a value, in whichever order the fields of its objects stand.
fn hash(value: &Value) -> String {
    let mut hash = Sha256::new();
    put(value, &mut hash);
    format!("{:x}", hash.finalize())
}

/// Each part with its kind and its length, so that no two values give the same bytes.
fn put(value: &Value, hash: &mut Sha256) {
    let mut part = |kind: &[u8], length: usize, bytes: &[u8]| {
        hash.update(kind);
        hash.update(length.to_be_bytes());
        hash.update(bytes);
    };
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| name.as_str());
            part(b"{", fields.len(), b"");
            for (name, value) in fields {
                hash.update(name.len().to_be_bytes());
                hash.update(name.as_bytes());
                put(value, hash);
            }
        }
        Value::List(items) => {
            part(b"[", items.len(), b"");
            items.iter().for_each(|item| put(item, hash));
        }
        Value::String(text) => part(b"s", text.len(), text.as_bytes()),
        Value::Enum(word) => part(b"s", word.len(), word.as_bytes()),
        Value::Number(number) => part(b"n", 0, format!("{number};").as_bytes()),
        Value::Boolean(flag) => part(b"b", usize::from(*flag), b""),
        Value::Binary(bytes) => part(b"x", bytes.len(), bytes),
        Value::Null => part(b"0", 0, b""),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hashed(value: serde_json::Value) -> String {
        hash(&Value::from_json(value).expect("a value"))
    }

    #[test]
    fn the_order_of_fields_makes_no_difference_and_everything_else_does() {
        let one = hashed(json!({ "a": [1, { "b": "x", "c": null }], "d": true }));
        assert_eq!(one, hashed(json!({ "d": true, "a": [1, { "c": null, "b": "x" }] })));
        for other in [
            json!({ "a": [1, { "b": "x", "c": null }], "d": false }),
            json!({ "a": [1, { "b": "x" }], "d": true }),
            json!({ "a": [{ "b": "x", "c": null }, 1], "d": true }),
            json!({ "a": ["1", { "b": "x", "c": null }], "d": true }),
        ] {
            assert_ne!(one, hashed(other));
        }
        assert_eq!(hash(&Value::String("OURS".into())), hash(&Value::Enum(async_graphql::Name::new("OURS"))));
    }
}
