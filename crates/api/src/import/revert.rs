//! Taking an import back.

use async_graphql::{ComplexObject, Context, InputObject, Object, SimpleObject};
use store::{
    RecordRef,
    import::{self, Fate, Reverted, Taken},
};

use super::Import;
use crate::{
    fault::Fault,
    id::Id,
    input::Input,
    node::{self, Node},
    payload::{Payload, payload, try_out, write},
    words::RevertOutcome,
};

/// An import that is to be taken back.
#[derive(InputObject)]
pub struct RevertImportInput {
    /// Which import.
    import_id: Id<Import>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// Whether to tell only what would happen.
    #[graphql(default = true)]
    dry_run: bool,
    /// Whether the rest is taken back where somebody has changed some of it since, or has written what refers to it.
    #[graphql(default)]
    leave_changed: bool,
}

/// What becomes of a record when its import is taken back.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct RevertedRecord {
    /// What it is called.
    called: String,
    /// What became, or would become, of it.
    outcome: RevertOutcome,
    /// Why it stays; null where it does not.
    reason: Option<String>,
    #[graphql(skip)]
    of: RecordRef,
}

#[ComplexObject]
impl RevertedRecord {
    /// The record; null where it is gone.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>, Fault> {
        node::find(ctx, self.of).await
    }
}

impl From<Taken> for RevertedRecord {
    fn from(Taken { record, called, fate }: Taken) -> Self {
        let (outcome, reason) = match fate {
            Fate::Removed => (RevertOutcome::Removed, None),
            Fate::PutBack => (RevertOutcome::PutBack, None),
            Fate::Left(why) => (RevertOutcome::Left, Some(why)),
        };
        Self { called, outcome, reason, of: record }
    }
}

payload! {
    /// What came of taking an import back.
    RevertImportPayload of {
        /// The import; null where nothing was written.
        import: Option<Import>,
        /// What became, or would become, of each record that it had made or revised.
        records: Vec<RevertedRecord>,
    }
}

impl Payload for RevertImportPayload {
    type Done = Reverted;

    fn done(Reverted { import, records }: Reverted) -> Self {
        let records = records.into_iter().map(RevertedRecord::from).collect();
        Self { import: Some(import.into()), records, ..Self::default() }
    }
}

/// Taking imports back.
#[derive(Default)]
pub struct RevertImportMutation;

#[Object]
impl RevertImportMutation {
    /// Takes an import back: what it made is removed, what it revised is as it was before. What somebody has changed or
    /// referred to since is told, and then nothing is written, unless it is to be left. The history keeps all of it. Where
    /// nobody says otherwise, it is only told what would happen.
    async fn revert_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which import.")] input: Input<RevertImportInput>,
    ) -> Result<RevertImportPayload, Fault> {
        let Input { it: RevertImportInput { import_id, expected_version, dry_run, leave_changed }, named } = input;
        if dry_run {
            let tried = try_out(ctx, named, async |work| import::revert(work, import_id.0, expected_version).await);
            let tried: RevertImportPayload = tried.await?;
            return Ok(RevertImportPayload { import: None, ..tried });
        }
        let mut left = None;
        let payload = write(ctx, named, async |work| {
            let reverted = import::revert(work, import_id.0, expected_version).await?;
            let count = reverted.left().count();
            if count == 0 || leave_changed {
                return Ok(reverted);
            }
            left = Some(reverted);
            let message = format!(
                "{count} records have been changed or referred to since, so nothing was written: ask to leave them, to take \
                 back the rest"
            );
            Err(store::Error::invalid("importId", message))
        });
        let payload: RevertImportPayload = payload.await?;
        let records = match left {
            Some(reverted) => reverted.records.into_iter().map(RevertedRecord::from).collect(),
            None => payload.records,
        };
        Ok(RevertImportPayload { records, ..payload })
    }
}
