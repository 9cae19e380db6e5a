//! The schema as a value: a document and who asks in, an answer out.

use async_graphql::{EmptySubscription, Request, Response, SDLExportOptions, ServerError};
use store::Store;

use crate::{
    batch::Batches,
    fault::FaultCode,
    root::{Mutation, Query},
};

/// The deepest nesting of fields. Introspection by usual tools needs 15.
const DEEPEST: usize = 32;

type Graph = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// Answers requests from one store.
#[derive(Clone)]
pub struct Schema {
    graph: Graph,
    store: Store,
}

/// The schema over a store.
pub fn schema(store: Store) -> Schema {
    Schema { graph: graph(), store }
}

fn graph() -> Graph {
    Graph::build(Query::default(), Mutation::default(), EmptySubscription).limit_depth(DEEPEST).finish()
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
    /// Answers a request. The data of the request carries a [`store::Who`]: on whose behalf.
    ///
    /// A mutation should run in a task of its own, so that a client that leaves does not stop it half-way; what is not
    /// committed is undone in any case.
    pub async fn execute(&self, mut request: Request) -> Response {
        if let Err(error) = request.parsed_query() {
            return refused(error, FaultCode::GraphqlParseFailed);
        }
        let batches = Batches::default();
        let request = request.data(batches.loader(self.store.clone()));
        let mut response = batches.drive(self.graph.execute(request)).await;
        for error in &mut response.errors {
            // What has a path failed where its arguments were read; what has none never began.
            let began = !error.path.is_empty();
            let code = if began { FaultCode::BadUserInput } else { FaultCode::GraphqlValidationFailed };
            give_code(error, code);
        }
        response
    }
}

fn refused(mut error: ServerError, code: FaultCode) -> Response {
    give_code(&mut error, code);
    Response::from_errors(vec![error])
}

/// Gives a code to an error that has none: resolvers give their own.
fn give_code(error: &mut ServerError, code: FaultCode) {
    let extensions = error.extensions.get_or_insert_default();
    if extensions.get("code").is_none() {
        extensions.set("code", code.code());
    }
}

#[cfg(test)]
mod tests;
