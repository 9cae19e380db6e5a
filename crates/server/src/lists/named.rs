//! What the records are called that the rows of a page refer to.

use std::collections::HashMap;

use briefing::Cell;
use sea_orm::ConnectionTrait;
use store::{Result, account, by_ids, member_state, organization, party::Party, person, post};
use uuid::Uuid;

use super::text;

/// Names by identifier.
#[derive(Default)]
pub(super) struct Named {
    names: HashMap<Uuid, String>,
    codes: HashMap<Uuid, String>,
}

impl Named {
    /// The names of the parties.
    pub(super) async fn parties(db: &impl ConnectionTrait, parties: &[Party]) -> Result<Self> {
        let ids = |of: fn(&Party) -> Option<Uuid>| parties.iter().filter_map(of).collect::<Vec<_>>();
        let people = by_ids::<person::Entity>(db, &ids(|party| party.person_id)).await?;
        let posts = by_ids::<post::Entity>(db, &ids(|party| party.post_id)).await?;
        let bodies = by_ids::<organization::Entity>(db, &ids(|party| party.organization_id)).await?;
        let mut named = Self::default();
        named.names.extend(people.into_iter().map(|(id, row)| (id, row.label)));
        named.names.extend(posts.into_iter().map(|(id, row)| (id, row.label)));
        named.names.extend(bodies.into_iter().map(|(id, row)| (id, row.label)));
        named.states(db, &ids(|party| party.state_id)).await?;
        Ok(named)
    }

    /// The states as well.
    pub(super) async fn states(&mut self, db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<()> {
        for (id, state) in by_ids::<member_state::Entity>(db, ids).await? {
            self.names.insert(id, state.name_en);
            self.codes.insert(id, state.code);
        }
        Ok(())
    }

    /// The accounts as well.
    pub(super) async fn accounts(&mut self, db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<()> {
        self.names.extend(by_ids::<account::Entity>(db, ids).await?.into_iter().map(|(id, row)| (id, row.name)));
        Ok(())
    }

    /// What a record is called.
    pub(super) fn name(&self, id: Option<Uuid>) -> Cell {
        text(id.and_then(|id| self.names.get(&id)).cloned())
    }

    /// The code of a state.
    pub(super) fn code(&self, id: Option<Uuid>) -> Cell {
        text(id.and_then(|id| self.code_of(id)))
    }

    /// The code of a state, in letters.
    pub(super) fn code_of(&self, id: Uuid) -> Option<&str> {
        self.codes.get(&id).map(String::as_str)
    }

    /// What a party is called: who, in which post, of which body, of which state.
    pub(super) fn party(&self, party: Party) -> String {
        let Party { person_id, post_id, organization_id, state_id } = party;
        let names = [person_id, post_id, organization_id, state_id].into_iter().flatten();
        names.filter_map(|id| self.names.get(&id)).cloned().collect::<Vec<_>>().join(", ")
    }
}
