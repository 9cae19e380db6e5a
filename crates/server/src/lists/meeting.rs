//! Meetings as a table.

use briefing::Cell;
use futures_core::future::BoxFuture;
use intake::table::{MEETINGS, written};
use sea_orm::{EntityTrait, sea_query::Order};
use store::{
    Concept, Result, Store, by_parents,
    meeting::{self, Entity, Filter, Model, OrderBy, state},
    page, participation,
    party::Party,
};
use uuid::Uuid;
use vocab::Word;

use super::{Asked, List, Rows, date, id, joined, moment, named::Named, text};

pub(super) static LIST: List = List {
    name: "meetings",
    columns: MEETINGS,
    write: |store, asked, rows| -> BoxFuture<'_, _> { Box::pin(write(store, asked, rows)) },
};

async fn write(store: &Store, asked: &mut Asked, rows: &mut Rows) -> Result<i64> {
    let filter = Filter {
        kinds: asked.words("kinds")?,
        state_ids: asked.states(store, "states").await?,
        held_from: asked.day("heldFrom")?,
        held_to: asked.day("heldTo")?,
        text: asked.text("text")?,
        ..Filter::default()
    };
    asked.end("kinds, states, heldFrom, heldTo, text")?;
    let keys = OrderBy::HeldOn.keys(Order::Asc);
    rows.each(store, meeting::select(&filter), &keys, |store, page| Box::pin(shown(store, page))).await?;
    page::count(store.reader(), Entity::find()).await
}

async fn shown(store: &Store, page: Vec<Model>) -> Result<Vec<Vec<Cell>>> {
    let db = store.reader();
    let ids: Vec<Uuid> = page.iter().map(|row| row.id).collect();
    let states =
        by_parents(db, state::Entity::find(), state::Column::MeetingId, &ids, |row| Some(row.meeting_id)).await?;
    let parts = participation::Entity::find();
    let parts = by_parents(db, parts, participation::Column::MeetingId, &ids, |row| Some(row.meeting_id)).await?;
    let parties: Vec<Party> = parts.values().flatten().map(participation::Model::party).collect();
    let mut named = Named::parties(db, &parties).await?;
    named.states(db, &states.values().flatten().map(|row| row.state_id).collect::<Vec<_>>()).await?;
    let cells = |row: &Model| {
        let states = states.get(&row.id).into_iter().flatten();
        let mut codes: Vec<&str> = states.filter_map(|state| named.code_of(state.state_id)).collect();
        codes.sort_unstable();
        let parts = parts.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let who = parts.iter().map(|part| named.party(part.party()));
        vec![
            id(Concept::Meeting, Some(row.id)),
            Cell::Number(row.version.into()),
            Cell::Text(row.kind.0.code().to_owned()),
            Cell::Text(row.title.clone()),
            date(row.date()),
            text(row.mode.map(|mode| mode.0.code())),
            text(row.place.clone()),
            joined(codes),
            joined(who),
            joined(parts.iter().map(written)),
            moment(row.created_at),
        ]
    };
    Ok(page.iter().map(cells).collect())
}
