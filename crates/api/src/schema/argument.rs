//! Which argument could not be read. The library tells a place in the document and a type; people look for a name.

use async_graphql::{
    Pos, ServerError,
    parser::types::{ExecutableDocument, Selection},
};

/// Tells an error by the name of its argument, as far as the document shows it.
pub(super) fn blame(error: &mut ServerError, document: &ExecutableDocument) {
    let argument = error.locations.first().and_then(|place| at(document, *place));
    error.message = sentence(&error.message).to_owned();
    if let Some(argument) = argument {
        error.message = format!("{argument}: {}", error.message);
        error.extensions.get_or_insert_default().set("argument", argument);
    }
}

/// The name of the argument whose value stands at a place.
fn at(document: &ExecutableDocument, place: Pos) -> Option<String> {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    let mut sets: Vec<_> = operations.chain(fragments).collect();
    while let Some(set) = sets.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let mut arguments = field.node.arguments.iter();
                    if let Some((name, _)) = arguments.find(|(_, value)| value.pos == place) {
                        return Some(name.node.to_string());
                    }
                    sets.push(&field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) => sets.push(&fragment.node.selection_set.node),
                Selection::FragmentSpread(_) => {}
            }
        }
    }
    None
}

/// What is wrong, without the names of types around it.
fn sentence(message: &str) -> &str {
    let message = match message.strip_prefix("Failed to parse \"").and_then(|rest| rest.split_once("\": ")) {
        Some((_, sentence)) => sentence,
        None => message,
    };
    message.split_once(" (occurred while parsing").map_or(message, |(sentence, _)| sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    #[test]
    fn an_argument_is_found_where_its_value_stands() {
        let query = "{ a { ... on B { node(id: \"zzz\") { id } } } }";
        let place = Pos { line: 1, column: 27 };
        let mut error = ServerError::new("Failed to parse \"ID\": no id (occurred while parsing \"X\")", Some(place));
        blame(&mut error, &parse_query(query).expect("a document"));
        assert_eq!(error.message, "id: no id");
    }
}
