//! Values by their key, and where each was set, so that an error can say so.

use std::collections::BTreeMap;

use toml::{Spanned, Table, Value, de::DeTable};

use crate::Failure;

/// What stands before a key in the environment.
const PREFIX: &str = "ENTENTE_";
/// What other programs call a setting: the variable and the key.
const ALSO: [(&str, &str); 1] = [("DATABASE_URL", "database.url")];

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
            values.insert(key, (value.clone(), "default.toml".to_owned()));
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
            let set = variables.iter().find(|(variable, value)| *variable == name && !value.is_empty());
            if let Some((_, text)) = set {
                let value = parsed(&self.values[key].0, text);
                self.put(key, value, format!("the variable {name}")).map_err(Failure::asked_wrong)?;
            }
        }
        Ok(())
    }

    /// What the command line says.
    pub(super) fn put_flag(&mut self, key: &str, flag: &str, value: Value) {
        self.values.insert(key.to_owned(), (value, flag.to_owned()));
    }

    /// The table of all, once `check` has nothing against any value.
    pub(super) fn checked(self, check: impl Fn(&str, &Value) -> Result<(), &'static str>) -> Result<Table, Failure> {
        let mut table = Table::new();
        for (key, (value, place)) in self.values {
            check(&key, &value).map_err(|wrong| Failure::asked_wrong(format!("{place}: {key} {wrong}")))?;
            match key.split_once('.') {
                None => drop(table.insert(key, value)),
                Some((section, name)) => {
                    let section = table.entry(section).or_insert_with(|| Table::new().into());
                    if let Value::Table(section) = section {
                        section.insert(name.to_owned(), value);
                    }
                }
            }
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
                Value::Array(_) => format!("tables of its own in a file, each headed [[{key}]]"),
                _ => format!("a text in quotes, such as {:?}", default.as_str().unwrap_or_default()),
            };
            return Err(format!("{place}: {key} takes {wanted}"));
        }
        self.values.insert(key.to_owned(), (value, place));
        Ok(())
    }
}

/// A value out of the environment, of the type of the default where it can be read as such.
fn parsed(default: &Value, text: &str) -> Value {
    let value = match default {
        Value::Integer(_) => text.trim().parse().ok().map(Value::Integer),
        Value::Boolean(_) => text.trim().parse().ok().map(Value::Boolean),
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
