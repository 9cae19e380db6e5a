//! Unverifiable: commitments in words that nobody can hold against what happened.

use std::cmp::Reverse;

use futures_core::future::BoxFuture;
use store::Result;
use vocab::CheckableElement;

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question, Standing, spoken},
    found::Found,
};

/// The open commitments whose wording lacks something, and what to ask.
pub(crate) static QUESTION: Question = Question {
    name: "unverifiable",
    title: "Commitments nobody can check",
    asks: "Commitments (promised, signed or resourced), neither delivered nor dropped, whose wording lacks who acts, \
           what exactly is to be there, by when, or the document that binds; with the question that closes each gap. The \
           most binding first, then the oldest. Judged are the open commitments that lack nothing.",
    rule: "unverifiable/1",
    columns: &[
        Column { name: "action", title: "Action", kind: ColumnKind::Record },
        Column { name: "what", title: "What", kind: ColumnKind::Text },
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "missing", title: "What is missing", kind: ColumnKind::Text },
        Column { name: "to-ask", title: "What to ask", kind: ColumnKind::Text },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// The question that closes a gap.
pub(super) fn to_ask(missing: CheckableElement) -> &'static str {
    match missing {
        CheckableElement::Owner => "who?",
        CheckableElement::Deliverable => "what exactly?",
        CheckableElement::Date => "by when?",
        CheckableElement::Instrument => "in which document?",
    }
}

pub(super) fn rows(asked: Asked<'_>) -> Found<Standing<'_>> {
    let is_open_commitment =
        |standing: &Standing<'_>| standing.action.strength.is_commitment() && standing.stand.is_open();
    let mut of = 0;
    let commitments = asked.actions().filter(is_open_commitment).inspect(|_| of += 1);
    let rows: Vec<_> = commitments.filter(|standing| !standing.action.missing.is_empty()).collect();
    // What is listed is what cannot be judged, shown or not.
    Found { judged: of - rows.len(), rows, of }
        .first(|Standing { id, action, .. }| (Reverse(action.strength), action.since, *id), |_| false)
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let found = rows(asked);
    let titles = asked.titles(found.rows.iter().map(|standing| standing.id)).await?;
    Ok(found.told(|Standing { id, action, .. }| {
        let missing: Vec<_> = action.missing.iter().map(|element| spoken(*element)).collect();
        let to_ask: Vec<_> = action.missing.iter().map(|element| to_ask(*element)).collect();
        vec![
            asked.reference(*id),
            titles.title(*id),
            asked.state_cell(action.state),
            Cell::Text(missing.join(", ")),
            Cell::Text(to_ask.join(" ")),
        ]
    }))
}
