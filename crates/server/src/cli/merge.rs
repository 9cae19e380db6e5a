//! `entente merge ...`

use clap::{Args, Subcommand, ValueEnum};
use intake::duplicates;
use store::{
    Concept, RecordRef, Store, UnitOfWork, by_ids, merge, organization,
    page::{self, Slice},
    person, rejected_merge,
};
use uuid::Uuid;

use super::open;
use crate::{Failure, Settings, desk};

#[derive(Debug, Subcommand)]
pub(super) enum Merge {
    /// List the pairs that may be one, the surest first, each with why
    Candidates {
        /// Of people or of organizations
        kind: Kind,
        /// At most so many
        #[arg(long, value_name = "COUNT", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=5_000))]
        first: u64,
    },
    /// Make one person of two
    People(Two),
    /// Make one organization of two
    Organizations(Two),
    /// List the merges, the latest first
    List {
        /// At most so many
        #[arg(long, value_name = "COUNT", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=5_000))]
        first: u64,
    },
    /// Undo a merge: both records are there again
    Undo {
        /// The merge, by its id in GraphQL or in `entente merge list`
        #[arg(value_name = "MERGE_ID")]
        merge: String,
        /// Why they are two
        #[arg(long)]
        reason: String,
    },
    /// Say that two records are two, so that they are not proposed again
    Reject {
        /// Of people or of organizations
        kind: Kind,
        /// One of the two, by its id in GraphQL or in `entente merge candidates`
        #[arg(value_name = "ID")]
        one: String,
        /// The other
        #[arg(value_name = "OTHER_ID")]
        other: String,
        /// Why they are two
        #[arg(long)]
        reason: String,
    },
}

/// What can be merged.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Kind {
    People,
    Organizations,
}

impl Kind {
    fn concept(self) -> Concept {
        match self {
            Self::People => Concept::Person,
            Self::Organizations => Concept::Organization,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Two {
    /// The one that is kept, by its id in GraphQL or in `entente merge candidates`
    #[arg(value_name = "KEPT_ID")]
    kept: String,
    /// The one that becomes part of it
    #[arg(value_name = "OTHER_ID")]
    other: String,
    /// Why they are one
    #[arg(long)]
    reason: String,
}

impl Two {
    fn draft(self, kind: Kind) -> Result<merge::Draft, Failure> {
        let key = |id: &str| key(id, kind.concept()).map(|id| (id, None));
        Ok(merge::Draft { kept: key(&self.kept)?, other: key(&self.other)?, reason: self.reason })
    }
}

impl Merge {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let store = open::open_prepared(&settings).await?;
        let desk = Desk { store: &store, account: &settings.account };
        match self {
            Self::Candidates { kind, first } => candidates(&store, kind, first).await?,
            Self::List { first } => list(&store, first).await?,
            Self::People(two) => {
                let draft = two.draft(Kind::People)?;
                let done = desk.does("merge people", async |work| merge::people(work, draft).await).await?;
                println!("{}", line(&done));
            }
            Self::Organizations(two) => {
                let draft = two.draft(Kind::Organizations)?;
                let done = desk.does("merge organizations", async |work| merge::organizations(work, draft).await);
                println!("{}", line(&done.await?));
            }
            Self::Undo { merge, reason } => {
                let id = key(&merge, Concept::Merge)?;
                let undone = desk.does("merge undo", async |work| merge::undo(work, id, None, &reason).await).await?;
                println!("{}", line(&undone.merge));
                for merge::Left { record, field, why } in undone.left {
                    let field = field.map(|field| format!(", {field}")).unwrap_or_default();
                    println!("  stays as it is: {} {}{field}: {why}", api::id::called(record.concept), record.id);
                }
            }
            Self::Reject { kind, one, other, reason } => {
                let record = |id: &str| key(id, kind.concept()).map(|id| RecordRef::new(kind.concept(), id));
                let (one, other) = (record(&one)?, record(&other)?);
                let reject = async |work: &mut UnitOfWork| rejected_merge::create(work, one, other, &reason).await;
                let row = desk.does("merge reject", reject).await?;
                println!("{} and {} are two: {}", row.one_id, row.other_id, row.reason);
            }
        }
        Ok(store.close().await?)
    }
}

/// Whoever works on the machine that holds the database.
struct Desk<'s> {
    store: &'s Store,
    account: &'s str,
}

impl Desk<'_> {
    /// Does something in one unit of work, in the name of the account at the desk.
    async fn does<T>(
        &self,
        act: &'static str,
        verb: impl AsyncFnOnce(&mut UnitOfWork) -> store::Result<T>,
    ) -> Result<T, Failure> {
        let who = desk::at_the_desk(self.store, self.account).await?.doing(act);
        let mut work = self.store.begin(&who).await?;
        let done = verb(&mut work).await?;
        work.commit().await?;
        Ok(done)
    }
}

async fn candidates(store: &Store, kind: Kind, first: u64) -> Result<(), Failure> {
    let pairs = duplicates::pairs(store.reader(), kind.concept()).await?;
    let all = pairs.len();
    let shown = page::of_list(pairs, duplicates::Pair::place, &Slice::first(first))?.rows;
    let ids: Vec<Uuid> = shown.iter().flat_map(|(_, pair)| [pair.one, pair.other]).collect();
    let db = store.reader();
    let people = by_ids::<person::Entity>(db, &ids).await?.into_values().map(|row| (row.id, row.label));
    let bodies = by_ids::<organization::Entity>(db, &ids).await?.into_values().map(|row| (row.id, row.label));
    let names: std::collections::HashMap<Uuid, String> = people.chain(bodies).collect();
    for (_, pair) in &shown {
        for id in [pair.one, pair.other] {
            println!("{id}  {}", names.get(&id).map_or("", String::as_str));
        }
        for reason in &pair.reasons {
            println!("  {:.2}  {}: {}", reason.score, reason.rule, reason.text);
        }
    }
    println!("{} of {all} pairs", shown.len());
    Ok(())
}

async fn list(store: &Store, first: u64) -> Result<(), Failure> {
    let merges = page::page(store.reader(), merge::select(), &merge::latest_first(), &Slice::first(first)).await?;
    for (_, merge) in &merges.rows {
        println!("{}", line(merge));
    }
    Ok(())
}

fn line(merge: &merge::Model) -> String {
    let undone = merge.undone_because.as_ref().map(|why| format!("  (undone: {why})")).unwrap_or_default();
    let (day, kind) = (merge.created_at.date_naive(), api::id::called(merge.concept.0));
    format!("{}  {day}  {kind} \"{}\" into {}: {}{undone}", merge.id, merge.label, merge.kept_id, merge.reason)
}

/// The key of the record that an identifier names.
fn key(id: &str, concept: Concept) -> Result<Uuid, Failure> {
    let decoded = api::id::decode(id).filter(|record| record.concept == concept).map(|record| record.id);
    let key = Uuid::try_parse(id).ok().or(decoded);
    key.ok_or_else(|| {
        Failure::asked_wrong(format!("\"{id}\" is no id of a record of the kind {}", vocab::Word::code(concept)))
    })
}
