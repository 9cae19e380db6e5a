//! Organizations as a table.

use briefing::Cell;
use futures_core::future::BoxFuture;
use sea_orm::EntityTrait;
use store::{
    Concept, Result, Store, by_parents,
    organization::{self, Entity, Filter, Model},
    page,
    party::Party,
    record_name::{self, in_language},
};
use uuid::Uuid;
use vocab::{Language, Word};

use super::{Asked, List, Rows, flag, id, moment, named::Named, text};

/// The columns.
const COLUMNS: &[&str] = &[
    "id",
    "version",
    "kind",
    "name",
    "nameEn",
    "nameFr",
    "nameAr",
    "acronym",
    "state",
    "parent",
    "parentId",
    "isHost",
    "createdAt",
];

pub(super) static LIST: List = List {
    name: "organizations",
    columns: COLUMNS,
    write: |store, asked, rows| -> BoxFuture<'_, _> { Box::pin(write(store, asked, rows)) },
};

async fn write(store: &Store, asked: &mut Asked, rows: &mut Rows) -> Result<i64> {
    let filter = Filter {
        kinds: asked.words("kinds")?,
        state_ids: asked.states(store, "states").await?,
        text: asked.text("text")?,
        ..Filter::default()
    };
    asked.end("kinds, states, text")?;
    let select = organization::select(&filter);
    rows.each(store, select, &organization::by_name(), |store, page| Box::pin(shown(store, page))).await?;
    page::count(store.reader(), Entity::find()).await
}

async fn shown(store: &Store, page: Vec<Model>) -> Result<Vec<Vec<Cell>>> {
    let db = store.reader();
    let ids: Vec<Uuid> = page.iter().map(|row| row.id).collect();
    let names = record_name::of(Concept::Organization);
    let names = by_parents(db, names, record_name::Column::RecordId, &ids, |row| Some(row.record_id)).await?;
    let of = |row: &Model| Party { organization_id: row.parent_id, state_id: row.state_id, ..Party::default() };
    let named = Named::parties(db, &page.iter().map(of).collect::<Vec<_>>()).await?;
    let cells = |row: &Model| {
        let names = names.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let name = |language| text(in_language(names, language).map(|name| name.name.clone()));
        vec![
            id(Concept::Organization, Some(row.id)),
            Cell::Number(row.version.into()),
            Cell::Text(row.kind.0.code().to_owned()),
            Cell::Text(row.label.clone()),
            name(Language::En),
            name(Language::Fr),
            name(Language::Ar),
            text(row.acronym.clone()),
            named.code(row.state_id),
            named.name(row.parent_id),
            id(Concept::Organization, row.parent_id),
            flag(row.is_host),
            moment(row.created_at),
        ]
    };
    Ok(page.iter().map(cells).collect())
}
