//! Well-known international organizations, and how states stand in them.

use std::collections::{HashMap, HashSet};

use sea_orm::EntityTrait;
use uuid::Uuid;
use vocab::{Language, NameRole, Word};

use crate::{Concept, Error, RecordRef, Result, UnitOfWork, member_state, organization, record_name, standing};

/// The organizations that have an acronym, by it.
pub(super) async fn by_acronym(work: &UnitOfWork) -> Result<HashMap<String, Uuid>> {
    let present = organization::Entity::find().all(work.connection()).await?;
    Ok(present.into_iter().filter_map(|row| Some((row.acronym?, row.id))).collect())
}

pub(super) async fn organizations(work: &mut UnitOfWork) -> Result<usize> {
    let present = by_acronym(work).await?;
    let mut new = 0;
    for known in vocab::organization::known().iter().filter(|known| !present.contains_key(known.acronym)) {
        let label = Language::ALL.iter().find_map(|language| known.name(*language)).unwrap_or(known.acronym);
        let draft = organization::Draft {
            acronym: Some(known.acronym.to_owned()),
            ..organization::Draft::new(known.kind, label)
        };
        let row = organization::create(work, draft).await?;
        for language in Language::ALL {
            let official = known.name(*language);
            for form in known.forms(*language) {
                let role = if official == Some(form) { NameRole::Official } else { NameRole::Alias };
                name(work, row.id, Some(*language), role, form).await?;
            }
        }
        new += 1;
    }
    Ok(new)
}

/// Gives an organization a name.
pub(super) async fn name(
    work: &mut UnitOfWork,
    id: Uuid,
    language: Option<Language>,
    role: NameRole,
    name: &str,
) -> Result<()> {
    let record = RecordRef::new(Concept::Organization, id);
    record_name::create(work, record_name::Draft::new(record, language, role, name)).await.map(|_| ())
}

pub(super) async fn standings(work: &mut UnitOfWork) -> Result<usize> {
    let organizations = by_acronym(work).await?;
    let states = member_state::all_by_code(work.connection()).await?;
    let present = standing::Entity::find().all(work.connection()).await?;
    let present: HashSet<_> =
        present.into_iter().map(|row| (row.state_id, row.organization_id, row.source, row.stated_on)).collect();
    let mut new = 0;
    for statement in vocab::standing::all() {
        let lost = |what: &str| Error::invalid("standings", format!("the reference data name no {what}"));
        let state_id = states.get(statement.state).ok_or_else(|| lost(statement.state))?.id;
        let organization_id = *organizations.get(statement.organization).ok_or_else(|| lost(statement.organization))?;
        let source = statement.source.to_owned();
        if present.contains(&(
            state_id,
            organization_id,
            source.clone(),
            statement.on.map(vocab::PartialDate::first_day),
        )) {
            continue;
        }
        let draft = standing::Draft {
            state_id,
            organization_id,
            standing: statement.standing,
            on: statement.on,
            source,
            verified: statement.verified,
            note: Some(statement.note.to_owned()),
        };
        standing::create(work, draft).await?;
        new += 1;
    }
    Ok(new)
}
