//! Documents that may be executed: each is parsed and checked by the schema once, and known by its hash from then on.

use std::sync::Arc;

use apollo_compiler::{
    ExecutableDocument, Node, Schema,
    executable::Operation,
    request::{RequestError, coerce_variable_values},
    response::{JsonMap, JsonValue},
    validation::{DiagnosticList, Valid},
};
use async_graphql::parser::types::ExecutableDocument as Parsed;
use quick_cache::{Weighter, sync::Cache};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    asked::Named,
    code::{Code, Refusal, Told},
    guard, scan, trusted,
};
use crate::settings::Limits;

/// Bytes of documents that are kept for the next request; a parsed one takes some thirty times its text.
const KEPT_BYTES: u64 = 2 * 1024 * 1024;
/// Longer ones are parsed each time.
const LONGEST_KEPT: usize = 64 * 1024;
/// What a client hears that asks for a document by a hash that is not known; it sends it in full then.
const NOT_FOUND: &str = "PersistedQueryNotFound";

/// The SHA-256 of a text.
pub type Hash = [u8; 32];

/// A document that is valid by the schema.
pub struct Document {
    /// As async-graphql executes it.
    pub parsed: Parsed,
    /// As the schema types it.
    pub typed: Valid<ExecutableDocument>,
    bytes: usize,
}

/// The documents that were asked for lately, and those that are handed out with the program.
pub struct Documents {
    schema: &'static Valid<Schema>,
    kept: Cache<Hash, Arc<Document>, ByText>,
    only_trusted: bool,
}

#[derive(Clone)]
struct ByText;

impl Weighter<Hash, Arc<Document>> for ByText {
    fn weight(&self, _: &Hash, document: &Arc<Document>) -> u64 {
        document.bytes as u64 + 256
    }
}

impl Documents {
    /// None yet, of this schema; nothing but what is handed out with the program, where `only_trusted`.
    pub fn of(schema: &'static Valid<Schema>, only_trusted: bool) -> Self {
        Self { schema, kept: Cache::with_weighter(500, KEPT_BYTES, ByText), only_trusted }
    }

    /// The document that is asked for, in full, by its hash or by its name.
    ///
    /// # Errors
    /// Where it is not known, too large, no GraphQL or not valid.
    pub fn find(&self, text: Option<&str>, named: Option<&Named>, limits: &Limits) -> Result<Arc<Document>, Refusal> {
        match (text, named) {
            (Some(text), None) => self.of_text(text, sha256(text), limits),
            (Some(text), Some(Named::Hash(named))) => {
                let hash = sha256(text);
                if hash != *named {
                    return Err(Refusal::malformed("the sha256Hash is not that of the query"));
                }
                self.of_text(text, hash, limits)
            }
            (Some(_), Some(Named::Id(_))) => Err(Refusal::malformed("send the query or its documentId, not both")),
            (None, Some(Named::Hash(hash))) => match (self.kept.get(hash), trusted::by_hash(hash)) {
                (Some(document), _) => Ok(document),
                (None, Some(text)) => self.of_text(text, *hash, limits),
                (None, None) => Err(Refusal::document(Code::PersistedQueryNotFound, NOT_FOUND)),
            },
            (None, Some(Named::Id(id))) => {
                let text = trusted::by_id(id).ok_or_else(|| {
                    let message =
                        format!("there is no document \"{id}\": it is the name of a file in graphql/operations");
                    Refusal::malformed(message)
                })?;
                self.of_text(text, sha256(text), limits)
            }
            (None, None) => Err(Refusal::malformed("query is missing")),
        }
    }

    fn of_text(&self, text: &str, hash: Hash, limits: &Limits) -> Result<Arc<Document>, Refusal> {
        if let Some(known) = self.kept.get(&hash) {
            return Ok(known);
        }
        if self.only_trusted && trusted::by_hash(&hash).is_none() {
            let message = "only the documents of graphql/operations are answered here: ask by documentId";
            return Err(Refusal::document(Code::Forbidden, message));
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let parsed = parsed(text, limits)?;
        // Nothing else looks at a document before its size is known.
        guard::inspect(&parsed, None, limits)?;
        let typed = ExecutableDocument::parse_and_validate(self.schema, text, "document");
        let typed = typed.map_err(|refused| invalid(&refused.errors))?;
        let document = Arc::new(Document { parsed, typed, bytes: text.len() });
        if text.len() <= LONGEST_KEPT {
            self.kept.insert(hash, document.clone());
        }
        Ok(document)
    }

    /// The operation of that name, or the only one, where the variables fit it.
    ///
    /// # Errors
    /// Where there is no such operation, or a variable is missing or of another type.
    pub fn operation(
        &self,
        document: &Document,
        name: Option<&str>,
        variables: Option<&Value>,
    ) -> Result<Node<Operation>, Refusal> {
        let operations = &document.typed.operations;
        let operation = operations.get(name).map_err(|_| {
            let named: Vec<_> = operations.named.keys().map(|name| format!("\"{name}\"")).collect();
            let message = format!("the document has no such operation: operationName is one of {}", named.join(", "));
            Refusal::document(Code::ValidationFailed, message)
        })?;
        if operation.variables.is_empty() {
            return Ok(operation.clone());
        }
        let values = match variables.cloned().map(JsonValue::from) {
            Some(JsonValue::Object(values)) => values,
            _ => JsonMap::new(),
        };
        let refused = |fault: RequestError| {
            let place = fault.location().and_then(|span| span.line_column(&document.typed.sources));
            let refusal = Refusal::document(Code::BadUserInput, fault.message().to_string());
            place.map_or(refusal.clone(), |place| refusal.at(place.line, place.column))
        };
        coerce_variable_values(self.schema, operation, &values).map_err(refused)?;
        Ok(operation.clone())
    }
}

/// Parses a document that is neither too deep nor too long.
fn parsed(text: &str, limits: &Limits) -> Result<Parsed, Refusal> {
    scan::document(text, limits.nesting, limits.tokens)?;
    async_graphql::parser::parse_query(text).map_err(|fault| {
        let place = fault.positions().next();
        let refusal = Refusal::document(Code::ParseFailed, expected(&fault.to_string()));
        place.map_or(refusal.clone(), |place| refusal.at(place.line, place.column))
    })
}

/// The parser shows the line of the document and what it expected; for clients the last is enough.
fn expected(message: &str) -> String {
    match message.rsplit_once("= ") {
        Some((_, expected)) => format!("syntax error: {}", expected.trim()),
        None => message.to_owned(),
    }
}

/// What does not fit the schema, each with its place.
fn invalid(found: &DiagnosticList) -> Refusal {
    let mut all = found.iter().map(|diagnostic| {
        let place = diagnostic.line_column_range().map(|range| (range.start.line, range.start.column));
        Told { message: diagnostic.error.to_string(), place }
    });
    let first = all.next().unwrap_or_else(|| Told { message: "the document is not valid".to_owned(), place: None });
    Refusal { place: first.place, also: all.collect(), ..Refusal::document(Code::ValidationFailed, first.message) }
}

/// The hash of a text.
pub fn sha256(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        crate::Settings::load(&crate::settings::Sources::default()).expect("the defaults").limits
    }

    #[test]
    fn a_document_that_cannot_be_parsed_is_told_with_its_place() {
        let refusal = parsed("{ a(\n b: }", &limits()).expect_err("no GraphQL");
        assert_eq!((refusal.code, refusal.place), (Code::ParseFailed, Some((2, 5))));
        assert!(refusal.message.starts_with("syntax error: expected"), "{}", refusal.message);
    }

    #[test]
    fn hostile_nesting_does_not_end_the_program() {
        for opening in ["{a", "{a(b:[", "{a(b:{c:", "query($a:["] {
            assert!(parsed(&opening.repeat(20_000), &limits()).is_err());
        }
        let lists = format!("{{a(b:{}1{})}}", "[".repeat(20_000), "]".repeat(20_000));
        assert_eq!(parsed(&lists, &limits()).expect_err("too deep").code, Code::OperationLimit);
    }
}
