//! Every field of every type, asked for by every role, beside what the table says.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use apollo_compiler::{
    Node, Schema,
    ast::{FieldDefinition, InputValueDefinition, Type},
    schema::ExtendedType,
};
use vocab::{Scope, Word};

use super::*;
use crate::http::graphql::Executes;

fn schema() -> &'static Schema {
    <api::Schema as Executes>::schema()
}

/// The fields of a type that has some.
fn fields(of: &str) -> Vec<&'static FieldDefinition> {
    let fields = match schema().types.get(of) {
        Some(ExtendedType::Object(object)) => &object.fields,
        Some(ExtendedType::Interface(interface)) => &interface.fields,
        _ => return Vec::new(),
    };
    fields.values().map(|field| &***field).collect()
}

/// The types that stand where this one is asked for.
fn found_as(ty: &str) -> Vec<String> {
    let mut found = vec![ty.to_owned()];
    if let Some(implementers) = schema().implementers_map().get(ty) {
        found.extend(implementers.iter().map(|name| name.to_string()));
    }
    found
}

/// What has to be given, with some value that fits.
fn given(arguments: &[Node<InputValueDefinition>]) -> Vec<String> {
    let needed = arguments.iter().filter(|argument| argument.is_required());
    needed.map(|argument| format!("{}: {}", argument.name, value(&argument.ty))).collect()
}

fn value(ty: &Type) -> String {
    if ty.is_list() {
        return "[]".to_owned();
    }
    match schema().types.get(ty.inner_named_type()) {
        Some(ExtendedType::Enum(words)) => words.values.keys().next().expect("a word").to_string(),
        Some(ExtendedType::InputObject(input)) => {
            let fields: Vec<_> = input.fields.values().map(|field| Node::new((***field).clone())).collect();
            format!("{{ {} }}", given(&fields).join(", "))
        }
        _ => match ty.inner_named_type().as_str() {
            "Int" => "1".to_owned(),
            "Float" => "1.5".to_owned(),
            "Boolean" => "true".to_owned(),
            _ => "\"x\"".to_owned(),
        },
    }
}

/// A field with what has to be given, and what is selected below it.
fn selected(field: &FieldDefinition, below: &str) -> String {
    let arguments = given(&field.arguments);
    let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
    format!("{}{arguments}{below}", field.name)
}

/// How a type is reached from the root: the fields on the way, each with the type that it is asked of.
type Way = Vec<(String, &'static FieldDefinition)>;

/// The shortest way to each type.
fn ways() -> BTreeMap<String, Way> {
    let mut ways: BTreeMap<String, Way> = BTreeMap::new();
    let mut next = VecDeque::new();
    for root in ["Query", "Mutation", "Subscription"] {
        ways.insert(root.to_owned(), Vec::new());
        next.push_back(root.to_owned());
    }
    while let Some(of) = next.pop_front() {
        for field in fields(&of) {
            for found in found_as(field.ty.inner_named_type()) {
                if !fields(&found).is_empty() && !ways.contains_key(&found) {
                    let mut way = ways[&of].clone();
                    way.push((of.clone(), field));
                    ways.insert(found.clone(), way);
                    next.push_back(found);
                }
            }
        }
    }
    ways
}

/// A document that asks for one field of a type, and nothing else that is not on the way.
fn document(way: &Way, of: &str, field: &FieldDefinition) -> String {
    let is_composite = !fields(field.ty.inner_named_type()).is_empty();
    let mut text = selected(field, if is_composite { " { __typename }" } else { "" });
    let mut within = of.to_owned();
    for (above, step) in way.iter().rev() {
        text = selected(step, &format!(" {{ ... on {within} {{ {text} }} }}"));
        within.clone_from(above);
    }
    format!("{} {{ {text} }}", within.to_lowercase())
}

#[test]
fn every_field_has_a_line_in_the_table_and_every_line_a_field() {
    let types = schema().types.keys().filter(|name| !name.starts_with("__"));
    let there: BTreeSet<(String, String)> =
        types.flat_map(|of| fields(of).into_iter().map(|field| (of.to_string(), field.name.to_string()))).collect();
    let told: BTreeSet<_> = api::rights::lines().map(|(of, _, field)| (of.to_owned(), field.to_owned())).collect();
    let without: Vec<_> = there.difference(&told).collect();
    assert!(without.is_empty(), "no line in crates/api/src/rights/table.txt: {without:?}");
    let stale: Vec<_> = told.difference(&there).collect();
    assert!(stale.is_empty(), "no such field any more: {stale:?}");
}

#[test]
fn every_field_is_asked_for_by_those_of_whom_the_table_says_so_and_by_no_other() {
    let ways = ways();
    let mut asked = BTreeSet::new();
    for (of, way) in &ways {
        for field in fields(of) {
            let text = document(way, of, field);
            let document = ExecutableDocument::parse_and_validate(<api::Schema as Executes>::schema(), &text, "walk");
            let document = document.unwrap_or_else(|fault| panic!("{text}: {}", fault.errors));
            let operation = document.operations.get(None).expect("one operation");
            let on_the_way = way.iter().map(|(of, step)| api::rights::least(of, &step.name));
            let needed = on_the_way.chain([api::rights::least(of, &field.name)]).max().expect("a field");
            let nobody = [(None, Rights::public())];
            let roles = Role::ALL.iter().map(|role| (Some(*role), Rights::of(*role, Scope::Admin)));
            for (role, rights) in roles.chain(nobody) {
                let told = permit(&document, operation, rights, api::rights::least);
                assert_eq!(told.is_ok(), role >= needed, "{role:?} asks {text}: {told:?}");
                let Err(refusal) = told else { continue };
                let code = if role.is_some() { "FORBIDDEN" } else { "UNAUTHENTICATED" };
                assert_eq!(refusal.code.as_str(), code, "{text}");
            }
            asked.insert((of.clone(), field.name.to_string()));
        }
    }
    let told: BTreeSet<_> = api::rights::lines().map(|(of, _, field)| (of.to_owned(), field.to_owned())).collect();
    assert_eq!(told.difference(&asked).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "not reached");
}

#[test]
fn a_field_is_found_in_every_kind_of_fragment() {
    for text in [
        "{ reviewQueue { nodes { id } } }",
        "{ memberStates { nodes { ... { ...A } } } } fragment A on MemberState { ...B } fragment B on MemberState { partnership { label } }",
        "query($go: Boolean! = false) { ... on Query @skip(if: $go) { accounts { nodes { email } } } }",
        "{ a: memberState(code: \"PAK\") { b: calendarFeeds { id } } }",
        "{ node(id: \"x\") { ... on Finding { summary } } }",
    ] {
        let document = ExecutableDocument::parse_and_validate(<api::Schema as Executes>::schema(), text, "fragments");
        let document = document.unwrap_or_else(|fault| panic!("{text}: {}", fault.errors));
        let operation = document.operations.get(None).expect("one operation");
        let refused = permit(&document, operation, Rights::public(), api::rights::least).expect_err(text);
        assert_eq!(refused.status, Some(axum::http::StatusCode::UNAUTHORIZED), "{text}");
    }
}
