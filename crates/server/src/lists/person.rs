//! People as a table: a row for each post that somebody holds today, one without a post for who holds none.

use std::collections::HashMap;

use briefing::Cell;
use futures_core::future::BoxFuture;
use intake::table::CONTACTS;
use sea_orm::EntityTrait;
use store::{
    Concept, Result, Store, appointment, by_ids, by_parents, organization, page,
    party::Party,
    person::{self, Entity, Filter, Model},
    post,
    record_name::{self, in_language},
};
use uuid::Uuid;
use vocab::Language;

use super::{Asked, List, Rows, date, id, named::Named, text};

pub(super) static LIST: List = List {
    name: "people",
    columns: CONTACTS,
    write: |store, asked, rows| -> BoxFuture<'_, _> { Box::pin(write(store, asked, rows)) },
};

async fn write(store: &Store, asked: &mut Asked, rows: &mut Rows) -> Result<i64> {
    let filter = Filter {
        state_ids: asked.states(store, "states").await?,
        organization_ids: asked.organizations(store, "organizationIds").await?,
        text: asked.text("text")?,
        ..Filter::default()
    };
    asked.end("states, organizationIds, text")?;
    rows.each(store, person::select(&filter), &person::by_name(), |store, page| Box::pin(shown(store, page))).await?;
    page::count(store.reader(), Entity::find()).await
}

/// A post that is held today, and where.
struct Held {
    appointment: appointment::Model,
    party: Party,
}

async fn shown(store: &Store, page: Vec<Model>) -> Result<Vec<Vec<Cell>>> {
    let db = store.reader();
    let ids: Vec<Uuid> = page.iter().map(|row| row.id).collect();
    let names = record_name::of(Concept::Person);
    let names = by_parents(db, names, record_name::Column::RecordId, &ids, |row| Some(row.record_id)).await?;
    let held = held(store, &ids).await?;
    let parties: Vec<Party> = held.values().flatten().map(|held| held.party).collect();
    let named = Named::parties(db, &parties).await?;
    let mut rows = Vec::with_capacity(page.len());
    for row in &page {
        let names = names.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let name = |language| text(in_language(names, language).map(|name| name.name.clone()));
        let person = || {
            vec![
                id(Concept::Person, Some(row.id)),
                Cell::Number(row.version.into()),
                text(row.honorific.clone()),
                Cell::Text(row.label.clone()),
                name(Language::Fr),
                name(Language::Ar),
            ]
        };
        let posts = held.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        rows.extend(posts.iter().map(|held| [person(), post_cells(held, &named)].concat()));
        if posts.is_empty() {
            let empty = vec![Cell::Empty; CONTACTS.len() - person().len()];
            rows.push([person(), empty].concat());
        }
    }
    Ok(rows)
}

/// Of each person, the posts that they hold today.
async fn held(store: &Store, people: &[Uuid]) -> Result<HashMap<Uuid, Vec<Held>>> {
    let (db, today) = (store.reader(), store.surroundings().today());
    let all = appointment::Entity::find();
    let all = by_parents(db, all, appointment::Column::PersonId, people, |row| Some(row.person_id)).await?;
    let current = all.into_values().flatten().filter(|one| one.holds_on(today)).collect::<Vec<_>>();
    let posts = by_ids::<post::Entity>(db, &current.iter().map(|one| one.post_id).collect::<Vec<_>>()).await?;
    let bodies: Vec<Uuid> = posts.values().map(|post| post.organization_id).collect();
    let bodies = by_ids::<organization::Entity>(db, &bodies).await?;
    let mut held: HashMap<Uuid, Vec<Held>> = HashMap::new();
    for appointment in current {
        let organization_id = posts.get(&appointment.post_id).map(|post| post.organization_id);
        let state_id = organization_id.and_then(|id| bodies.get(&id)?.state_id);
        let party = Party { person_id: None, post_id: Some(appointment.post_id), organization_id, state_id };
        let posts = held.entry(appointment.person_id).or_default();
        // Several sources can say that somebody holds the same post: the latest stands for all.
        posts.retain(|other| other.appointment.post_id != appointment.post_id);
        posts.push(Held { appointment, party });
    }
    Ok(held)
}

fn post_cells(held: &Held, named: &Named) -> Vec<Cell> {
    let Held { appointment, party } = held;
    vec![
        named.name(party.post_id),
        id(Concept::Post, party.post_id),
        named.name(party.organization_id),
        id(Concept::Organization, party.organization_id),
        named.code(party.state_id),
        date(appointment.start()),
        appointment.seen_on.map_or(Cell::Empty, Cell::Day),
        text(appointment.source.clone()),
    ]
}
