//! Which mutations were asked for and not done, for the audit trail.

use std::{collections::BTreeSet, sync::Arc};

use api::payload::Refusals;
use apollo_compiler::{
    Node,
    ast::OperationType,
    executable::{ExecutableDocument, Operation},
};
use async_graphql::{PathSegment, Response, ServerError, Value};
use store::Who;

use super::{code::Code, document::Document};
use crate::trail::Trail;

/// A mutation that was asked for, with its way into the trail.
pub struct Asked {
    trail: Trail,
    who: Who,
    document: Arc<Document>,
    operation: Node<Operation>,
    /// What is told in payloads.
    pub refusals: Refusals,
}

impl Asked {
    /// What is asked for on behalf of `who`; none where it changes nothing.
    pub fn of(trail: &Trail, who: &Who, document: &Arc<Document>, operation: &Node<Operation>) -> Option<Self> {
        let is_mutation = operation.operation_type == OperationType::Mutation;
        is_mutation.then(|| Self {
            trail: trail.clone(),
            who: who.clone(),
            document: document.clone(),
            operation: operation.clone(),
            refusals: Refusals::default(),
        })
    }

    /// Tells what of it was not done, as its answer says.
    pub async fn tell(&self, response: &Response) {
        for (mutation, code) in self.refusals.take() {
            self.trail.tell_at_once(self.who.clone().doing(mutation), code).await;
        }
        // What has a longer path failed where it was read, and was done before.
        for error in response.errors.iter().filter(|error| error.path.len() == 1) {
            if let Some(mutation) = self.called(error) {
                self.trail.tell_at_once(self.who.clone().doing(mutation), code(error)).await;
            }
        }
    }

    /// The mutation that an error is about, whatever the client called it.
    fn called(&self, error: &ServerError) -> Option<String> {
        let Some(PathSegment::Field(key)) = error.path.first() else { return None };
        let mut fields = self.operation.root_fields(&self.document.typed);
        fields.find(|field| field.response_key().as_str() == key).map(|field| field.name.to_string())
    }
}

/// Tells that none of the mutations of an operation was begun.
pub fn tell_all(trail: &Trail, who: &Who, document: &ExecutableDocument, operation: &Operation, code: Code) {
    if operation.operation_type == OperationType::Mutation {
        let names: BTreeSet<_> = operation.root_fields(document).map(|field| field.name.to_string()).collect();
        for name in names {
            trail.tell(who.clone().doing(name), code.as_str());
        }
    }
}

/// The code that an error has.
fn code(error: &ServerError) -> &str {
    match error.extensions.as_ref().and_then(|extensions| extensions.get("code")) {
        Some(Value::String(code)) => code,
        _ => Code::Internal.as_str(),
    }
}
