//! Answers as the specification wants them where a field fails: null in its place, or, where the schema says that it is
//! never null, in the place of the nearest record around it that may be. async-graphql 7.2 leaves such fields out, and
//! clients that rely on the schema stumble over what is missing.

use apollo_compiler::{
    ExecutableDocument,
    ast::Type,
    executable::{Operation, Selection, SelectionSet},
};
use async_graphql::{Name, PathSegment, ServerError, Value};

/// Puts null where the errors say that something failed.
pub fn complete(data: &mut Value, errors: &[ServerError], document: &ExecutableDocument, operation: &Operation) {
    for error in errors.iter().filter(|error| !error.path.is_empty()) {
        let nullable = nullable(document, operation, &error.path);
        if nullable.len() == error.path.len() {
            put_null(data, &error.path, &nullable);
        }
    }
}

/// For each step of the path, whether what stands there may be null; shorter where the path leads nowhere.
fn nullable(document: &ExecutableDocument, operation: &Operation, path: &[PathSegment]) -> Vec<bool> {
    let mut told = Vec::new();
    let mut sets = vec![&operation.selection_set];
    let mut here: Option<&Type> = None;
    for segment in path {
        here = match segment {
            PathSegment::Field(key) => {
                let (mut found, mut below) = (None, Vec::new());
                for set in &sets {
                    find(document, set, key, &mut found, &mut below);
                }
                sets = below;
                found
            }
            PathSegment::Index(_) => here.filter(|ty| ty.is_list()).map(Type::item_type),
        };
        let Some(ty) = here else { break };
        told.push(!ty.is_non_null());
    }
    told
}

/// The type of the field that answers under `key`, and what is selected below it, fragments written out.
fn find<'d>(
    document: &'d ExecutableDocument,
    set: &'d SelectionSet,
    key: &str,
    found: &mut Option<&'d Type>,
    below: &mut Vec<&'d SelectionSet>,
) {
    for selection in &set.selections {
        match selection {
            Selection::Field(field) if field.response_key() == key => {
                *found = Some(field.ty());
                below.push(&field.selection_set);
            }
            Selection::Field(_) => {}
            Selection::InlineFragment(inline) => find(document, &inline.selection_set, key, found, below),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = spread.fragment_def(document) {
                    find(document, &fragment.selection_set, key, found, below);
                }
            }
        }
    }
}

/// Puts null at the end of the path, or as far up as it must.
fn put_null(data: &mut Value, path: &[PathSegment], nullable: &[bool]) {
    // What is null or missing further up swallows what is below.
    let reached = (0..path.len()).find(|step| at(data, &path[..=*step]).is_none_or(|value| *value == Value::Null));
    let Some(reached) = reached else { return };
    let Some(step) = (0..=reached).rev().find(|step| nullable[*step]) else {
        *data = Value::Null;
        return;
    };
    match (at(data, &path[..step]), &path[step]) {
        (Some(Value::Object(fields)), PathSegment::Field(key)) => drop(fields.insert(Name::new(key), Value::Null)),
        (Some(Value::List(items)), PathSegment::Index(index)) => {
            if let Some(item) = items.get_mut(*index) {
                *item = Value::Null;
            }
        }
        _ => {}
    }
}

fn at<'v>(data: &'v mut Value, path: &[PathSegment]) -> Option<&'v mut Value> {
    path.iter().try_fold(data, |value, segment| match (value, segment) {
        (Value::Object(fields), PathSegment::Field(key)) => fields.get_mut(key.as_str()),
        (Value::List(items), PathSegment::Index(index)) => items.get_mut(*index),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use apollo_compiler::Schema;
    use serde_json::{Value as Json, json};

    const SDL: &str = "interface Party { name: String! }
        type State implements Party { name: String! people: [Person!]! aliases: [String]! friend: Party capital: String }
        type Person implements Party { name: String! post: Post }
        type Post { title: String! }
        type Query { state: State states: [State!] sure: State! }
        type Mutation { write: Query! }";

    fn completed(query: &str, data: Json, paths: Json) -> Json {
        let mut data = Value::from_json(data).expect("data");
        let paths: Vec<Vec<Json>> = serde_json::from_value(paths).expect("paths");
        let errors = paths.into_iter().map(|path| {
            let segment = |step: Json| match step.as_u64() {
                Some(index) => PathSegment::Index(usize::try_from(index).expect("an index")),
                None => PathSegment::Field(step.as_str().expect("a key").to_owned()),
            };
            ServerError { path: path.into_iter().map(segment).collect(), ..ServerError::new("it failed", None) }
        });
        let schema = Schema::parse_and_validate(SDL, "schema").expect("a schema");
        let document = ExecutableDocument::parse_and_validate(&schema, query, "document").expect("a document");
        let operation = document.operations.get(None).expect("one operation");
        complete(&mut data, &errors.collect::<Vec<_>>(), &document, operation);
        data.into_json().expect("JSON")
    }

    #[test]
    fn a_field_that_may_be_null_is_null() {
        let query = "{ state { name city: capital } }";
        let data = json!({"state": {"name": "Senegal"}});
        assert_eq!(
            completed(query, data, json!([["state", "city"]])),
            json!({"state": {"name": "Senegal", "city": null}})
        );
        assert_eq!(completed("{ state { name } }", Json::Null, json!([["state"]])), Json::Null);
        assert_eq!(
            completed("{ a: state { name } b: state { name } }", json!({"b": {"name": "x"}}), json!([["a"]])),
            json!({"b": {"name": "x"}, "a": null})
        );
    }

    #[test]
    fn a_field_that_is_never_null_takes_what_is_around_it_along() {
        let query = "{ states { ...S } } fragment S on State { people { name post { title } } friend { ... on Person { name } } }";
        let data = || json!({"states": [{"people": [{"name": "A", "post": {}}, {"name": "B"}], "friend": {}}]});
        let paths = json!([["states", 0, "people", 0, "post", "title"], ["states", 0, "friend", "name"]]);
        let expected = json!({"states": [{"people": [{"name": "A", "post": null}, {"name": "B"}], "friend": null}]});
        assert_eq!(completed(query, data(), paths), expected);
        assert_eq!(
            completed(query, data(), json!([["states", 0, "people", 1, "name"]])),
            data(),
            "it is there after all"
        );
        let data = json!({"states": [{"people": [{"post": null}], "friend": null}]});
        assert_eq!(completed(query, data, json!([["states", 0, "people", 0, "name"]])), json!({"states": null}));
        assert_eq!(
            completed("{ sure { name } state { name } }", json!({"state": {"name": "x"}}), json!([["sure", "name"]])),
            Json::Null
        );
        assert_eq!(
            completed("mutation { write { sure { name } } }", json!({"write": {}}), json!([["write", "sure", "name"]])),
            Json::Null
        );
    }

    #[test]
    fn an_item_of_a_list_is_null_in_its_place() {
        let data = json!({"state": {"aliases": ["a", null, "c"]}});
        assert_eq!(completed("{ state { aliases } }", data.clone(), json!([["state", "aliases", 1]])), data);
    }

    #[test]
    fn a_path_that_leads_nowhere_changes_nothing() {
        for path in [json!([["other"]]), json!([["state", 0]]), json!([["state", "name", "x"]]), json!([[]])] {
            let data = json!({"state": {"name": "Senegal"}});
            assert_eq!(completed("{ state { name } }", data.clone(), path), data);
        }
    }
}
