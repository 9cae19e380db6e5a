//! Follow-up actions as a table.

use briefing::Cell;
use futures_core::future::BoxFuture;
use intake::table::ACTIONS;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Order;
use store::{
    Concept, Result, Store, by_parents, cooperation_area,
    follow_up_action::{self, Entity, Filter, Model, OrderBy, area},
    page,
    party::Party,
};
use uuid::Uuid;
use vocab::{PartialDate, Word};

use super::{Asked, List, Rows, date, flag, id, joined, moment, named::Named, text};

/// The filters.
const FILTERS: &str = "states, organizationIds, areas, kinds, strengthAtLeast, statuses, awaits, overdue, dueBefore, \
                       ownerId, meetingId, text";

pub(super) static LIST: List = List {
    name: "follow-up-actions",
    columns: ACTIONS,
    write: |store, asked, rows| -> BoxFuture<'_, _> { Box::pin(write(store, asked, rows)) },
};

async fn write(store: &Store, asked: &mut Asked, rows: &mut Rows) -> Result<i64> {
    let filter = Filter {
        state_ids: asked.states(store, "states").await?,
        organization_ids: asked.organizations(store, "organizationIds").await?,
        areas: asked.areas("areas")?,
        kinds: asked.words("kinds")?,
        strength_at_least: asked.word("strengthAtLeast")?,
        statuses: asked.words("statuses")?,
        awaits: asked.words("awaits")?,
        overdue: asked.flag("overdue")?,
        today: Some(store.surroundings().today()),
        rhythms: store.rhythms(),
        due_before: asked.day("dueBefore")?,
        owner_id: asked.id("ownerId", Concept::Account)?,
        meeting_id: asked.id("meetingId", Concept::Meeting)?,
        text: asked.text("text")?,
        ..Filter::default()
    };
    asked.end(FILTERS)?;
    let keys = OrderBy::DueOn.keys(Order::Asc);
    rows.each(store, follow_up_action::select(&filter), &keys, |store, page| Box::pin(shown(store, page))).await?;
    page::count(store.reader(), Entity::find()).await
}

/// What is shown of a page.
async fn shown(store: &Store, page: Vec<Model>) -> Result<Vec<Vec<Cell>>> {
    let db = store.reader();
    let parties: Vec<Party> = page.iter().flat_map(|row| [row.actor(), row.counterpart()]).collect();
    let mut named = Named::parties(db, &parties).await?;
    named.states(db, &page.iter().filter_map(|row| row.state_id).collect::<Vec<_>>()).await?;
    named.accounts(db, &page.iter().filter_map(|row| row.owner_id).collect::<Vec<_>>()).await?;
    let ids: Vec<Uuid> = page.iter().map(|row| row.id).collect();
    let areas = by_parents(db, area::Entity::find(), area::Column::ActionId, &ids, |row| Some(row.action_id)).await?;
    let taxonomy = cooperation_area::all(db, None).await?;
    let slugs = |id: Uuid| -> Vec<&str> {
        let of_action = areas.get(&id).map(Vec::as_slice).unwrap_or_default();
        let fits = |area: &&cooperation_area::Model| of_action.iter().any(|row| row.area_id == area.id);
        taxonomy.iter().filter(fits).map(|area| area.slug.as_str()).collect()
    };
    Ok(page.iter().map(|row| cells(store, row, &named, slugs(row.id))).collect())
}

fn cells(store: &Store, row: &Model, named: &Named, areas: Vec<&str>) -> Vec<Cell> {
    let today = store.surroundings().today();
    let due = row.due_on.zip(row.due_on_precision).map(|(day, precision)| PartialDate::new(day, precision.0));
    let word = |code: &'static str| Cell::Text(code.to_owned());
    let mut cells = vec![
        id(Concept::FollowUpAction, Some(row.id)),
        Cell::Number(row.version.into()),
        Cell::Text(row.reference.clone()),
        word(row.kind.0.code()),
        Cell::Text(row.title.clone()),
        word(row.strength.0.code()),
        joined(row.missing.0.iter().map(|element| element.code())),
        named.code(row.state_id),
        id(Concept::Meeting, row.meeting_id),
        word(row.actor_side.0.code()),
    ];
    cells.extend(party(row.actor(), named));
    cells.extend(party(row.counterpart(), named));
    cells.extend([
        text(row.awaits.map(|side| side.0.code())),
        date(due),
        row.said_on.map_or(Cell::Empty, Cell::Day),
        named.name(row.owner_id),
        id(Concept::Account, row.owner_id),
        joined(areas),
        word(row.status_on(store.rhythms(), today).code()),
        flag(row.overdue(today)),
        flag(row.disputed),
        row.heard_on.map_or(Cell::Empty, Cell::Day),
        moment(row.created_at),
    ]);
    cells
}

/// A party: what it is called, then each of its records.
fn party(party: Party, named: &Named) -> [Cell; 5] {
    let called = named.party(party);
    let Party { person_id, post_id, organization_id, state_id } = party;
    [
        text(Some(called).filter(|called| !called.is_empty())),
        id(Concept::Person, person_id),
        id(Concept::Post, post_id),
        id(Concept::Organization, organization_id),
        named.code(state_id),
    ]
}
