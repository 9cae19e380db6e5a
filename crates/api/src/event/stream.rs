//! The events of a list, one after another, for as long as somebody listens.

use std::{collections::VecDeque, sync::Arc};

use async_graphql::{
    Context,
    futures_util::stream::{self, BoxStream, StreamExt},
};
use store::{Store, change, history};
use tokio::sync::watch;
use uuid::Uuid;

use super::{
    CONCEPTS, Cursor, Feed, Line, Place, Resume,
    deed::{Deed, deeds, last_unit},
    feed::Recent,
};
use crate::{ask, fault::Fault};

/// Lines that are read from the database at once. A unit of work of more lines than that may make several events of one
/// record.
const LINES_AT_ONCE: u64 = 500;

/// Events, until the server stops or one cannot be told.
pub(super) type Events<E> = BoxStream<'static, Result<E, Fault>>;

/// What becomes an event of a list, and which.
pub(super) trait Telling: Send + Sync + 'static {
    /// An event.
    type Event: Send;

    /// The record of the list that a line is about; none where it is no matter of the list.
    fn about(&self, line: &Line) -> Option<Uuid>;

    /// The event, where it is one and the client asked for it.
    fn event(&self, store: &Store, deed: Deed) -> impl Future<Output = Result<Option<Self::Event>, Fault>> + Send;
}

/// The events of a list behind a cursor, or from now on.
///
/// # Errors
/// Where the cursor is none, or ahead of the history.
pub(super) async fn events<T: Telling>(
    ctx: &Context<'_>,
    list: T,
    after: Option<String>,
) -> Result<Events<T::Event>, Fault> {
    let store = ask::store(ctx).clone();
    let feed = ctx.data_unchecked::<Feed>().listen();
    let end = history::last_number(store.reader()).await?;
    let Cursor { behind, last } = match ctx.data_opt::<Resume>().map(|resume| resume.0.clone()).or(after) {
        Some(text) => place(&text, end)?,
        None => Cursor::at(end),
    };
    let place = ctx.data_unchecked::<Place>().clone();
    let walk = Walk { store, feed, list, place, read_to: behind, end, told: last, waiting: VecDeque::new() };
    // After a failure nothing more is told: the client goes on behind the last event that it got.
    let told = stream::unfold(Some(walk), async |walk| {
        let mut walk = walk?;
        match walk.next().await {
            Ok(Some(event)) => Some((Ok(event), Some(walk))),
            Ok(None) => None,
            Err(fault) => Some((Err(fault), None)),
        }
    });
    Ok(told.boxed())
}

fn place(text: &str, end: i32) -> Result<Cursor, Fault> {
    let Some(cursor) = Cursor::decode(text) else {
        let message = format!("\"{text}\" is no cursor of an event: use one that an event or eventCursor gave");
        return Err(Fault::input("after", message));
    };
    if cursor.last > end {
        let message = "this cursor is ahead of the history, so it comes from another database: ask eventCursor for one";
        return Err(Fault::input("after", message));
    }
    Ok(cursor)
}

/// On the way through the history.
struct Walk<T> {
    store: Store,
    feed: watch::Receiver<Arc<Recent>>,
    list: T,
    place: Place,
    /// The number up to which lines were read.
    read_to: i32,
    /// The highest number that is known to be there.
    end: i32,
    /// What ends here or before was told already.
    told: i32,
    /// What was read and not told yet.
    waiting: VecDeque<Deed>,
}

impl<T: Telling> Walk<T> {
    /// The next event; none where there will be no more.
    async fn next(&mut self) -> Result<Option<T::Event>, Fault> {
        loop {
            while let Some(deed) = self.waiting.pop_front() {
                let cursor = deed.cursor;
                if let Some(event) = self.list.event(&self.store, deed).await? {
                    self.place.put(cursor.encode());
                    return Ok(Some(event));
                }
            }
            let recent = self.feed.borrow_and_update().clone();
            self.end = self.end.max(recent.to);
            if self.read_to < self.end {
                self.read(&recent).await?;
            } else if self.feed.changed().await.is_err() {
                return Ok(None);
            }
        }
    }

    /// Reads on: from memory, or from the database where memory does not reach back so far.
    async fn read(&mut self, recent: &Recent) -> Result<(), Fault> {
        if recent.behind <= self.read_to && self.end <= recent.to {
            self.take(recent.behind(self.read_to), self.end);
            return Ok(());
        }
        let read = change::next(self.store.reader(), &CONCEPTS, self.read_to, LINES_AT_ONCE).await?;
        let is_all = (read.len() as u64) < LINES_AT_ONCE;
        let mut lines: Vec<_> = read.into_iter().map(Arc::new).collect();
        if is_all {
            self.take(&lines, self.end);
            return Ok(());
        }
        // The last unit of work may go on: it is read again as a whole.
        let begin = last_unit(&lines);
        if begin > 0 {
            lines.truncate(begin);
        }
        self.take(&lines, 0);
        Ok(())
    }

    /// These are the lines up to a number, or up to their last.
    fn take(&mut self, lines: &[Arc<Line>], to: i32) {
        self.waiting.extend(deeds(lines, self.told, |line| self.list.about(line)));
        self.read_to = lines.last().map_or(to, |line| line.seq.max(to));
    }
}
