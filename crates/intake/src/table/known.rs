//! What the lines of a table refer to by name: read once, or kept once it was looked up, so that a long table costs no more
//! statements than it has records.

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, EntityTrait};
use store::{Error, Recorded, Result, UnitOfWork, account, by_ids, member_state, organization};
use uuid::Uuid;
use vocab::{Language, OrganizationKind, Word, fold, said};

use crate::known;

/// A body as it is looked up.
#[derive(Debug, Clone, Copy)]
struct Body {
    id: Uuid,
    state_id: Option<Uuid>,
}

/// What was looked up.
pub(super) struct Known {
    /// States by their folded codes and names, in every language.
    states: HashMap<String, Uuid>,
    /// The slugs of areas by themselves and their labels, folded.
    areas: HashMap<String, &'static str>,
    /// Accounts by their folded names and addresses.
    accounts: HashMap<String, Vec<Uuid>>,
    /// Bodies by a folded name.
    bodies: HashMap<String, Vec<Body>>,
    /// Records that are there, by the identifiers that were given of them: of what was merged that of the kept one.
    there: HashMap<Uuid, Uuid>,
    /// The host organization with its units, and the rows of the states.
    ours: known::Known,
}

impl Known {
    /// Reads what is short.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub(super) async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let mut states = HashMap::new();
        for row in member_state::Entity::find().all(db).await? {
            let Some(state) = vocab::member_state::by_code(&row.code) else { continue };
            let names = Language::ALL.iter().map(|language| state.name(*language));
            let names = names.chain(state.other_names.iter().flatten().copied()).chain([state.alpha2, state.alpha3]);
            states.extend(names.map(|name| (fold(name), row.id)));
        }
        let mut areas = HashMap::new();
        for area in vocab::cooperation_area::all() {
            areas.extend(Language::ALL.iter().map(|language| (fold(area.name(*language)), area.slug)));
            areas.insert(fold(area.slug), area.slug);
        }
        let mut accounts: HashMap<String, Vec<Uuid>> = HashMap::new();
        for row in account::Entity::find().all(db).await? {
            for name in row.email.iter().chain([&row.name]).map(|name| fold(name)).collect::<HashSet<_>>() {
                accounts.entry(name).or_default().push(row.id);
            }
        }
        let ours = known::Known::load(db).await?;
        Ok(Self { states, areas, accounts, bodies: HashMap::new(), there: HashMap::new(), ours })
    }

    /// Whether this is the host or a unit of it.
    pub(super) fn is_ours(&self, organization_id: Uuid) -> bool {
        self.ours.is_ours(organization_id)
    }

    /// The state of this code or name.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is none.
    pub(super) fn state(&self, field: &'static str, name: &str) -> Result<Uuid> {
        self.find_state(name).ok_or_else(|| {
            let name = name.trim();
            let message =
                format!("{field}: \"{name}\" is no state: use ISO 3166-1 codes, such as PAK, or its usual name");
            Error::invalid(field, message)
        })
    }

    /// The state of this code or name, where there is one.
    pub(super) fn find_state(&self, name: &str) -> Option<Uuid> {
        self.states.get(&fold(name)).copied()
    }

    /// The code of a state.
    pub(super) fn code(&self, state: Option<Uuid>) -> Option<&str> {
        self.ours.state_by_id(state).map(|state| state.code.as_str())
    }

    /// The area of this slug or label.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is none.
    pub(super) fn area(&self, name: &str) -> Result<String> {
        let slug = self.areas.get(&fold(name)).map(|slug| (*slug).to_owned());
        slug.ok_or_else(|| Error::invalid("areas", format!("areas: \"{}\" is no cooperation area", name.trim())))
    }

    /// The account of this name or address.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is none, or are several.
    pub(super) fn account(&self, field: &'static str, name: &str) -> Result<Uuid> {
        let what = match self.accounts.get(&fold(name)).map(Vec::as_slice) {
            Some([one]) => return Ok(*one),
            Some(_) => "several accounts are called so: use the address of the one that is meant",
            None => {
                "no account is called so: make it first, or say that the column is not to be read (\"Its title=-\")"
            }
        };
        Err(Error::invalid(field, format!("{field}: \"{}\": {what}", name.trim())))
    }

    /// The record that an identifier stands for: itself, or the one that it was merged into.
    ///
    /// # Errors
    /// [`Error::Invalid`] where it is not there; [`Error::Database`].
    pub(super) async fn there<E>(&mut self, work: &UnitOfWork, field: &'static str, id: Uuid) -> Result<Uuid>
    where
        E: EntityTrait,
        E::Model: Recorded<Entity = E>,
    {
        if let Some(kept) = self.there.get(&id) {
            return Ok(*kept);
        }
        let kept = work.stands_for(id).await?;
        if by_ids::<E>(work.connection(), &[kept]).await?.is_empty() {
            return Err(Error::invalid(field, format!("{field}: there is no such {}", E::Model::CONCEPT.code())));
        }
        self.there.insert(id, kept);
        Ok(kept)
    }

    /// The one body of this name, of a state where one is given; it is made where it is a ministry, or a kind is given.
    ///
    /// # Errors
    /// [`Error::Invalid`] where nobody can say which is meant, or there is none and no kind; [`Error::Database`].
    pub(super) async fn organization(
        &mut self,
        work: &mut UnitOfWork,
        field: &'static str,
        name: &str,
        state: Option<Uuid>,
        kind: Option<OrganizationKind>,
    ) -> Result<Uuid> {
        if let Some(id) = self.find_organization(work.connection(), field, name, state).await? {
            return Ok(id);
        }
        let name = name.trim();
        let refused = |why: &str| Error::invalid(field, format!("{field}: there is no organization \"{name}\": {why}"));
        let ministry = || is_ministry(name).then_some(OrganizationKind::Ministry);
        let kind = kind.or_else(ministry).ok_or_else(|| refused("make it first, or write its usual name"))?;
        if kind == OrganizationKind::Ministry && state.is_none() {
            return Err(refused("say of which state it is, to have it made"));
        }
        let draft = organization::Draft { state_id: state, ..organization::Draft::new(kind, name) };
        let row = organization::create(work, draft).await?;
        self.bodies.entry(row.folded.clone()).or_default().push(Body { id: row.id, state_id: row.state_id });
        Ok(row.id)
    }

    /// The one body of this name, of a state where one is given, where there is one.
    ///
    /// # Errors
    /// [`Error::Invalid`] where nobody can say which is meant; [`Error::Database`].
    pub(super) async fn find_organization(
        &mut self,
        db: &impl ConnectionTrait,
        field: &'static str,
        name: &str,
        state: Option<Uuid>,
    ) -> Result<Option<Uuid>> {
        let folded = fold(name);
        if folded.is_empty() {
            return Ok(None);
        }
        if !self.bodies.contains_key(&folded) {
            let rows = organization::bearing(db, std::slice::from_ref(&folded)).await?;
            let bodies = rows.into_iter().map(|row| Body { id: row.id, state_id: row.state_id });
            self.bodies.insert(folded.clone(), bodies.collect());
        }
        let bodies = self.bodies.get(&folded).map(Vec::as_slice).unwrap_or_default();
        let of = |wanted: Option<Uuid>| bodies.iter().filter(move |body| body.state_id == wanted).collect::<Vec<_>>();
        // Of a state, or of none at all: never that of another.
        let fitting = match state {
            None => bodies.iter().collect(),
            Some(_) => Some(of(state)).filter(|own| !own.is_empty()).unwrap_or_else(|| of(None)),
        };
        match fitting.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one.id)),
            several => {
                let (name, count) = (name.trim(), several.len());
                let message = format!("{field}: {count} organizations are called \"{name}\": give the id of one");
                Err(Error::invalid(field, message))
            }
        }
    }
}

/// Whether it is a ministry, by the words that its name begins with. What any other body is, its name does not decide.
fn is_ministry(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let kinds = [said::word(&format!("{first} {second}")), said::word(first)];
    kinds.into_iter().flatten().any(|kind: OrganizationKind| kind == OrganizationKind::Ministry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_name_tells_that_it_is_a_ministry_and_nothing_else() {
        for (name, is) in [
            ("Ministry of Water", true),
            ("MINISTERE de l'Éducation", true),
            ("وزارة الثقافة", true),
            ("Commission nationale pour l'UNESCO", false),
            ("University of Dakar", false),
            ("Embassy of Mali", false),
            ("Centre for Water", false),
            ("World Bank", false),
            ("", false),
        ] {
            assert_eq!(is_ministry(name), is, "{name}");
        }
    }
}
