//! Where books are kept: the one of today, brought up to date whenever it is opened, and some of the past.

use std::{ops::Deref, sync::Arc};

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;
use store::{
    Result, Store,
    history::{SETTLED_AFTER, last_number, next_lines},
};
use tokio::sync::{Mutex, OwnedRwLockReadGuard, RwLock};

use super::{Book, CONCEPTS};

/// How many books of the past are kept, the last opened first.
const PAST_BOOKS: usize = 4;

/// The books of one database. A copy shares them.
#[derive(Clone, Default)]
pub struct Shelf {
    live: Arc<RwLock<Book>>,
    past: Arc<Mutex<PastBooks>>,
}

/// Books of the past, the last opened first, each with its moment.
type PastBooks = Vec<(DateTime<Utc>, Arc<Book>)>;

/// A book that is being read. While one is open, no line is added to it.
pub enum OpenBook {
    /// By all that is known.
    Live(OwnedRwLockReadGuard<Book>),
    /// As it was known at a moment.
    Past(Arc<Book>),
}

impl Deref for OpenBook {
    type Target = Book;

    fn deref(&self) -> &Book {
        match self {
            Self::Live(book) => book,
            Self::Past(book) => book,
        }
    }
}

impl Shelf {
    /// Opens the book of what is known, or of what was known at a moment.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub async fn open(&self, store: &Store, known_at: Option<DateTime<Utc>>) -> Result<OpenBook> {
        let db = store.reader();
        match known_at {
            None => self.live(db).await.map(OpenBook::Live),
            Some(moment) if moment + SETTLED_AFTER < store.surroundings().now() => {
                self.past(db, moment).await.map(OpenBook::Past)
            }
            Some(moment) => book_at(db, moment).await.map(OpenBook::Past),
        }
    }

    async fn live(&self, db: &DatabaseConnection) -> Result<OwnedRwLockReadGuard<Book>> {
        let last = last_number(db).await?;
        let book = self.live.clone().read_owned().await;
        if book.read_to >= last {
            return Ok(book);
        }
        drop(book);
        let mut book = self.live.clone().write_owned().await;
        read_on(&mut book, db, None).await?;
        book.read_to = book.read_to.max(last);
        Ok(book.downgrade())
    }

    async fn past(&self, db: &DatabaseConnection, moment: DateTime<Utc>) -> Result<Arc<Book>> {
        let mut books = self.past.lock().await;
        let book = match books.iter().position(|(of, _)| *of == moment) {
            Some(at) => books.remove(at).1,
            None => book_at(db, moment).await?,
        };
        books.insert(0, (moment, book.clone()));
        books.truncate(PAST_BOOKS);
        Ok(book)
    }
}

async fn book_at(db: &DatabaseConnection, moment: DateTime<Utc>) -> Result<Arc<Book>> {
    let mut book = Book::default();
    read_on(&mut book, db, Some(moment)).await?;
    Ok(Arc::new(book))
}

/// Reads the lines that are not in the book yet.
async fn read_on(book: &mut Book, db: &DatabaseConnection, known_at: Option<DateTime<Utc>>) -> Result<()> {
    loop {
        let lines = next_lines(db, CONCEPTS, book.read_to, known_at).await?;
        if lines.is_empty() {
            return Ok(());
        }
        for line in &lines {
            book.take_in(line)?;
        }
    }
}
