//! Records out.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{DatabaseTransaction, EntityTrait, QueryOrder};
use store::{Concept, Result, Store, appointment, member_state, organization, person, post, record_name};
use uuid::Uuid;
use vocab::{Language, Word};

use super::document::{Area, Document, Identifier, Membership, Organization, OtherName, Person, Post, Source};

/// The records as they stand at this moment, each list by identifier.
///
/// # Errors
/// [`store::Error::Database`].
pub async fn document(store: &Store) -> Result<Document> {
    let moment = store.snapshot().await?;
    let states: HashMap<Uuid, member_state::Model> =
        all::<member_state::Entity>(&moment).await?.into_iter().map(|state| (state.id, state)).collect();
    let code = |id: Option<Uuid>| Some(states.get(&id?)?.code.clone());
    let organizations = all::<organization::Entity>(&moment).await?;
    let posts = all::<post::Entity>(&moment).await?;
    let of_post: HashMap<Uuid, Uuid> = posts.iter().map(|post| (post.id, post.organization_id)).collect();
    let named: BTreeSet<Uuid> = organizations.iter().filter_map(|row| row.state_id).collect();
    let mut areas: Vec<Area> = named.iter().filter_map(|id| states.get(id)).map(area).collect();
    areas.sort_by(|one, other| one.id.cmp(&other.id));
    let mut names = names(&moment).await?;
    let mut names_of = |concept, id| names.remove(&(concept, id)).unwrap_or_default();
    let persons = all::<person::Entity>(&moment).await?.into_iter().map(|row| Person {
        id: row.id.to_string(),
        other_names: names_of(Concept::Person, row.id),
        name: row.label,
        honorific_prefix: row.honorific,
        rest: Default::default(),
    });
    let persons = persons.collect();
    let organizations = organizations.into_iter().map(|row| Organization {
        id: row.id.to_string(),
        other_names: names_of(Concept::Organization, row.id),
        name: row.label,
        classification: Some(row.kind.0.code().to_owned()),
        acronym: row.acronym,
        parent_id: row.parent_id.map(|id| id.to_string()),
        area_id: code(row.state_id),
        is_host: row.is_host,
        rest: Default::default(),
    });
    let organizations = organizations.collect();
    let posts = posts.into_iter().map(|row| Post {
        id: row.id.to_string(),
        other_names: names_of(Concept::Post, row.id),
        label: row.label,
        organization_id: row.organization_id.to_string(),
        rest: Default::default(),
    });
    let posts = posts.collect();
    let memberships = all::<appointment::Entity>(&moment).await?;
    let memberships = memberships.into_iter().map(|row| membership(row, &of_post)).collect();
    Ok(Document { persons, organizations, posts, memberships, areas, rest: Default::default() })
}

async fn all<E: EntityTrait>(moment: &DatabaseTransaction) -> Result<Vec<E::Model>>
where
    E::PrimaryKey: sea_orm::PrimaryKeyToColumn<Column = E::Column>,
{
    let key = <E::PrimaryKey as sea_orm::Iterable>::iter().next().map(sea_orm::PrimaryKeyToColumn::into_column);
    let by_key = key.into_iter().fold(E::find(), |select, key| select.order_by_asc(key));
    Ok(by_key.all(moment).await?)
}

/// The names by the record they are of, in the order in which they were kept.
async fn names(moment: &DatabaseTransaction) -> Result<HashMap<(Concept, Uuid), Vec<OtherName>>> {
    let mut names: HashMap<_, Vec<_>> = HashMap::new();
    for row in all::<record_name::Entity>(moment).await? {
        let name = OtherName {
            name: row.name,
            lang: row.language.map(|language| language.0.code().to_owned()),
            note: Some(row.role.0.code().to_owned()),
            start_date: row.valid_from.map(|day| day.to_string()),
            end_date: row.valid_to.map(|day| day.to_string()),
            source: row.source,
        };
        names.entry((row.concept.0, row.record_id)).or_default().push(name);
    }
    Ok(names)
}

fn membership(row: appointment::Model, of_post: &HashMap<Uuid, Uuid>) -> Membership {
    let (start, end) = (row.start(), row.end());
    Membership {
        id: row.id.to_string(),
        person_id: row.person_id.to_string(),
        post_id: Some(row.post_id.to_string()),
        organization_id: of_post.get(&row.post_id).map(Uuid::to_string),
        start_date: start.map(|date| date.to_string()),
        end_date: end.map(|date| date.to_string()),
        seen_on: row.seen_on,
        sources: row.source.map(|note| Source { url: None, note: Some(note) }).into_iter().collect(),
        rest: Default::default(),
    }
}

fn area(state: &member_state::Model) -> Area {
    let scheme = |scheme: &str, code: &String| Identifier { scheme: scheme.to_owned(), identifier: code.clone() };
    let name = |language: Language| OtherName {
        name: state.name(language).to_owned(),
        lang: Some(language.code().to_owned()),
        note: None,
        start_date: None,
        end_date: None,
        source: None,
    };
    Area {
        id: state.code.clone(),
        name: state.name_en.clone(),
        classification: Some("country".to_owned()),
        identifiers: vec![scheme("iso3166-1-alpha-3", &state.code), scheme("iso3166-1-alpha-2", &state.alpha2)],
        other_names: [Language::Fr, Language::Ar].map(name).into(),
    }
}
