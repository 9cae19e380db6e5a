//! The organization whose follow-up this is, with its units and who led them, as its host file tells.

use uuid::Uuid;
use vocab::{
    Language, NameRole, OrganizationKind, PartialDate,
    host::{HolderStatement, Host, HostNames, HostUnit},
};

use super::parties;
use crate::{Concept, Error, RecordRef, Result, UnitOfWork, appointment, organization, person, post, record_name};

/// Loads the host where there is none yet; answers with its acronym and how many organizations were new.
pub(super) async fn load(work: &mut UnitOfWork, given: Option<Host>) -> Result<(String, usize)> {
    if let Ok(host) = organization::host(work.connection()).await {
        let acronym = host.acronym.unwrap_or(host.label);
        return match given {
            Some(given) if given.acronym != acronym => Err(Error::invalid(
                "host",
                format!("this database belongs to {acronym}: use another database for {}", given.acronym),
            )),
            _ => Ok((acronym, 0)),
        };
    }
    let default = || Host::parse(Host::default_text()).map_err(|fault| Error::invalid("host", fault.to_string()));
    let host = given.map_or_else(default, Ok)?;
    let known = parties::by_acronym(work).await?.get(&host.acronym).copied();
    let id = match known {
        Some(id) => id,
        None => make(work, &host).await?,
    };
    organization::make_host(work, id).await?;
    for former in &host.former_names {
        names(work, Concept::Organization, id, &former.names, NameRole::Former, former.until).await?;
        if let Some(acronym) = &former.acronym {
            name(work, Concept::Organization, id, None, acronym, NameRole::Former, former.until).await?;
        }
    }
    for described in &host.posts {
        head(work, id, &described.title, &described.holders).await?;
    }
    for described in &host.units {
        unit(work, id, described).await?;
    }
    Ok((host.acronym, host.units.len() + usize::from(known.is_none())))
}

async fn make(work: &mut UnitOfWork, host: &Host) -> Result<Uuid> {
    let acronym = Some(host.acronym.clone());
    let draft =
        organization::Draft { acronym, ..organization::Draft::new(OrganizationKind::International, &host.names.en) };
    let row = organization::create(work, draft).await?;
    names(work, Concept::Organization, row.id, &host.names, NameRole::Official, None).await?;
    name(work, Concept::Organization, row.id, None, &host.acronym, NameRole::Acronym, None).await?;
    Ok(row.id)
}

async fn unit(work: &mut UnitOfWork, host_id: Uuid, described: &HostUnit) -> Result<()> {
    let draft = organization::Draft {
        parent_id: Some(host_id),
        ..organization::Draft::new(OrganizationKind::Unit, &described.names.en)
    };
    let row = organization::create(work, draft).await?;
    names(work, Concept::Organization, row.id, &described.names, NameRole::Official, None).await?;
    for other in &described.other_names {
        name(work, Concept::Organization, row.id, Some(Language::En), other, NameRole::Alias, None).await?;
    }
    for earlier in &described.earlier_names {
        let until = earlier.named_on.iter().max_by_key(|date| date.last_day()).copied();
        names(work, Concept::Organization, row.id, &earlier.names, NameRole::Former, until).await?;
    }
    match &described.head_title {
        Some(title) => head(work, row.id, title, &described.heads).await,
        None => Ok(()),
    }
}

/// A post with those who are said to have held it.
async fn head(work: &mut UnitOfWork, id: Uuid, title: &HostNames, holders: &[HolderStatement]) -> Result<()> {
    let row = post::create(work, post::Draft { organization_id: id, label: title.en.clone() }).await?;
    names(work, Concept::Post, row.id, title, NameRole::Official, None).await?;
    for statement in holders {
        let post_id = match statement.post.as_ref().filter(|other| **other != title.en) {
            Some(other) => post_of(work, id, other).await?,
            None => row.id,
        };
        let known = person::bearing(work.connection(), &[vocab::fold(&statement.person)]).await?;
        let person_id = match known.first() {
            Some(person) => person.id,
            None => {
                person::create(work, person::Draft { label: statement.person.clone(), ..Default::default() }).await?.id
            }
        };
        let draft = appointment::Draft {
            person_id,
            post_id,
            start: None,
            end: None,
            seen_on: statement.on.map(PartialDate::first_day),
            source: statement.source.as_ref().map(|source| said(source, statement)),
        };
        appointment::create(work, draft).await?;
    }
    Ok(())
}

/// The source, with what a reader has to know before relying on it.
fn said(source: &str, statement: &HolderStatement) -> String {
    let check = if statement.to_check { "; to be checked" } else { "" };
    let note = statement.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    format!("{source}{check}{note}")
}

async fn post_of(work: &mut UnitOfWork, organization_id: Uuid, title: &str) -> Result<Uuid> {
    match post::titled(work.connection(), organization_id, title).await? {
        Some(row) => Ok(row.id),
        None => Ok(post::create(work, post::Draft { organization_id, label: title.to_owned() }).await?.id),
    }
}

async fn names(
    work: &mut UnitOfWork,
    concept: Concept,
    id: Uuid,
    names: &HostNames,
    role: NameRole,
    until: Option<PartialDate>,
) -> Result<()> {
    let HostNames { en, fr, ar } = names;
    let each = [(Language::En, Some(en)), (Language::Fr, fr.as_ref()), (Language::Ar, ar.as_ref())];
    for (language, text) in each {
        if let Some(text) = text {
            name(work, concept, id, Some(language), text, role, until).await?;
        }
    }
    Ok(())
}

async fn name(
    work: &mut UnitOfWork,
    concept: Concept,
    id: Uuid,
    language: Option<Language>,
    text: &str,
    role: NameRole,
    until: Option<PartialDate>,
) -> Result<()> {
    let draft = record_name::Draft::new(RecordRef::new(concept, id), language, role, text);
    record_name::create(work, record_name::Draft { valid_to: until.map(PartialDate::last_day), ..draft })
        .await
        .map(|_| ())
}
