//! Which known person a name means.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use store::{Concept, Result, appointment, organization, person, post, record_name};
use uuid::Uuid;
use vocab::fold;

use super::{Candidate, post::title_words};
use crate::{known::Known, learn};

/// A person as a report names them.
struct Asked {
    /// Full spellings, folded, the fullest first.
    names: Vec<String>,
    parts: Vec<String>,
    title: BTreeSet<String>,
    state: Option<Uuid>,
}

/// A known person with every spelling and every post.
struct Bearer {
    row: person::Model,
    names: Vec<String>,
    posts: Vec<Held>,
}

struct Held {
    title: BTreeSet<String>,
    state: Option<Uuid>,
}

struct Rule {
    name: &'static str,
    score: f64,
    fits: fn(&Asked, &Bearer) -> bool,
}

/// The surest first; the first that fits counts. A family name alone is never sure, also not with a post: a successor may
/// bear it.
const RULES: [Rule; 9] = [
    Rule { name: "name", score: 1.0, fits: |a, b| a.names.contains(&b.row.folded) && !elsewhere(a, b) },
    Rule { name: "spelling", score: 0.97, fits: |a, b| shares_name(a, b) && !elsewhere(a, b) },
    Rule { name: "same-words", score: 0.92, fits: |a, b| same_words(a, b) && !elsewhere(a, b) },
    Rule { name: "family-name-and-post", score: 0.92, fits: |a, b| given_told(a) && kin(a, b) && same_post(a, b) },
    Rule { name: "spelled-alike-and-post", score: 0.92, fits: |a, b| sounds_alike(a, b) && same_post(a, b) },
    Rule { name: "name-elsewhere", score: 0.7, fits: |a, b| shares_name(a, b) },
    Rule { name: "spelled-alike", score: 0.65, fits: |a, b| sounds_alike(a, b) && !elsewhere(a, b) },
    Rule { name: "family-name", score: 0.6, fits: |a, b| kin(a, b) && !elsewhere(a, b) },
    Rule { name: "post", score: 0.5, fits: |a, b| same_post(a, b) && shares_part(a, b) },
];

fn shares_name(a: &Asked, b: &Bearer) -> bool {
    a.names.contains(&b.row.folded) || b.names.iter().any(|name| a.names.contains(name))
}

fn same_words(a: &Asked, b: &Bearer) -> bool {
    let sorted = |parts: &[String]| parts.iter().cloned().collect::<BTreeSet<_>>();
    a.parts.len() > 1 && sorted(&a.parts) == sorted(&parts(&b.row.folded))
}

/// Whether everything known of the person is in other states than the one the report tells of.
fn elsewhere(a: &Asked, b: &Bearer) -> bool {
    a.state.is_some() && !b.posts.is_empty() && b.posts.iter().all(|held| held.state.is_some() && held.state != a.state)
}

fn given_told(a: &Asked) -> bool {
    a.parts.len() > 1
}

/// Whether the family names are the same and the given ones, as far as told, do not contradict.
fn kin(a: &Asked, b: &Bearer) -> bool {
    let theirs = parts(&b.row.folded);
    let (Some((family, given)), Some((their_family, their_given))) = (a.parts.split_last(), theirs.split_last()) else {
        return false;
    };
    let fits = |(a, b): (&String, &String)| {
        a == b || a.chars().count() == 1 && b.starts_with(&**a) || b.chars().count() == 1 && a.starts_with(&**b)
    };
    family == their_family && given.first().zip(their_given.first()).is_none_or(fits)
}

/// Whether the names have the same consonants: how one Arabic name comes to be `Khalid` here and `Khaled` there.
fn sounds_alike(a: &Asked, b: &Bearer) -> bool {
    let heard = |parts: &[String]| parts.iter().map(|part| consonants(part)).collect::<Vec<_>>();
    a.parts.len() > 1 && heard(&a.parts) == heard(&parts(&b.row.folded))
}

/// Whether a name that was read is the corrected one in other letters, and not a misreading: as many words that sound
/// alike, the same words in another order, or fewer of them; never more.
pub(crate) fn is_respelling(read: &str, corrected: &str) -> bool {
    let (read, corrected) = (parts(&fold(read)), parts(&fold(corrected)));
    let heard = |parts: &[String]| parts.iter().map(|part| consonants(part)).collect::<Vec<_>>();
    let held = read.iter().all(|part| corrected.contains(part));
    read != corrected && read.len() > 1 && read.len() <= corrected.len() && (held || heard(&read) == heard(&corrected))
}

/// Whether a spelling beside a name has all of it, or is a short form that still stands for nobody else in the text.
pub(crate) fn is_whole_name(spelling: &str, name: &str) -> bool {
    let (spelling, name) = (parts(&fold(spelling)), parts(&fold(name)));
    spelling.len() >= name.len() || spelling.len() > 1 && spelling.iter().all(|part| name.contains(part))
}

/// A part of a name without vowels and doubled letters.
fn consonants(part: &str) -> String {
    let mut heard: Vec<char> = part.chars().filter(|c| !"aeiouy".contains(*c)).collect();
    heard.dedup();
    heard.into_iter().collect()
}

fn same_post(a: &Asked, b: &Bearer) -> bool {
    !a.title.is_empty() && b.posts.iter().any(|held| held.title == a.title && held.state == a.state)
}

fn shares_part(a: &Asked, b: &Bearer) -> bool {
    parts(&b.row.folded).iter().any(|part| part.chars().count() > 2 && a.parts.contains(part))
}

/// The parts of a folded name; an article or `bin` belongs to the part after it, as in `al sabti` and `alsabti`.
pub(crate) fn parts(folded: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = String::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        before.push_str(word);
        if !["al", "el", "bin", "ben", "ibn", "abu", "abd", "ould", "ال"].contains(&word) {
            parts.push(std::mem::take(&mut before));
        }
    }
    if !before.is_empty() {
        parts.push(before);
    }
    parts
}

impl Asked {
    fn new(known: &Known, entry: &extract::reading::Person) -> Self {
        let name = fold(&entry.name);
        // "Ambassador Diallo" or "Diallo" is how a text refers back, not how somebody is called.
        let full = entry.also.iter().map(|also| fold(also)).filter(|also| parts(also).len() >= parts(&name).len());
        Self {
            parts: parts(&name),
            names: std::iter::once(name.clone()).chain(full).collect(),
            title: entry.post.as_deref().map(|post| title_words(post, entry.state.as_deref())).unwrap_or_default(),
            state: known.state_id(entry.state.as_deref()),
        }
    }
}

/// The known people that a name may mean.
pub(crate) async fn candidates(
    db: &impl ConnectionTrait,
    known: &Known,
    entry: &extract::reading::Person,
) -> Result<Vec<Candidate>> {
    let asked = Asked::new(known, entry);
    let mut rows = person::bearing(db, &asked.names).await?;
    rows.extend(alike(db, &asked).await?);
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    let bearers = bearers(db, known, rows).await?;
    let candidates = bearers.iter().filter_map(|bearer| judge(&asked, bearer)).collect();
    learn::without_rejected(db, &entry.name, candidates).await
}

/// Those who share a part of the name: the family name at its end, or any word where names are written family first.
async fn alike(db: &impl ConnectionTrait, asked: &Asked) -> Result<Vec<person::Model>> {
    let words = asked.names.iter().flat_map(|name| name.split(' ')).filter(|word| word.chars().count() > 2);
    let words: BTreeSet<&str> = words.chain(asked.parts.last().map(String::as_str)).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let any = words.into_iter().fold(Condition::any(), |any, word| {
        let column = person::Column::Folded;
        any.add(column.eq(word)).add(column.ends_with(format!(" {word}"))).add(column.starts_with(format!("{word} ")))
    });
    Ok(person::Entity::find().filter(any).all(db).await?)
}

async fn bearers(db: &impl ConnectionTrait, known: &Known, rows: Vec<person::Model>) -> Result<Vec<Bearer>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let names = record_name::of(Concept::Person).filter(record_name::Column::RecordId.is_in(ids.iter().copied()));
    let names = names.all(db).await?;
    let appointments = appointment::Entity::find().filter(appointment::Column::PersonId.is_in(ids)).all(db).await?;
    let posts: Vec<Uuid> = appointments.iter().map(|appointment| appointment.post_id).collect();
    let posts: HashMap<_, post::Model> = store::by_ids::<post::Entity>(db, &posts).await?;
    let bodies: Vec<Uuid> = posts.values().map(|post| post.organization_id).collect();
    let bodies: HashMap<_, organization::Model> = store::by_ids::<organization::Entity>(db, &bodies).await?;
    let held = |post_id: Uuid| {
        let post = posts.get(&post_id)?;
        let state = bodies.get(&post.organization_id)?.state_id;
        let code = known.state_by_id(state).map(|state| &*state.code);
        Some(Held { title: title_words(&post.label, code), state })
    };
    let bearer = |row: person::Model| Bearer {
        names: names.iter().filter(|name| name.record_id == row.id).map(|name| name.folded.clone()).collect(),
        posts: appointments.iter().filter(|a| a.person_id == row.id).filter_map(|a| held(a.post_id)).collect(),
        row,
    };
    Ok(rows.into_iter().map(bearer).collect())
}

fn judge(asked: &Asked, bearer: &Bearer) -> Option<Candidate> {
    let rule = RULES.iter().find(|rule| (rule.fits)(asked, bearer))?;
    Some(Candidate::new(Concept::Person, bearer.row.id, &*bearer.row.label, (rule.name, rule.score)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{known::tests::known, sample};

    fn bearer(label: &str, names: &[&str], post: Option<(&str, u128)>) -> Bearer {
        let row = person::Model {
            id: Uuid::from_u128(9),
            label: label.to_owned(),
            folded: fold(label),
            honorific: None,
            created_at: chrono::DateTime::default(),
            version: 1,
        };
        let held = |(title, state)| Held { title: title_words(title, None), state: Some(Uuid::from_u128(state)) };
        Bearer {
            row,
            names: names.iter().map(|name| fold(name)).collect(),
            posts: post.map(held).into_iter().collect(),
        }
    }

    #[test]
    fn each_rule_knows_its_match() {
        let known = known();
        let omar = bearer("Omar Al-Sabti", &["Umar Sabti"], Some(("Minister of Rivers", 100)));
        for (name, post, state, rule) in [
            ("Omar Al Sabti", None, Some("MLI"), Some("name")),
            ("Omar Alsabti", None, None, Some("same-words")),
            ("Umar Sabti", None, None, Some("spelling")),
            ("Al-Sabti Omar", None, None, Some("same-words")),
            ("O. Al-Sabti", Some("Minister of Rivers"), Some("MLI"), Some("family-name-and-post")),
            ("O. Al-Sabti", None, None, Some("family-name")),
            ("Al-Sabti", Some("Minister of Rivers"), Some("MLI"), Some("family-name")),
            ("Omar Al-Sabti", None, Some("JOR"), Some("name-elsewhere")),
            ("Omar Sobti", Some("Minister of Rivers"), Some("MLI"), Some("post")),
            ("Omer El-Sebti", Some("Minister of Rivers"), Some("MLI"), Some("spelled-alike-and-post")),
            ("Ummar Al-Sebti", None, None, Some("spelled-alike")),
            ("Karim Al-Sabti", None, Some("MLI"), None),
            ("Omar Nasser", None, Some("MLI"), None),
        ] {
            let asked = Asked::new(&known, &sample::person(name, post, None, state));
            assert_eq!(judge(&asked, &omar).map(|found| found.rule).as_deref(), rule, "{name}");
        }
    }

    #[test]
    fn a_respelling_is_told_from_a_misreading() {
        for (read, corrected, respelled) in [
            ("Khaled Yousef", "Khalid Yusuf", true),
            ("Omar Sabti", "Omar Bin Salem Sabti", true),
            ("Sabti Omar", "Omar Sabti", true),
            ("Omar Sabti", "Omar Sabti", false),
            ("Omar Sabti Monday", "Omar Sabti", false),
            ("Sabti", "Omar Sabti", false),
            ("Idris Bello", "Omar Sabti", false),
            ("Karim Sabti", "Omar Sabti", false),
        ] {
            assert_eq!(is_respelling(read, corrected), respelled, "{read} / {corrected}");
        }
        for (spelling, name, whole) in [
            ("Omar Sabti", "Omar Bin Salem Sabti", true),
            ("Umar Sabti", "Omar Sabti", true),
            ("Ambassador Sabti", "Omar Salem Sabti", false),
            ("Sabti", "Omar Sabti", false),
        ] {
            assert_eq!(is_whole_name(spelling, name), whole, "{spelling} / {name}");
        }
    }

    #[test]
    fn the_surest_rule_comes_first() {
        assert!(RULES.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }
}
