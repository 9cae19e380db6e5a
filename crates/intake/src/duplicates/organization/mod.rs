//! Organizations that may be one. Two of different states never are, nor two of different kinds, nor a body and its part.

mod contained_name;
mod same_acronym;
mod same_name;
mod same_words;
mod shared_name;

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use store::{Concept, Result, organization, record_name};
use uuid::Uuid;
use vocab::{NameRole, OrganizationKind, fold};

use super::Rule;

/// The rules. Each tells what two organizations share; how sure it is says its score.
pub(super) const RULES: &[&Rule<Organization>] =
    &[&same_name::RULE, &shared_name::RULE, &same_words::RULE, &same_acronym::RULE, &contained_name::RULE];

/// An organization as the rules see it.
#[derive(Debug, Clone)]
pub(super) struct Organization {
    pub(super) id: Uuid,
    kind: OrganizationKind,
    state: Option<Uuid>,
    /// The bodies that it is a part of, the nearest first.
    above: Vec<Uuid>,
    /// Every name, as it is written and folded; the one that is shown comes first.
    names: Vec<(String, String)>,
    /// Its acronyms, as they are written and folded.
    acronyms: Vec<(String, String)>,
}

impl Organization {
    fn label(&self) -> &str {
        self.names.first().map_or("", |(name, _)| name)
    }

    fn folded(&self) -> &str {
        self.names.first().map_or("", |(_, folded)| folded)
    }
}

/// Whether nothing that is known of the two says that they are two.
pub(super) fn can_be_one(one: &Organization, other: &Organization) -> bool {
    let states = one.state.zip(other.state).is_none_or(|(ours, theirs)| ours == theirs);
    let kinds = one.kind == other.kind || [one.kind, other.kind].contains(&OrganizationKind::Other);
    states && kinds && !one.above.contains(&other.id) && !other.above.contains(&one.id)
}

/// The words of a folded name that say something, in the singular.
fn words(folded: &str) -> BTreeSet<String> {
    const EMPTY: [&str; 15] =
        ["of", "the", "and", "for", "in", "de", "du", "des", "la", "le", "les", "l", "d", "et", "pour"];
    let said = folded.split(' ').filter(|word| !word.is_empty() && !EMPTY.contains(word));
    said.map(|word| if word.chars().count() > 4 { word.trim_end_matches('s') } else { word }.to_owned()).collect()
}

/// All organizations with their names, in two statements.
pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Organization>> {
    let rows = organization::Entity::find().order_by_asc(organization::Column::Id);
    let rows = rows.all(db).await.map_err(store::Error::from)?;
    let parents: HashMap<Uuid, Uuid> = rows.iter().filter_map(|row| Some((row.id, row.parent_id?))).collect();
    let mut places: HashMap<Uuid, usize> = HashMap::with_capacity(rows.len());
    let mut all: Vec<Organization> = Vec::with_capacity(rows.len());
    for row in rows {
        places.insert(row.id, all.len());
        let acronyms = row.acronym.iter().map(|acronym| (acronym.clone(), fold(acronym))).collect();
        let names = vec![(row.label, row.folded)];
        let (id, kind, state) = (row.id, row.kind.0, row.state_id);
        all.push(Organization { id, kind, state, above: above(&parents, id), names, acronyms });
    }
    let names = record_name::of(Concept::Organization).order_by_asc(record_name::Column::Id);
    for name in names.all(db).await.map_err(store::Error::from)? {
        if let Some(at) = places.get(&name.record_id) {
            let is_acronym = name.role.0 == NameRole::Acronym;
            let list = if is_acronym { &mut all[*at].acronyms } else { &mut all[*at].names };
            list.push((name.name, name.folded));
        }
    }
    Ok(all)
}

/// The bodies that one is a part of, the nearest first.
fn above(parents: &HashMap<Uuid, Uuid>, id: Uuid) -> Vec<Uuid> {
    let (mut above, mut at) = (Vec::new(), id);
    while let Some(parent) = parents.get(&at).filter(|parent| **parent != id && !above.contains(*parent)) {
        above.push(*parent);
        at = *parent;
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duplicates::joined;

    fn body(id: u128, state: Option<u128>, names: &[&str], acronym: Option<&str>) -> Organization {
        let both = |name: &&str| ((*name).to_owned(), fold(name));
        Organization {
            id: Uuid::from_u128(id),
            kind: OrganizationKind::Ministry,
            state: state.map(Uuid::from_u128),
            above: Vec::new(),
            names: names.iter().map(both).collect(),
            acronyms: acronym.iter().map(both).collect(),
        }
    }

    #[test]
    fn each_rule_knows_its_pair_and_tells_what_they_share() {
        let cases = [
            (
                "same-name",
                body(1, Some(9), &["Ministry of Rivers"], None),
                body(2, None, &["MINISTRY OF RIVERS"], None),
                "Rivers",
            ),
            (
                "shared-name",
                body(1, Some(9), &["Ministry of Rivers", "Ministère des Fleuves"], None),
                body(2, Some(9), &["Ministere des fleuves"], None),
                "Fleuves",
            ),
            (
                "same-words",
                body(1, Some(9), &["Ministry of Rivers"], None),
                body(2, Some(9), &["River Ministry"], None),
                "River",
            ),
            (
                "same-acronym",
                body(1, Some(9), &["Rivers Authority"], Some("MRV")),
                body(2, Some(9), &["Authority"], Some("mrv")),
                "MRV",
            ),
            (
                "contained-name",
                body(1, Some(9), &["Ministry of Rivers"], None),
                body(2, Some(9), &["Ministry of Rivers and Lakes"], None),
                "stands in",
            ),
        ];
        assert_eq!(cases.len(), RULES.len());
        for rule in RULES {
            let (_, one, other, share) = cases
                .iter()
                .find(|(name, ..)| *name == rule.name)
                .unwrap_or_else(|| panic!("{} has no case", rule.name));
            let found = joined(&[rule], &[one.clone(), other.clone()], |row| row.id, can_be_one);
            let reasons =
                found.into_values().next().unwrap_or_else(|| panic!("{} does not join its own pair", rule.name));
            assert!(reasons[0].text.contains(share), "{}: {}", rule.name, reasons[0].text);
        }
    }

    #[test]
    fn two_of_different_states_or_kinds_and_a_part_of_the_other_are_never_one() {
        let one = body(1, Some(9), &["Ministry of Rivers"], None);
        let elsewhere = body(2, Some(8), &["Ministry of Rivers"], None);
        let embassy =
            Organization { kind: OrganizationKind::Embassy, ..body(3, Some(9), &["Ministry of Rivers"], None) };
        let [id, middle] = [4, 5].map(Uuid::from_u128);
        let above = above(&HashMap::from([(id, middle), (middle, one.id)]), id);
        let part = Organization { above, ..body(4, Some(9), &["Ministry of Rivers"], None) };
        for other in [elsewhere, embassy, part] {
            assert!(joined(RULES, &[one.clone(), other], |row| row.id, can_be_one).is_empty());
        }
    }
}
