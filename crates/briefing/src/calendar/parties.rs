//! What those are called who act, are acted to, or take part.

use std::collections::HashMap;

use store::{Result, by_ids_at, member_state, organization, party::Party, person};
use uuid::Uuid;
use vocab::Language;

use super::words;
use crate::{
    answer::Asked,
    brief::{
        Names,
        words::{isolated, say},
    },
};

/// The names of some parties.
pub(super) struct Parties {
    people: HashMap<Uuid, person::Model>,
    bodies: HashMap<Uuid, organization::Model>,
    states: HashMap<Uuid, member_state::Model>,
    names: Names,
    language: Language,
}

impl Parties {
    /// The names of these.
    pub(super) async fn of(asked: Asked<'_>, parties: &[Party], language: Language) -> Result<Self> {
        let ids = |of: fn(&Party) -> Option<Uuid>| -> Vec<Uuid> { parties.iter().filter_map(of).collect() };
        let (people, bodies) = (ids(|party| party.person_id), ids(|party| party.organization_id));
        let (states, known_at) = (ids(|party| party.state_id), asked.clock.known_at);
        let named: Vec<_> = people.iter().chain(&bodies).copied().collect();
        Ok(Self {
            people: by_ids_at::<person::Entity>(asked.db, &people, known_at).await?,
            bodies: by_ids_at::<organization::Entity>(asked.db, &bodies, known_at).await?,
            states: by_ids_at::<member_state::Entity>(asked.db, &states, known_at).await?,
            names: Names::of(asked, &named, language).await?,
            language,
        })
    }

    /// A party, ready to stand among other words: by the person and the organization, else by the state.
    pub(super) fn name(&self, party: Party) -> Option<String> {
        let person = party.person_id.and_then(|id| self.people.get(&id)).map(|person| self.names.person(person));
        let body = party.organization_id.and_then(|id| self.bodies.get(&id));
        let body = body.map(|body| match &body.acronym {
            // Everybody here knows who that is.
            Some(acronym) if body.is_host => acronym.clone(),
            _ => self.names.name(body.id, &body.label),
        });
        let named: Vec<String> = person.into_iter().chain(body).map(|name| isolated(&name, self.language)).collect();
        if named.is_empty() {
            return Some(self.states.get(&party.state_id?)?.name(self.language).to_owned());
        }
        Some(named.join(say(words::COMMA, self.language)))
    }
}
