//! What of the found is right, and what of the gold was found: one report at a time.

use std::{collections::HashSet, ops::Range};

use super::{
    gold::{Action, Findings, Meeting, Organization},
    score::Tally,
    words::{Page, fold, overlap, same_person},
};

/// How a report was read.
pub(super) struct Marked {
    /// The counts.
    pub(super) tally: Tally,
    /// Which of the found is right, by its place in its list.
    pub(super) states: Vec<bool>,
    /// Of the organizations that are ministries.
    pub(super) ministries: Vec<bool>,
    pub(super) people: Vec<bool>,
    /// A contact is right with its date, its mode and its place.
    pub(super) meetings: Vec<bool>,
    pub(super) areas: Vec<bool>,
    pub(super) actions: Vec<bool>,
}

/// Compares what was found in a text with its gold.
pub(super) fn compare(text: &str, gold: &Findings, found: &Findings) -> Marked {
    let mut tally = Tally::default();
    let states = known(&gold.states, &found.states);
    tally.set("states", distinct_right(&found.states, &states), distinct(&gold.states), distinct(&found.states));
    let areas = known(&gold.areas, &found.areas);
    tally.set("areas", distinct_right(&found.areas, &areas), distinct(&gold.areas), distinct(&found.areas));

    let (wanted, got) = (ministries(gold), ministries(found));
    let pairs = pair(wanted.len(), got.len(), |w, g| same_ministry(wanted[w], got[g]));
    tally.set("ministries", pairs.len(), wanted.len(), got.len());
    let ministries = right(&pairs, got.len());

    let (wanted, got) = (&gold.people, &found.people);
    let pairs = pair(wanted.len(), got.len(), |w, g| {
        let (wanted, got) = (&wanted[w].name, &got[g].name);
        if same_person(wanted, got) { 1.0 + overlap(wanted, got) } else { 0.0 }
    });
    tally.set("people", pairs.len(), wanted.len(), got.len());
    for (w, g) in &pairs {
        if let Some(post) = given(wanted[*w].post.as_ref()) {
            tally.point("posts", overlap(post, got[*g].post.as_deref().unwrap_or_default()) >= 0.5);
        }
    }
    let people = right(&pairs, got.len());

    if let Some(wanted) = gold.meetings.first() {
        for (figure, part) in MEETING {
            let any_other = found.meetings.iter().any(|got| given(part(got).as_ref()).is_some());
            let ok = match given(part(wanted).as_ref()) {
                Some(_) => found.meetings.iter().any(|got| same(figure, part(wanted).as_ref(), part(got).as_ref())),
                None => !any_other,
            };
            tally.point(figure, ok);
        }
    }
    let meetings = found.meetings.iter().map(|got| gold.meetings.first().is_some_and(|wanted| whole(wanted, got)));

    let page = Page::new(text);
    let places = |actions: &[Action]| -> Vec<_> {
        actions.iter().map(|action| page.place(action.quote.as_deref().unwrap_or_default())).collect()
    };
    let (wanted, got) = (&gold.actions, &found.actions);
    let (there, here) = (places(wanted), places(got));
    let pairs = pair(wanted.len(), got.len(), |w, g| match (&there[w], &here[g]) {
        (Some(there), Some(here)) => closeness(there, here, wanted[w].kind == got[g].kind),
        _ => 0.0,
    });
    let side = |action: &Action| fold(action.actor_side.as_deref().unwrap_or_default());
    let typed = |(w, g): &&(usize, usize)| wanted[*w].kind == got[*g].kind && side(&wanted[*w]) == side(&got[*g]);
    tally.set("actions", pairs.len(), wanted.len(), got.len());
    tally.set("actions-typed", pairs.iter().filter(typed).count(), wanted.len(), got.len());
    if wanted.is_empty() {
        tally.without_action(got.len());
    }
    let actions = right(&pairs, got.len());
    Marked { tally, states, ministries, people, meetings: meetings.collect(), areas, actions }
}

/// A part of a contact.
type Part = fn(&Meeting) -> &Option<String>;

/// The figures of a contact, and what they look at.
const MEETING: [(&str, Part); 3] =
    [("meeting-date", |m| &m.date), ("meeting-mode", |m| &m.mode), ("meeting-place", |m| &m.place)];

/// Whether a part of a contact is as it should be.
fn same(figure: &str, wanted: Option<&String>, got: Option<&String>) -> bool {
    match (given(wanted), given(got)) {
        (Some(wanted), Some(got)) if figure == "meeting-place" => fold(wanted) == fold(got),
        (wanted, got) => wanted == got,
    }
}

fn whole(wanted: &Meeting, got: &Meeting) -> bool {
    MEETING.iter().all(|(figure, part)| same(figure, part(wanted).as_ref(), part(got).as_ref()))
}

/// What is given and not empty.
fn given(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str).filter(|text| !text.is_empty())
}

fn known(gold: &[String], found: &[String]) -> Vec<bool> {
    found.iter().map(|code| gold.contains(code)).collect()
}

fn distinct(codes: &[String]) -> usize {
    codes.iter().collect::<HashSet<_>>().len()
}

fn distinct_right(found: &[String], right: &[bool]) -> usize {
    found.iter().zip(right).filter(|(_, right)| **right).map(|(code, _)| code).collect::<HashSet<_>>().len()
}

fn ministries(findings: &Findings) -> Vec<&Organization> {
    findings.organizations.iter().filter(|body| body.is_ministry()).collect()
}

/// How alike two ministries are; 0 where they are two.
fn same_ministry(wanted: &Organization, got: &Organization) -> f64 {
    match (given(wanted.state.as_ref()), given(got.state.as_ref())) {
        (Some(wanted), Some(got)) if wanted != got => 0.0,
        _ => Some(overlap(&wanted.name, &got.name)).filter(|share| *share >= 0.6).unwrap_or_default(),
    }
}

/// How close two places are: the covered share of the shorter one; among equally good ones the same kind is closer, then
/// the tighter place. 0 where less than half is covered.
fn closeness(a: &Range<usize>, b: &Range<usize>, same_kind: bool) -> f64 {
    let common = a.end.min(b.end) as f64 - a.start.max(b.start) as f64;
    let (shorter, longer) = (a.len().min(b.len()).max(1) as f64, a.len().max(b.len()) as f64);
    let share = common / shorter;
    let kind = if same_kind { 0.01 } else { 0.0 };
    if share >= 0.5 { share + kind + 0.001 * common / longer } else { 0.0 }
}

/// Pairs what is wanted with what was found, one to one, the best first; among equals the earlier in the lists.
pub(super) fn pair(wanted: usize, found: usize, score: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    let all = (0..wanted).flat_map(|w| (0..found).map(move |g| (w, g)));
    let mut scored: Vec<_> = all.map(|(w, g)| (score(w, g), w, g)).filter(|(score, ..)| *score > 0.0).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut free_wanted, mut free_found) = (vec![true; wanted], vec![true; found]);
    let mut pairs = Vec::new();
    for (_, w, g) in scored {
        if free_wanted[w] && free_found[g] {
            (free_wanted[w], free_found[g]) = (false, false);
            pairs.push((w, g));
        }
    }
    pairs
}

fn right(pairs: &[(usize, usize)], found: usize) -> Vec<bool> {
    let mut right = vec![false; found];
    pairs.iter().for_each(|(_, g)| right[*g] = true);
    right
}
