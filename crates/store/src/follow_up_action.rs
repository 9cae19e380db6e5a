//! Follow-up actions: forward-looking acts between two sides, and who owes the next move.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use vocab::{
    ActionKind, ActionStatus, CheckableElement, DatePrecision, PartialDate, Side, Strength, fold,
    status::{self, Rhythms, Statement},
};

use crate::{
    Code, Codes, Concept, Error, Result, UnitOfWork, cooperation_area, error::text, member_state, party::Party,
    unit_of_work::recorded,
};

pub mod area;
mod list;
mod title;

pub use list::{Filter, OrderBy, Under, select, select_under};
pub use title::titles_at;

/// The series of the reference numbers of actions that belong to no state.
const NO_STATE: &str = "INT";

/// A follow-up action.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "follow_up_action")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What people call it, such as `PAK-14`; unique.
    pub reference: String,
    /// The part of the reference before the number.
    pub series: String,
    /// The number in its series.
    pub number: i32,
    /// What the words do.
    pub kind: Code<ActionKind>,
    /// What it is about, in a line.
    pub title: String,
    /// The title, folded for searching.
    #[serde(skip)]
    pub folded: String,
    /// How binding it is.
    pub strength: Code<Strength>,
    /// What it lacks to be checkable.
    pub missing: Codes<CheckableElement>,
    /// The state it belongs to.
    pub state_id: Option<Uuid>,
    /// The meeting it came out of.
    pub meeting_id: Option<Uuid>,
    /// The side that acts.
    pub actor_side: Code<Side>,
    /// Who acts: the person.
    pub actor_person_id: Option<Uuid>,
    /// Who acts: the post.
    pub actor_post_id: Option<Uuid>,
    /// Who acts: the organization.
    pub actor_organization_id: Option<Uuid>,
    /// Who acts: the state.
    pub actor_state_id: Option<Uuid>,
    /// To whom: the person.
    pub counterpart_person_id: Option<Uuid>,
    /// To whom: the post.
    pub counterpart_post_id: Option<Uuid>,
    /// To whom: the organization.
    pub counterpart_organization_id: Option<Uuid>,
    /// To whom: the state.
    pub counterpart_state_id: Option<Uuid>,
    /// Who owes the next move.
    pub awaits: Option<Code<Side>>,
    /// The last day on which it is in time.
    pub due_on: Option<Date>,
    /// How much of that day was said.
    pub due_on_precision: Option<Code<DatePrecision>>,
    /// How it stands by its updates; on a day, silence comes in: [`Model::status_on`].
    pub status: Code<ActionStatus>,
    /// Whether the tracks differ.
    pub disputed: bool,
    /// Who on our side looks after it.
    pub owner_id: Option<Uuid>,
    /// The day on which it was said; none in lines of history that are older than the column.
    #[serde(default)]
    pub said_on: Option<Date>,
    /// The day of the latest statement on its progress.
    #[serde(default)]
    pub heard_on: Option<Date>,
    /// When it was first kept.
    pub created_at: DateTimeUtc,
    /// Counts the revisions.
    pub version: i32,
}

impl Model {
    /// The day from which there is the action: on which it was said, else on which it was first kept.
    pub fn since(&self) -> Date {
        self.said_on.unwrap_or_else(|| self.created_at.date_naive())
    }

    /// The first day on which its silence counts.
    pub fn silent_from(&self, rhythms: Rhythms) -> Date {
        rhythms.silent_from(self.kind.0, self.since().max(self.heard_on.unwrap_or(Date::MIN)))
    }

    /// How it stands on a day, by all that is known.
    pub fn status_on(&self, rhythms: Rhythms, today: Date) -> ActionStatus {
        status::on(self.status.0, self.silent_from(rhythms), today)
    }

    /// Who acts.
    pub fn actor(&self) -> Party {
        Party {
            person_id: self.actor_person_id,
            post_id: self.actor_post_id,
            organization_id: self.actor_organization_id,
            state_id: self.actor_state_id,
        }
    }

    /// To whom.
    pub fn counterpart(&self) -> Party {
        Party {
            person_id: self.counterpart_person_id,
            post_id: self.counterpart_post_id,
            organization_id: self.counterpart_organization_id,
            state_id: self.counterpart_state_id,
        }
    }

    /// Whether it is late on a day.
    pub fn overdue(&self, today: Date) -> bool {
        status::overdue(self.status.0, self.due_on, today)
    }

    /// The action as statements on it say it stands.
    pub(crate) fn standing_by(&self, statements: &[Statement]) -> Self {
        let verdict = status::derive(statements);
        let (status, disputed, heard_on) = (verdict.said.into(), verdict.disputed, verdict.heard_on);
        Self { status, disputed, heard_on, ..self.clone() }
    }

    fn put_actor(&mut self, party: Party) {
        let Party { person_id, post_id, organization_id, state_id } = party;
        (self.actor_person_id, self.actor_post_id) = (person_id, post_id);
        (self.actor_organization_id, self.actor_state_id) = (organization_id, state_id);
    }

    fn put_counterpart(&mut self, party: Party) {
        let Party { person_id, post_id, organization_id, state_id } = party;
        (self.counterpart_person_id, self.counterpart_post_id) = (person_id, post_id);
        (self.counterpart_organization_id, self.counterpart_state_id) = (organization_id, state_id);
    }

    fn put_due(&mut self, due: Option<PartialDate>) {
        self.due_on = due.map(PartialDate::last_day);
        self.due_on_precision = due.map(|date| date.precision().into());
    }
}

/// To its meeting, its parties and its owner.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(FollowUpAction);

/// A new action.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What the words do.
    pub kind: ActionKind,
    /// What it is about, in a line.
    pub title: String,
    /// How binding it is.
    pub strength: Strength,
    /// What it lacks to be checkable.
    pub missing: Vec<CheckableElement>,
    /// The state it belongs to.
    pub state_id: Option<Uuid>,
    /// The meeting it came out of.
    pub meeting_id: Option<Uuid>,
    /// The side that acts.
    pub actor_side: Side,
    /// Who acts.
    pub actor: Party,
    /// To whom.
    pub counterpart: Party,
    /// Who owes the next move.
    pub awaits: Option<Side>,
    /// When it is due.
    pub due: Option<PartialDate>,
    /// The day on which it was said; today, where it is not known.
    pub said_on: Option<Date>,
    /// Who on our side looks after it.
    pub owner_id: Option<Uuid>,
    /// The slugs of its areas.
    pub areas: Vec<String>,
}

/// Keeps a new action under the next reference of its state.
///
/// # Errors
/// [`Error::Invalid`] for an empty title or an unknown area; [`Error::NotFound`] for the state; [`Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft {
        kind,
        title,
        strength,
        missing,
        state_id,
        meeting_id,
        actor_side,
        actor,
        counterpart,
        awaits,
        due,
        said_on,
        owner_id,
        areas,
    } = draft;
    let today = work.today();
    if said_on.is_some_and(|day| day > today) {
        return Err(said_too_late());
    }
    let title = text("title", &title, 500)?;
    let areas = cooperation_area::by_slugs(work.connection(), &areas).await?;
    let series = match state_id {
        Some(id) => crate::by_id::<member_state::Entity>(work.connection(), id).await?.code,
        None => NO_STATE.to_owned(),
    };
    let number = work.next_number(&series).await?;
    let mut row = Model {
        id: work.fresh_id(),
        reference: format!("{series}-{number}"),
        series,
        number,
        kind: kind.into(),
        folded: fold(&title),
        title,
        strength: strength.into(),
        missing: Codes(missing),
        state_id,
        meeting_id,
        actor_side: actor_side.into(),
        actor_person_id: None,
        actor_post_id: None,
        actor_organization_id: None,
        actor_state_id: None,
        counterpart_person_id: None,
        counterpart_post_id: None,
        counterpart_organization_id: None,
        counterpart_state_id: None,
        awaits: awaits.map(Code),
        due_on: None,
        due_on_precision: None,
        status: ActionStatus::Recorded.into(),
        disputed: false,
        owner_id,
        said_on: Some(said_on.unwrap_or(today)),
        heard_on: None,
        created_at: work.now(),
        version: 1,
    };
    row.put_actor(actor);
    row.put_counterpart(counterpart);
    row.put_due(due);
    let row = work.insert(row).await?;
    area::put(work, row.id, &areas).await?;
    Ok(row)
}

fn said_too_late() -> Error {
    Error::invalid("saidOn", "an action is said on a day that has come: today or before")
}

/// What may be changed of an action; what is `None` stays. The status is derived and cannot be set.
#[derive(Debug, Clone, Default)]
pub struct Revision {
    /// What the words do.
    pub kind: Option<ActionKind>,
    /// What it is about.
    pub title: Option<String>,
    /// How binding it is.
    pub strength: Option<Strength>,
    /// What it lacks to be checkable.
    pub missing: Option<Vec<CheckableElement>>,
    /// The meeting it came out of, or that it came out of none.
    pub meeting_id: Option<Option<Uuid>>,
    /// The side that acts.
    pub actor_side: Option<Side>,
    /// Who acts.
    pub actor: Option<Party>,
    /// To whom.
    pub counterpart: Option<Party>,
    /// Who owes the next move, or that nobody does.
    pub awaits: Option<Option<Side>>,
    /// When it is due, or that it is not.
    pub due: Option<Option<PartialDate>>,
    /// The day on which it was said.
    pub said_on: Option<Date>,
    /// Who looks after it, or that nobody does.
    pub owner_id: Option<Option<Uuid>>,
    /// The slugs of its areas.
    pub areas: Option<Vec<String>>,
}

/// Revises an action.
///
/// # Errors
/// As [`UnitOfWork::revise`]; [`Error::Invalid`].
pub async fn revise(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>, revision: Revision) -> Result<Model> {
    let Revision {
        kind,
        title,
        strength,
        missing,
        meeting_id,
        actor_side,
        actor,
        counterpart,
        awaits,
        due,
        said_on,
        owner_id,
        areas,
    } = revision;
    let today = work.today();
    let row = work
        .revise(id, expected, |row: &mut Model| {
            if let Some(title) = title {
                row.title = text("title", &title, 500)?;
                row.folded = fold(&row.title);
            }
            row.kind = kind.map_or(row.kind, Code);
            row.strength = strength.map_or(row.strength, Code);
            row.missing = missing.map_or_else(|| row.missing.clone(), Codes);
            row.meeting_id = meeting_id.unwrap_or(row.meeting_id);
            row.actor_side = actor_side.map_or(row.actor_side, Code);
            actor.into_iter().for_each(|party| row.put_actor(party));
            counterpart.into_iter().for_each(|party| row.put_counterpart(party));
            row.awaits = awaits.map_or(row.awaits, |side| side.map(Code));
            due.into_iter().for_each(|due| row.put_due(due));
            if said_on.is_some_and(|day| day > today) {
                return Err(said_too_late());
            }
            row.said_on = said_on.or(row.said_on);
            row.owner_id = owner_id.unwrap_or(row.owner_id);
            Ok(())
        })
        .await?;
    if let Some(slugs) = areas {
        let areas = cooperation_area::by_slugs(work.connection(), &slugs).await?;
        area::put(work, id, &areas).await?;
    }
    Ok(row)
}

/// The action at the version the caller has read.
pub(crate) async fn checked(work: &UnitOfWork, id: Uuid, expected: Option<i32>) -> Result<Model> {
    let row = crate::by_id::<Entity>(work.connection(), id).await?;
    match expected.filter(|expected| *expected != row.version) {
        Some(expected) => Err(Error::Conflict { concept: Concept::FollowUpAction, id, expected, current: row.version }),
        None => Ok(row),
    }
}

/// Puts an action where its statements say it stands.
pub(crate) async fn put_verdict(work: &mut UnitOfWork, action: Model, statements: &[Statement]) -> Result<Model> {
    work.revise(action.id, Some(action.version), |row: &mut Model| {
        *row = row.standing_by(statements);
        Ok(())
    })
    .await
}

/// The action that people call by this reference, in either case.
///
/// # Errors
/// [`Error::Database`].
pub async fn by_reference(db: &impl ConnectionTrait, reference: &str) -> Result<Option<Model>> {
    Ok(Entity::find().filter(Column::Reference.eq(reference.trim().to_uppercase())).one(db).await?)
}
