//! Which known organization a name means.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use store::{Code, Concept, Result, organization, record_name};
use uuid::Uuid;
use vocab::{NameRole, OrganizationKind, fold, member_state};

use super::{Candidate, overlap, words};
use crate::{known::Known, learn};

/// The share of words from which two names are alike.
const ALIKE: f64 = 0.6;
/// The share of words from which an acronym is no chance.
const HINTED: f64 = 0.3;

/// An organization as a report names it.
pub(crate) struct Asked {
    name: String,
    acronyms: Vec<String>,
    words: BTreeSet<String>,
    kind: OrganizationKind,
    state: Option<Uuid>,
    seat: BTreeSet<String>,
}

/// A known organization, with every name it has.
struct Bearer {
    row: organization::Model,
    names: Vec<(NameRole, String)>,
    seat: BTreeSet<String>,
}

/// Whether two bodies can belong to the same state.
#[derive(PartialEq)]
enum States {
    Same,
    Unknown,
    Differ,
}

struct Rule {
    name: &'static str,
    score: f64,
    fits: fn(&Asked, &Bearer) -> bool,
}

/// The surest first; the first that fits counts.
const RULES: [Rule; 10] = [
    Rule { name: "name", score: 1.0, fits: |a, b| a.name == b.row.folded && same_state(a, b) },
    Rule { name: "other-name", score: 0.97, fits: |a, b| bears(a, b, |r| r != NameRole::Former) && same_state(a, b) },
    Rule { name: "acronym", score: 0.95, fits: |a, b| acronym(a, b) && hinted(a, b) && same_state(a, b) },
    Rule { name: "former-name", score: 0.93, fits: |a, b| bears(a, b, |r| r == NameRole::Former) && same_state(a, b) },
    Rule { name: "same-words", score: 0.92, fits: |a, b| same_kind(a, b) && same_words(a, b) && same_state(a, b) },
    Rule {
        name: "embassy-at-place",
        score: 0.92,
        fits: |a, b| embassies(a, b) && !a.seat.is_empty() && a.seat == b.seat,
    },
    Rule {
        name: "name-of-unknown-state",
        score: 0.7,
        fits: |a, b| (a.name == b.row.folded || bears(a, b, |_| true)) && states(a, b) == States::Unknown,
    },
    Rule {
        name: "embassy-of-state",
        score: 0.7,
        fits: |a, b| embassies(a, b) && (a.seat.is_empty() || b.seat.is_empty()),
    },
    Rule {
        name: "similar-name",
        score: 0.6,
        fits: |a, b| {
            a.kind != OrganizationKind::Embassy
                && same_kind(a, b)
                && same_state(a, b)
                && overlap(&a.words, &words(&b.row.label)) >= ALIKE
        },
    },
    Rule { name: "acronym-alone", score: 0.6, fits: |a, b| acronym(a, b) && states(a, b) != States::Differ },
];

fn bears(a: &Asked, b: &Bearer, role: fn(NameRole) -> bool) -> bool {
    b.names.iter().any(|(as_role, name)| role(*as_role) && *name == a.name)
}

fn acronym(a: &Asked, b: &Bearer) -> bool {
    let own = b.row.acronym.as_deref().map(fold);
    let kept = b.names.iter().filter(|(role, _)| *role != NameRole::Official).map(|(_, name)| name.clone());
    own.into_iter().chain(kept).any(|acronym| a.acronyms.contains(&acronym))
}

/// Whether a name that was read is the corrected one in other words, and not a misreading: much the same words, none more.
pub(crate) fn is_respelling(read: &str, corrected: &str) -> bool {
    let (told, read, corrected) = (fold(read) != fold(corrected), words(read), words(corrected));
    told && !read.is_superset(&corrected) && overlap(&read, &corrected) >= ALIKE || told && read == corrected
}

/// Whether something beside the acronym speaks for it: the name is no more than the acronym, or they share words.
fn hinted(a: &Asked, b: &Bearer) -> bool {
    a.acronyms.contains(&a.name) || overlap(&a.words, &words(&b.row.label)) >= HINTED
}

fn same_words(a: &Asked, b: &Bearer) -> bool {
    !a.words.is_empty() && a.words == words(&b.row.label)
}

fn same_kind(a: &Asked, b: &Bearer) -> bool {
    a.kind == b.row.kind.0
}

fn embassies(a: &Asked, b: &Bearer) -> bool {
    a.kind == OrganizationKind::Embassy && same_kind(a, b) && a.state.is_some() && same_state(a, b)
}

fn same_state(a: &Asked, b: &Bearer) -> bool {
    states(a, b) == States::Same
}

/// A body between states belongs to none, whatever state its seat is in.
fn states(a: &Asked, b: &Bearer) -> States {
    let between = |kind| kind == OrganizationKind::International;
    if b.row.is_host || between(a.kind) && between(b.row.kind.0) || a.state == b.row.state_id {
        return States::Same;
    }
    if a.state.is_none() || b.row.state_id.is_none() { States::Unknown } else { States::Differ }
}

/// Words of an embassy's name that tell neither whose it is nor where.
const MISSION: [&str; 8] =
    ["embassy", "ambassade", "permanent", "mission", "delegation", "high", "commission", "republic"];

/// Where an embassy is: what its name has beside the words for an embassy and for its state.
fn seat(name: &str, kind: OrganizationKind, code: Option<&str>) -> BTreeSet<String> {
    if kind != OrganizationKind::Embassy {
        return BTreeSet::new();
    }
    let own = code.map(state_words).unwrap_or_default();
    let seat: BTreeSet<String> =
        words(name).into_iter().filter(|word| !MISSION.contains(&&**word) && !own.contains(word)).collect();
    // The embassy in a capital is the embassy in its state.
    let in_capital = |state: &&member_state::MemberState| state.capital.is_some_and(|capital| words(capital) == seat);
    let host_state =
        Some(&seat).filter(|seat| !seat.is_empty()).and_then(|_| member_state::all().iter().find(in_capital));
    host_state.map_or(seat.clone(), |state| words(state.name(vocab::Language::En)))
}

/// The words by which a state is named in English.
pub(super) fn state_words(code: &str) -> BTreeSet<String> {
    let Some(state) = member_state::by_code(code) else { return BTreeSet::new() };
    let names = std::iter::once(state.name(vocab::Language::En)).chain(state.other_names[0].iter().copied());
    names.chain(state.demonyms.iter().copied()).flat_map(words).collect()
}

impl Asked {
    pub(crate) fn new(known: &Known, entry: &extract::reading::Organization) -> Self {
        let one_word = Some(&entry.name).filter(|name| !name.trim().contains(' '));
        Self {
            name: fold(&entry.name),
            acronyms: entry.acronym.iter().chain(one_word).map(|acronym| fold(acronym)).collect(),
            words: words(&entry.name),
            kind: entry.kind,
            state: known.state_id(entry.state.as_deref()),
            seat: seat(&entry.name, entry.kind, entry.state.as_deref()),
        }
    }
}

/// The known organizations that a name may mean.
pub(crate) async fn candidates(
    db: &impl ConnectionTrait,
    known: &Known,
    entry: &extract::reading::Organization,
) -> Result<Vec<Candidate>> {
    let asked = Asked::new(known, entry);
    let names: Vec<String> = asked.acronyms.iter().chain([&asked.name]).cloned().collect();
    let mut rows = organization::bearing(db, &names).await?;
    rows.extend(alike(db, &asked).await?);
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let kept = record_name::of(Concept::Organization).filter(record_name::Column::RecordId.is_in(ids)).all(db).await?;
    let bearers = rows.into_iter().map(|row| Bearer {
        names: kept.iter().filter(|n| n.record_id == row.id).map(|n| (n.role.0, n.folded.clone())).collect(),
        seat: seat(&row.label, row.kind.0, known.state_by_id(row.state_id).map(|state| &*state.code)),
        row,
    });
    let candidates = bearers.filter_map(|bearer| judge(&asked, &bearer)).collect();
    learn::without_rejected(db, &entry.name, candidates).await
}

/// Those of the same kind and state: few enough to compare word by word.
async fn alike(db: &impl ConnectionTrait, asked: &Asked) -> Result<Vec<organization::Model>> {
    let of_kind = organization::Entity::find().filter(organization::Column::Kind.eq(Code(asked.kind)));
    let of_state = match asked.state {
        Some(state) => of_kind.filter(organization::Column::StateId.eq(state)),
        None => of_kind.filter(organization::Column::StateId.is_null()),
    };
    Ok(of_state.all(db).await?)
}

fn judge(asked: &Asked, bearer: &Bearer) -> Option<Candidate> {
    let rule = RULES.iter().find(|rule| (rule.fits)(asked, bearer))?;
    Some(Candidate::new(Concept::Organization, bearer.row.id, &*bearer.row.label, (rule.name, rule.score)))
}

#[cfg(test)]
mod tests {
    use OrganizationKind::{Embassy, International, Ministry, University};

    use super::*;
    use crate::{
        known::tests::{known, organization},
        sample,
    };

    fn bearer(label: &str, kind: OrganizationKind, state: Option<u128>) -> Bearer {
        let mut row = organization(7, label, kind);
        row.state_id = state.map(Uuid::from_u128);
        Bearer { seat: seat(label, kind, Some("MLI")), names: Vec::new(), row }
    }

    #[test]
    fn each_rule_knows_its_match() {
        let known = known();
        let mut league = bearer("League of River Schools", International, None);
        league.row.acronym = Some("LRS".to_owned());
        league.names.push((NameRole::Former, fold("Union of River Schools")));
        league.names.push((NameRole::Official, fold("Ligue des écoles fluviales")));
        let ministry = bearer("Ministry of Water and Fields", Ministry, Some(100));
        let embassy = bearer("Embassy at Fez", Embassy, Some(100));
        let in_jordan = bearer("Embassy of Mali in Jordan", Embassy, Some(100));
        let university = bearer("University of the Plains", University, Some(100));
        for (name, kind, acronym, state, bearer, rule) in [
            ("League of River Schools", International, None, None, &league, Some("name")),
            ("Ligue des Ecoles Fluviales", International, None, None, &league, Some("other-name")),
            ("Union of River Schools", International, None, None, &league, Some("former-name")),
            ("LRS", International, None, None, &league, Some("acronym")),
            ("League of the River Schools, West", International, Some("LRS"), None, &league, Some("acronym")),
            ("Lake Research Society", International, Some("LRS"), None, &league, Some("acronym-alone")),
            ("Lake Research Society", International, None, None, &league, None),
            ("Ministry of Fields & Water", Ministry, None, Some("MLI"), &ministry, Some("same-words")),
            ("Ministry of Water", Ministry, None, Some("MLI"), &ministry, Some("similar-name")),
            ("Ministry of Water and Fields", Ministry, None, Some("JOR"), &ministry, None),
            ("Ministry of Water and Fields", Ministry, None, None, &ministry, Some("name-of-unknown-state")),
            ("Embassy in Fez", Embassy, None, Some("MLI"), &embassy, Some("same-words")),
            ("Permanent Mission, Fez", Embassy, None, Some("MLI"), &embassy, Some("embassy-at-place")),
            ("Embassy", Embassy, None, Some("MLI"), &embassy, Some("embassy-of-state")),
            ("Embassy in Amman", Embassy, None, Some("MLI"), &in_jordan, Some("embassy-at-place")),
            ("Embassy in Rome", Embassy, None, Some("MLI"), &embassy, None),
            ("University of the Plains", University, None, None, &university, Some("name-of-unknown-state")),
        ] {
            let asked = Asked::new(&known, &sample::organization(name, kind, acronym, state));
            assert_eq!(judge(&asked, bearer).map(|found| found.rule).as_deref(), rule, "{name}");
        }
    }

    #[test]
    fn the_surest_rule_comes_first() {
        assert!(RULES.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }
}
