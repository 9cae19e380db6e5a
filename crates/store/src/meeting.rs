//! Meetings: the contacts between the sides, and the states that had part in them.

use sea_orm::{
    Condition, JoinType, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{ColumnRef, Expr, ExprTrait, IntoColumnRef, Order},
};
use serde::{Deserialize, Serialize};
use vocab::{DatePrecision, MeetingKind, MeetingMode, PartialDate, fold};

use crate::{
    Code, Result, Together, UnitOfWork,
    error::{optional_text, text},
    page::Key,
    unit_of_work::recorded,
};

/// A meeting.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "meeting")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What kind of contact.
    pub kind: Code<MeetingKind>,
    /// What it is called.
    pub title: String,
    /// Title and place, folded for searching.
    #[serde(skip)]
    pub folded: String,
    /// The day, or the first of the period.
    pub held_on: Option<Date>,
    /// How much of the day is known.
    pub held_on_precision: Option<Code<DatePrecision>>,
    /// How the parties were together.
    pub mode: Option<Code<MeetingMode>>,
    /// The city, else the state.
    pub place: Option<String>,
    /// When it was first kept.
    pub created_at: DateTimeUtc,
    /// Counts the revisions.
    pub version: i32,
}

impl Model {
    /// When it was held, as precisely as known.
    pub fn date(&self) -> Option<PartialDate> {
        Some(PartialDate::new(self.held_on?, self.held_on_precision?.0))
    }
}

/// Referred to by others alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(Meeting);

/// A new meeting.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What kind of contact.
    pub kind: MeetingKind,
    /// What it is called.
    pub title: String,
    /// When it was held.
    pub date: Option<PartialDate>,
    /// How the parties were together.
    pub mode: Option<MeetingMode>,
    /// The city, else the state.
    pub place: Option<String>,
}

impl Draft {
    /// A meeting of which no more than kind and title is known.
    pub fn new(kind: MeetingKind, title: impl Into<String>) -> Self {
        Self { kind, title: title.into(), date: None, mode: None, place: None }
    }
}

/// Keeps a new meeting.
///
/// # Errors
/// [`crate::Error::Invalid`] for an empty title; [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Model> {
    let Draft { kind, title, date, mode, place } = draft;
    let mut row = Model {
        id: work.fresh_id(),
        kind: kind.into(),
        title: text("title", &title, 500)?,
        folded: String::new(),
        held_on: date.map(PartialDate::first_day),
        held_on_precision: date.map(|date| date.precision().into()),
        mode: mode.map(Code),
        place: optional_text("place", place.as_deref(), 200)?,
        created_at: work.now(),
        version: 1,
    };
    row.folded = folded(&row);
    work.insert(row).await
}

/// Title and place, folded for searching.
pub(crate) fn folded(row: &Model) -> String {
    fold(&format!("{} {}", row.title, row.place.as_deref().unwrap_or_default()))
}

/// What may be changed of a meeting; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Revision {
    /// What kind of contact.
    pub kind: Option<MeetingKind>,
    /// What it is called.
    pub title: Option<String>,
    /// When it was held, or that nobody has said.
    pub date: Option<Option<PartialDate>>,
    /// How the parties were together, or that nobody has said.
    pub mode: Option<Option<MeetingMode>>,
    /// The place, or that nobody has said.
    pub place: Option<Option<String>>,
}

/// Revises a meeting.
///
/// # Errors
/// As [`UnitOfWork::revise`]; [`crate::Error::Invalid`].
pub async fn revise(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>, revision: Revision) -> Result<Model> {
    let Revision { kind, title, date, mode, place } = revision;
    let row = work.revise(id, expected, |row: &mut Model| {
        row.kind = kind.map_or(row.kind, Code);
        if let Some(title) = title {
            row.title = text("title", &title, 500)?;
        }
        if let Some(date) = date {
            row.held_on = date.map(PartialDate::first_day);
            row.held_on_precision = date.map(|date| date.precision().into());
        }
        if let Some(mode) = mode {
            row.mode = mode.map(Code);
        }
        if let Some(place) = place {
            row.place = optional_text("place", place.as_deref(), 200)?;
        }
        row.folded = folded(row);
        Ok(())
    });
    let row = row.await?;
    if date.is_some() {
        follow_day(work, &row).await?;
    }
    Ok(row)
}

/// Writes the day of a meeting beside the states that had part in it.
pub(crate) async fn follow_day(work: &mut UnitOfWork, row: &Model) -> Result<()> {
    let its_states = state::Column::MeetingId.eq(row.id);
    work.follow::<state::Entity>(its_states, state::Column::HeldOn, Expr::val(row.held_on)).await
}

/// Which meetings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Of one of these kinds.
    pub kinds: Option<Vec<MeetingKind>>,
    /// In which one of these states had part.
    pub state_ids: Option<Vec<Uuid>>,
    /// Held on this day or later.
    pub held_from: Option<Date>,
    /// Held on this day or earlier.
    pub held_to: Option<Date>,
    /// Whose title or place holds this.
    pub text: Option<String>,
    /// What has to hold beside it.
    pub together: Together<Filter>,
}

/// The meetings that pass the filter.
pub fn select(filter: &Filter) -> Select<Entity> {
    Entity::find().filter(passes(filter))
}

fn passes(filter: &Filter) -> Condition {
    let Filter { kinds, state_ids, held_from, held_to, text, together } = filter;
    let in_states = state_ids.as_ref().map(|ids| {
        let meetings = state::Entity::find().filter(state::Column::StateId.is_in(ids.iter().copied()));
        Column::Id.in_subquery(meetings.select_only().column(state::Column::MeetingId).into_query())
    });
    let own = Condition::all()
        .add_option(kinds.as_ref().map(|kinds| Column::Kind.is_in(kinds.iter().copied().map(Code))))
        .add_option(in_states)
        .add_option(held_from.map(|day| Column::HeldOn.gte(day)))
        .add_option(held_to.map(|day| Column::HeldOn.lte(day)))
        .add_option(text.as_ref().map(|text| Column::Folded.contains(fold(text))));
    together.beside(own, passes)
}

/// The meetings that pass the filter by the states that had part in them, and the column that tells of which state each
/// row is.
pub fn select_by_state(filter: &Filter) -> (Select<Entity>, ColumnRef) {
    let mut select = select(filter);
    let same = Expr::col((state::Entity, state::Column::MeetingId)).equals((Entity, Column::Id));
    QueryTrait::query(&mut select).join(JoinType::InnerJoin, state::Entity, same);
    (select, (state::Entity, state::Column::StateId).into_column_ref())
}

/// The keys of this order where the meetings are selected by state.
pub fn keys_by_state(by: OrderBy, order: Order) -> Vec<Key> {
    match by {
        OrderBy::HeldOn => vec![Key::day(Column::HeldOn, order).sorted_by(state::Column::HeldOn)],
        OrderBy::CreatedAt => by.keys(order),
    }
}

/// An order of meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderBy {
    /// By the day they were held; those without one last.
    HeldOn,
    /// By when they were first kept.
    CreatedAt,
}

impl OrderBy {
    /// The keys of this order.
    pub fn keys(self, order: Order) -> Vec<Key> {
        match self {
            Self::HeldOn => vec![Key::day(Column::HeldOn, order)],
            Self::CreatedAt => vec![Key::time(Column::CreatedAt, order)],
        }
    }
}

/// The states that had part in a meeting.
pub mod state {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{Result, UnitOfWork, by_id, unit_of_work::recorded};

    /// A state's part in a meeting.
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
    #[sea_orm(table_name = "meeting_state")]
    pub struct Model {
        /// Identifier.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// The meeting.
        pub meeting_id: Uuid,
        /// The state.
        pub state_id: Uuid,
        /// The day of the meeting, so that those of a state are read in their order.
        #[serde(skip)]
        pub held_on: Option<Date>,
    }

    /// To its meeting and its state.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    recorded!(MeetingState, fixed);

    /// The states that had part in a meeting.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn of(db: &impl ConnectionTrait, meeting_id: Uuid) -> Result<Vec<Uuid>> {
        let rows = Entity::find().filter(Column::MeetingId.eq(meeting_id)).all(db).await?;
        Ok(rows.into_iter().map(|row| row.state_id).collect())
    }

    /// Makes these the states that had part in a meeting.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn put(work: &mut UnitOfWork, meeting_id: Uuid, state_ids: &[Uuid]) -> Result<()> {
        let present = Entity::find().filter(Column::MeetingId.eq(meeting_id)).all(work.connection()).await?;
        let (kept, gone): (Vec<_>, Vec<_>) = present.into_iter().partition(|row| state_ids.contains(&row.state_id));
        for row in gone {
            work.remove(row).await?;
        }
        let held_on = by_id::<super::Entity>(work.connection(), meeting_id).await?.held_on;
        let mut there: Vec<Uuid> = kept.iter().map(|row| row.state_id).collect();
        for state_id in state_ids.iter().copied() {
            if !there.contains(&state_id) {
                there.push(state_id);
                work.insert(Model { id: work.fresh_id(), meeting_id, state_id, held_on }).await?;
            }
        }
        Ok(())
    }
}
