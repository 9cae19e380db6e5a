//! Handovers: who left a post, who has it now, and what was handed over.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use futures_core::future::BoxFuture;
use store::{Concept, RecordRef, Result, by_ids_at, person, post};
use uuid::Uuid;

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question},
    found::Found,
};

/// The posts whose holder left in the period, with what hangs on them.
pub(crate) static QUESTION: Question = Question {
    name: "handovers",
    title: "Who left a post, and what was handed over",
    asks: "Appointments that ended from the first day of the period (a year before the day, where none is given) up to the \
           eve of the day, and whose post has actions: who left, who holds the post on the day, how many actions hang on \
           the post on either side and are open, and how many of them are overdue. The latest first; of one state, where \
           its actions are asked for, only those count. Judged are appointments with an end, of all on such posts.",
    rule: "handovers/1",
    columns: &[
        Column { name: "post", title: "Post", kind: ColumnKind::Record },
        Column { name: "left", title: "Who left", kind: ColumnKind::Record },
        Column { name: "on", title: "Last day", kind: ColumnKind::Day },
        Column { name: "successor", title: "Who has it now", kind: ColumnKind::Record },
        Column { name: "open", title: "Open", kind: ColumnKind::Number },
        Column { name: "overdue", title: "Overdue", kind: ColumnKind::Number },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// Somebody who left a post.
pub(super) struct Row {
    appointment: Uuid,
    pub(super) post: Uuid,
    pub(super) left: Uuid,
    pub(super) on: NaiveDate,
    pub(super) successor: Option<Uuid>,
    pub(super) open: usize,
    pub(super) overdue: usize,
}

pub(super) fn rows(asked: Asked<'_>) -> Found<Row> {
    let mut hanging: BTreeMap<Uuid, (usize, usize)> = BTreeMap::new();
    for standing in asked.actions() {
        for post in standing.action.posts_once() {
            let (open, overdue) = hanging.entry(post).or_default();
            *open += usize::from(standing.stand.is_open());
            *overdue += usize::from(standing.stand.overdue);
        }
    }
    let (first, day) = (asked.first_day(), asked.day());
    let (mut rows, mut judged, mut of) = (Vec::new(), 0, 0);
    for (post, (open, overdue)) in hanging {
        for appointment in asked.book.appointments(post) {
            of += 1;
            judged += usize::from(appointment.ended_on.is_some());
            if let Some(on) = appointment.ended_on.filter(|on| first <= *on && *on < day) {
                let successor = asked.book.holder(post, day).map(|holder| holder.person_id);
                let (appointment, left) = (appointment.id, appointment.person_id);
                rows.push(Row { appointment, post, left, on, successor, open, overdue });
            }
        }
    }
    Found { rows, judged, of }.first(|row| (std::cmp::Reverse(row.on), row.appointment), |_| true)
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let found = rows(asked);
    let (db, known_at) = (asked.db, asked.clock.known_at);
    let posts: Vec<_> = found.rows.iter().map(|row| row.post).collect();
    let posts = by_ids_at::<post::Entity>(db, &posts, known_at).await?;
    let people: Vec<_> = found.rows.iter().flat_map(|row| [Some(row.left), row.successor]).flatten().collect();
    let people = by_ids_at::<person::Entity>(db, &people, known_at).await?;
    let person = |id: Uuid| {
        let record = RecordRef::new(Concept::Person, id);
        people.get(&id).map_or(Cell::Empty, |person| Cell::Record(record, person.label.clone()))
    };
    Ok(found.told(|row| {
        let record = RecordRef::new(Concept::Post, row.post);
        vec![
            posts.get(&row.post).map_or(Cell::Empty, |post| Cell::Record(record, post.label.clone())),
            person(row.left),
            Cell::Day(row.on),
            row.successor.map_or(Cell::Empty, person),
            Cell::count(row.open),
            Cell::count(row.overdue),
        ]
    }))
}
