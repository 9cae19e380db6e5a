//! People who may be one.

mod name_elsewhere;
mod other_script;
mod other_spelling;
mod same_name;
mod same_words;
mod short_name;
mod spelled_alike;

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use store::{Concept, Result, appointment, member_state, organization, participation, person, post, record_name};
use uuid::Uuid;

use super::Rule;
use crate::matching::person::parts;

/// The rules. Each tells what two people share; how sure it is says its score.
pub(super) const RULES: &[&Rule<Person>] = &[
    &same_name::RULE,
    &other_spelling::RULE,
    &same_words::RULE,
    &spelled_alike::RULE,
    &other_script::RULE,
    &short_name::RULE,
    &name_elsewhere::RULE,
];

/// A person as the rules see them.
#[derive(Debug, Clone, Default)]
pub(super) struct Person {
    pub(super) id: Uuid,
    /// Every name, as it is written and folded; the one that is shown comes first.
    names: Vec<(String, String)>,
    /// Each post they hold or held.
    posts: Vec<Held>,
    /// The meetings they took part in.
    meetings: HashSet<Uuid>,
}

#[derive(Debug, Clone)]
struct Held {
    post: Uuid,
    title: String,
    body: Uuid,
    body_name: String,
    state: Option<(Uuid, String)>,
}

impl Person {
    fn label(&self) -> &str {
        self.names.first().map_or("", |(name, _)| name)
    }

    fn folded(&self) -> &str {
        self.names.first().map_or("", |(_, folded)| folded)
    }

    /// The names of more than one part: one alone is borne by many.
    fn full_names(&self) -> impl Iterator<Item = &(String, String)> {
        self.names.iter().filter(|(_, folded)| parts(folded).len() > 1)
    }

    fn states(&self) -> BTreeSet<&str> {
        self.posts.iter().filter_map(|held| held.state.as_ref()).map(|(_, name)| name.as_str()).collect()
    }
}

/// Whether nothing that is known of the two says that they are two: who took part in one meeting side by side is.
pub(super) fn can_be_one(one: &Person, other: &Person) -> bool {
    one.meetings.is_disjoint(&other.meetings)
}

/// Whether all that is known of one is in other states than all that is known of the other.
fn elsewhere(one: &Person, other: &Person) -> bool {
    let (ours, theirs) = (one.states(), other.states());
    !ours.is_empty() && !theirs.is_empty() && ours.is_disjoint(&theirs)
}

/// The full names of two people of which a key is the same, as they are written.
fn alike<'p>(one: &'p Person, other: &'p Person, key: fn(&str) -> Option<String>) -> Option<(&'p str, &'p str)> {
    one.full_names().find_map(|(name, folded)| {
        let key_of_it = key(folded)?;
        let mut theirs = other.full_names();
        theirs.find(|(_, folded)| key(folded).as_ref() == Some(&key_of_it)).map(|(theirs, _)| (&**name, &**theirs))
    })
}

/// All people, with their names, posts and meetings, in four statements.
pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Person>> {
    use {appointment::Column as Held_, record_name::Column as Name};
    let people = person::Entity::find().select_only();
    let people = people.columns([person::Column::Id, person::Column::Label, person::Column::Folded]);
    let people: Vec<(Uuid, String, String)> =
        people.order_by_asc(person::Column::Id).into_tuple().all(db).await.map_err(store::Error::from)?;
    let mut all: Vec<Person> = Vec::with_capacity(people.len());
    let mut places: HashMap<Uuid, usize> = HashMap::with_capacity(people.len());
    for (id, label, folded) in people {
        places.insert(id, all.len());
        all.push(Person { id, names: vec![(label, folded)], ..Person::default() });
    }
    let names = record_name::of(Concept::Person).select_only().columns([Name::RecordId, Name::Name, Name::Folded]);
    let names: Vec<(Uuid, String, String)> =
        names.order_by_asc(Name::Id).into_tuple().all(db).await.map_err(store::Error::from)?;
    for (of, name, folded) in names {
        if let Some(at) = places.get(&of) {
            all[*at].names.push((name, folded));
        }
    }
    let post_of = appointment::Entity::belongs_to(post::Entity).from(Held_::PostId).to(post::Column::Id).into();
    let body_of = post::Entity::belongs_to(organization::Entity);
    let body_of = body_of.from(post::Column::OrganizationId).to(organization::Column::Id).into();
    let state_of = organization::Entity::belongs_to(member_state::Entity);
    let state_of = state_of.from(organization::Column::StateId).to(member_state::Column::Id).into();
    let held = appointment::Entity::find()
        .select_only()
        .columns([Held_::PersonId, Held_::PostId])
        .join(JoinType::InnerJoin, post_of)
        .join(JoinType::InnerJoin, body_of)
        .join(JoinType::LeftJoin, state_of)
        .column(post::Column::Label)
        .expr(Expr::col((organization::Entity, organization::Column::Id)))
        .column(organization::Column::Label)
        .column(organization::Column::StateId)
        .column(member_state::Column::NameEn)
        .order_by_asc(Held_::Id);
    type Row = (Uuid, Uuid, String, Uuid, String, Option<Uuid>, Option<String>);
    let held: Vec<Row> = held.into_tuple().all(db).await.map_err(store::Error::from)?;
    for (of, post, title, body, body_name, state, state_name) in held {
        if let Some(at) = places.get(&of) {
            let state = state.zip(state_name);
            all[*at].posts.push(Held { post, title, body, body_name, state });
        }
    }
    let parts = participation::Entity::find().filter(participation::Column::PersonId.is_not_null()).select_only();
    let parts = parts.columns([participation::Column::PersonId, participation::Column::MeetingId]);
    let parts: Vec<(Uuid, Uuid)> = parts.into_tuple().all(db).await.map_err(store::Error::from)?;
    for (of, meeting) in parts {
        if let Some(at) = places.get(&of) {
            all[*at].meetings.insert(meeting);
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use vocab::fold;

    use super::*;
    use crate::duplicates::joined;

    fn person(id: u128, names: &[&str], post: Option<(&str, u128, &str)>) -> Person {
        let held = |(title, body, state): (&str, u128, &str)| Held {
            post: Uuid::from_u128(body * 1_000 + title.len() as u128),
            title: title.to_owned(),
            body: Uuid::from_u128(body),
            body_name: format!("Ministry {body}"),
            state: Some((Uuid::from_u128(state.len() as u128), state.to_owned())),
        };
        let names = names.iter().map(|name| ((*name).to_owned(), fold(name))).collect();
        Person { id: Uuid::from_u128(id), names, posts: post.map(held).into_iter().collect(), meetings: HashSet::new() }
    }

    #[test]
    fn each_rule_knows_its_pair_and_tells_what_they_share() {
        let minister = Some(("Minister", 7, "Mali"));
        let cases = [
            (
                "same-name",
                person(1, &["Omar Al-Sabti"], minister),
                person(2, &["OMAR AL SABTI"], None),
                "Omar Al-Sabti",
            ),
            (
                "other-spelling",
                person(1, &["Omar Sabti", "Umar Sabty"], None),
                person(2, &["Umar Sabty"], None),
                "Umar Sabty",
            ),
            ("same-words", person(1, &["Omar Sabti"], None), person(2, &["Sabti Omar"], None), "another order"),
            (
                "spelled-alike",
                person(1, &["Khalid Yusuf"], None),
                person(2, &["Khaled Youssef"], None),
                "Khaled Youssef",
            ),
            ("other-script", person(1, &["خالد يوسف"], None), person(2, &["Khaled Youssef"], None), "Arabic"),
            (
                "short-name",
                person(1, &["Sabti"], minister),
                person(2, &["Omar Sabti"], Some(("Adviser", 7, "Mali"))),
                "Ministry 7",
            ),
            (
                "name-elsewhere",
                person(1, &["Omar Sabti"], minister),
                person(2, &["Omar Sabti"], Some(("Minister", 8, "Oman"))),
                "Oman",
            ),
        ];
        for rule in RULES {
            let (.., share) =
                cases.iter().find(|(name, ..)| *name == rule.name).unwrap_or_else(|| panic!("{}", rule.name));
            let (_, one, other, _) = cases.iter().find(|(name, ..)| *name == rule.name).expect("a case");
            let found = joined(&[rule], &[one.clone(), other.clone()], |row| row.id, |_, _| true);
            let reasons =
                found.into_values().next().unwrap_or_else(|| panic!("{} does not join its own pair", rule.name));
            assert!(reasons[0].text.contains(share), "{}: {}", rule.name, reasons[0].text);
        }
        assert_eq!(cases.len(), RULES.len());
    }

    #[test]
    fn people_of_whom_no_more_than_a_word_or_a_sound_is_the_same_are_not_joined() {
        let minister = |body, state| Some(("Minister", body, state));
        for (one, other) in [
            (person(1, &["Omar"], None), person(2, &["Omar"], None)),
            (person(1, &["Omar Sabti"], None), person(2, &["Karim Sabti"], None)),
            (person(1, &["Khalid Yusuf"], minister(7, "Mali")), person(2, &["Khaled Youssef"], minister(8, "Oman"))),
            (person(1, &["Sabti"], minister(7, "Mali")), person(2, &["Omar Sabti"], minister(8, "Mali"))),
        ] {
            let found = joined(RULES, &[one, other], |row| row.id, |_, _| true);
            assert!(found.is_empty(), "{found:?}");
        }
    }
}
