//! Values by their key, and where each was set, so that an error can say so.

use std::collections::BTreeMap;

use toml::{Spanned, Table, Value, de::DeTable};

use super::place::without_password;
use crate::{Failure, secret};

/// Where defaults come from.
const DEFAULTS: &str = "default.toml";
/// What stands before a key in the environment.
const PREFIX: &str = "ENTENTE_";
/// What other programs call a setting: the variable and the key.
const ALSO: [(&str, &str); 1] = [("DATABASE_URL", "database.url")];

/// What of it is a secret, or can hold one: it is never shown.
const SECRETS: [&str; 3] = ["mail.password", "second_reader.key", "sign_in.provider.client_secret"];

/// A setting that is not as by default, as it can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// Its key.
    pub key: String,
    /// Its value; of a secret, that there is one.
    pub value: String,
    /// Where it was set.
    pub place: String,
}

/// The settings, one value each.
pub(super) struct Layers {
    values: BTreeMap<String, (Value, String)>,
}

impl Layers {
    /// The defaults, which also say what can be set and of which type it is.
    pub(super) fn of_defaults(text: &str) -> Result<Self, Failure> {
        let table: Table = text.parse().map_err(|fault| Failure::broken(format!("default.toml: {fault}")))?;
        let mut values = BTreeMap::new();
        leaves(&table, "", &mut |key, value| {
            values.insert(key, (value.clone(), DEFAULTS.to_owned()));
        });
        Ok(Self { values })
    }

    /// What a file says.
    pub(super) fn put_file(&mut self, name: &str, text: &str) -> Result<(), Failure> {
        let fault = |error: toml::de::Error| Failure::asked_wrong(format!("{name}: {error}"));
        let table: Table = text.parse().map_err(fault)?;
        let mut lines = BTreeMap::new();
        lines_of(DeTable::parse(text).map_err(fault)?.get_ref(), "", text, &mut lines);
        let mut faults = Vec::new();
        leaves(&table, "", &mut |key, value| {
            let place = lines.get(&key).map_or_else(|| name.to_owned(), |line| format!("{name}, line {line}"));
            faults.extend(self.put(&key, value.clone(), place).err());
        });
        if faults.is_empty() { Ok(()) } else { Err(Failure::asked_wrong(faults.join("\n"))) }
    }

    /// What the environment says.
    pub(super) fn put_variables(&mut self, variables: &[(String, String)]) -> Result<(), Failure> {
        let keys: Vec<String> = self.values.keys().cloned().collect();
        let own = keys.iter().map(|key| (format!("{PREFIX}{}", key.to_uppercase().replace('.', "_")), key.as_str()));
        let also = ALSO.iter().map(|(name, key)| ((*name).to_owned(), *key));
        for (name, key) in also.chain(own) {
            let of = |name: &str| variables.iter().find(|(variable, value)| variable == name && !value.is_empty());
            let in_file = if key == "database.url" { of(&format!("{name}_FILE")) } else { None };
            let set = match (of(&name), in_file) {
                (Some(_), Some((file, _))) => {
                    return Err(Failure::asked_wrong(format!("{name} and {file} are both set: leave one out")));
                }
                (Some((_, text)), None) => Some((text.clone(), format!("the variable {name}"))),
                (None, Some((name, file))) => Some((secret::read(name, file)?, format!("the file of {name}"))),
                (None, None) => None,
            };
            if let Some((text, place)) = set {
                let value = parsed(&self.values[key].0, &text);
                self.put(key, value, place).map_err(Failure::asked_wrong)?;
            }
        }
        Ok(())
    }

    /// What the command line says.
    pub(super) fn put_flag(&mut self, key: &str, flag: &str, value: Value) {
        self.values.insert(key.to_owned(), (value, flag.to_owned()));
    }

    /// What is set otherwise than by default.
    pub(super) fn set(&self) -> Vec<Set> {
        let set = self.values.iter().filter(|(_, (_, place))| place != DEFAULTS);
        set.map(|(key, (value, place))| Set { key: key.clone(), value: shown(key, value), place: place.clone() })
            .collect()
    }

    /// The table of all, once `check` has nothing against any value.
    pub(super) fn checked(self, check: impl Fn(&str, &Value) -> Result<(), &'static str>) -> Result<Table, Failure> {
        let wrong = self
            .values
            .iter()
            .filter_map(|(key, (value, place))| check(key, value).err().map(|wrong| format!("{place}: {key} {wrong}")));
        let wrong: Vec<String> = wrong.collect();
        if !wrong.is_empty() {
            return Err(Failure::asked_wrong(wrong.join("\n")));
        }
        let mut table = Table::new();
        for (key, (value, _)) in self.values {
            put_into(&mut table, &key, value);
        }
        Ok(table)
    }

    fn put(&mut self, key: &str, value: Value, place: String) -> Result<(), String> {
        let Some((default, _)) = self.values.get(key) else {
            let section = key.split_once('.').map_or("", |(section, _)| section);
            let known = self.values.keys().filter(|known| known.split_once('.').map_or("", |(s, _)| s) == section);
            let known: Vec<&str> = known.map(String::as_str).collect();
            let known = if known.is_empty() { self.values.keys().map(String::as_str).collect() } else { known };
            return Err(format!("{place}: there is no setting {key}; there are {}", known.join(", ")));
        };
        if default.type_str() != value.type_str() {
            let wanted = match default {
                Value::Integer(number) => format!("a whole number, such as {number}"),
                Value::Boolean(_) => "true or false".to_owned(),
                Value::Array(_) if key == "webhooks" => {
                    "tables of its own in a file, each headed [[webhooks]]".to_owned()
                }
                Value::Array(_) => "a list of texts, such as [\"one\", \"two\"]".to_owned(),
                _ => format!("a text in quotes, such as {:?}", default.as_str().unwrap_or_default()),
            };
            return Err(format!("{place}: {key} takes {wanted}"));
        }
        self.values.insert(key.to_owned(), (value, place));
        Ok(())
    }
}

/// Puts a value where its key leads, table by table.
fn put_into(table: &mut Table, key: &str, value: Value) {
    match key.split_once('.') {
        None => drop(table.insert(key.to_owned(), value)),
        Some((section, rest)) => {
            let section = table.entry(section).or_insert_with(|| Table::new().into());
            if let Value::Table(section) = section {
                put_into(section, rest, value);
            }
        }
    }
}

/// A value as it can be shown.
fn shown(key: &str, value: &Value) -> String {
    match value {
        Value::String(_) if SECRETS.contains(&key) => "(a secret)".to_owned(),
        Value::String(url) if key == "database.url" => format!("{:?}", without_password(url)),
        Value::Array(hooks) if key == "webhooks" => {
            let names = hooks.iter().filter_map(|hook| hook.get("name")?.as_str());
            names.collect::<Vec<_>>().join(", ")
        }
        Value::Array(texts) => format!("{:?}", texts.iter().filter_map(Value::as_str).collect::<Vec<_>>()),
        Value::String(text) => format!("{text:?}"),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        // There are no others among the settings.
        other => other.type_str().to_owned(),
    }
}

/// A value out of the environment, of the type of the default where it can be read as such.
fn parsed(default: &Value, text: &str) -> Value {
    let value = match default {
        Value::Integer(_) => text.trim().parse().ok().map(Value::Integer),
        Value::Boolean(_) => text.trim().parse().ok().map(Value::Boolean),
        Value::Array(_) => format!("list = {text}").parse().ok().and_then(|mut table: Table| table.remove("list")),
        _ => None,
    };
    value.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Every value that is not a table, with its key from the root.
fn leaves(table: &Table, above: &str, seen: &mut impl FnMut(String, &Value)) {
    for (name, value) in table {
        let key = format!("{above}{name}");
        match value {
            Value::Table(inner) => leaves(inner, &format!("{key}."), seen),
            value => seen(key, value),
        }
    }
}

/// The line on which each key stands.
fn lines_of(table: &DeTable<'_>, above: &str, text: &str, lines: &mut BTreeMap<String, usize>) {
    for (name, value) in table {
        let key = format!("{above}{}", name.get_ref());
        let before = text.get(..Spanned::span(name).start).unwrap_or_default();
        lines.insert(key.clone(), before.matches('\n').count() + 1);
        if let toml::de::DeValue::Table(inner) = value.get_ref() {
            lines_of(inner, &format!("{key}."), text, lines);
        }
    }
}
