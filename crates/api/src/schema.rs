//! The schema as a value: a document and who asks in, an answer out.

use async_graphql::{EmptySubscription, Request, Response, SDLExportOptions, ServerError, ValidationMode, Value};
use briefing::Shelf;
use store::Store;

use crate::{
    batch::Batches,
    fault::FaultCode,
    root::{Mutation, Query},
};

mod argument;
mod order;

/// The deepest nesting of fields. Introspection by usual tools needs 15.
const DEEPEST: usize = 32;

type Graph = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// Answers requests from one store.
#[derive(Clone)]
pub struct Schema {
    graph: Graph,
    store: Store,
    shelf: Shelf,
}

/// The schema over a store, and the shelf on which the books of its questions are kept.
pub fn schema(store: Store, shelf: Shelf) -> Schema {
    Schema { graph: graph(), store, shelf }
}

fn graph() -> Graph {
    let graph = Graph::build(Query::default(), Mutation::default(), EmptySubscription);
    graph.limit_depth(DEEPEST).validation_mode(ValidationMode::Fast).finish()
}

/// The schema in its own language, the same every time: types, fields and arguments by name, the words of a list in the
/// order of the list.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .prefer_single_line_descriptions()
        .use_space_ident()
        .indent_width(2);
    graph().sdl_with_options(options)
}

impl Schema {
    /// Answers a request. The data of the request carries a [`store::Who`]: on whose behalf. Its document has been found valid
    /// by [`sdl`], and its variables have: here a field that does not exist would be null.
    ///
    /// A mutation should run in a task of its own, so that a client that leaves does not stop it half-way; what is not
    /// committed is undone in any case.
    pub async fn execute(&self, mut request: Request) -> Response {
        let document = match request.parsed_query() {
            Ok(document) => document.clone(),
            Err(error) => return refused(error, FaultCode::GraphqlParseFailed),
        };
        let operation = request.operation_name.clone();
        let batches = Batches::default();
        let request = request.data(batches.loader(self.store.clone(), self.shelf.clone()));
        let mut response = batches.drive(self.graph.execute(request)).await;
        for error in response.errors.iter_mut().filter(|error| !has_code(error)) {
            // What has a path failed where its arguments were read; what has none never began.
            if error.path.is_empty() {
                give_code(error, FaultCode::GraphqlValidationFailed);
            } else {
                argument::blame(error, &document);
                give_code(error, FaultCode::BadUserInput);
            }
        }
        // Where anything was run, the document had passed validation.
        if matches!(response.data, Value::Object(_)) {
            order::Fields::of(&document, operation.as_deref()).arrange(&mut response.data);
        }
        response
    }
}

fn refused(mut error: ServerError, code: FaultCode) -> Response {
    give_code(&mut error, code);
    Response::from_errors(vec![error])
}

/// Resolvers give their errors a code.
fn has_code(error: &ServerError) -> bool {
    error.extensions.as_ref().is_some_and(|extensions| extensions.get("code").is_some())
}

fn give_code(error: &mut ServerError, code: FaultCode) {
    error.extensions.get_or_insert_default().set("code", code.code());
}

#[cfg(test)]
mod tests;
