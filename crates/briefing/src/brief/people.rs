//! Who is who: the posts in a state's organizations, and who holds them on the day.

use std::collections::{BTreeMap, HashMap};

use store::{
    Concept, RecordRef, Result, appointment, by_ids_at, by_parents_at, organization, person, post,
    record_name::{self, in_language},
};
use uuid::Uuid;
use vocab::Language;

use super::{Line, words};
use crate::answer::Asked;

/// The holders of posts, ministries before other bodies.
pub(super) async fn lines(asked: Asked<'_>, state: Uuid, language: Language) -> Result<Vec<Line>> {
    let (db, known_at) = (asked.db, asked.clock.known_at);
    let bodies = by_parents_at::<organization::Entity>(db, organization::Column::StateId, &[state], known_at).await?;
    let bodies: HashMap<Uuid, _> = bodies.into_iter().map(|body| (body.id, body)).collect();
    let ids: Vec<_> = bodies.keys().copied().collect();
    let posts = by_parents_at::<post::Entity>(db, post::Column::OrganizationId, &ids, known_at).await?;
    let posts: HashMap<Uuid, _> = posts.into_iter().map(|post| (post.id, post)).collect();
    let ids: Vec<_> = posts.keys().copied().collect();
    let all = by_parents_at::<appointment::Entity>(db, appointment::Column::PostId, &ids, known_at).await?;
    let held = holders(&all, asked.day());
    let ids: Vec<_> = held.iter().map(|held| held.person_id).collect();
    let people = by_ids_at::<person::Entity>(db, &ids, known_at).await?;
    let named = held.iter().flat_map(|held| [held.person_id, held.post_id]).chain(bodies.keys().copied());
    let named: Vec<_> = named.collect();
    let names = Names::of(asked, &named, language).await?;
    let mut found: Vec<_> = held
        .into_iter()
        .filter_map(|held| {
            let post = posts.get(&held.post_id)?;
            let (body, person) = (bodies.get(&post.organization_id)?, people.get(&held.person_id)?);
            let seen = held.seen_on.or(held.started_on).filter(|seen| *seen <= asked.day());
            let cells = vec![
                names.person(person),
                names.name(post.id, &post.label),
                names.name(body.id, &body.label),
                seen.map(|seen| words::day(seen, language)).unwrap_or_default(),
            ];
            let record = Some(RecordRef::new(Concept::Appointment, held.id));
            let line = Line { cells, record, told_by: held.source.clone(), ..Line::default() };
            Some(((body.kind.0, body.folded.clone(), post.folded.clone(), held.id), line))
        })
        .collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found.into_iter().map(|(_, line)| line).collect())
}

/// Of each post, who holds it.
fn holders(all: &[appointment::Model], day: chrono::NaiveDate) -> Vec<&appointment::Model> {
    let mut by_post: BTreeMap<Uuid, Vec<&appointment::Model>> = BTreeMap::new();
    for one in all {
        by_post.entry(one.post_id).or_default().push(one);
    }
    by_post.into_values().filter_map(|held| appointment::holder(held, day)).collect()
}

/// The names of records in a language.
pub(crate) struct Names {
    by_record: HashMap<Uuid, Vec<record_name::Model>>,
    language: Language,
}

impl Names {
    /// The names of these records.
    pub(crate) async fn of(asked: Asked<'_>, ids: &[Uuid], language: Language) -> Result<Self> {
        let column = record_name::Column::RecordId;
        let names = by_parents_at::<record_name::Entity>(asked.db, column, ids, asked.clock.known_at).await?;
        let mut by_record: HashMap<Uuid, Vec<_>> = HashMap::new();
        for name in names {
            by_record.entry(name.record_id).or_default().push(name);
        }
        Ok(Self { by_record, language })
    }

    /// The name of a record; its label, where none is kept in the language.
    pub(crate) fn name(&self, id: Uuid, label: &str) -> String {
        let kept = self.by_record.get(&id).and_then(|names| in_language(names, self.language));
        kept.map_or(label, |name| &name.name).to_owned()
    }

    /// A person, as people address them.
    pub(crate) fn person(&self, person: &person::Model) -> String {
        let honorific = person.honorific.iter().map(|honorific| format!("{honorific} "));
        honorific.chain([self.name(person.id, &person.label)]).collect()
    }
}
