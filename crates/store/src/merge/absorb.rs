//! Making one record of two.

use std::collections::BTreeSet;

use futures_core::future::BoxFuture;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;
use vocab::{NameRole, OrganizationKind, Word, fold};

use super::{
    Draft, Model, Part, candidates,
    reference::REFERENCES,
    twin::{Twin, fill},
    write_down,
};
use crate::{
    Concept, Error, RecordRef, Recorded, Result, UnitOfWork, by_id, dump::row::key, organization, person, record_name,
    rejected_link, rejected_merge,
};

/// Merges two people.
///
/// # Errors
/// [`Error::Invalid`] where they are one already; [`Error::NotFound`]; [`Error::Conflict`]; [`Error::Database`].
pub async fn people(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let (kept, other) = both::<person::Model>(work, &draft).await?;
    let since = work.written();
    let learn = |row: &mut person::Model| {
        fill(row, &other);
        Ok(())
    };
    work.revise_from(kept.clone(), learn).await?;
    let called = |row: &person::Model| vec![(NameRole::Alias, row.label.clone())];
    merge(work, since, (&kept, called(&kept)), (&other, called(&other)), &draft.reason).await
}

/// Merges two organizations of one state and one kind.
///
/// # Errors
/// [`Error::Invalid`] where they are one already, or cannot be one; [`Error::NotFound`]; [`Error::Conflict`];
/// [`Error::Database`].
pub async fn organizations(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let (kept, other) = both::<organization::Model>(work, &draft).await?;
    refuse_unlike(&kept, &other)?;
    for (part, whole) in [(&kept, &other), (&other, &kept)] {
        if is_part_of(work.connection(), part, whole.id).await? {
            let message = format!(
                "\"{}\" is a part of \"{}\": say first that it is not, if they are one body",
                part.label, whole.label
            );
            return Err(Error::invalid("otherId", message));
        }
    }
    let since = work.written();
    let learn = |row: &mut organization::Model| {
        fill(row, &other);
        if row.kind.0 == OrganizationKind::Other {
            row.kind = other.kind;
        }
        Ok(())
    };
    work.revise_from(kept.clone(), learn).await?;
    let called = |row: &organization::Model| {
        let acronym = row.acronym.clone().map(|acronym| (NameRole::Acronym, acronym));
        std::iter::once((NameRole::Alias, row.label.clone())).chain(acronym).collect::<Vec<_>>()
    };
    merge(work, since, (&kept, called(&kept)), (&other, called(&other)), &draft.reason).await
}

/// Both records, which nobody else changes until this unit ends.
async fn both<M>(work: &UnitOfWork, draft: &Draft) -> Result<(M, M)>
where
    M: Recorded + PartialEq,
    M::Entity: EntityTrait<Model = M>,
{
    let mut ids = Vec::new();
    for (id, expected) in [draft.kept, draft.other] {
        ids.push((work.kept::<M>(id, expected).await?, expected));
    }
    let [kept, other] = [ids[0], ids[1]];
    let called = vocab::Word::code(M::CONCEPT);
    if draft.kept.0 == draft.other.0 {
        let message = format!("this is one {called}, named twice: name two");
        return Err(Error::invalid("otherId", message));
    }
    if kept.0 == other.0 {
        return Err(Error::invalid("otherId", format!("they were merged before: they are one {called} already")));
    }
    let key = key::<M::Entity>()?;
    let held: Vec<M> = work.hold(key.is_in([kept.0, other.0])).await?;
    let of = |(id, expected): (Uuid, Option<i32>)| {
        let row = held.iter().find(|row| row.id() == id).ok_or(Error::NotFound { concept: M::CONCEPT, id })?;
        match expected {
            Some(expected) if expected != row.version() => {
                Err(Error::Conflict { concept: M::CONCEPT, id, expected, current: row.version() })
            }
            _ => Ok(row.clone()),
        }
    };
    Ok((of(kept)?, of(other)?))
}

/// What two organizations have to have in common to be one.
fn refuse_unlike(kept: &organization::Model, other: &organization::Model) -> Result<()> {
    let refused = |message: String| Err(Error::invalid("otherId", message));
    if other.is_host {
        return refused("the other is the host: keep the host, and merge this one into it".to_owned());
    }
    if kept.state_id.is_some() && other.state_id.is_some() && kept.state_id != other.state_id {
        return refused(format!(
            "\"{}\" and \"{}\" belong to different states, so they are two: correct the state of one first, if it is wrong",
            kept.label, other.label
        ));
    }
    let (one, two) = (kept.kind.0, other.kind.0);
    if one != two && ![one, two].contains(&OrganizationKind::Other) {
        return refused(format!(
            "\"{}\" is of the kind {}, \"{}\" of the kind {}: correct the kind of one first, if they are one body",
            kept.label,
            one.code(),
            other.label,
            two.code()
        ));
    }
    Ok(())
}

/// Whether an organization is part of another, over however many others.
async fn is_part_of(db: &impl ConnectionTrait, part: &organization::Model, whole: Uuid) -> Result<bool> {
    let (mut parent, mut seen) = (part.parent_id, BTreeSet::new());
    while let Some(id) = parent.filter(|id| seen.insert(*id)) {
        if id == whole {
            return Ok(true);
        }
        parent = by_id::<organization::Entity>(db, id).await?.parent_id;
    }
    Ok(false)
}

/// What a record is called by itself, beside the names that are kept of it.
type Called<'a, M> = (&'a M, Vec<(NameRole, String)>);

async fn merge<M: Recorded>(
    work: &mut UnitOfWork,
    since: usize,
    (kept, names): Called<'_, M>,
    (other, other_names): Called<'_, M>,
    reason: &str,
) -> Result<Model>
where
    M::Entity: EntityTrait<Model = M>,
{
    let record = RecordRef::new(M::CONCEPT, kept.id());
    let label = other_names.first().map(|(_, label)| label.clone()).unwrap_or_default();
    lift(work, (record.id, &names), (other.id(), &other_names)).await?;
    rejected_merge::lead(work, record.id, other.id()).await?;
    candidates::lead(work, (record, names.first().map_or("", |(_, label)| label)), other.id()).await?;
    let mut parts = Vec::new();
    references(work, &mut parts, M::CONCEPT, record.id, other.id()).await?;
    for (role, name) in other_names {
        keep_name(work, record, &names, role, name).await?;
    }
    work.remove(other.clone()).await?;
    let part = Part { concept: M::CONCEPT, kept: record.id, other: other.id(), label };
    write_down(work, part, parts, since, reason).await
}

/// Makes what names the other name the kept one.
fn references<'a>(
    work: &'a mut UnitOfWork,
    parts: &'a mut Vec<Part>,
    concept: Concept,
    kept: Uuid,
    other: Uuid,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        for reference in REFERENCES.iter().filter(|reference| reference.names(concept)) {
            reference.lead(work, parts, kept, other).await?;
        }
        Ok(())
    })
}

/// Makes a row one with another that says the same.
pub(super) async fn twin<M>(work: &mut UnitOfWork, parts: &mut Vec<Part>, kept: Uuid, row: M) -> Result<()>
where
    M: Twin,
    M::Entity: EntityTrait<Model = M>,
{
    let learned = row.clone();
    work.revise(kept, None, |twin: &mut M| {
        twin.learn(&learned);
        Ok(())
    })
    .await?;
    references(work, parts, M::CONCEPT, kept, row.id()).await?;
    parts.push(Part { concept: M::CONCEPT, kept, other: row.id(), label: String::new() });
    work.remove(row).await
}

/// Keeps what the other was called as a name of the kept one, which has it not.
async fn keep_name(
    work: &mut UnitOfWork,
    record: RecordRef,
    own: &[(NameRole, String)],
    role: NameRole,
    name: String,
) -> Result<()> {
    let there = record_name::of(record.concept)
        .filter(record_name::Column::RecordId.eq(record.id))
        .filter(record_name::Column::Name.eq(&*name));
    if own.iter().any(|(_, own)| *own == name) || there.one(work.connection()).await?.is_some() {
        return Ok(());
    }
    if role == NameRole::Acronym
        && by_id::<organization::Entity>(work.connection(), record.id).await?.acronym.as_ref() == Some(&name)
    {
        // It had none, and has this one now.
        return Ok(());
    }
    record_name::create(work, record_name::Draft::new(record, None, role, name)).await?;
    Ok(())
}

/// A name that was said not to mean one of the two, and is a name of the other, means what both are. One that a record bore
/// itself stays: it means somebody else of that name.
async fn lift(
    work: &mut UnitOfWork,
    (one, names): (Uuid, &[(NameRole, String)]),
    (other, other_names): (Uuid, &[(NameRole, String)]),
) -> Result<()> {
    let kept = record_name::Entity::find().filter(record_name::Column::RecordId.is_in([one, other]));
    let kept = kept.all(work.connection()).await?;
    let all = |id: Uuid, own: &[(NameRole, String)]| -> BTreeSet<String> {
        let own = own.iter().map(|(_, name)| fold(name));
        own.chain(kept.iter().filter(|name| name.record_id == id).map(|name| name.folded.clone())).collect()
    };
    let (of_one, of_other) = (all(one, names), all(other, other_names));
    for (id, own, theirs) in [(one, &of_one, &of_other), (other, &of_other, &of_one)] {
        let links = rejected_link::Entity::find()
            .filter(rejected_link::Column::RecordId.eq(id))
            .filter(rejected_link::Column::Stands.eq(true));
        for link in links.all(work.connection()).await? {
            if theirs.contains(&link.folded) && !own.contains(&link.folded) {
                let lifted = |row: &mut rejected_link::Model| {
                    row.stands = false;
                    Ok(())
                };
                work.revise(link.id, None, lifted).await?;
            }
        }
    }
    Ok(())
}
