//! The schema as a value: a document and who asks in, an answer out.

use async_graphql::{
    Name, Request, Response, SDLExportOptions, ServerError, ValidationMode, Value,
    futures_util::stream::{self, BoxStream, StreamExt},
    parser::types::{ExecutableDocument, Selection},
};
use briefing::Shelf;
use store::Store;

use crate::{
    batch::{Batches, Database},
    event::{Feed, Place},
    fault::FaultCode,
    root::{Mutation, Query, Subscription},
};

mod argument;
mod order;

/// The deepest nesting of fields. Introspection by usual tools needs 15.
const DEEPEST: usize = 32;

type Graph = async_graphql::Schema<Query, Mutation, Subscription>;

/// Answers requests from one store.
#[derive(Clone)]
pub struct Schema {
    graph: Graph,
    store: Store,
    shelf: Shelf,
    feed: Feed,
}

/// The schema over a store, the shelf on which the books of its questions are kept, and the feed that wakes its
/// subscriptions.
pub fn schema(store: Store, shelf: Shelf, feed: Feed) -> Schema {
    Schema { graph: graph(), store, shelf, feed }
}

fn graph() -> Graph {
    let graph = Graph::build(Query::default(), Mutation::default(), Subscription::default());
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
    /// The records as they are.
    fn database(&self) -> Database {
        Database(self.store.clone(), self.shelf.clone(), None)
    }

    /// Answers a request. The data of the request carries a [`store::Who`]: on whose behalf. Its document has been found valid
    /// by [`sdl`], and its variables have: here a field that does not exist would be null.
    ///
    /// A mutation should run in a task of its own, so that a client that leaves does not stop it half-way; what is not
    /// committed is undone in any case.
    pub async fn execute(&self, mut request: Request) -> Response {
        let asked = match Asked::of(&mut request) {
            Ok(asked) => asked,
            Err(refused) => return *refused,
        };
        let batches = Batches::default();
        let request = request.data(batches.loader(self.database())).data(batches.clone());
        let mut response = batches.drive(self.graph.execute(request)).await;
        asked.finish(&mut response);
        response
    }

    /// Answers a subscription, once for each event; `cursor` in the extensions of an answer is the place of its event. The
    /// data of the request may carry a [`crate::Resume`].
    pub fn execute_stream(&self, mut request: Request) -> BoxStream<'static, Response> {
        let asked = match Asked::of(&mut request) {
            Ok(asked) => asked,
            Err(refused) => return stream::once(async { *refused }).boxed(),
        };
        if !asked.is_of_one_field() {
            let error = ServerError::new("a subscription asks for one field, and not by a fragment", None);
            return stream::once(async { refused(error, FaultCode::GraphqlValidationFailed) }).boxed();
        }
        let (batches, place) = (Batches::default(), Place::default());
        let request = request.data(batches.loader(self.database())).data(batches.clone());
        let answers = self.graph.execute_stream(request.data(self.feed.clone()).data(place.clone()));
        let finished = stream::unfold((answers, asked), move |(mut answers, asked)| {
            let (batches, place) = (batches.clone(), place.clone());
            async move {
                let mut response = batches.drive(answers.next()).await?;
                asked.finish(&mut response);
                if let Some(cursor) = place.take() {
                    response.extensions.insert("cursor".to_owned(), cursor.into());
                }
                Some((response, (answers, asked)))
            }
        });
        finished.boxed()
    }
}

/// What was asked, as far as its answers are finished by it.
struct Asked {
    document: ExecutableDocument,
    operation: Option<String>,
}

impl Asked {
    fn of(request: &mut Request) -> Result<Self, Box<Response>> {
        match request.parsed_query() {
            Ok(document) => {
                let document = document.clone();
                Ok(Self { document, operation: request.operation_name.clone() })
            }
            Err(error) => Err(Box::new(refused(error, FaultCode::GraphqlParseFailed))),
        }
    }

    /// Whether it asks for one field at its root. The executor would tell each of several by itself, and none that a
    /// fragment asks for.
    fn is_of_one_field(&self) -> bool {
        let named = |name: Option<&Name>| {
            self.operation.as_deref().is_none_or(|wanted| name.is_some_and(|name| name == wanted))
        };
        let asked = self.document.operations.iter().find(|(name, _)| named(*name));
        // What is not there is told by the executor.
        asked.is_none_or(|(_, asked)| match asked.node.selection_set.node.items.as_slice() {
            [item] => matches!(item.node, Selection::Field(_)),
            _ => false,
        })
    }

    /// Gives every error a code, and puts the fields in the order in which they were asked for.
    fn finish(&self, response: &mut Response) {
        for error in response.errors.iter_mut().filter(|error| !has_code(error)) {
            // What has a path failed where its arguments were read; what has none never began.
            if error.path.is_empty() {
                give_code(error, FaultCode::GraphqlValidationFailed);
            } else {
                argument::blame(error, &self.document);
                give_code(error, FaultCode::BadUserInput);
            }
        }
        // Where anything was run, the document had passed validation.
        if matches!(response.data, Value::Object(_)) {
            order::Fields::of(&self.document, self.operation.as_deref()).arrange(&mut response.data);
        }
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
