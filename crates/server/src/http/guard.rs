//! How large an operation is once its fragments are written out, told in time linear in the document.
//!
//! async-graphql's own visitors walk the expanded tree, on the worker, where no timeout can stop them: 21 fragments that
//! each spread the next twice cost seconds and gigabytes. So nothing else looks at a document before this has.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, Value,
    parser::types::{ExecutableDocument, Field, Selection, SelectionSet},
};
use serde_json::Value as Json;

use super::code::{Code, Refusal};
use crate::settings::Limits;

/// Fields of the introspection that lead from types to types: each time they are nested, the answer grows by the number
/// of fields in the schema.
const BRANCHING: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];
/// How deep they may be nested; the usual introspection query does it once.
const MOST_BRANCHING: usize = 2;

/// Rows that a page has where nobody says how many, and the most that it can have; more is refused by the list itself.
const PAGE: u64 = 20;
const LONGEST_PAGE: u64 = 100;

/// The lists and records that can be asked of the past.
const OF_THE_PAST: [&str; 8] = [
    "followUpAction",
    "followUpActions",
    "meetings",
    "memberState",
    "memberStates",
    "ministries",
    "organizations",
    "people",
];
/// What each of them costs then beside its rows, as does a list as a file: the records of that moment are put together from the
/// history.
pub const PAST: u64 = 10_000;

/// What an operation costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Cost {
    /// All of it: the objects that it asks for, each list as long as its page, and the past.
    pub requested: u64,
    /// Of these, for moments of the past.
    pub past: u64,
}

/// What the dearest of the operations costs.
///
/// # Errors
/// Where the document is larger than `limits` allow, or a fragment spreads itself.
pub fn inspect(document: &ExecutableDocument, variables: Option<&Json>, limits: &Limits) -> Result<Cost, Refusal> {
    let (numbers, given) = (numbers(document, variables), given(document, variables));
    let (known, open) = (HashMap::new(), Vec::new());
    let mut walk = Walk { document, limits, numbers, given, known, open, aliases: 0, longest: 0 };
    let (mut selections, mut dearest) = (0_u64, Cost::default());
    for (_, operation) in document.operations.iter() {
        let size = walk.set(&operation.node.selection_set.node, 1)?;
        selections = selections.saturating_add(size.selections);
        dearest = dearest.max(Cost { requested: size.rows.saturating_add(size.past), past: size.past });
    }
    for name in document.fragments.keys() {
        walk.fragment(name.as_str(), 1)?;
    }
    at_most(selections, limits.selections, "selections, fragments written out")?;
    at_most(walk.aliases as u64, limits.aliases as u64, "aliases")?;
    let longest = walk.longest.max(variables.map_or(0, longest_given)).max(defaults(document));
    at_most(longest as u64, limits.list as u64, "items in a list")?;
    at_most(dearest.requested, limits.rows, "rows in its lists inside lists, by the length of their pages")?;
    for (_, operation) in document.operations.iter() {
        let roots = roots(&operation.node.selection_set.node, document);
        at_most(roots, limits.root_fields as u64, "fields at the root")?;
    }
    Ok(Cost { requested: dearest.requested.saturating_add(1), ..dearest })
}

/// The length of the longest list in a value of the document.
fn longest(value: &Value) -> usize {
    match value {
        Value::List(items) => items.iter().map(longest).fold(items.len(), usize::max),
        Value::Object(fields) => fields.values().map(longest).max().unwrap_or_default(),
        _ => 0,
    }
}

/// The same in the variables.
fn longest_given(value: &Json) -> usize {
    match value {
        Json::Array(items) => items.iter().map(longest_given).fold(items.len(), usize::max),
        Json::Object(fields) => fields.values().map(longest_given).max().unwrap_or_default(),
        _ => 0,
    }
}

/// The same in the defaults of variables.
fn defaults(document: &ExecutableDocument) -> usize {
    let definitions = document.operations.iter().flat_map(|(_, operation)| &operation.node.variable_definitions);
    let values = definitions.filter_map(|definition| definition.node.default_value.as_ref());
    values.map(|value| longest(&value.node)).max().unwrap_or_default()
}

/// The variables that hold a number: as given, else by default.
fn numbers<'a>(document: &'a ExecutableDocument, variables: Option<&'a Json>) -> HashMap<&'a str, u64> {
    let definitions = document.operations.iter().flat_map(|(_, operation)| &operation.node.variable_definitions);
    let defaults = definitions.filter_map(|definition| match &definition.node.default_value.as_ref()?.node {
        Value::Number(number) => Some((definition.node.name.node.as_str(), number.as_u64()?)),
        _ => None,
    });
    let given = variables.and_then(Json::as_object).into_iter().flatten();
    defaults.chain(given.filter_map(|(name, value)| Some((name.as_str(), value.as_u64()?)))).collect()
}

/// The variables that hold something: as given, else by default.
fn given<'a>(document: &'a ExecutableDocument, variables: Option<&'a Json>) -> HashSet<&'a str> {
    let definitions = document.operations.iter().flat_map(|(_, operation)| &operation.node.variable_definitions);
    let variables = variables.and_then(Json::as_object);
    let names = definitions.filter_map(|definition| {
        let name = definition.node.name.node.as_str();
        let by_default = || definition.node.default_value.as_ref().is_some_and(|value| value.node != Value::Null);
        let is_given = variables.and_then(|given| given.get(name)).map_or_else(by_default, |value| !value.is_null());
        is_given.then_some(name)
    });
    names.collect()
}

fn at_most(found: u64, most: u64, of: &str) -> Result<(), Refusal> {
    if found <= most {
        return Ok(());
    }
    let found = if found == u64::MAX { "too many".to_owned() } else { found.to_string() };
    Err(Refusal::document(Code::OperationLimit, format!("the operation has {found} {of}, and {most} are the most")))
}

/// Fields at the root, fragments written out. To be called when the expanded size is known to be small.
fn roots(set: &SelectionSet, document: &ExecutableDocument) -> u64 {
    let items = set.items.iter().map(|item| match &item.node {
        Selection::Field(_) => 1,
        Selection::InlineFragment(inline) => roots(&inline.node.selection_set.node, document),
        Selection::FragmentSpread(spread) => document
            .fragments
            .get(&spread.node.fragment_name.node)
            .map_or(0, |fragment| roots(&fragment.node.selection_set.node, document)),
    });
    items.sum()
}

/// The size of a set of selections, fragments written out.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    selections: u64,
    height: usize,
    /// How often fields of [`BRANCHING`] are nested.
    branching: usize,
    /// Rows that the lists in it can bring, each as long as its page.
    rows: u64,
    /// What the moments of the past in it cost.
    past: u64,
    /// Whether it asks for the rows of a list.
    of_list: bool,
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    /// Variables that hold a number.
    numbers: HashMap<&'a str, u64>,
    /// Variables that hold something.
    given: HashSet<&'a str>,
    /// Fragments that were walked.
    known: HashMap<&'a str, Size>,
    /// Fragments that are being walked, outermost first.
    open: Vec<&'a str>,
    aliases: usize,
    /// The length of the longest list in an argument.
    longest: usize,
}

impl<'a> Walk<'a> {
    /// Calls itself at most as deep as `limits.nesting`.
    fn set(&mut self, set: &'a SelectionSet, depth: usize) -> Result<Size, Refusal> {
        let mut whole = Size::default();
        if set.items.is_empty() {
            return Ok(whole);
        }
        self.refuse_depth(depth)?;
        for item in &set.items {
            let part = match &item.node {
                Selection::Field(field) => {
                    self.aliases += usize::from(field.node.alias.is_some());
                    let values = field.node.arguments.iter().map(|(_, value)| {
                        let given = |_| Ok::<_, ()>(Value::Null);
                        value.node.clone().into_const_with(given).map_or(0, |value| longest(&value))
                    });
                    self.longest = values.fold(self.longest, usize::max);
                    let inner = self.set(&field.node.selection_set.node, depth + 1)?;
                    let inner = branched(field.node.name.node.as_str(), inner)?;
                    self.listed(&field.node, inner)
                }
                Selection::InlineFragment(inline) => self.set(&inline.node.selection_set.node, depth + 1)?,
                Selection::FragmentSpread(spread) => {
                    self.fragment(spread.node.fragment_name.node.as_str(), depth + 1)?
                }
            };
            whole.selections = whole.selections.saturating_add(part.selections).saturating_add(1);
            whole.height = whole.height.max(part.height + 1);
            whole.branching = whole.branching.max(part.branching);
            whole.rows = whole.rows.saturating_add(part.rows);
            whole.past = whole.past.saturating_add(part.past);
            whole.of_list |= part.of_list;
        }
        Ok(whole)
    }

    fn fragment(&mut self, name: &'a str, depth: usize) -> Result<Size, Refusal> {
        if let Some(size) = self.known.get(name) {
            let size = *size;
            self.refuse_depth(depth + size.height)?;
            return Ok(size);
        }
        if self.open.contains(&name) {
            let message = format!("the fragment {name} spreads itself");
            return Err(Refusal::document(Code::ValidationFailed, message));
        }
        // A fragment that is not there has no size; validation names it.
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Size::default()) };
        self.open.push(name);
        let size = self.set(&fragment.node.selection_set.node, depth)?;
        self.open.pop();
        self.known.insert(name, size);
        Ok(size)
    }

    /// The size of a field, which may be a list, over that of what stands below it.
    fn listed(&self, field: &'a Field, below: Size) -> Size {
        let length = ["first", "last"].iter().filter_map(|name| field.get_argument(name)).find_map(|value| {
            let number = |name: Name| self.numbers.get(name.as_str()).copied().map(Value::from).ok_or(());
            match value.node.clone().into_const_with(number) {
                Ok(Value::Number(number)) => number.as_u64(),
                _ => None,
            }
        });
        let mut size = below;
        if below.of_list || length.is_some() {
            let length = length.unwrap_or(PAGE).min(LONGEST_PAGE);
            size.rows = length.saturating_mul(below.rows.saturating_add(1));
        }
        if self.is_of_the_past(field) {
            size.past = size.past.saturating_add(PAST);
        }
        size.of_list = matches!(field.name.node.as_str(), "nodes" | "edges");
        size
    }

    /// Whether a field is asked of a moment of the past.
    fn is_of_the_past(&self, field: &Field) -> bool {
        let held = |name: Name| Ok::<_, ()>(Value::Boolean(self.given.contains(name.as_str())));
        let is_set = |argument| {
            let value = field.get_argument(argument).map(|value| value.node.clone().into_const_with(held));
            // No day and no moment is written without quotes: a flag stands for a variable, and for whether it holds something.
            value.is_some_and(|value| !matches!(value, Ok(Value::Null | Value::Boolean(false))))
        };
        OF_THE_PAST.contains(&field.name.node.as_str()) && ["asOf", "knownAt"].into_iter().any(is_set)
    }

    fn refuse_depth(&self, depth: usize) -> Result<(), Refusal> {
        at_most(depth as u64, self.limits.nesting as u64 + 1, "levels, fragments written out")
    }
}

/// The size of what stands below a field of this name, with its own part in the branching.
fn branched(name: &str, mut below: Size) -> Result<Size, Refusal> {
    if BRANCHING.contains(&name) {
        below.branching += 1;
    }
    if matches!(name, "__schema" | "__type") && below.branching > MOST_BRANCHING {
        let message = format!(
            "the introspection nests {} more than {MOST_BRANCHING} deep: ask for types by name",
            BRANCHING.join(", ")
        );
        return Err(Refusal::document(Code::OperationLimit, message));
    }
    Ok(below)
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
