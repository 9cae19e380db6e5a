//! A reading as lines, one fact each: for examples and tests.

use crate::reading::{Action, Fulfilment, Meeting, Organization, Person, Reading};

/// The facts of a reading, one line each.
pub fn lines(reading: &Reading) -> Vec<String> {
    let mut lines: Vec<String> = reading.states.iter().map(|state| format!("state {}", state.code)).collect();
    lines.extend(reading.organizations.iter().map(organization));
    lines.extend(reading.people.iter().map(person));
    lines.extend(reading.meetings.iter().map(meeting));
    lines.extend(reading.areas.iter().map(|area| format!("area {}", area.slug)));
    lines.extend(reading.actions.iter().map(action));
    lines.extend(reading.fulfilments.iter().map(fulfilment));
    lines.extend(reading.doubts.iter().map(|doubt| format!("doubt {}", doubt.code)));
    lines
}

fn organization(body: &Organization) -> String {
    let acronym = body.acronym.as_ref().map(|acronym| format!(" ({acronym})")).unwrap_or_default();
    let state = body.state.as_ref().map(|state| format!(", {state}")).unwrap_or_default();
    format!("organization {}: {}{acronym}{state}", body.kind, body.name)
}

fn person(person: &Person) -> String {
    let parts = [&person.post, &person.organization, &person.state];
    let rest: String = parts.into_iter().flatten().map(|part| format!(", {part}")).collect();
    format!("person {}{rest}", person.name)
}

fn meeting(meeting: &Meeting) -> String {
    let date = meeting.date.map_or_else(|| "-".to_owned(), |date| date.to_string());
    let mode = meeting.mode.map_or_else(|| "-".to_owned(), |mode| mode.to_string());
    format!("meeting {} {date} {mode} {}", meeting.kind, meeting.place.as_deref().unwrap_or("-"))
}

fn action(action: &Action) -> String {
    let or_dash = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".to_owned());
    let to = action.counterpart.as_ref().map(|side| format!(" to {side}")).unwrap_or_default();
    let due = action.due.map(|due| format!(" due {due}")).unwrap_or_default();
    let areas = action.areas.join(", ");
    format!(
        "action {} by {} ({}){to} [{areas}]{due}: {}",
        action.kind,
        or_dash(&action.actor),
        or_dash(&action.actor_side),
        action.quote
    )
}

fn fulfilment(done: &Fulfilment) -> String {
    let on = done.on.map(|on| format!(" on {on}")).unwrap_or_default();
    format!("fulfilment {} [{}]{on}: {}", done.deed, done.areas.join(", "), done.quote)
}
