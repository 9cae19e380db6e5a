//! Answers as the specification wants them where a field fails: null in its place, or, where the schema says that it is
//! never null, in the place of the nearest record around it that may be. async-graphql 7.2 leaves such fields out, and
//! clients that rely on the schema stumble over what is missing.

use std::collections::HashMap;

use async_graphql::{
    Name, PathSegment, ServerError, Value,
    parser::{
        parse_query, parse_schema,
        types::{
            BaseType, ExecutableDocument, OperationType, Selection, SelectionSet, Type, TypeKind, TypeSystemDefinition,
        },
    },
};

/// The type of each field of each type.
pub struct Fields {
    types: HashMap<String, HashMap<String, Type>>,
}

impl Fields {
    /// As a schema, in its own language, tells them.
    pub fn of(sdl: &str) -> Self {
        let definitions = parse_schema(sdl).map(|document| document.definitions).unwrap_or_default();
        let types = definitions.into_iter().filter_map(|definition| {
            let TypeSystemDefinition::Type(definition) = definition else { return None };
            let fields = match definition.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => return None,
            };
            let fields = fields.into_iter().map(|field| (field.node.name.node.to_string(), field.node.ty.node));
            Some((definition.node.name.node.to_string(), fields.collect()))
        });
        Self { types: types.collect() }
    }

    /// Puts null where the errors say that something failed.
    pub fn complete(&self, data: &mut Value, errors: &[ServerError], query: &str, operation: Option<&str>) {
        if errors.iter().all(|error| error.path.is_empty()) {
            return;
        }
        // It was parsed before it was executed.
        let Ok(document) = parse_query(query) else { return };
        for error in errors.iter().filter(|error| !error.path.is_empty()) {
            let nullable = self.nullable(&document, operation, &error.path);
            if nullable.len() == error.path.len() {
                put_null(data, &error.path, &nullable);
            }
        }
    }

    /// For each step of the path, whether what stands there may be null; shorter where the path leads nowhere.
    fn nullable(&self, document: &ExecutableDocument, operation: Option<&str>, path: &[PathSegment]) -> Vec<bool> {
        let mut operations = document.operations.iter();
        let chosen =
            operations.find(|(name, _)| operation.is_none_or(|wanted| name.is_some_and(|name| name == wanted)));
        let Some((_, chosen)) = chosen else { return Vec::new() };
        let root = match chosen.node.ty {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        let mut told = Vec::new();
        let mut sets = vec![(root.to_owned(), &chosen.node.selection_set.node)];
        let mut here: Option<&Type> = None;
        for segment in path {
            here = match segment {
                PathSegment::Field(key) => {
                    let mut found = None;
                    let mut below = Vec::new();
                    for (parent, set) in &sets {
                        self.find(document, parent, set, key, &mut found, &mut below);
                    }
                    sets = below;
                    found
                }
                PathSegment::Index(_) => here.and_then(|ty| match &ty.base {
                    BaseType::List(inner) => Some(&**inner),
                    BaseType::Named(_) => None,
                }),
            };
            let Some(ty) = here else { break };
            told.push(ty.nullable);
        }
        told
    }

    /// The type of the field that answers under `key`, and what is selected below it, fragments written out.
    fn find<'d, 's: 'd>(
        &'s self,
        document: &'d ExecutableDocument,
        parent: &str,
        set: &'d SelectionSet,
        key: &str,
        found: &mut Option<&'s Type>,
        below: &mut Vec<(String, &'d SelectionSet)>,
    ) {
        for item in &set.items {
            let (on, inner) = match &item.node {
                Selection::Field(field) => {
                    let ty = self.types.get(parent).and_then(|fields| fields.get(field.node.name.node.as_str()));
                    if let Some(ty) = ty.filter(|_| field.node.response_key().node == key) {
                        *found = Some(ty);
                        below.push((named(ty).to_owned(), &field.node.selection_set.node));
                    }
                    continue;
                }
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref().map_or(parent, |on| on.node.on.node.as_str());
                    (on, &inline.node.selection_set.node)
                }
                Selection::FragmentSpread(spread) => {
                    let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) else { continue };
                    (fragment.node.type_condition.node.on.node.as_str(), &fragment.node.selection_set.node)
                }
            };
            self.find(document, on, inner, key, found, below);
        }
    }
}

fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(inner) => named(inner),
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
        Fields::of(SDL).complete(&mut data, &errors.collect::<Vec<_>>(), query, None);
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
