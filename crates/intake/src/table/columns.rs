//! Which column of a table tells what: by the titles that people give, or as the operator says.

use std::collections::HashMap;

use csv::StringRecord;
use store::{Error, Result};
use vocab::{ImportKind, Word, fold, table};

use super::{Options, own::own};

/// What a column is for that has no place here.
const NO_PLACE: &str = "-";

/// A field, and the titles that its column may have.
struct Field {
    name: &'static str,
    titles: Vec<&'static str>,
}

/// The fields of a kind of table, besides those that only our own have.
fn fields(of: ImportKind) -> Vec<Field> {
    let rows = table::rows::<5>(include_str!("titles.tsv")).filter(|[kind, ..]| *kind == of.code());
    rows.map(|[_, name, titles @ ..]| Field { name, titles: titles.into_iter().flat_map(table::list).collect() })
        .collect()
}

/// The columns of a table.
pub(super) struct Columns {
    /// How many there are.
    pub(super) count: usize,
    /// Where the column of a field is.
    places: HashMap<&'static str, usize>,
    /// What every line says, where there is no column.
    set: HashMap<&'static str, String>,
    /// Whether the table is one that Entente wrote.
    pub(super) is_ours: bool,
    /// Columns of which nobody knows what they tell, with their titles.
    pub(super) unknown: Vec<(usize, String)>,
    /// Columns for which there is no place here.
    pub(super) no_place: Vec<String>,
}

impl Columns {
    /// The columns with these titles.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the options name a column or a field that is not there, or a column is missing that every
    /// record needs.
    pub(super) fn new(of: ImportKind, titles: &StringRecord, options: &Options) -> Result<Self> {
        let (own, fields) = (own(of), fields(of));
        let known = |field: &str| -> Result<&'static str> {
            let names = own.all.iter().copied().chain(fields.iter().map(|field| field.name));
            names.clone().find(|name| *name == field).ok_or_else(|| {
                let mut names: Vec<&str> = names.filter(|name| *name != NO_PLACE).collect();
                names.sort_unstable();
                names.dedup();
                Error::invalid("columns", format!("there is no field \"{field}\": they are {}", names.join(", ")))
            })
        };
        let mut columns = Self {
            count: titles.len(),
            places: HashMap::new(),
            set: HashMap::new(),
            is_ours: false,
            unknown: Vec::new(),
            no_place: Vec::new(),
        };
        for (field, value) in &options.set {
            columns.set.insert(known(field)?, value.clone());
        }
        let mut said: HashMap<usize, &'static str> = HashMap::new();
        for (title, field) in &options.columns {
            let place = titles.iter().position(|other| fold(other) == fold(title)).ok_or_else(|| {
                let all = titles.iter().collect::<Vec<_>>().join(", ");
                Error::invalid("columns", format!("the file has no column \"{title}\": its columns are {all}"))
            })?;
            said.insert(place, if field == NO_PLACE { NO_PLACE } else { known(field)? });
        }
        let is_read = |place: &usize| said.get(place) != Some(&NO_PLACE);
        columns.is_ours =
            own.is_ours(titles.iter().enumerate().filter(|(place, _)| is_read(place)).map(|(_, title)| title));
        // How well a title fits: said so, the name of the field, then the usual ones in their order.
        let mut fitting: Vec<(usize, usize, &'static str)> = Vec::new();
        for (place, title) in titles.iter().enumerate() {
            match said.get(&place) {
                Some(field) => fitting.push((0, place, field)),
                None => fitting.extend(fits(title, own.all, &fields).map(|(rank, field)| (rank, place, field))),
            }
        }
        fitting.sort_unstable_by_key(|(rank, place, _)| (*rank, *place));
        let mut taken = vec![false; titles.len()];
        for (_, place, field) in fitting {
            if field == NO_PLACE {
                columns.no_place.extend(titles.get(place).map(str::to_owned));
            } else if columns.places.contains_key(field) {
                continue;
            } else {
                columns.places.insert(field, place);
            }
            taken[place] = true;
        }
        let unknown = titles.iter().enumerate().filter(|(place, title)| !taken[*place] && !title.trim().is_empty());
        columns.unknown = unknown.map(|(place, title)| (place, title.to_owned())).collect();
        if !columns.has("id") {
            columns.need(of, &fields)?;
        } else if let Some((_, title)) = columns.unknown.first().filter(|_| !options.keep) {
            // Whoever revises records means every column.
            let all = own.all.join(", ");
            let message = format!(
                "there is no column \"{title}\": they are {all}; where it is not to be read, say so (\"{title}=-\")"
            );
            return Err(Error::invalid("file", message));
        }
        Ok(columns)
    }

    /// Whether anything is said of a field.
    pub(super) fn has(&self, field: &str) -> bool {
        self.places.contains_key(field) || self.set.contains_key(field)
    }

    /// What a line says of a field; nothing where the table does not speak of it.
    pub(super) fn cell<'c>(&'c self, field: &str, cells: &'c StringRecord) -> Option<&'c str> {
        match self.places.get(field) {
            Some(place) => Some(cells.get(*place).unwrap_or_default()),
            None => self.set.get(field).map(String::as_str),
        }
    }

    /// The columns of these fields.
    pub(super) fn places(&self, fields: &[&str]) -> Vec<usize> {
        fields.iter().filter_map(|field| self.places.get(field)).copied().collect()
    }

    /// What every new record needs.
    fn need(&self, of: ImportKind, fields: &[Field]) -> Result<()> {
        let needed: &[&str] = match of {
            ImportKind::Actions => &["title", "kind"],
            ImportKind::Meetings => &["title", "kind"],
            ImportKind::Contacts => &["name"],
        };
        let mut told = Vec::new();
        for field in needed.iter().filter(|field| !self.has(field)) {
            let titles = fields.iter().find(|known| known.name == *field).map_or(&[][..], |known| &known.titles);
            let titles = titles.iter().map(|title| format!("\"{title}\"")).collect::<Vec<_>>().join(", ");
            told.push(format!("no column tells {field}: call it one of {titles}"));
        }
        if told.is_empty() {
            return Ok(());
        }
        told.extend(self.unknown.iter().map(|(_, title)| format!("there is no column \"{title}\" here")));
        told.push("or say which column it is (\"Its title=kind\"), or what every line says (\"kind=plan\")".to_owned());
        Err(Error::invalid("file", told.join("; ")))
    }
}

/// The fields that a title may mean, each with how far behind it is.
fn fits<'f>(title: &str, own: &'f [&'static str], fields: &'f [Field]) -> impl Iterator<Item = (usize, &'static str)> {
    let (exact, folded) = (title.trim().to_owned(), fold(title));
    let mine = own.iter().find(|name| **name == exact).map(|name| (1, *name));
    let usual = fields.iter().filter_map(move |field| {
        if fold(field.name) == folded && field.name != NO_PLACE {
            return Some((1, field.name));
        }
        let rank = field.titles.iter().position(|known| fold(known) == folded)?;
        Some((rank + 2, field.name))
    });
    mine.into_iter().chain(usual)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn columns(of: ImportKind, titles: &[&str], said: &[(&str, &str)], set: &[(&str, &str)]) -> Result<Columns> {
        let pairs = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let options = Options { columns: pairs(said), set: pairs(set), ..Options::default() };
        Columns::new(of, &StringRecord::from(titles), &options)
    }

    #[test]
    fn a_title_means_one_field_of_a_table() {
        for of in ImportKind::ALL {
            let mut meant: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
            for field in fields(*of) {
                for title in field.titles {
                    meant.entry(fold(title)).or_default().insert(field.name);
                }
            }
            let several: Vec<_> = meant.iter().filter(|(_, fields)| fields.len() > 1).collect();
            assert!(several.is_empty(), "{of}: {several:?}");
        }
    }

    #[test]
    fn columns_are_found_by_the_titles_people_give() {
        let french = ["Action", "Type", "Responsable", "Échéance", "PAYS", "Ministère", "Date", "Statut", "Budget"];
        let found = columns(ImportKind::Actions, &french, &[], &[("actorSide", "ours")]).expect("columns");
        let cells = StringRecord::from(french.to_vec());
        for (field, title) in [("title", "Action"), ("owner", "Responsable"), ("state", "PAYS"), ("saidOn", "Date")] {
            assert_eq!(found.cell(field, &cells), Some(title), "{field}");
        }
        assert_eq!(found.cell("actorSide", &cells), Some("ours"));
        assert_eq!(found.unknown, [(8, "Budget".to_owned())]);
        assert!(!found.is_ours);
        let arabic = columns(ImportKind::Meetings, &["العنوان", "النوع", "التاريخ"], &[], &[]).expect("columns");
        assert!(arabic.has("heldOn") && arabic.unknown.is_empty());
    }

    #[test]
    fn of_two_columns_the_more_usual_title_counts_and_the_other_is_told() {
        let found = columns(ImportKind::Meetings, &["Subject", "Title", "Type"], &[], &[]).expect("columns");
        assert_eq!(found.cell("title", &StringRecord::from(vec!["a", "b", "c"])), Some("b"));
        assert_eq!(found.unknown, [(0, "Subject".to_owned())]);
    }

    #[test]
    fn the_operator_has_the_last_word() {
        let said = [("Quoi", "title"), ("Type", "-")];
        let found = columns(ImportKind::Meetings, &["Quoi", "Type", "Titre"], &said, &[("kind", "visit")]);
        let found = found.expect("columns");
        assert_eq!(found.cell("title", &StringRecord::from(vec!["a", "b", "c"])), Some("a"));
        assert_eq!(
            (found.cell("kind", &StringRecord::new()), found.no_place.clone()),
            (Some("visit"), vec!["Type".to_owned()])
        );
        for (said, told) in [(("Wo", "title"), "has no column \"Wo\""), (("Quoi", "colour"), "no field \"colour\"")] {
            let refused = columns(ImportKind::Meetings, &["Quoi"], &[said], &[]).err().expect("refused").to_string();
            assert!(refused.contains(told), "{refused}");
        }
    }

    #[test]
    fn what_is_missing_is_told_with_the_titles_that_would_do() {
        let refused =
            columns(ImportKind::Meetings, &["Sujet", "Couleur"], &[], &[]).err().expect("refused").to_string();
        for told in ["no column tells kind", "\"Type of meeting\"", "\"نوع الاجتماع\"", "no column \"Couleur\""]
        {
            assert!(refused.contains(told), "{refused}");
        }
        assert!(columns(ImportKind::Contacts, &["Phone"], &[], &[]).is_err());
        assert!(columns(ImportKind::Actions, &["id", "version", "due"], &[], &[]).is_ok(), "lines that revise");
    }
}
