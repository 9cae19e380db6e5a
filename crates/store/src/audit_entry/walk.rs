//! Whether the trail holds: a walk along it, from its first entry to its last, with the history beside it.

use std::{fmt, str::FromStr};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Column, Entity, Model, of_range, sealed};
use crate::{Result, change};

/// Entries read in one statement.
const AT_ONCE: u64 = 500;

/// An entry by its number and its hash, as it can be written down elsewhere: `NUMBER:HASH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The number.
    pub number: i32,
    /// The hash.
    pub hash: String,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, self.hash)
    }
}

impl FromStr for Head {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "write NUMBER:HASH, as `entente audit verify` printed it";
        let (number, hash) = text.trim().split_once(':').ok_or(wrong)?;
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = number.parse().ok().filter(|number| *number > 0 && is_hash).ok_or(wrong)?;
        Ok(Self { number, hash: hash.to_ascii_lowercase() })
    }
}

/// What came of a walk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walk {
    /// So many entries hold, from the first on.
    pub entries: u64,
    /// So many lines of the history stand under them.
    pub lines: i32,
    /// The last entry that holds.
    pub head: Option<Head>,
    /// The first thing that does not hold.
    pub amiss: Option<String>,
    /// Whether the entry that was written down elsewhere was met as it was then.
    pub is_met: bool,
}

/// Walks along the trail to its end, or to the first thing that does not hold, and looks for an entry that was written down
/// elsewhere.
///
/// # Errors
/// [`crate::Error::Database`] where the database does not answer at all.
pub async fn walk(db: &impl ConnectionTrait, known: Option<&Head>) -> Result<Walk> {
    let lines = change::Entity::find().count(db).await?;
    let (mut walk, mut limit) = (Walk::default(), AT_ONCE);
    loop {
        let behind = walk.head.as_ref().map_or(i32::MIN, |head| head.number);
        let next = Entity::find().filter(Column::Seq.gt(behind)).order_by_asc(Column::Seq).limit(limit);
        let entries = match next.all(db).await {
            Ok(entries) => entries,
            // One by one, to tell which.
            Err(_) if limit > 1 => {
                limit = 1;
                continue;
            }
            Err(fault) => {
                walk.amiss = Some(format!("entry {} cannot be read: {fault}", walk.next()));
                return Ok(walk);
            }
        };
        if entries.is_empty() {
            walk.end(db, lines).await?;
            return Ok(walk);
        }
        for entry in entries {
            if let Some(amiss) = walk.amiss_with(db, &entry).await? {
                walk.amiss = Some(amiss);
                return Ok(walk);
            }
            walk.go_on(entry, known);
        }
    }
}

impl Walk {
    fn next(&self) -> i32 {
        self.head.as_ref().map_or(1, |head| head.number.saturating_add(1))
    }

    fn go_on(&mut self, entry: Model, known: Option<&Head>) {
        let head = Head { number: entry.seq, hash: entry.hash };
        self.entries += 1;
        self.lines = entry.last_change.unwrap_or(self.lines);
        self.is_met |= known == Some(&head);
        self.head = Some(head);
    }

    /// What does not hold with an entry.
    async fn amiss_with(&self, db: &impl ConnectionTrait, entry: &Model) -> Result<Option<String>> {
        let (number, next) = (entry.seq, self.next());
        if number != next {
            return Ok(Some(if number > next {
                format!("entry {next} is missing: {number} comes in its place")
            } else {
                format!("entry {number} was put in: the first one is 1")
            }));
        }
        if sealed(entry)? != entry.hash {
            return Ok(Some(format!("entry {number} was changed: it is not what its hash says")));
        }
        if entry.previous_hash != self.head.as_ref().map_or("", |head| head.hash.as_str()) {
            let told = "does not follow upon the one before it: there an entry was changed, put in or taken out";
            return Ok(Some(format!("entry {number} {told}")));
        }
        let (first, last) = match (entry.first_change, entry.last_change) {
            (None, None) if entry.changes_hash.is_none() => return Ok(None),
            (Some(first), Some(last)) if first == self.lines.saturating_add(1) && last >= first => (first, last),
            _ => {
                let lines = self.lines;
                return Ok(Some(format!("entry {number} does not go on where the history stood, at line {lines}")));
            }
        };
        Ok(match of_range(db, first, last).await {
            Err(fault) => Some(format!("lines {first} to {last} of the history cannot be read: {fault}")),
            Ok(found) => match found.missing {
                Some(missing) => Some(format!("line {missing} of the history is missing, which entry {number} made")),
                None if Some(found.hash) == entry.changes_hash => None,
                None => Some(format!(
                    "of the lines {first} to {last} of the history one was changed, which entry {number} made"
                )),
            },
        })
    }

    /// Whether there is more in the history than the trail tells of.
    async fn end(&mut self, db: &impl ConnectionTrait, lines: u64) -> Result<()> {
        let more = lines.saturating_sub(u64::try_from(self.lines).unwrap_or_default());
        if more > 0 {
            let behind = change::Entity::find().select_only().column(change::Column::Seq);
            let behind = behind.filter(change::Column::Seq.gt(self.lines)).order_by_asc(change::Column::Seq);
            let first = behind.into_tuple::<i32>().one(db).await?;
            let which = first.map_or_else(String::new, |first| format!(", the first of them line {first}"));
            self.amiss = Some(format!("{more} lines of the history were made by no entry{which}"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_is_written() {
        let head = Head { number: 7, hash: "ab".repeat(32) };
        assert_eq!(head.to_string().parse(), Ok(head.clone()));
        assert_eq!(format!(" 7:{}\n", "AB".repeat(32)).parse(), Ok(head));
        for wrong in ["", "7", "7:", "7:ab", "x:", &format!("0:{}", "ab".repeat(32)), &format!("7:{}", "xy".repeat(32))]
        {
            assert!(wrong.parse::<Head>().is_err(), "{wrong}");
        }
    }
}
