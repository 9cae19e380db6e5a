//! A meeting that was accepted.

use store::{Result, UnitOfWork, meeting};
use uuid::Uuid;

use crate::{
    desk::Desk,
    entry::Entry,
    wording::{clip, meeting_title},
};

/// The most parties that a title names.
const NAMED: usize = 4;

/// Makes it, or takes the known one; who took part is woven in afterwards.
pub(super) async fn accept(
    work: &mut UnitOfWork,
    desk: &mut Desk,
    entry: &extract::reading::Meeting,
    to: Option<Uuid>,
) -> Result<Uuid> {
    let id = match to {
        Some(id) => id,
        None => {
            let draft = meeting::Draft {
                date: entry.date,
                mode: entry.mode,
                place: entry.place.as_deref().map(|place| clip(place, 200)),
                ..meeting::Draft::new(entry.kind, meeting_title(entry, &parties(desk)))
            };
            meeting::create(work, draft).await?.id
        }
    };
    desk.made.meetings.push(id);
    Ok(id)
}

/// Who it was between, for its title: the host, the states, then bodies that belong to no state.
fn parties(desk: &Desk) -> Vec<String> {
    let host = desk.known.host.as_ref().filter(|_| desk.host_is_party()).map(|host| host.short_name().to_owned());
    let states = desk.states().into_iter().filter_map(|(_, id)| desk.known.state_by_id(Some(id)));
    let states: Vec<String> = states.map(|state| state.name_en.clone()).collect();
    let bodies = desk.pieces.iter().filter(|piece| !piece.is_rejected()).filter_map(|piece| match &piece.entry {
        Entry::Organization(body) if body.state.is_none() => {
            let name = body.acronym.as_ref().unwrap_or(&body.name);
            let ours = desk.known.ours_named(&body.name).or_else(|| desk.known.ours_named(name));
            (ours.is_none() && !piece.record.is_some_and(|id| desk.known.is_ours(id))).then(|| name.clone())
        }
        _ => None,
    });
    host.into_iter().chain(states).chain(bodies).take(NAMED).collect()
}
