//! Talked about and never agreed: areas in which a state and we have only ever explored and proposed.

use std::collections::HashMap;

use chrono::NaiveDate;
use futures_core::future::BoxFuture;
use store::Result;
use uuid::Uuid;
use vocab::{CooperationArea, Language, Strength};

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question},
    found::Found,
};

/// What was first talked about more than so many days ago has had its time.
const DAYS: i64 = 180;

/// The areas of each state that never got beyond words.
pub(crate) static QUESTION: Question = Question {
    name: "talked-never-agreed",
    title: "Talked about, never agreed",
    asks: "The cooperation areas of a state in which every action is explored or proposed and none is agreed in \
           principle or more, and of which the first was said more than 180 days ago; the longest ago first. Delivered \
           and dropped actions count as any other. Actions of no state or without an area are not judged.",
    rule: "talked-never-agreed/1",
    columns: &[
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "area", title: "Area", kind: ColumnKind::Text },
        Column { name: "first-said", title: "First said", kind: ColumnKind::Day },
        Column { name: "last-said", title: "Last said", kind: ColumnKind::Day },
        Column { name: "actions", title: "Actions", kind: ColumnKind::Number },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// An area of a state, and what was said in it.
pub(super) struct Row {
    pub(super) state: Uuid,
    pub(super) area: &'static CooperationArea,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) actions: usize,
    agreed: bool,
}

pub(super) fn rows(asked: Asked<'_>) -> Found<Row> {
    let mut cells: HashMap<(Uuid, usize), Row> = HashMap::new();
    let (mut judged, mut of) = (0, 0);
    for standing in asked.actions() {
        of += 1;
        let Some(state) = standing.action.state else { continue };
        let since = standing.action.since;
        judged += usize::from(!standing.action.areas.is_empty());
        for area in standing.action.areas.iter() {
            let fresh = || Row { state, area, first: since, last: since, actions: 0, agreed: false };
            let row = cells.entry((state, area.position)).or_insert_with(fresh);
            row.actions += 1;
            row.first = row.first.min(since);
            row.last = row.last.max(since);
            row.agreed |= standing.action.strength >= Strength::AgreedInPrinciple;
        }
    }
    let long_ago = |row: &Row| (asked.day() - row.first).num_days() > DAYS;
    let mut rows: Vec<_> = cells.into_values().filter(|row| !row.agreed && long_ago(row)).collect();
    rows.sort_by_cached_key(|row| (row.first, asked.name_of(row.state), row.area.position, row.state));
    Found { rows, judged, of }
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    Ok(rows(asked).told(|Row { state, area, first, last, actions, .. }| {
        vec![
            asked.state_cell(Some(*state)),
            Cell::Text(area.name(Language::En).to_owned()),
            Cell::Day(*first),
            Cell::Day(*last),
            Cell::count(*actions),
        ]
    }))
}
