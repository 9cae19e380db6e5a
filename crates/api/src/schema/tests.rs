//! The schema as a promise: the file that clients read is what is served, and every part has a sentence.

use std::{fs, path::Path};

use async_graphql::{
    Positioned,
    parser::types::{FieldDefinition, InputValueDefinition, TypeKind, TypeSystemDefinition},
};

use super::sdl;

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
