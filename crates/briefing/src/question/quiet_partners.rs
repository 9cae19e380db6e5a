//! Quiet partners: of whom nothing was heard for a year.

use std::cmp::Reverse;

use chrono::NaiveDate;
use futures_core::future::BoxFuture;
use store::Result;
use uuid::Uuid;
use vocab::partnership::PartnershipLabel;

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question},
    found::Found,
    partnership::survey,
};

/// The states whose partnership is quiet, though there is a record of it.
pub(crate) static QUESTION: Question = Question {
    name: "quiet-partners",
    title: "Quiet partners",
    asks: "States with a record whose partnership is quiet: for more than 365 days there was no meeting and no new \
           action with them, and nothing of theirs is overdue, disputed or waits too long for us (those need attention \
           and stand in `partnerships`). The longest quiet first. Silent are open actions of which nothing was heard \
           for longer than their kind allows. States without any record are not judged.",
    rule: "quiet-partners/1",
    columns: &[
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "last-contact", title: "Last contact", kind: ColumnKind::Day },
        Column { name: "days", title: "Days since", kind: ColumnKind::Number },
        Column { name: "open", title: "Open", kind: ColumnKind::Number },
        Column { name: "silent", title: "Silent", kind: ColumnKind::Number },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// A quiet partner.
pub(super) struct Row {
    pub(super) state: Uuid,
    pub(super) last_contact: NaiveDate,
    pub(super) days: i64,
    pub(super) open: usize,
    pub(super) silent: usize,
}

pub(super) fn rows(asked: Asked<'_>) -> Found<Row> {
    let partnerships = survey(asked);
    let of = partnerships.len();
    let judged = partnerships.values().filter(|partnership| partnership.last_contact.is_some()).count();
    let quiet = partnerships.into_iter().filter_map(|(state, partnership)| {
        let last_contact = partnership.last_contact?;
        let is_quiet = partnership.label(asked.day()).0 == PartnershipLabel::Quiet;
        let days = (asked.day() - last_contact).num_days();
        is_quiet.then_some(Row { state, last_contact, days, open: partnership.open, silent: partnership.silent })
    });
    let mut rows: Vec<_> = quiet.collect();
    rows.sort_by_cached_key(|row| (Reverse(row.days), asked.name_of(row.state), row.state));
    Found { rows, judged, of }
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    Ok(rows(asked).told(|Row { state, last_contact, days, open, silent }| {
        vec![
            asked.state_cell(Some(*state)),
            Cell::Day(*last_contact),
            Cell::Number(*days),
            Cell::count(*open),
            Cell::count(*silent),
        ]
    }))
}
