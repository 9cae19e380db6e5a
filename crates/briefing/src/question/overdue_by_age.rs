//! Overdue by age: for how long what is late has been late.

use futures_core::future::BoxFuture;
use store::Result;

use super::late::{Late, late_by};
use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question, Standing},
    found::Found,
};

/// How many actions are late, by how long they have been.
pub(crate) static QUESTION: Question = Question {
    name: "overdue-by-age",
    title: "Overdue, by age",
    asks: "Actions whose due day has passed and that are neither delivered nor dropped, counted by the days since that \
           day: up to 30, 31 to 90, 91 to 365, more. Each band has its row, also where nothing is in it. Actions \
           without a due day are not judged.",
    rule: "overdue-by-age/1",
    columns: &[
        Column { name: "age", title: "Late for", kind: ColumnKind::Text },
        Column { name: "overdue", title: "Overdue", kind: ColumnKind::Number },
        Column { name: "oldest", title: "Oldest due day", kind: ColumnKind::Day },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// The bands: the most days of each, and what it is called.
static BANDS: [(i64, &str); 4] =
    [(30, "up to 30 days"), (90, "31 to 90 days"), (365, "91 to 365 days"), (i64::MAX, "over a year")];

pub(super) fn rows(asked: Asked<'_>) -> Found<(&'static str, Late)> {
    let days = |standing: &Standing<'_>| standing.action.due_on.map_or(0, |due| (asked.day() - due).num_days());
    let Found { rows, judged, of } =
        late_by(asked, |standing| BANDS.partition_point(|(most, _)| *most < days(standing)));
    let in_band = |band| rows.iter().find(|(of, _)| *of == band).map_or_else(Late::default, |(_, late)| *late);
    let rows = BANDS.iter().enumerate().map(|(band, (_, name))| (*name, in_band(band))).collect();
    Found { rows, judged, of }
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    Ok(rows(asked)
        .told(|(band, late)| vec![Cell::Text((*band).to_owned()), Cell::count(late.count), Cell::day(late.oldest)]))
}
