//! Writing the audit trail: an entry for each unit that made lines of the history, for each mutation, and for what was
//! refused. It is written last, where the numbers of the history are given out and everybody else waits: so it cannot fork,
//! whoever else writes.

use sea_orm::{EntityTrait, IntoActiveModel};
use uuid::Uuid;
use vocab::{Outcome, Way};

use super::{HISTORY, UnitOfWork};
use crate::{
    Result, Who,
    audit_entry::{self, Model, Refused, of_lines, of_range, sealed},
    change,
};

/// What the entry is called that covers the history from before the trail.
const BEFORE: &str = "history-before";

impl UnitOfWork {
    /// Has the trail tell of something that was asked for and not done.
    pub(crate) fn tell(&mut self, refused: Refused) {
        self.refused.push(refused);
    }

    /// From here on this is done by an account that was not known before: what follows has its name in the history, and the
    /// whole unit in the trail. What they may do stays as it was.
    pub fn goes_on_for(&mut self, account_id: Uuid) {
        self.who.account_id = Some(account_id);
    }

    /// Begins the trail, where there is none. Whoever writes meanwhile waits.
    pub(crate) async fn begin_trail(&mut self) -> Result<()> {
        let last = self.next_numbers(HISTORY, 0).await?;
        if audit_entry::last(&self.transaction).await?.is_none() {
            self.cover(last).await?;
        }
        Ok(())
    }

    /// Whether the trail has an entry for a unit that made such lines.
    pub(super) fn is_told(&self, lines: &[change::Model]) -> bool {
        !lines.is_empty() || self.who.way == Way::Graphql
    }

    /// Writes the entries of this unit, whose lines begin behind `before`.
    pub(super) async fn write_trail(&mut self, lines: &[change::Model], before: i32) -> Result<()> {
        let mut last = match audit_entry::last(&self.transaction).await? {
            Some(last) => Some(last),
            None => self.cover(before).await?,
        };
        let mut entries = Vec::with_capacity(1 + self.refused.len());
        let refused = std::mem::take(&mut self.refused);
        if self.is_told(lines) {
            let mut entry = self.entry(&self.who, Outcome::Done);
            if let (Some(first), Some(end)) = (lines.first(), lines.last()) {
                entry.first_change = Some(first.seq);
                entry.last_change = Some(end.seq);
                entry.changes_hash = Some(of_lines(lines)?);
            }
            entries.push(entry);
        }
        entries.extend(refused.into_iter().map(|Refused { who, code, times }| {
            let entry = self.entry(&who, Outcome::of(&code));
            Model { code: Some(code), times, ..entry }
        }));
        for entry in &mut entries {
            chain(entry, last.as_ref())?;
            last = Some(entry.clone());
        }
        let rows = entries.into_iter().map(IntoActiveModel::into_active_model);
        audit_entry::Entity::insert_many(rows).exec_without_returning(&self.transaction).await?;
        Ok(())
    }

    /// Takes what stands in the history already, up to a number, under the first entry.
    async fn cover(&self, last: i32) -> Result<Option<Model>> {
        if last == 0 {
            return Ok(None);
        }
        let who = Who { way: Way::Migration, ..Who::background(BEFORE) };
        let mut entry = self.entry(&who, Outcome::Done);
        entry.first_change = Some(1);
        entry.last_change = Some(last);
        entry.changes_hash = Some(of_range(&self.transaction, 1, last).await?.hash);
        chain(&mut entry, None)?;
        let row = entry.clone().into_active_model();
        audit_entry::Entity::insert(row).exec_without_returning(&self.transaction).await?;
        Ok(Some(entry))
    }

    /// An entry without its place in the trail.
    fn entry(&self, who: &Who, outcome: Outcome) -> Model {
        let role = who.rights.role.filter(|_| who.way == Way::Graphql);
        Model {
            id: self.surroundings.fresh_id(),
            seq: 0,
            at: self.now,
            way: who.way.into(),
            act: who.act.clone().into_owned(),
            account_id: who.account_id,
            token_id: who.token_id,
            role: role.map(Into::into),
            request_id: who.request_id.clone(),
            outcome: outcome.into(),
            code: None,
            times: 1,
            first_change: None,
            last_change: None,
            changes_hash: None,
            previous_hash: String::new(),
            hash: String::new(),
        }
    }
}

/// Puts an entry behind another, or at the beginning.
fn chain(entry: &mut Model, last: Option<&Model>) -> Result<()> {
    entry.seq = last.map_or(1, |last| last.seq + 1);
    entry.previous_hash = last.map(|last| last.hash.clone()).unwrap_or_default();
    entry.hash = sealed(entry)?;
    Ok(())
}
