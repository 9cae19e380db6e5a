//! The fields of an object that somebody else wrote, asked for without trusting their form.

use serde_json::{Map, Value};
use vocab::Word;

/// What stands for nothing where a value was asked for.
const NOTHING: [&str; 6] = ["null", "none", "n/a", "unknown", "-", "not specified"];
/// The longest text of a field; a clause is shorter.
const LONGEST: usize = 1_500;

/// An object with its labels in small letters.
#[derive(Debug, Default)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Labels are compared in small letters, with `_` for what else parts words.
    pub fn new(map: Map<String, Value>) -> Self {
        let label = |label: String| label.trim().to_lowercase().replace(['-', ' '], "_");
        Self(map.into_iter().map(|(key, value)| (label(key), value)).collect())
    }

    /// The objects of a list.
    pub fn list(&self, label: &str) -> Vec<Self> {
        let objects = self.0.get(label).and_then(Value::as_array).into_iter().flatten();
        objects.filter_map(|value| value.as_object().cloned().map(Self::new)).collect()
    }

    /// A text that says something.
    pub fn text(&self, label: &str) -> Option<&str> {
        self.0.get(label).and_then(told)
    }

    /// A text, or the texts of a list.
    pub fn texts(&self, label: &str) -> Vec<&str> {
        match self.0.get(label) {
            Some(Value::Array(list)) => list.iter().filter_map(told).collect(),
            Some(value) => told(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A word of a closed list.
    pub fn word<W: Word>(&self, label: &str) -> Option<W> {
        let said = self.text(label)?.to_lowercase().replace(['_', ' '], "-");
        W::from_code(&said).ok()
    }

    /// Every text that is given as the words of the report, the clearest first.
    pub fn quotes(&self) -> Vec<&str> {
        ["quote", "quotes"].iter().flat_map(|label| self.texts(label)).collect()
    }
}

fn told(value: &Value) -> Option<&str> {
    let text = value.as_str()?.trim();
    let says = !text.is_empty() && text.len() <= LONGEST && !NOTHING.iter().any(|n| text.eq_ignore_ascii_case(n));
    says.then_some(text)
}
