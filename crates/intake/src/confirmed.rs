//! The names that people have confirmed and a report may hold, for the engine to know them.

use std::collections::BTreeMap;

use extract::{Page, Report, known};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use store::{Concept, Result, appointment, by_ids, member_state, organization, person, post, record_name};
use uuid::Uuid;

/// Looks up what a report may name: one statement by the keys of the names that stand in it, however many are known,
/// and a few more about those that it found.
pub(crate) async fn names(db: &impl ConnectionTrait, report: &Report<'_>, page: &Page) -> Result<extract::Known> {
    let called = record_name::called(db, &known::names(report, page)).await?;
    let mut people: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    let mut bodies: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    for record_name::Called { concept, record_id, name } in called {
        match concept.0 {
            Concept::Person if known::is_full_name(&name) => people.entry(record_id).or_default().push(name),
            Concept::Organization => bodies.entry(record_id).or_default().push(name),
            _ => {}
        }
    }
    let mut found = extract::Known::default();
    if people.is_empty() && bodies.is_empty() {
        return Ok(found);
    }
    let ids: Vec<Uuid> = people.keys().copied().collect();
    let rows = by_ids::<person::Entity>(db, &ids).await?;
    let held = appointment::Entity::find().filter(appointment::Column::PersonId.is_in(ids)).all(db).await?;
    let ids: Vec<Uuid> = held.iter().map(|held| held.post_id).collect();
    let posts = by_ids::<post::Entity>(db, &ids).await?;
    let owners = posts.values().map(|post| post.organization_id);
    let ids: Vec<Uuid> = owners.chain(bodies.keys().copied()).collect();
    let organizations = by_ids::<organization::Entity>(db, &ids).await?;
    let ids: Vec<Uuid> = organizations.values().filter_map(|body| body.state_id).collect();
    let states = by_ids::<member_state::Entity>(db, &ids).await?;
    let code = |body: &organization::Model| Some(states.get(&body.state_id?)?.code.clone());
    for (id, also) in bodies {
        let Some(body) = organizations.get(&id) else { continue };
        found.organizations.push(known::Organization {
            name: body.label.clone(),
            also,
            kind: body.kind.0,
            acronym: body.acronym.clone(),
            state: code(body),
        });
    }
    for (id, also) in people {
        let Some(row) = rows.get(&id) else { continue };
        let last = last_held(held.iter().filter(|held| held.person_id == id), report.published_on);
        let post = last.and_then(|held| posts.get(&held.post_id));
        let owner = post.and_then(|post| organizations.get(&post.organization_id));
        found.people.push(known::Person {
            name: row.label.clone(),
            also,
            post: post.map(|post| post.label.clone()),
            organization: owner.map(|body| body.acronym.clone().unwrap_or_else(|| body.label.clone())),
            state: owner.and_then(code),
        });
    }
    Ok(found)
}

/// The appointment that was last seen to hold, but those that had ended by the day of the report.
fn last_held<'a>(
    held: impl Iterator<Item = &'a appointment::Model>,
    on: Option<chrono::NaiveDate>,
) -> Option<&'a appointment::Model> {
    let open = held.filter(|held| on.map_or(held.ended_on.is_none(), |day| held.holds_on(day)));
    open.max_by_key(|held| (held.seen_on.max(held.started_on), held.created_at, held.id))
}
