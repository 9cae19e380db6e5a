use async_graphql::parser::parse_query;

use super::*;
use crate::{Settings, settings::Sources};

fn told(document: &str) -> Result<(), String> {
    let limits = Settings::load(&Sources::default()).expect("the defaults").limits;
    let document = parse_query(document).unwrap_or_else(|fault| panic!("{document}: {fault}"));
    inspect(&document, &limits).map_err(|refusal| refusal.message)
}

/// What GraphiQL and code generators send.
const INTROSPECTION: &str = "query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name }
  subscriptionType { name } types { ...FullType } directives { name description isRepeatable locations
  args(includeDeprecated: true) { ...InputValue } } } }
  fragment FullType on __Type { kind name description specifiedByURL isOneOf fields(includeDeprecated: true) { name
  description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
  inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) {
  name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
  fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
  fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }";

#[test]
fn the_introspection_of_usual_tools_passes() {
    assert_eq!(told(INTROSPECTION), Ok(()));
}

#[test]
fn introspection_that_multiplies_itself_is_refused() {
    let nested =
        |n: usize| format!("{{ __schema {{ types {{ {}name{} }} }} }}", "fields { type { ".repeat(n), " } }".repeat(n));
    assert_eq!(told(&nested(2)), Ok(()));
    assert!(told(&nested(3)).is_err());
    let hidden = "{ __type(name: \"Query\") { ...A } } fragment A on __Type { fields { type { ...B } } }
                  fragment B on __Type { interfaces { possibleTypes { name } } }";
    assert!(told(hidden).is_err());
    // The same names mean nothing outside of the introspection.
    assert_eq!(told("{ form { fields { fields { fields { name } } } } }"), Ok(()));
}

#[test]
fn selections_are_counted_as_they_are_executed() {
    let halves = |n: usize| {
        let steps: String = (0..n).map(|i| format!("fragment F{i} on Q {{ ...F{0} ...F{0} }} ", i + 1)).collect();
        format!("{{ a {{ ...F0 }} }} {steps} fragment F{n} on Q {{ a }}")
    };
    assert_eq!(told(&halves(8)), Ok(()));
    assert_eq!(
        told(&halves(20)).map_err(|message| message.split(' ').take(4).collect::<Vec<_>>().join(" ")),
        Err("the operation has 3145728".to_owned())
    );
    assert!(told(&halves(45)).is_err());
}

#[test]
fn fields_at_the_root_are_counted_through_fragments() {
    let document = |n: usize| format!("{{ ...A ... on Query {{ b }} }} fragment A on Query {{ {} }}", "a ".repeat(n));
    assert_eq!(told(&document(19)), Ok(()));
    assert_eq!(told(&document(20)), Err("the operation has 21 fields at the root, and 20 are the most".to_owned()));
}

#[test]
fn a_fragment_that_spreads_itself_is_refused_also_where_nothing_uses_it() {
    for document in [
        "{ ...A } fragment A on Q { a { ...A } }",
        "{ ...A } fragment A on Q { ...B } fragment B on Q { ...A }",
        "{ a } fragment A on Q { ...B } fragment B on Q { ...A }",
    ] {
        assert!(told(document).expect_err(document).ends_with("spreads itself"));
    }
    assert_eq!(told("{ ...Missing }"), Ok(()));
}

#[test]
fn depth_adds_up_through_fragments_wherever_they_were_first_met() {
    let deep = |n: usize| format!("{}a{}", "a { ".repeat(n), " }".repeat(n));
    let document =
        |n: usize| format!("{{ ...A {} }} fragment A on Q {{ {} }}", deep(n).replace("a }", "...A }"), deep(24));
    assert_eq!(told(&document(20)), Ok(()));
    assert!(told(&document(30)).expect_err("too deep").contains("levels"));
}

#[test]
fn the_kind_is_that_of_the_operation_that_is_named() {
    let document = parse_query("query A { a } mutation B { b }").expect("GraphQL");
    assert_eq!(kind(&document, Some("A")), Some(OperationType::Query));
    assert_eq!(kind(&document, Some("B")), Some(OperationType::Mutation));
    assert_eq!(kind(&document, Some("C")), None);
    let single = parse_query("mutation { b }").expect("GraphQL");
    assert_eq!(kind(&single, None), Some(OperationType::Mutation));
    assert_eq!(kind(&single, Some("B")), None);
}
