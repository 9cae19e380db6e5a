use async_graphql::parser::parse_query;

use super::*;
use crate::{Settings, settings::Sources};

fn told(document: &str) -> Result<(), String> {
    let limits = Settings::load(&Sources::default()).expect("the defaults").limits;
    let document = parse_query(document).unwrap_or_else(|fault| panic!("{document}: {fault}"));
    inspect(&document, None, &limits).map(drop).map_err(|refusal| refusal.message)
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

/// The fields with both clocks that are answered from the books of the questions, which need no records of that moment.
const OF_THE_BOOKS: [&str; 4] = ["answer", "brief", "councilPack", "handoverBrief"];

#[test]
fn every_field_that_can_be_asked_of_the_past_is_paid_for() {
    let schema = super::super::graphql::typed(&api::sdl());
    let query = schema.get_object("Query").expect("a type");
    let with_clocks = query.fields.iter().filter(|(_, field)| {
        ["asOf", "knownAt"].iter().all(|clock| field.arguments.iter().any(|argument| argument.name == *clock))
    });
    let mut with_clocks: Vec<&str> = with_clocks.map(|(name, _)| name.as_str()).collect();
    with_clocks.sort_unstable();
    let mut known = [&OF_THE_PAST[..], &OF_THE_BOOKS].concat();
    known.sort_unstable();
    assert_eq!(with_clocks, known, "a new one costs PAST, unless it is answered from the books");
}

#[test]
fn a_moment_of_the_past_costs_what_it_takes_to_put_it_together() {
    let limits = Settings::load(&Sources::default()).expect("the defaults").limits;
    let past = |document: &str, variables: Json| {
        let document = parse_query(document).expect("GraphQL");
        inspect(&document, Some(&variables), &limits).map(|cost| (cost.past, cost.requested)).map_err(|no| no.code)
    };
    let none = || Json::Null;
    assert_eq!(past("{ people { nodes { name } } }", none()), Ok((0, 21)));
    assert_eq!(past("{ people(asOf: null) { nodes { name } } }", none()), Ok((0, 21)));
    assert_eq!(past("{ people(asOf: \"2026-01-01\") { nodes { name } } }", none()), Ok((PAST, PAST + 21)));
    assert_eq!(past("{ answer(asOf: \"2026-01-01\") { judged } }", none()), Ok((0, 1)));
    let by_variable = "query($d: Date) { a: people(asOf: $d) { totalCount } b: meetings(knownAt: $d) { totalCount } }";
    assert_eq!(past(by_variable, none()), Ok((0, 1)));
    assert_eq!(past(by_variable, serde_json::json!({"d": null})), Ok((0, 1)));
    assert_eq!(past(by_variable, serde_json::json!({"d": "2026-01-01"})), Ok((2 * PAST, 2 * PAST + 1)));
    let by_default =
        "query($d: Date = \"2026-01-01\") { ...L } fragment L on Query { people(asOf: $d) { totalCount } }";
    assert_eq!(past(by_default, none()), Ok((PAST, PAST + 1)));
    assert_eq!(past(by_default, serde_json::json!({"d": null})), Ok((0, 1)));
    let many: String = (0..11).map(|at| format!(" m{at}: meetings(asOf: \"2026-01-01\") {{ totalCount }}")).collect();
    assert_eq!(past(&format!("{{{many} }}"), none()), Err(Code::OperationLimit));
}

#[test]
fn lists_inside_lists_multiply() {
    let rows = |document: &str, variables: Json| {
        let limits =
            crate::settings::Limits { rows: 0, ..Settings::load(&Sources::default()).expect("the defaults").limits };
        let document = parse_query(document).expect("GraphQL");
        let message = inspect(&document, Some(&variables), &limits).err().map(|refusal| refusal.message);
        message.and_then(|message| message.split(' ').nth(3)?.parse::<u64>().ok()).unwrap_or_default()
    };
    let none = || Json::Null;
    assert_eq!(rows("{ a { b { c } } }", none()), 0);
    assert_eq!(rows("{ a { nodes { b } } }", none()), 20);
    assert_eq!(rows("{ a(first: 5) { edges { node { b(last: 3) { nodes { c } } } } } }", none()), 20);
    assert_eq!(
        rows("{ a(first: 100) { ...R } } fragment R on A { nodes { b(first: 9000) { totalCount } } }", none()),
        10_100
    );
    let by_variable = "query($n: Int = 7) { a(first: $n) { nodes { b } } }";
    assert_eq!(rows(by_variable, none()), 7);
    assert_eq!(rows(by_variable, serde_json::json!({"n": 30})), 30);
    let deep = |n: usize| format!("{{ {}id{} }}", "a(first: 100) { nodes { ".repeat(n), " } }".repeat(n));
    assert_eq!(told(&deep(2)), Ok(()));
    assert!(told(&deep(3)).expect_err("a million rows").contains("lists inside lists"));
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
fn a_list_that_is_given_has_an_end_wherever_it_stands() {
    let limits = Settings::load(&Sources::default()).expect("the defaults").limits;
    let list = |length: usize| format!("[{}]", vec!["1"; length].join(","));
    let told = |document: String, variables: Json| {
        let document = parse_query(&document).expect("a document");
        inspect(&document, Some(&variables), &limits).map(drop).map_err(|refusal| refusal.code)
    };
    for (length, expected) in [(250, Ok(())), (251, Err(Code::OperationLimit))] {
        let items = list(length);
        assert_eq!(told(format!("{{ a(b: {{ c: {items} }}) }}"), Json::Null), expected);
        assert_eq!(told(format!("{{ a {{ ...F }} }} fragment F on Q {{ a(b: [{items}]) }}"), Json::Null), expected);
        assert_eq!(told(format!("query($b: [Int] = {items}) {{ a(b: $b) }}"), Json::Null), expected);
        let given: Json = serde_json::from_str(&format!("{{\"b\": {{\"c\": {items}}}}}")).expect("JSON");
        assert_eq!(told("query($b: B) { a(b: $b) }".to_owned(), given), expected);
    }
}
