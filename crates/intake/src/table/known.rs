//! What the lines of a table refer to by name: read once, or kept once it was looked up, so that a long table costs no more
//! statements than it has records.

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, EntityTrait};
use store::{Error, Result, UnitOfWork, account, member_state, organization};
use uuid::Uuid;
use vocab::{Language, OrganizationKind, Word, fold, said};

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
    /// Records that are there.
    there: HashSet<Uuid>,
    /// The host organization, where one was loaded.
    pub(super) host: Option<Uuid>,
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
        let host = match organization::host(db).await {
            Ok(host) => Some(host.id),
            Err(Error::Invalid { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok(Self { states, areas, accounts, bodies: HashMap::new(), there: HashSet::new(), host })
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

    /// Whether a record is there.
    ///
    /// # Errors
    /// [`Error::Invalid`] where it is not; [`Error::Database`].
    pub(super) async fn there<E>(&mut self, db: &impl ConnectionTrait, field: &'static str, id: Uuid) -> Result<()>
    where
        E: EntityTrait,
        E::Model: store::Recorded<Entity = E>,
    {
        if !self.there.contains(&id) {
            super::fields::there::<E>(db, field, id).await?;
            self.there.insert(id);
        }
        Ok(())
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
        let kind = kind.or_else(|| kind_of(name)).ok_or_else(|| refused("make it first, or write its usual name"))?;
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

/// What kind of body it is by the words that its name begins with, where they leave no doubt.
fn kind_of(name: &str) -> Option<OrganizationKind> {
    let mut words = name.split_whitespace();
    let (first, second) = (words.next()?, words.next().unwrap_or_default());
    let sure = [
        OrganizationKind::Ministry,
        OrganizationKind::Embassy,
        OrganizationKind::University,
        OrganizationKind::NationalCommission,
    ];
    let kinds = [said::word(&format!("{first} {second}")), said::word(first)];
    kinds.into_iter().flatten().find(|kind: &OrganizationKind| sure.contains(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_name_tells_what_it_is_or_nothing_does() {
        for (name, kind) in [
            ("Ministry of Water", Some(OrganizationKind::Ministry)),
            ("MINISTERE de l'Éducation", Some(OrganizationKind::Ministry)),
            ("وزارة الثقافة", Some(OrganizationKind::Ministry)),
            ("Commission nationale pour l'UNESCO", Some(OrganizationKind::NationalCommission)),
            ("University of Dakar", Some(OrganizationKind::University)),
            ("Centre for Water", None),
            ("World Bank", None),
            ("", None),
        ] {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }
}
