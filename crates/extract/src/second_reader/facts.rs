//! One entry of an answer after the other, each checked against the closed lists and the text.

use vocab::{
    ActionKind, CheckableElement, Language, MeetingKind, OrganizationKind, ParticipationRole, Strength, Word,
    cooperation_area, organization,
};

use super::{
    Why,
    fields::Fields,
    ground::{Ground, Said, clipped},
};
use crate::{
    pack::ThingKind,
    reading::{Action, Area, Meeting, Organization, Person, State},
};

/// The name that stands for both sides together.
const BOTH: &str = "both";

pub fn state(ground: &Ground<'_>, entry: &Fields, said: Said) -> Result<State, Why> {
    let told = entry.text("code").or_else(|| entry.text("state")).unwrap_or_default();
    let code = ground.state(told).ok_or_else(|| format!("the text names no state “{}”", clipped(told)))?;
    Ok(State { code: code.to_owned(), basis: said.basis })
}

pub fn organization(ground: &Ground<'_>, entry: &Fields, said: Said) -> Result<Organization, Why> {
    let name = entry.text("name").ok_or("an organization without a name")?;
    let kind = match entry.word("kind") {
        Some(kind) => kind,
        None if vocab::fold(name).starts_with("ministry of ") => OrganizationKind::Ministry,
        None => return Err(format!("“{}” is of no kind of organization", clipped(name))),
    };
    let is_implied = kind == OrganizationKind::Ministry && ground.implies(name);
    let known = known(name).or_else(|| known(entry.text("acronym")?));
    let goes_by = |known: &organization::KnownOrganization| {
        Language::ALL.iter().any(|language| known.forms(*language).any(|form| ground.names(form)))
    };
    if !is_implied && !ground.names(name) && !known.is_some_and(goes_by) {
        return Err(format!("the text names no “{}”", clipped(name)));
    }
    let acronym = entry.text("acronym").filter(|acronym| ground.names(acronym) || known.is_some());
    let state = entry.text("state").and_then(|state| ground.state(state));
    Ok(Organization {
        name: name.to_owned(),
        kind,
        acronym: acronym.map(str::to_owned),
        state: state.map(str::to_owned),
        basis: said.basis,
    })
}

/// The organization of general knowledge that goes by this name.
fn known(name: &str) -> Option<&'static organization::KnownOrganization> {
    let folded = vocab::fold(name);
    let forms = |one: &organization::KnownOrganization| {
        Language::ALL.iter().any(|language| one.forms(*language).any(|form| vocab::fold(form) == folded))
    };
    organization::known().iter().find(|one| forms(one))
}

pub fn person(ground: &Ground<'_>, entry: &Fields, said: Said) -> Result<Person, Why> {
    let told = entry.text("name").ok_or("a person without a name")?;
    let (honorific, name) = ground.bare(told);
    if !ground.names(name) {
        return Err(format!("the text names no “{}”", clipped(name)));
    }
    let organization = entry.text("organization").filter(|body| ground.names(body) || ground.implies(body));
    let state = entry.text("state").and_then(|state| ground.state(state));
    Ok(Person {
        name: name.to_owned(),
        also: Vec::new(),
        honorific: honorific.map(str::to_owned),
        post: entry.text("post").filter(|post| ground.names(post)).map(str::to_owned),
        organization: organization.map(str::to_owned),
        state: state.map(str::to_owned),
        role: entry.word("role").unwrap_or(ParticipationRole::Principal),
        basis: said.basis,
    })
}

pub fn meeting(ground: &Ground<'_>, entry: &Fields, said: Said) -> Result<Meeting, Why> {
    let kind: MeetingKind = entry.word("kind").ok_or_else(|| unknown("meeting", entry))?;
    if ground.is_denied(&said) {
        return Err(denied(&said));
    }
    Ok(Meeting {
        kind,
        date: ground.day(&said, entry.text("date")),
        mode: entry.word("mode"),
        place: entry.text("place").filter(|place| ground.names(place)).map(str::to_owned),
        basis: said.basis,
    })
}

pub fn area(_: &Ground<'_>, entry: &Fields, said: Said) -> Result<Area, Why> {
    let slug = entry.text("slug").or_else(|| entry.text("area")).unwrap_or_default();
    let area = cooperation_area::by_slug(slug).ok_or_else(|| format!("“{}” is no cooperation area", clipped(slug)))?;
    Ok(Area { slug: area.slug.to_owned(), basis: said.basis })
}

pub fn action(ground: &Ground<'_>, entry: &Fields, said: Said) -> Result<Action, Why> {
    let told: ActionKind = entry.word("kind").ok_or_else(|| unknown("action", entry))?;
    if ground.is_denied(&said) {
        return Err(denied(&said));
    }
    let (kind, strength) = weighed(ground, &said, told);
    let actor = entry.text("actor").map(|actor| ground.bare(actor).1);
    let actor = actor.filter(|actor| *actor == BOTH || ground.names(actor) || ground.implies(actor));
    let side = |said: &str| match ground.state(said) {
        Some(code) => Some(code.to_owned()),
        None => Some(said.to_owned()).filter(|name| ground.names(name)),
    };
    let actor_side = entry.text("actor_side");
    let actor_side = actor_side.and_then(|told| if told == BOTH { Some(told.to_owned()) } else { side(told) });
    let counterpart = entry.text("counterpart").and_then(side).filter(|other| actor_side.as_ref() != Some(other));
    let mut areas: Vec<String> = Vec::new();
    for area in entry.texts("areas").into_iter().filter_map(cooperation_area::by_slug) {
        if !areas.iter().any(|there| there == area.slug) {
            areas.push(area.slug.to_owned());
        }
    }
    let due = ground.due(&said, entry.text("due"));
    let checks = [
        (actor.is_some(), CheckableElement::Owner),
        (
            !areas.is_empty() || ground.has_thing(&said, &[ThingKind::Event, ThingKind::Thing]),
            CheckableElement::Deliverable,
        ),
        (due.is_some(), CheckableElement::Date),
        (ground.has_thing(&said, &[ThingKind::Instrument]), CheckableElement::Instrument),
    ];
    Ok(Action {
        kind,
        strength,
        actor: actor.map(str::to_owned),
        actor_side,
        counterpart,
        areas,
        due,
        missing: checks.into_iter().filter(|(there, _)| !there).map(|(_, element)| element).collect(),
        quote: said.basis.evidence.first().map(|span| span.quote.clone()).unwrap_or_default(),
        basis: said.basis,
    })
}

/// What an act is, and how binding. One that only may be is a proposal, whatever it was taken for.
fn weighed(ground: &Ground<'_>, said: &Said, told: ActionKind) -> (ActionKind, Strength) {
    let binds = matches!(told, ActionKind::Commitment | ActionKind::Agreement | ActionKind::Plan);
    if binds && ground.is_hedged(said) {
        return (ActionKind::Proposal, Strength::Explored);
    }
    let usual = match told {
        ActionKind::Commitment => Strength::Promised,
        ActionKind::Agreement => Strength::AgreedInPrinciple,
        _ => Strength::Proposed,
    };
    (told, ground.strength(said, told).unwrap_or(usual))
}

fn unknown(what: &str, entry: &Fields) -> Why {
    format!("“{}” is no kind of {what}", clipped(entry.text("kind").unwrap_or_default()))
}

fn denied(said: &Said) -> Why {
    let quote = said.basis.evidence.first().map(|span| clipped(&span.quote)).unwrap_or_default();
    format!("the text denies it: “{quote}”")
}
