//! Disputed: actions on which we, the counterpart and the news do not say the same.

use std::cmp::Reverse;

use futures_core::future::BoxFuture;
use store::Result;
use vocab::Track;

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question, Standing},
    found::Found,
};

/// The actions on which the tracks differ, with what each says.
pub(crate) static QUESTION: Question = Question {
    name: "disputed",
    title: "Disputed: the tracks differ",
    asks: "Actions of which our report, the counterpart's and the evidence from news, each by its latest statement up to \
           the day, do not say the same; what each says and of which day, those last heard of first. Closed actions \
           count too. Actions on which fewer than two of the three say anything are not judged.",
    rule: "disputed/1",
    columns: &[
        Column { name: "action", title: "Action", kind: ColumnKind::Record },
        Column { name: "what", title: "What", kind: ColumnKind::Text },
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "ours", title: "We say", kind: ColumnKind::Text },
        Column { name: "ours-on", title: "of", kind: ColumnKind::Day },
        Column { name: "theirs", title: "The counterpart says", kind: ColumnKind::Text },
        Column { name: "theirs-on", title: "of", kind: ColumnKind::Day },
        Column { name: "news", title: "The news says", kind: ColumnKind::Text },
        Column { name: "news-on", title: "of", kind: ColumnKind::Day },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// Whose words stand in the columns, in their order.
const TRACKS: [Track; 3] = [Track::Ours, Track::Counterpart, Track::Evidence];

pub(super) fn rows(asked: Asked<'_>) -> Found<Standing<'_>> {
    let is_told_twice = |Standing { action, .. }: &Standing<'_>| {
        action.statements.len() > 1 && action.verdict(asked.day()).tracks.iter().flatten().count() > 1
    };
    let (mut judged, mut of) = (0, 0);
    let counted = asked.actions().inspect(|standing| {
        of += 1;
        judged += usize::from(is_told_twice(standing));
    });
    let rows = counted.filter(|standing| standing.stand.disputed).collect();
    Found { rows, judged, of }.first(|standing| (Reverse(standing.stand.heard_on), standing.id), |_| true)
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let found = rows(asked);
    let titles = asked.titles(found.rows.iter().map(|standing| standing.id)).await?;
    Ok(found.told(|Standing { id, action, .. }| {
        let verdict = action.verdict(asked.day());
        let named = [asked.reference(*id), titles.title(*id), asked.state_cell(action.state)];
        let told = TRACKS.into_iter().flat_map(|track| {
            let last = verdict.tracks[track as usize].map(|at| action.statements[at]);
            [Cell::word(last.map(|statement| statement.says)), Cell::day(last.map(|statement| statement.on))]
        });
        named.into_iter().chain(told).collect()
    }))
}
