//! The matrix: with which state there is what in which cooperation area.

use std::collections::HashMap;

use futures_core::future::BoxFuture;
use store::Result;
use uuid::Uuid;
use vocab::{CooperationArea, Language};

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question, Standing},
    found::Found,
};

/// Every state and area in which there is an action.
pub(crate) static QUESTION: Question = Question {
    name: "matrix",
    title: "States and cooperation areas",
    asks: "For every state and cooperation area in which there is an action by the day: the strongest strength, how \
           many actions and how many of them are open, and the strongest action (of equals the one said last) with its \
           status. An action in several areas counts in each. What was dropped counts too. Actions of no state or \
           without an area are not judged.",
    rule: "matrix/1",
    columns: &[
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "area", title: "Area", kind: ColumnKind::Text },
        Column { name: "strength", title: "Strongest", kind: ColumnKind::Text },
        Column { name: "actions", title: "Actions", kind: ColumnKind::Number },
        Column { name: "open", title: "Open", kind: ColumnKind::Number },
        Column { name: "action", title: "Strongest action", kind: ColumnKind::Record },
        Column { name: "status", title: "Its status", kind: ColumnKind::Text },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// A state in an area.
pub(super) struct Row<'a> {
    pub(super) state: Uuid,
    pub(super) area: &'static CooperationArea,
    pub(super) actions: usize,
    pub(super) open: usize,
    pub(super) strongest: Standing<'a>,
}

pub(super) fn rows(asked: Asked<'_>) -> Found<Row<'_>> {
    // By state, then by the place of the area in the taxonomy: one look-up for each action.
    let mut states: HashMap<Uuid, Vec<Option<Row<'_>>>> = HashMap::new();
    let (mut judged, mut of) = (0, 0);
    for standing in asked.actions() {
        of += 1;
        let areas = &standing.action.areas;
        let Some(state) = standing.action.state.filter(|_| !areas.is_empty()) else { continue };
        judged += 1;
        let cells = states.entry(state).or_default();
        for area in areas.iter() {
            if cells.len() <= area.position {
                cells.resize_with(area.position + 1, || None);
            }
            match &mut cells[area.position] {
                Some(row) => row.count(standing),
                free => {
                    let open = usize::from(standing.stand.is_open());
                    *free = Some(Row { state, area, actions: 1, open, strongest: standing });
                }
            }
        }
    }
    let mut states: Vec<_> = states.into_iter().collect();
    states.sort_by_cached_key(|(state, _)| (asked.name_of(*state), *state));
    Found { rows: states.into_iter().flat_map(|(_, cells)| cells.into_iter().flatten()).collect(), judged, of }
}

impl<'a> Row<'a> {
    fn count(&mut self, standing: Standing<'a>) {
        let rank = |Standing { id, action, .. }: &Standing<'_>| (action.strength, action.since, *id);
        self.actions += 1;
        self.open += usize::from(standing.stand.is_open());
        if rank(&standing) > rank(&self.strongest) {
            self.strongest = standing;
        }
    }
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let found = rows(asked);
    Ok(found.told(|Row { state, area, actions, open, strongest }| {
        vec![
            asked.state_cell(Some(*state)),
            Cell::Text(area.name(Language::En).to_owned()),
            Cell::word(Some(strongest.action.strength)),
            Cell::count(*actions),
            Cell::count(*open),
            asked.reference(strongest.id),
            Cell::word(Some(strongest.stand.status)),
        ]
    }))
}
