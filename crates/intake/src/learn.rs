//! What a decision teaches: a confirmed name is kept, with the report as its source, and is known at the next reading;
//! a link that was rejected is not proposed again for that name, until a person makes it after all.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use store::{Concept, RecordRef, Result, UnitOfWork, by_id, finding, organization, person, record_name, rejected_link};
use uuid::Uuid;
use vocab::{FindingState, NameRole, evidence::Span, fold};

use crate::{
    desk::Desk,
    entry::Entry,
    matching::{self, Candidate},
    places::Text,
    wording::clip,
};

/// Keeps the names that the report has for what was accepted, as far as its record has them not.
pub(crate) async fn names(
    work: &mut UnitOfWork,
    desk: &Desk,
    finding_id: Uuid,
    entry: &Entry,
    record: RecordRef,
) -> Result<()> {
    let Some(read) = desk.as_read(finding_id).filter(|_| is_named(record.concept)) else { return Ok(()) };
    let told: Vec<String> = [entry, read].into_iter().filter_map(name).map(fold).collect();
    rejected_link::lift(work, record, &told).await?;
    for (role, spelling) in spellings(entry, read) {
        keep(work, desk, finding_id, record, (role, &clip(&spelling, 500))).await?;
    }
    Ok(())
}

/// People and organizations have names; all else goes by what it is.
fn is_named(concept: Concept) -> bool {
    matches!(concept, Concept::Person | Concept::Organization)
}

fn name(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Person(person) => Some(&person.name),
        Entry::Organization(body) => Some(&body.name),
        _ => None,
    }
}

/// The names under which a finding shows what it is about: those of its value, and the one that was read where a person
/// corrected no more than its spelling.
fn spellings(entry: &Entry, read: &Entry) -> Vec<(NameRole, String)> {
    let alias = |name: &String| (NameRole::Alias, name.clone());
    match (entry, read) {
        (Entry::Person(person), Entry::Person(read)) => {
            let read = Some(&read.name).filter(|read| matching::person::is_respelling(read, &person.name));
            // "Mr Diallo" is how a text refers back, not another way to write the name.
            let also = person.also.iter().filter(|also| matching::person::is_whole_name(also, &person.name));
            let names = [&person.name].into_iter().chain(read).chain(also);
            names.filter(|name| extract::known::is_full_name(name)).map(alias).collect()
        }
        (Entry::Organization(body), Entry::Organization(read)) => {
            let read = Some(&read.name).filter(|read| matching::organization::is_respelling(read, &body.name));
            let acronym = body.acronym.iter().map(|acronym| (NameRole::Acronym, acronym.clone()));
            [&body.name].into_iter().chain(read).map(alias).chain(acronym).collect()
        }
        _ => Vec::new(),
    }
}

/// Keeps one name that the record did not have, with the words of the report.
async fn keep(
    work: &mut UnitOfWork,
    desk: &Desk,
    finding_id: Uuid,
    record: RecordRef,
    (role, spelling): (NameRole, &str),
) -> Result<()> {
    let folded = fold(spelling);
    let own = own_names(work.connection(), record).await?;
    if folded.is_empty() || own.contains(&folded) {
        return Ok(());
    }
    let there = record_name::of(record.concept)
        .filter(record_name::Column::RecordId.eq(record.id))
        .filter(record_name::Column::Folded.eq(folded));
    if there.one(work.connection()).await?.is_some() {
        return Ok(());
    }
    let text = Text::new(&desk.report.text);
    let finding = desk.finding(finding_id)?;
    let read: Vec<Span> = serde_json::from_value(finding.spans.clone()).unwrap_or_default();
    let start = read.first().map_or(0, |span| span.start);
    let asked = Span { start, end: start, quote: spelling.to_owned() };
    let words = text.place(&asked);
    if role == NameRole::Acronym && words.is_none() {
        // It is from the engine's reference data, and no report says so.
        return Ok(());
    }
    let draft = record_name::Draft::new(record, None, role, spelling);
    let kept = record_name::create(work, draft).await?;
    let words = words.or_else(|| read.into_iter().next());
    let named = RecordRef::new(Concept::RecordName, kept.id);
    desk.lay_words(work, finding_id, named, None, words.into_iter().collect()).await
}

/// The label and the acronym of a record, folded.
async fn own_names(db: &impl ConnectionTrait, record: RecordRef) -> Result<BTreeSet<String>> {
    Ok(match record.concept {
        Concept::Person => BTreeSet::from([by_id::<person::Entity>(db, record.id).await?.folded]),
        Concept::Organization => {
            let row = by_id::<organization::Entity>(db, record.id).await?;
            row.acronym.iter().map(|acronym| fold(acronym)).chain([row.folded]).collect()
        }
        _ => BTreeSet::new(),
    })
}

/// Remembers the proposed links that a decision on a finding of a person or an organization rejects.
///
/// A record is never kept from its own label or acronym, which two may bear. To reject a finding is to say that the fact
/// is wrong or of no interest; it rejects a link only where the record does not bear the name at all.
pub(crate) async fn rejections(work: &mut UnitOfWork, decided: &finding::Model) -> Result<()> {
    let candidates: Vec<Candidate> = serde_json::from_value(decided.candidates.clone()).unwrap_or_default();
    let result = decided.result();
    let not_meant = candidates.iter().map(Candidate::record).filter(|record| is_named(record.concept));
    let not_meant: Vec<RecordRef> = not_meant.filter(|record| Some(*record) != result).collect();
    let Ok(read) = Entry::as_read(decided) else { return Ok(()) };
    let Some(name) = name(&read).filter(|_| !not_meant.is_empty()) else { return Ok(()) };
    let folded = fold(name);
    let kept = record_name::Entity::find()
        .filter(record_name::Column::RecordId.is_in(not_meant.iter().map(|record| record.id)))
        .filter(record_name::Column::Folded.eq(&*folded));
    let kept: Vec<Uuid> = kept.all(work.connection()).await?.into_iter().map(|kept| kept.record_id).collect();
    for record in not_meant {
        let bears = own_names(work.connection(), record).await?.contains(&folded);
        let spared = decided.state.0 == FindingState::Rejected && kept.contains(&record.id);
        if !bears && !spared {
            rejected_link::put(work, record, name, decided.id).await?;
        }
    }
    Ok(())
}

/// The candidates without those of which people said that the name does not mean them.
pub(crate) async fn without_rejected(
    db: &impl ConnectionTrait,
    name: &str,
    candidates: Vec<Candidate>,
) -> Result<Vec<Candidate>> {
    let ids: Vec<Uuid> = candidates.iter().map(|candidate| candidate.id).collect();
    let rejected = rejected_link::standing(db, &ids, &[fold(name)]).await?;
    let stays = |candidate: &Candidate| !rejected.iter().any(|link| link.record_id == candidate.id);
    Ok(candidates.into_iter().filter(stays).collect())
}
