//! Undoing what a unit of work wrote to one record, whatever its concept.

use std::collections::BTreeSet;

use sea_orm::EntityTrait;
use serde_json::{Map, Value};
use uuid::Uuid;
use vocab::{Word, fold};

use crate::{
    Concept, Error, RecordRef, Recorded, Result, UnitOfWork, appointment, by_ids, change::said, follow_up_action,
    meeting, organization, participation, person, post, record_name, update,
};

/// What follows from the rest of a row and stands in no line of the history.
trait Settles {
    fn settle(&mut self) {}
}

impl Settles for follow_up_action::Model {
    fn settle(&mut self) {
        self.folded = fold(&self.title);
    }
}

impl Settles for meeting::Model {
    fn settle(&mut self) {
        self.folded = meeting::folded(self);
    }
}

/// Columns that no import gives back: they count, or follow from other rows.
const NEVER: [&str; 5] = ["id", "version", "status", "disputed", "heard_on"];

/// What is to be done to one record, so that it is as it was.
pub(super) enum Undo {
    /// It was new: it goes.
    Remove,
    /// It was there: these columns go back, from what they became to what they were.
    PutBack(Vec<(String, Value, Value)>),
    /// It was removed: it comes back as it was.
    Restore(Value),
}

/// The columns that differ between a row before and after, with both.
pub(super) fn differing(before: &Value, after: &Value) -> Vec<(String, Value, Value)> {
    let columns = before.as_object().into_iter().flat_map(Map::keys).filter(|column| !NEVER.contains(&column.as_str()));
    let both = columns.map(|column| (column.clone(), after[column].clone(), before[column].clone()));
    both.filter(|(_, became, was)| became != was).collect()
}

/// Does it; answers with the columns that were left, because somebody has changed them since.
pub(super) async fn undo(work: &mut UnitOfWork, concept: Concept, id: Uuid, undo: Undo) -> Result<BTreeSet<String>> {
    match concept {
        Concept::FollowUpAction => revised::<follow_up_action::Model>(work, id, undo).await,
        Concept::Meeting => {
            let left = revised::<meeting::Model>(work, id, undo).await?;
            follow_day(work, Some(id)).await.map(|()| left)
        }
        Concept::Organization => revised::<organization::Model>(work, id, undo).await,
        Concept::Person => revised::<person::Model>(work, id, undo).await,
        Concept::Post => revised::<post::Model>(work, id, undo).await,
        Concept::Appointment => revised::<appointment::Model>(work, id, undo).await,
        Concept::FollowUpActionArea => fixed::<follow_up_action::area::Model>(work, id, undo).await,
        Concept::Update => fixed::<update::Model>(work, id, undo).await,
        Concept::MeetingState => {
            let came_back = match &undo {
                Undo::Restore(row) => whole(concept, row).map(|meeting| meeting.id),
                _ => None,
            };
            let left = fixed::<meeting::state::Model>(work, id, undo).await?;
            follow_day(work, came_back).await.map(|()| left)
        }
        Concept::Participation => fixed::<participation::Model>(work, id, undo).await,
        Concept::RecordName => fixed::<record_name::Model>(work, id, undo).await,
        other => Err(Error::unwritable(&format!("an import wrote a record that it cannot undo: {other:?}"))),
    }
}

/// The day of a meeting that is there stands beside its states.
async fn follow_day(work: &mut UnitOfWork, meeting_id: Option<Uuid>) -> Result<()> {
    let ids: Vec<Uuid> = meeting_id.into_iter().collect();
    for row in by_ids::<meeting::Entity>(work.connection(), &ids).await?.into_values() {
        meeting::follow_day(work, &row).await?;
    }
    Ok(())
}

/// The record that a row belongs to, where it is known to people as a part of that alone.
pub(super) fn whole(concept: Concept, row: &Value) -> Option<RecordRef> {
    let (whole, column) = match concept {
        Concept::FollowUpActionArea | Concept::Update => (Concept::FollowUpAction, "action_id"),
        Concept::MeetingState | Concept::Participation => (Concept::Meeting, "meeting_id"),
        Concept::RecordName => (Concept::from_code(row["concept"].as_str()?).ok()?, "record_id"),
        _ => return None,
    };
    Some(RecordRef::new(whole, row[column].as_str()?.parse().ok()?))
}

impl Settles for organization::Model {}
impl Settles for person::Model {}
impl Settles for post::Model {}
impl Settles for appointment::Model {}

/// Of a concept whose rows are revised.
async fn revised<M>(work: &mut UnitOfWork, id: Uuid, undo: Undo) -> Result<BTreeSet<String>>
where
    M: Recorded + PartialEq + Settles,
    M::Entity: EntityTrait<Model = M>,
    <M::Entity as EntityTrait>::ActiveModel: Send,
{
    let Undo::PutBack(columns) = undo else { return fixed::<M>(work, id, undo).await };
    let mut left = BTreeSet::new();
    work.revise(id, None, |row: &mut M| {
        let mut now = serde_json::to_value(&*row).map_err(|fault| Error::unwritable(&fault))?;
        for (column, became, was) in &columns {
            if now.get(column).is_none_or(|value| value != became && value != was) {
                left.insert(said(column).to_owned());
            }
        }
        for (column, _, was) in columns {
            if let Some(value) = now.get_mut(&column).filter(|_| !left.contains(said(&column))) {
                *value = was;
            }
        }
        *row = M::deserialize(now).map_err(|fault| Error::unwritable(&fault))?;
        row.settle();
        Ok(())
    })
    .await?;
    Ok(left)
}

/// Of any concept: it goes, or it comes back.
async fn fixed<M>(work: &mut UnitOfWork, id: Uuid, undo: Undo) -> Result<BTreeSet<String>>
where
    M: Recorded,
    M::Entity: EntityTrait<Model = M>,
    <M::Entity as EntityTrait>::ActiveModel: Send,
{
    match undo {
        Undo::Remove => {
            if let Some(row) = by_ids::<M::Entity>(work.connection(), &[id]).await?.remove(&id) {
                work.remove(row).await?;
            }
        }
        Undo::Restore(row) => {
            let row = M::deserialize(row).map_err(|fault| Error::unwritable(&fault))?;
            work.insert_unless_taken(&row).await?;
        }
        Undo::PutBack(_) => {}
    }
    Ok(BTreeSet::new())
}
