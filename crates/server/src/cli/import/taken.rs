//! `entente import list`, `entente import revert NUMBER`

use std::io::{self, BufWriter, Write};

use clap::Args;
use sea_orm::ConnectionTrait;
use store::{
    Store, account, by_ids,
    import::{self, Fate},
    page::{self, Slice},
};

use super::{end, on_behalf};
use crate::{Failure, Settings};

/// So many are listed.
const LISTED: u64 = 100;

/// Prints the imports, the latest first.
pub(super) async fn list(store: &Store) -> Result<(), Failure> {
    let db = store.reader();
    let page = page::page(db, import::all(), &import::latest_first(), &Slice::first(LISTED)).await?;
    let rows: Vec<import::Model> = page.rows.into_iter().map(|(_, row)| row).collect();
    let names = names(db, &rows).await?;
    let mut out = io::stdout().lock();
    for row in &rows {
        let name = |id| names.get(&id).map_or("the system", |account: &account::Model| account.name.as_str());
        let by = row.account_id.map_or("the system", name);
        let (day, of) = (row.created_at.date_naive(), row.kind.0);
        write!(out, "{}: {of} from {}, {day}, by {by}: ", row.number, row.file_name)?;
        write!(out, "{} new, {} revised, {} unchanged", row.new_records, row.revised_records, row.unchanged_records)?;
        match row.reverted_at {
            Some(at) => writeln!(out, "; taken back on {}", at.date_naive())?,
            None => writeln!(out)?,
        }
    }
    if page.has_next {
        writeln!(out, "and older ones")?;
    }
    Ok(())
}

type Accounts = std::collections::HashMap<uuid::Uuid, account::Model>;

async fn names(db: &impl ConnectionTrait, rows: &[import::Model]) -> store::Result<Accounts> {
    let ids: Vec<_> = rows.iter().filter_map(|row| row.account_id).collect();
    by_ids::<account::Entity>(db, &ids).await
}

/// An import that is to be taken back.
#[derive(Debug, Args)]
pub(in crate::cli) struct Revert {
    /// Its number, as `entente import list` tells it
    number: i32,
    /// Do it; without this, only tell what would happen
    #[arg(long)]
    apply: bool,
    /// Take back the rest where somebody has changed some of it, or has written something that refers to it
    #[arg(long)]
    leave_changed: bool,
}

impl Revert {
    pub(super) async fn run(self, store: &Store, settings: &Settings) -> Result<(), Failure> {
        let Self { number, apply, leave_changed } = self;
        let import = import::by_number(store.reader(), number).await?;
        let who = on_behalf(store, settings, apply).await?.doing("import revert");
        let mut work = store.begin(&who).await?;
        let reverted = import::revert(&mut work, import.id, None).await?;
        let left = reverted.left().count();
        let lasts = apply && (left == 0 || leave_changed);
        if lasts {
            work.commit().await?;
        } else {
            work.try_out().await?;
        }
        let mut out = BufWriter::new(io::stdout().lock());
        let (mut gone, mut put_back) = (0_usize, 0_usize);
        for taken in &reverted.records {
            let (kind, called) = (api::id::called(taken.record.concept), &taken.called);
            match &taken.fate {
                Fate::Removed => {
                    gone += 1;
                    writeln!(out, "removed: {kind} {called}")?;
                }
                Fate::PutBack => {
                    put_back += 1;
                    writeln!(out, "put back: {kind} {called}")?;
                }
                Fate::Left(why) => writeln!(out, "left: {kind} {called}: {why}")?,
            }
        }
        writeln!(out, "{gone} removed, {put_back} put back, {left} left{}", end(lasts))?;
        out.flush()?;
        if left > 0 && !leave_changed {
            let message = format!(
                "{left} records of import {number} have been changed or referred to since: nothing was written; \
                 --leave-changed takes back the rest"
            );
            return Err(Failure::asked_wrong(message));
        }
        Ok(())
    }
}
