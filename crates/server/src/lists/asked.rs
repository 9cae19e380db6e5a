//! The filter of a list as an address asks for it: the names of GraphQL, several values with a comma between.

use std::{collections::BTreeMap, fmt};

use chrono::{DateTime, NaiveDate, Utc};
use store::{Concept, Error, RecordRef, Result, Store, error::optional_text, member_state};
use uuid::Uuid;
use vocab::Word;

/// The longest text that is searched for.
const LONGEST: usize = 200;

/// What is asked for, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked(BTreeMap<String, String>);

impl Asked {
    /// What these pairs ask for.
    ///
    /// # Errors
    /// [`Error::Invalid`] where a name comes twice.
    pub(crate) fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Result<Self> {
        let mut asked = BTreeMap::new();
        for (name, value) in pairs {
            if asked.contains_key(&name) {
                let message = format!("{name} comes twice: put a comma between several values");
                return Err(Error::invalid("filter", message));
            }
            asked.insert(name, value);
        }
        Ok(Self(asked))
    }

    /// Whether a moment of the past is asked for.
    pub(crate) fn is_of_the_past(&self) -> bool {
        ["asOf", "knownAt"].iter().any(|name| self.0.get(*name).is_some_and(|value| !value.trim().is_empty()))
    }

    fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).filter(|value| !value.trim().is_empty())
    }

    fn several(&mut self, name: &str) -> Option<Vec<String>> {
        self.take(name).map(|values| values.split(',').map(|value| value.trim().to_owned()).collect())
    }

    /// A text to be searched for.
    pub(super) fn text(&mut self, name: &'static str) -> Result<Option<String>> {
        optional_text(name, self.take(name).as_deref(), LONGEST)
    }

    /// Words of a closed list: their codes, or as GraphQL writes them.
    pub(super) fn words<W: Word>(&mut self, name: &'static str) -> Result<Option<Vec<W>>> {
        let word = |value: &String| {
            let code = value.to_lowercase().replace('_', "-");
            W::from_code(&code).map_err(|unknown| {
                let all = W::ALL.iter().map(|word| word.code()).collect::<Vec<_>>().join(", ");
                Error::invalid(name, format!("{name}: {unknown}; use one of {all}"))
            })
        };
        self.several(name).map(|values| values.iter().map(word).collect()).transpose()
    }

    /// One word.
    pub(super) fn word<W: Word>(&mut self, name: &'static str) -> Result<Option<W>> {
        match self.words(name)?.as_deref() {
            None => Ok(None),
            Some([word]) => Ok(Some(*word)),
            Some(_) => Err(Error::invalid(name, format!("{name} takes one value"))),
        }
    }

    /// Organizations, by their identifiers; of what was merged, what it was merged into.
    pub(super) async fn organizations(&mut self, store: &Store, name: &'static str) -> Result<Option<Vec<Uuid>>> {
        let Some(ids) = self.several(name) else { return Ok(None) };
        let merged = store.reference().await?.merged.clone();
        let key = |id: &String| RecordRef::key(name, id, Concept::Organization).map(|id| merged.kept(id));
        ids.iter().map(key).collect::<Result<_>>().map(Some)
    }

    /// One identifier.
    pub(super) fn id(&mut self, name: &'static str, concept: Concept) -> Result<Option<Uuid>> {
        self.take(name).map(|id| RecordRef::key(name, &id, concept)).transpose()
    }

    /// A day.
    pub(super) fn day(&mut self, name: &'static str) -> Result<Option<NaiveDate>> {
        let wrong = |_| Error::invalid(name, format!("{name} is no day: write it as 2026-11-24"));
        self.take(name).map(|day| day.trim().parse().map_err(wrong)).transpose()
    }

    /// A moment.
    pub(super) fn moment(&mut self, name: &'static str) -> Result<Option<DateTime<Utc>>> {
        let wrong = |_| Error::invalid(name, format!("{name} is no moment: write it as 2026-11-24T12:00:00Z"));
        self.take(name).map(|moment| moment.trim().parse().map_err(wrong)).transpose()
    }

    /// Whether something is to be so.
    pub(super) fn flag(&mut self, name: &'static str) -> Result<Option<bool>> {
        let wrong = |_| Error::invalid(name, format!("{name} is true or false"));
        self.take(name).map(|flag| flag.trim().parse().map_err(wrong)).transpose()
    }

    /// States by their codes.
    pub(super) async fn states(&mut self, store: &Store, name: &'static str) -> Result<Option<Vec<Uuid>>> {
        let Some(codes) = self.several(name) else { return Ok(None) };
        let mut ids = Vec::with_capacity(codes.len());
        for code in codes {
            ids.push(state(store.reader(), name, &code).await?);
        }
        Ok(Some(ids))
    }

    /// Areas by their slugs.
    pub(super) fn areas(&mut self, name: &'static str) -> Result<Option<Vec<String>>> {
        let slugs = self.several(name);
        match slugs.iter().flatten().find(|slug| vocab::cooperation_area::by_slug(slug).is_none()) {
            Some(slug) => Err(Error::invalid(name, format!("\"{slug}\" is no cooperation area"))),
            None => Ok(slugs),
        }
    }

    /// Whether everything that was asked for was understood; `known` are the names that the list takes.
    pub(super) fn end(&self, known: &str) -> Result<()> {
        match self.0.keys().next() {
            Some(name) => Err(Error::invalid("filter", format!("there is no filter \"{name}\": it takes {known}"))),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        f.write_str(if parts.is_empty() { "none" } else { "" })?;
        f.write_str(&parts.join("; "))
    }
}

/// The state with this code.
pub(super) async fn state(db: &impl sea_orm::ConnectionTrait, name: &'static str, code: &str) -> Result<Uuid> {
    let found = member_state::by_code(db, code.trim()).await?;
    let wrong = || Error::invalid(name, format!("{name}: \"{code}\" is no state: use ISO 3166-1 codes, such as PAK"));
    found.map(|state| state.id).ok_or_else(wrong)
}
