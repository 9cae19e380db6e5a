//! Answers in the order of the question.
//!
//! The executor puts the fields of an object down as their resolvers end; people and the specification expect them as
//! they were asked for.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Value,
    indexmap::IndexMap,
    parser::types::{DocumentOperations, ExecutableDocument, FragmentDefinition, Selection, SelectionSet},
};

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// The fields of an object in the order in which they were asked for, each with the order inside it.
#[derive(Default)]
pub(super) struct Fields(IndexMap<Name, Fields>);

impl Fields {
    /// The order of the operation that was run. The document has passed validation: no fragment is inside itself.
    pub(super) fn of(document: &ExecutableDocument, operation: Option<&str>) -> Self {
        let ran = match (&document.operations, operation) {
            (DocumentOperations::Multiple(all), Some(name)) => all.get(name),
            // One that has a name but was not called by it is the only one.
            (operations, _) => operations.iter().next().map(|(_, ran)| ran),
        };
        let sets: Vec<_> = ran.iter().map(|ran| &ran.node.selection_set.node).collect();
        Self::asked(&sets, &document.fragments)
    }

    /// A field that is asked for in several places has its place where it is first, and what all of them ask inside it.
    fn asked(sets: &[&SelectionSet], fragments: &Fragments) -> Self {
        let mut inside = IndexMap::new();
        sets.iter().for_each(|set| gather(set, fragments, &mut inside));
        Self(inside.into_iter().map(|(name, sets)| (name, Self::asked(&sets, fragments))).collect())
    }

    /// Puts an answer into this order.
    pub(super) fn arrange(&self, value: &mut Value) {
        match value {
            Value::List(items) => items.iter_mut().for_each(|item| self.arrange(item)),
            Value::Object(fields) => {
                let place = |name: &Name| self.0.get_index_of(name).unwrap_or(usize::MAX);
                // Mostly they are, and sorting hashes every name again.
                if !fields.keys().is_sorted_by_key(place) {
                    fields.sort_by_cached_key(|name, _| place(name));
                }
                for (name, value) in fields {
                    if let Some(inside) = self.0.get(name) {
                        inside.arrange(value);
                    }
                }
            }
            _ => {}
        }
    }
}

fn gather<'d>(set: &'d SelectionSet, fragments: &'d Fragments, inside: &mut IndexMap<Name, Vec<&'d SelectionSet>>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let sets = inside.entry(field.node.response_key().node.clone()).or_default();
                sets.push(&field.node.selection_set.node);
            }
            Selection::InlineFragment(fragment) => gather(&fragment.node.selection_set.node, fragments, inside),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = fragments.get(&spread.node.fragment_name.node) {
                    gather(&fragment.node.selection_set.node, fragments, inside);
                }
            }
        }
    }
}
