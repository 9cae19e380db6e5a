//! The schema as a promise: the file that clients read is what is served, every part has a sentence, the operations fit.

use std::{fs, path::Path, sync::Arc};

use async_graphql::{
    Positioned, Request,
    futures_util::StreamExt,
    parser::types::{FieldDefinition, InputValueDefinition, TypeKind, TypeSystemDefinition},
};
use briefing::Shelf;
use chrono::{DateTime, Utc};
use store::{Store, StoreSettings, Surroundings, Who};
use uuid::Uuid;

use super::{schema, sdl};
use crate::{Feed, Resume};

const GRAPHQL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../graphql");

#[test]
fn the_file_is_what_is_served() {
    let file = fs::read_to_string(Path::new(GRAPHQL).join("schema.graphql")).unwrap_or_default();
    assert!(
        file == sdl(),
        "graphql/schema.graphql is not what is served: run `make schema` and look at the difference"
    );
}

#[test]
fn every_part_of_the_schema_has_a_sentence() {
    let document = async_graphql::parser::parse_schema(sdl()).expect("the schema is GraphQL");
    let mut silent = Vec::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.to_string();
        if definition.node.description.is_none() {
            silent.push(name.clone());
        }
        match definition.node.kind {
            TypeKind::Object(object) => silent.extend(silent_fields(&name, &object.fields)),
            TypeKind::Interface(interface) => silent.extend(silent_fields(&name, &interface.fields)),
            TypeKind::InputObject(input) => silent.extend(silent_values(&name, &input.fields)),
            TypeKind::Enum(list) => {
                let words = list.values.iter().filter(|word| word.node.description.is_none());
                silent.extend(words.map(|word| format!("{name}.{}", word.node.value.node)));
            }
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
    }
    assert!(silent.is_empty(), "without a sentence: {}", silent.join(", "));
}

fn silent_fields(of: &str, fields: &[Positioned<FieldDefinition>]) -> Vec<String> {
    let mut silent = Vec::new();
    for Positioned { node: field, .. } in fields {
        let name = format!("{of}.{}", field.name.node);
        silent.extend(silent_values(&name, &field.arguments));
        silent.extend(field.description.is_none().then_some(name));
    }
    silent
}

fn silent_values(of: &str, values: &[Positioned<InputValueDefinition>]) -> Vec<String> {
    let silent = values.iter().filter(|value| value.node.description.is_none());
    silent.map(|value| format!("{of}({})", value.node.name.node)).collect()
}

/// An empty database answers whether an operation fits the schema: what does not fit never gets as far as to ask it.
#[tokio::test]
async fn every_operation_fits_the_schema_and_says_what_it_is_for() {
    let store =
        Store::open(&StoreSettings::new("sqlite::memory:"), Arc::new(Still)).await.expect("a database in memory");
    let schema = schema(store, Shelf::default(), Feed::default());
    let mut seen = 0;
    for entry in fs::read_dir(Path::new(GRAPHQL).join("operations")).expect("graphql/operations") {
        let file = entry.expect("a file").path();
        let operation = fs::read_to_string(&file).expect("a text");
        assert!(operation.starts_with("# "), "{}: begin with a comment that says what it is for", file.display());
        let is_subscription = operation.lines().any(|line| line.starts_with("subscription"));
        let request = Request::new(operation).data(Who::system());
        let response = if is_subscription {
            // Where it fits, it goes as far as to look at its cursor.
            let mut answers = schema.execute_stream(request.data(Resume("no cursor".to_owned())));
            answers.next().await.expect("an answer")
        } else {
            schema.execute(request).await
        };
        for error in response.errors {
            let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code")).map(ToString::to_string);
            let fits = code.as_ref().is_some_and(|code| !code.contains("GRAPHQL_"));
            assert!(fits, "{}: {} {code:?}", file.display(), error.message);
        }
        seen += 1;
    }
    assert!(seen > 20, "only {seen} operations");
}

/// A clock that stands still.
struct Still;

impl Surroundings for Still {
    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn fresh_id(&self) -> Uuid {
        Uuid::nil()
    }

    fn fresh_secret(&self) -> [u8; 32] {
        [0; 32]
    }
}
