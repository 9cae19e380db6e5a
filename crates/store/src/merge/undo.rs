//! Undoing a merge, by the lines of the history that tell what it changed: the last first, column by column. What was
//! changed since stays, and is told; what was added since stays with the kept record.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Display,
};

use sea_orm::{
    ColumnTrait, EntityTrait, IdenStatic, Iterable, QueryFilter, QueryOrder, QuerySelect, Value, sea_query::ExprTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vocab::Word;

use super::{Column, Entity, Model, stands};
use crate::{
    Concept, Error, RecordRef, Recorded, Result, UnitOfWork, appointment, by_id, by_ids,
    change::{self, said},
    error::text,
    evidence, finding, follow_up_action,
    load::KEYS_AT_ONCE,
    organization, participation, person, post, record_name, rejected_link, rejected_merge, standing,
    unit_of_work::ColumnOf,
};

/// Something that did not go back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Which record; it need not be there.
    pub record: RecordRef,
    /// The column, where it is about one alone.
    pub field: Option<String>,
    /// Why, in a sentence.
    pub why: String,
}

/// What came of undoing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Undone {
    /// The merge, which does not stand any more.
    pub merge: Model,
    /// What did not go back.
    pub left: Vec<Left>,
}

/// Undoes a merge: both records are there again, each with what it had, as far as nobody has changed it since.
///
/// # Errors
/// [`Error::Invalid`] where it is undone, or a later one has to be undone first; [`Error::NotFound`]; [`Error::Conflict`];
/// [`Error::Database`].
pub async fn undo(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>, reason: &str) -> Result<Undone> {
    let reason = text("reason", reason, 2_000)?;
    let merge = by_id::<Entity>(work.connection(), id).await?;
    if let Some(expected) = expected.filter(|expected| *expected != merge.version) {
        return Err(Error::Conflict { concept: Concept::Merge, id, expected, current: merge.version });
    }
    if merge.undone_at.is_some() {
        return Err(Error::invalid("mergeId", "this merge was undone already"));
    }
    if merge.part_of.is_some() {
        let message = "this merge followed from that of what both belong to: undo that one";
        return Err(Error::invalid("mergeId", message));
    }
    let parts = Entity::find().filter(Column::PartOf.eq(id)).all(work.connection()).await?;
    let (seq, lines) = lines(work, &merge).await?;
    refuse_before_later(work, &merge, seq, &lines).await?;
    let (who, now) = (work.who().account_id, work.now());
    let end = |row: &mut Model| {
        (row.undone_by, row.undone_at, row.undone_because) = (who, Some(now), Some(reason.clone()));
        Ok(())
    };
    let undone = work.revise_from(merge.clone(), end).await?;
    let since = work.written();
    let twins = parts.iter().map(|part| (part.other_id, part.kept_id)).collect();
    for part in parts {
        work.revise_from(part, end).await?;
    }
    let mut undoing = Undoing { work, twins, missing: BTreeSet::new(), left: Vec::new() };
    for line in lines.iter().rev() {
        undoing.line(line).await?;
    }
    let left = undoing.left;
    work.judge_by_merge(since);
    Ok(Undone { merge: undone, left })
}

/// The number of the line by which the merge was written down, and the lines that tell what it changed.
async fn lines(work: &UnitOfWork, merge: &Model) -> Result<(i32, Vec<change::Model>)> {
    let (first, seq) = change::before_own(work.connection(), Concept::Merge, merge.id, merge.lines).await?;
    let lines = change::Entity::find()
        .filter(change::Column::Seq.gte(first))
        .filter(change::Column::Seq.lt(seq))
        .order_by_asc(change::Column::Seq);
    Ok((seq, lines.all(work.connection()).await?))
}

/// Merges are undone in the reverse of their order where they had to do with the same rows: what a later one made one with
/// a row of this one would go away with it.
async fn refuse_before_later(work: &UnitOfWork, merge: &Model, seq: i32, lines: &[change::Model]) -> Result<()> {
    let db = work.connection();
    let rows: BTreeSet<Uuid> = lines.iter().map(|line| line.record_id).chain([merge.kept_id, merge.other_id]).collect();
    let rows: Vec<Uuid> = rows.into_iter().collect();
    let mut others: BTreeSet<Uuid> = BTreeSet::new();
    for rows in rows.chunks(KEYS_AT_ONCE) {
        let naming = ExprTrait::or(Column::KeptId.is_in(rows.to_vec()), Column::OtherId.is_in(rows.to_vec()));
        let found = Entity::find().filter(stands()).filter(naming).all(db).await?;
        others.extend(found.into_iter().map(|found| found.part_of.unwrap_or(found.id)));
    }
    others.remove(&merge.id);
    let written = change::Entity::find()
        .select_only()
        .column(change::Column::RecordId)
        .filter(change::Column::RecordId.is_in(others))
        .filter(change::Column::Version.eq(1))
        .filter(change::Column::Seq.gt(seq))
        .order_by_desc(change::Column::Seq);
    let Some(last) = written.into_tuple::<Uuid>().one(db).await? else { return Ok(()) };
    let later = by_id::<Entity>(db, last).await?;
    let message = format!(
        "undo first the later merge of \"{}\" ({}), which had to do with the same records",
        later.label,
        later.created_at.date_naive()
    );
    Err(Error::invalid("mergeId", message))
}

struct Undoing<'w> {
    work: &'w mut UnitOfWork,
    /// With which row each became one.
    twins: HashMap<Uuid, Uuid>,
    /// Rows that are not kept again: nothing is to name them.
    missing: BTreeSet<Uuid>,
    left: Vec<Left>,
}

impl Undoing<'_> {
    async fn line(&mut self, line: &change::Model) -> Result<()> {
        match line.concept.0 {
            Concept::Person => self.back::<person::Model>(line).await,
            Concept::Organization => self.back::<organization::Model>(line).await,
            Concept::Post => self.back::<post::Model>(line).await,
            Concept::Appointment => self.back::<appointment::Model>(line).await,
            Concept::RecordName => self.back::<record_name::Model>(line).await,
            Concept::RejectedLink => self.back::<rejected_link::Model>(line).await,
            Concept::RejectedMerge => self.back::<rejected_merge::Model>(line).await,
            Concept::Standing => self.back::<standing::Model>(line).await,
            Concept::Finding => self.back::<finding::Model>(line).await,
            Concept::Evidence => self.back::<evidence::Model>(line).await,
            Concept::Participation => self.back::<participation::Model>(line).await,
            Concept::FollowUpAction => self.back::<follow_up_action::Model>(line).await,
            other => Err(Error::unwritable(&format_args!("a merge that changed a {}", other.code()))),
        }
    }

    /// Undoes what a line tells.
    async fn back<M>(&mut self, line: &change::Model) -> Result<()>
    where
        M: Recorded + PartialEq + 'static,
        M::Entity: EntityTrait<Model = M, ActiveModel: Send>,
    {
        let now = by_ids::<M::Entity>(self.work.connection(), &[line.record_id]).await?.remove(&line.record_id);
        match (line.was::<M>(), line.became::<M>(), now) {
            (Some(gone), None, None) => self.keep_again(gone).await,
            (None, Some(made), Some(now)) if now == made => self.work.remove(now).await,
            (None, Some(made), Some(_)) => {
                self.leave(&made, None, "it was changed since");
                Ok(())
            }
            (Some(before), Some(after), Some(now)) => self.columns(&before, &after, now).await,
            (Some(before), Some(_), None) => {
                self.leave(&before, None, "it was taken away since");
                Ok(())
            }
            (None, Some(_), None) => Ok(()),
            (Some(_), None, Some(_)) | (None, None, _) => {
                Err(Error::unwritable(&format_args!("line {} of the history, which does not fit its row", line.seq)))
            }
        }
    }

    async fn keep_again<M>(&mut self, row: M) -> Result<()>
    where
        M: Recorded + 'static,
        M::Entity: EntityTrait<Model = M, ActiveModel: Send>,
    {
        if let Some(twin) = self.twins.get(&row.id()).copied()
            && by_ids::<M::Entity>(self.work.connection(), &[twin]).await?.is_empty()
        {
            self.leave(&row, None, "what it became one with was taken away since");
            self.missing.insert(row.id());
            return Ok(());
        }
        if self.is_taken(&row).await? {
            self.leave(&row, None, "there is another like it by now");
            self.missing.insert(row.id());
            return Ok(());
        }
        let row = self.under_what_is_there(row).await?;
        self.work.put_back(row).await
    }

    /// An organization without the one it was a part of, where that is gone: it went with the import that made it.
    async fn under_what_is_there<M: Recorded>(&mut self, mut row: M) -> Result<M> {
        let Some(column) = ColumnOf::<M>::iter().find(|column| column.as_str() == "parent_id") else { return Ok(row) };
        let Value::Uuid(Some(parent)) = row.get(column) else { return Ok(row) };
        let parent = self.work.stands_for(parent).await?;
        if by_ids::<organization::Entity>(self.work.connection(), &[parent]).await?.is_empty() {
            self.leave(&row, Some("parent id"), "what it was is not there any more");
            row.try_set(column, Value::Uuid(None))?;
        }
        Ok(row)
    }

    /// Whether a row of another identifier stands where this one is to be.
    async fn is_taken<M: Recorded + 'static>(&self, row: &M) -> Result<bool> {
        let db = self.work.connection();
        let row: &dyn std::any::Any = row;
        if let Some(post) = row.downcast_ref::<post::Model>() {
            return Ok(post::titled(db, post.organization_id, &post.label).await?.is_some());
        }
        if let Some(link) = row.downcast_ref::<rejected_link::Model>() {
            let same = rejected_link::Entity::find().filter(rejected_link::Column::RecordId.eq(link.record_id));
            return Ok(same.filter(rejected_link::Column::Folded.eq(&*link.folded)).one(db).await?.is_some());
        }
        Ok(false)
    }

    /// Gives the columns that the merge changed what they had, where nobody has changed them since, nor what they tell
    /// together with others.
    async fn columns<M>(&mut self, before: &M, after: &M, now: M) -> Result<()>
    where
        M: Recorded + PartialEq,
        M::Entity: EntityTrait<Model = M>,
    {
        let changed = ColumnOf::<M>::iter().filter(|column| column.as_str() != "version");
        let changed: Vec<_> = changed.filter(|column| before.get(*column) != after.get(*column)).collect();
        let is_touched = |column: &&ColumnOf<M>| {
            let stands = now.get(**column);
            stands != after.get(**column) && stands != before.get(**column)
        };
        let touched: BTreeSet<&str> = changed.iter().filter(is_touched).map(|column| said(column.as_str())).collect();
        for field in &touched {
            self.leave(&now, Some(&field.replace('_', " ")), "it was changed since");
        }
        let mut back = now.clone();
        for column in changed.into_iter().filter(|column| !touched.contains(said(column.as_str()))) {
            let was = before.get(column);
            if matches!(was, Value::Uuid(Some(id)) if self.missing.contains(&id)) {
                self.leave(&now, Some(&column.as_str().replace('_', " ")), "what it was is not there any more");
            } else {
                back.try_set(column, was)?;
            }
        }
        let put = |row: &mut M| {
            *row = back;
            Ok(())
        };
        self.work.revise_from(now, put).await.map(drop)
    }

    fn leave<M: Recorded>(&mut self, row: &M, field: Option<&str>, why: impl Display) {
        let record = RecordRef::new(M::CONCEPT, row.id());
        self.left.push(Left { record, field: field.map(str::to_owned), why: why.to_string() });
    }
}
