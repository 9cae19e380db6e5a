//! The timeline: what there was with a state, day by day.

use chrono::NaiveDate;
use futures_core::future::BoxFuture;
use store::Result;
use uuid::Uuid;
use vocab::{ActionStatus, Track};

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question, Standing},
    found::Found,
};

/// Meetings, actions and statements in order of day.
pub(crate) static QUESTION: Question = Question {
    name: "timeline",
    title: "The timeline",
    asks: "Meetings held, actions said and statements made on their progress up to the day, with the state that is asked \
           for or with all, in order of day; from the first day of the period, where one is given. Of more than 1,000 \
           the latest are shown and judged. Meetings without a day are not judged.",
    rule: "timeline/1",
    columns: &[
        Column { name: "day", title: "Day", kind: ColumnKind::Day },
        Column { name: "event", title: "What happened", kind: ColumnKind::Text },
        Column { name: "record", title: "Record", kind: ColumnKind::Record },
        Column { name: "words", title: "Words", kind: ColumnKind::Text },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// What happened, as the rows tell it: a meeting, an action, and what each track told of one.
pub(crate) const EVENTS: [&str; 5] = ["met", "said", "our report", "the counterpart's report", "in the news"];

/// What there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// A meeting was held.
    Met,
    /// An action was said.
    Said,
    /// The statement at this place was made on an action.
    Told(usize, Track, ActionStatus),
}

/// An event, of a meeting or of an action.
pub(super) struct Row {
    pub(super) on: NaiveDate,
    pub(super) event: Event,
    pub(super) id: Uuid,
}

pub(super) fn rows(asked: Asked<'_>) -> Found<Row> {
    let period = asked.from.unwrap_or(NaiveDate::MIN)..=asked.day();
    let (mut rows, mut undated) = (Vec::new(), 0);
    for Standing { id, action, .. } in asked.actions() {
        rows.push(Row { on: action.since, event: Event::Said, id });
        for (at, told) in action.statements.iter().enumerate() {
            rows.push(Row { on: told.on, event: Event::Told(at, told.track, told.says), id });
        }
    }
    for (id, meeting) in asked.meetings() {
        undated += usize::from(meeting.held_on.is_none());
        rows.extend(meeting.held_on.map(|on| Row { on, event: Event::Met, id }));
    }
    rows.retain(|row| period.contains(&row.on));
    let judged = rows.len();
    // On one day what was said comes before what was told of it, and that in the order in which it was recorded.
    let order = |row: &Row| (row.on, matches!(row.event, Event::Told(..)), row.id, row.event);
    Found { rows, judged, of: judged + undated }.last(order)
}

/// How a track is called.
fn teller(track: Track) -> &'static str {
    let [_, _, ours, counterpart, evidence] = EVENTS;
    match track {
        Track::Ours => ours,
        Track::Counterpart => counterpart,
        Track::Evidence => evidence,
    }
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let found = rows(asked);
    let (met, said): (Vec<&Row>, Vec<&Row>) = found.rows.iter().partition(|row| row.event == Event::Met);
    let meetings = asked.meeting_words(met.iter().map(|row| row.id)).await?;
    let titles = asked.titles(said.iter().filter(|row| row.event == Event::Said).map(|row| row.id)).await?;
    Ok(found.told(|Row { on, event, id }| {
        let (event, record, words) = match event {
            Event::Met => (EVENTS[0], meetings.record(*id), meetings.title(*id)),
            Event::Said => (EVENTS[1], asked.reference(*id), titles.title(*id)),
            Event::Told(_, track, says) => (teller(*track), asked.reference(*id), Cell::word(Some(*says))),
        };
        vec![Cell::Day(*on), Cell::Text(event.to_owned()), record, words]
    }))
}
