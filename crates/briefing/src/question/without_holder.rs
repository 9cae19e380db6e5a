//! Without a holder: what hangs on a post that nobody holds.

use futures_core::future::BoxFuture;
use store::{Concept, RecordRef, Result, by_ids_at, post};
use uuid::Uuid;

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question},
    found::Found,
};

/// The open actions that nobody carries, on either side.
pub(crate) static QUESTION: Question = Question {
    name: "without-holder",
    title: "Open, and nobody holds the post",
    asks: "Open actions in which a post acts or is acted to that nobody holds on the day, as far as known: a row for each \
           such post, first due first. Judged are the open actions that hang on a post.",
    rule: "without-holder/1",
    columns: &[
        Column { name: "action", title: "Action", kind: ColumnKind::Record },
        Column { name: "what", title: "What", kind: ColumnKind::Text },
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "post", title: "Post", kind: ColumnKind::Record },
        Column { name: "vacant-since", title: "Last held on", kind: ColumnKind::Day },
        Column { name: "due", title: "Due", kind: ColumnKind::Day },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// An open action, and a post of it that nobody holds.
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) post: Uuid,
}

pub(super) fn rows(asked: Asked<'_>) -> Found<Row> {
    let (mut rows, mut judged, mut of) = (Vec::new(), 0, 0);
    for standing in asked.actions().filter(|standing| standing.stand.is_open()) {
        let posts = || standing.action.posts_once();
        of += 1;
        judged += usize::from(posts().next().is_some());
        let vacant = posts().filter(|post| asked.book.holder(*post, asked.day()).is_none());
        rows.extend(vacant.map(|post| Row { id: standing.id, post }));
    }
    let due = |row: &Row| asked.book.actions.get(&row.id).and_then(|action| action.due_on);
    Found { rows, judged, of }.first(|row| (due(row).is_none(), due(row), row.id, row.post), |_| true)
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let found = rows(asked);
    let titles = asked.titles(found.rows.iter().map(|row| row.id)).await?;
    let posts: Vec<_> = found.rows.iter().map(|row| row.post).collect();
    let posts = by_ids_at::<post::Entity>(asked.db, &posts, asked.clock.known_at).await?;
    Ok(found.told(|Row { id, post }| {
        let action = asked.book.actions.get(id);
        let post_cell = posts
            .get(post)
            .map_or(Cell::Empty, |row| Cell::Record(RecordRef::new(Concept::Post, row.id), row.label.clone()));
        vec![
            asked.reference(*id),
            titles.title(*id),
            asked.state_cell(action.and_then(|action| action.state)),
            post_cell,
            Cell::day(asked.book.last_held_on(*post, asked.day())),
            Cell::day(action.and_then(|action| action.due_on)),
        ]
    }))
}
