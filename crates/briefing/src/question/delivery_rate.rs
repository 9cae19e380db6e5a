//! The delivery rate: what became of what was said, by kind, area and year.

use std::collections::HashMap;

use chrono::Datelike;
use futures_core::future::BoxFuture;
use store::Result;
use vocab::{ActionKind, ActionStatus, Language};

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question},
    found::Found,
};

/// How much was delivered of what was said.
pub(crate) static QUESTION: Question = Question {
    name: "delivery-rate",
    title: "What became of it, by kind, area and year",
    asks: "Actions by kind, cooperation area and the year in which they were said, by what was said of them last: \
           delivered, partly delivered, dropped, and open for all others; silence changes nothing. An action in several \
           areas counts once in the row of each, and once in the totals of its kind: of a year, which are the rows without \
           an area, and of all years, which is the row without area and year. One without an area counts in the totals \
           alone. Rates are of all actions, not of the closed ones. \
           Judged are the actions that have an outcome: delivered or dropped.",
    rule: "delivery-rate/2",
    columns: &[
        Column { name: "kind", title: "Kind", kind: ColumnKind::Text },
        Column { name: "area", title: "Area", kind: ColumnKind::Text },
        Column { name: "year", title: "Year said", kind: ColumnKind::Text },
        Column { name: "delivered", title: "Delivered", kind: ColumnKind::Number },
        Column { name: "partly-delivered", title: "Partly delivered", kind: ColumnKind::Number },
        Column { name: "dropped", title: "Dropped", kind: ColumnKind::Number },
        Column { name: "open", title: "Open", kind: ColumnKind::Number },
        Column { name: "all", title: "All", kind: ColumnKind::Number },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// A kind, and of which area (by its place in the taxonomy) and year; a total of the kind, where of none.
pub(super) type Of = (ActionKind, Option<usize>, Option<i32>);

/// What became of so many actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Outcomes {
    pub(super) delivered: usize,
    pub(super) partly: usize,
    pub(super) dropped: usize,
    pub(super) open: usize,
}

impl Outcomes {
    fn count(&mut self, said: ActionStatus) {
        *match said {
            ActionStatus::Delivered => &mut self.delivered,
            ActionStatus::PartlyDelivered => &mut self.partly,
            ActionStatus::Dropped => &mut self.dropped,
            _ => &mut self.open,
        } += 1;
    }

    fn all(self) -> usize {
        self.delivered + self.partly + self.dropped + self.open
    }
}

pub(super) fn rows(asked: Asked<'_>) -> Found<(Of, Outcomes)> {
    let mut counted: HashMap<Of, Outcomes> = HashMap::new();
    let (mut judged, mut of) = (0, 0);
    for standing in asked.actions() {
        let (action, said) = (standing.action, standing.stand.said);
        of += 1;
        judged += usize::from(said.is_closed());
        let year = Some(action.since.year());
        let areas = action.areas.iter().map(|area| (Some(area.position), year));
        for (area, year) in areas.chain([(None, year), (None, None)]) {
            counted.entry((action.kind, area, year)).or_default().count(said);
        }
    }
    let mut rows: Vec<_> = counted.into_iter().collect();
    rows.sort_unstable_by_key(|(of, _)| *of);
    Found { rows, judged, of }
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let area_name = |position: usize| Some(vocab::cooperation_area::all().get(position)?.name(Language::En));
    let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    Ok(rows(asked).told(|((kind, area, year), outcomes)| {
        vec![
            Cell::word(Some(*kind)),
            text(area.and_then(area_name).map(str::to_owned)),
            text(year.map(|year| year.to_string())),
            Cell::count(outcomes.delivered),
            Cell::count(outcomes.partly),
            Cell::count(outcomes.dropped),
            Cell::count(outcomes.open),
            Cell::count(outcomes.all()),
        ]
    }))
}
