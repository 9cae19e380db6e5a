//! What every step has to know: the states, and the host organization with its names and units.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use store::{Concept, Result, member_state, organization, record_name};
use uuid::Uuid;
use vocab::{Side, fold};

use crate::matching::words;

/// What is known before anything is matched.
pub(crate) struct Known {
    states: Vec<member_state::Model>,
    /// The host; none before the reference data is loaded.
    pub(crate) host: Option<Host>,
}

/// The organization whose follow-up this is.
pub(crate) struct Host {
    pub(crate) row: organization::Model,
    /// Every name and acronym it has or had, folded.
    names: Vec<String>,
    /// Its sectors, centres and departments, two levels deep.
    units: Vec<organization::Model>,
}

impl Known {
    pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Self> {
        let states = member_state::Entity::find().all(db).await?;
        let host = organization::Entity::find().filter(organization::Column::IsHost.eq(true)).one(db).await?;
        let host = match host {
            Some(row) => Some(Host::load(db, row).await?),
            None => None,
        };
        Ok(Self { states, host })
    }

    /// The state with this code of two or three letters, or this English name.
    pub(crate) fn state(&self, said: &str) -> Option<&member_state::Model> {
        let code = said.trim();
        self.states.iter().find(|state| {
            state.code.eq_ignore_ascii_case(code)
                || state.alpha2.eq_ignore_ascii_case(code)
                || state.name_en.eq_ignore_ascii_case(code)
        })
    }

    pub(crate) fn state_id(&self, code: Option<&str>) -> Option<Uuid> {
        code.and_then(|code| self.state(code)).map(|state| state.id)
    }

    pub(crate) fn state_by_id(&self, id: Option<Uuid>) -> Option<&member_state::Model> {
        self.states.iter().find(|state| Some(state.id) == id)
    }

    /// The host itself, where it goes by this name.
    pub(crate) fn host_named(&self, name: &str) -> Option<&organization::Model> {
        self.host.as_ref().filter(|host| host.names.contains(&fold(name))).map(|host| &host.row)
    }

    /// The host or the unit of it that goes by this name.
    pub(crate) fn ours_named(&self, name: &str) -> Option<&organization::Model> {
        let unit = || self.units().iter().find(|unit| unit.folded == fold(name) || words(&unit.label) == words(name));
        self.host_named(name).or_else(unit)
    }

    /// Whether this is the host or a unit of it.
    pub(crate) fn is_ours(&self, organization_id: Uuid) -> bool {
        let host = self.host.as_ref().is_some_and(|host| host.row.id == organization_id);
        host || self.units().iter().any(|unit| unit.id == organization_id)
    }

    fn units(&self) -> &[organization::Model] {
        self.host.as_ref().map_or(&[], |host| &host.units)
    }

    /// The unit of the host that a post names, the most particular one: all of its words stand in the post.
    pub(crate) fn unit_in(&self, post: &str) -> Option<&organization::Model> {
        let said = words(post);
        let named = self.units().iter().filter(|unit| {
            let unit = words(&unit.label);
            !unit.is_empty() && unit.is_subset(&said)
        });
        named.max_by_key(|unit| words(&unit.label).len())
    }

    /// Whether a text names the host, as `NBC Director-General` does.
    pub(crate) fn names_host(&self, text: &str) -> bool {
        let padded = format!(" {} ", fold(text));
        self.host.as_ref().is_some_and(|host| host.names.iter().any(|name| padded.contains(&format!(" {name} "))))
    }

    /// The side that a name stands on, seen from the host.
    ///
    /// A state and any body but the host is the partner. `both` are the two together, if the host is one of them.
    pub(crate) fn side(&self, name: Option<&str>, host_is_party: bool) -> Side {
        match name.map(str::trim) {
            None | Some("") => Side::Other,
            Some("both") if host_is_party => Side::Both,
            Some("both") => Side::Other,
            Some(name) if self.ours_named(name).is_some() => Side::Ours,
            Some(_) => Side::Theirs,
        }
    }
}

impl Host {
    async fn load(db: &impl ConnectionTrait, row: organization::Model) -> Result<Self> {
        let kept = record_name::of(Concept::Organization).filter(record_name::Column::RecordId.eq(row.id));
        let kept = kept.all(db).await?.into_iter().map(|name| name.folded);
        let names = kept.chain([row.folded.clone()]).chain(row.acronym.as_deref().map(fold)).collect();
        let parts = async |of: Vec<Uuid>| {
            organization::Entity::find().filter(organization::Column::ParentId.is_in(of)).all(db).await
        };
        let mut units = parts(vec![row.id]).await?;
        units.extend(parts(units.iter().map(|unit| unit.id).collect()).await?);
        Ok(Self { row, names, units })
    }

    /// What it is called in a title.
    pub(crate) fn short_name(&self) -> &str {
        self.row.acronym.as_deref().unwrap_or(&self.row.label)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use vocab::OrganizationKind;

    use super::*;

    pub(crate) fn organization(number: u128, label: &str, kind: OrganizationKind) -> organization::Model {
        organization::Model {
            id: Uuid::from_u128(number),
            kind: kind.into(),
            label: label.to_owned(),
            folded: fold(label),
            acronym: None,
            state_id: None,
            parent_id: None,
            is_host: false,
            created_at: chrono::DateTime::default(),
            version: 1,
        }
    }

    pub(crate) fn known() -> Known {
        let mut row = organization(1, "Nile Basin Council of Learning", OrganizationKind::International);
        row.acronym = Some("NBCL".to_owned());
        let units = vec![
            organization(2, "Sector of Learning", OrganizationKind::Unit),
            organization(3, "Centre for River Studies", OrganizationKind::Unit),
        ];
        let names = ["nile basin council of learning", "nbcl", "nile council"].map(str::to_owned).to_vec();
        let state = |number, code: &str, alpha2: &str, name: &str| member_state::Model {
            id: Uuid::from_u128(number),
            code: code.to_owned(),
            alpha2: alpha2.to_owned(),
            name_en: name.to_owned(),
            name_fr: name.to_owned(),
            name_ar: name.to_owned(),
            version: 1,
        };
        let states = vec![state(100, "MLI", "ML", "Mali"), state(101, "JOR", "JO", "Jordan")];
        Known { states, host: Some(Host { row, names, units }) }
    }

    #[test]
    fn a_side_is_seen_from_the_host() {
        let known = known();
        for (name, host_is_party, side) in [
            (Some("NBCL"), true, Side::Ours),
            (Some("Nile Basin Council of Learning"), true, Side::Ours),
            (Some("Nile Council"), true, Side::Ours),
            (Some("Center of River Studies"), true, Side::Ours),
            (Some("MLI"), true, Side::Theirs),
            (Some("Desert Research League"), true, Side::Theirs),
            (Some("both"), true, Side::Both),
            (Some("both"), false, Side::Other),
            (None, true, Side::Other),
        ] {
            assert_eq!(known.side(name, host_is_party), side, "{name:?}");
        }
    }

    #[test]
    fn a_post_names_a_unit_by_all_of_its_words() {
        let known = known();
        for (post, unit) in [
            ("Director of the Center for River Studies", Some(3)),
            ("Adviser at the Sector of Learning", Some(2)),
            ("Director-General", None),
            ("Director of River Engineering", None),
        ] {
            assert_eq!(known.unit_in(post).map(|unit| unit.id.as_u128()), unit, "{post}");
        }
        assert!(known.names_host("NBCL Director-General"));
        assert!(!known.names_host("Director-General of the NBCLX"));
    }
}
