//! The GraphQL schema that is served, and what each request brings along.

use async_graphql::{EmptyMutation, EmptySubscription, Object, Request, Response};
use store::{Store, Who};

use crate::http::Executes;

/// Stands in until `api` offers its own.
#[derive(Default)]
pub struct Query;

#[Object]
impl Query {
    /// Whether anybody is there.
    async fn alive(&self) -> bool {
        true
    }
}

/// The schema.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

/// The schema as text.
pub fn sdl() -> String {
    Schema::new(Query, EmptyMutation, EmptySubscription).sdl()
}

/// The schema over the records of one database.
pub struct Served {
    schema: Schema,
}

impl Served {
    /// Over the records in `store`.
    pub fn over(store: Store) -> Self {
        Self { schema: Schema::build(Query, EmptyMutation, EmptySubscription).data(store).finish() }
    }
}

impl Executes for Served {
    async fn execute(&self, request: Request, who: Who) -> Response {
        self.schema.execute(request.data(who)).await
    }
}
