//! Meetings: the contacts between the sides; asking for them, making and revising them.

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object};
use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;
use store::{
    UnitOfWork,
    follow_up_action::Under,
    meeting::{self, OrderBy},
    page::Key,
    participation,
};
use uuid::Uuid;

use crate::{
    ask::{self, Short},
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows, searched},
    evidence::{self, Evidence},
    fault::Fault,
    filter::{self, filter},
    follow_up_action::{Actions, FollowUpAction, FollowUpActionFilter, FollowUpActionOrder},
    id::{self, Id},
    input::Input,
    member_state::{MemberState, states},
    participation::{Participation, ParticipationInput},
    past::{Moment, Then},
    payload::{change, payload, write},
    scalars::{Date, PartialDate},
    words::{DatePrecision, MeetingKind, MeetingMode, OrderDirection, words},
};

static STATES: Short<meeting::state::Entity> =
    Short { rows: meeting::state::Entity::find, whose: meeting::state::Column::MeetingId };
static PARTICIPATIONS: Short<participation::Entity> =
    Short { rows: participation::Entity::find, whose: participation::Column::MeetingId };

coat! {
    /// A contact: talks, a visit, a signing, a conference, a call.
    Meeting over store::meeting
}

#[Object(use_type_description)]
impl Meeting {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// What kind of contact.
    async fn kind(&self) -> MeetingKind {
        self.0.kind.0.into()
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The day it was held; the first of the month or year where no more is known.
    async fn held_on(&self) -> Option<Date> {
        self.0.held_on.map(Date)
    }

    /// How much of the day is known.
    async fn held_on_precision(&self) -> Option<DatePrecision> {
        self.0.held_on_precision.map(|precision| precision.0.into())
    }

    /// When it was held, as precisely as known.
    async fn held(&self) -> Option<PartialDate> {
        self.0.date().map(PartialDate)
    }

    /// How the parties were together.
    async fn mode(&self) -> Option<MeetingMode> {
        self.0.mode.map(|mode| mode.0.into())
    }

    /// The city, or the state where no city is known.
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// The states that had part in it.
    async fn states(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<MemberState>, Fault> {
        let parts: Vec<meeting::state::Model> = ask::few(ctx, &STATES, self.0.id, first).await?;
        ask::rows(ctx, parts.into_iter().map(|part| part.state_id)).await
    }

    /// Who took part, in which role, on whose behalf.
    async fn participations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Participation>, Fault> {
        ask::few(ctx, &PARTICIPATIONS, self.0.id, first).await
    }

    /// The follow-up actions that came out of it.
    async fn follow_up_actions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<FollowUpActionFilter>,
        #[graphql(desc = "In which order; first due first, where none is given.")] order_by: Option<
            Vec<FollowUpActionOrder>,
        >,
    ) -> Result<Connection<FollowUpAction>, Fault> {
        let list = Actions::new(ctx, Some(Under::Meeting), filter, order_by).await?;
        connection::page(ctx, Some(self.0.id), list, Paging { first, after, last, before }).await
    }

    /// The words of reports that tell of it.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Evidence>, Fault> {
        ask::few(ctx, &evidence::OF_RECORD, self.0.id, first).await
    }

    /// By how many distinct publishers it is told; reports of which nobody knows the publisher count as one.
    async fn corroboration(&self, ctx: &Context<'_>) -> Result<i32, Fault> {
        evidence::corroboration(ctx, self.0.id).await
    }

    /// When it was first kept.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// How often it was written: hand it back as `expectedVersion` when revising.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

filter! {
    /// Which meetings.
    MeetingFilter of meeting::Filter {
        /// Of one of these kinds.
        kinds: Option<Vec<MeetingKind>>,
        /// In which one of these states had part, by ISO 3166-1 code.
        states: Option<Vec<String>>,
        /// Held on this day or later.
        held_from: Option<Date>,
        /// Held on this day or earlier.
        held_to: Option<Date>,
        /// Whose title or place holds this.
        text: Option<String>,
    }
}

impl MeetingFilter {
    async fn read(self, ctx: &Context<'_>) -> Result<meeting::Filter, Fault> {
        Ok(meeting::Filter {
            kinds: words(self.kinds),
            state_ids: states(ctx, "states", self.states).await?,
            held_from: self.held_from.map(Into::into),
            held_to: self.held_to.map(Into::into),
            text: searched("text", self.text)?,
            ..meeting::Filter::default()
        })
    }
}

/// An order of meetings.
#[derive(InputObject)]
pub struct MeetingOrder {
    /// By what.
    field: MeetingOrderField,
    /// In which direction.
    #[graphql(default)]
    direction: OrderDirection,
}

/// What meetings can be ordered by.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "OrderBy")]
pub enum MeetingOrderField {
    /// The day they were held; those without one last.
    HeldOn,
    /// When they were first kept.
    CreatedAt,
}

/// A list of meetings.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Meetings {
    of_state: bool,
    filter: meeting::Filter,
    order: Vec<(OrderBy, OrderDirection)>,
}

impl Meetings {
    /// The meetings that pass the filter; of one state each, or all.
    ///
    /// # Errors
    /// Where the filter names no state.
    pub async fn new(
        ctx: &Context<'_>,
        of_state: bool,
        filter: Option<MeetingFilter>,
        order_by: Option<Vec<MeetingOrder>>,
    ) -> Result<Self, Fault> {
        let filter = filter::kept(ctx, filter).await?;
        let order = order_by.unwrap_or_default().into_iter().map(|by| (by.field.into(), by.direction)).collect();
        Ok(Self { of_state, filter, order })
    }
}

impl Listing for Meetings {
    type Of = Meeting;

    fn rows(&self) -> Rows<Meeting> {
        if self.of_state { meeting::select_by_state(&self.filter).into() } else { meeting::select(&self.filter).into() }
    }

    fn keys(&self) -> Vec<Key> {
        let keys = if self.of_state { meeting::keys_by_state } else { OrderBy::keys };
        connection::order(&self.order, (OrderBy::HeldOn, OrderDirection::Desc), keys)
    }
}

/// Asking for meetings.
#[derive(Default)]
pub struct MeetingQuery;

#[Object]
impl MeetingQuery {
    /// Meetings, the latest first where no order is given.
    async fn meetings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<MeetingFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<Vec<MeetingOrder>>,
        #[graphql(desc = "The day by which things are judged; that of `knownAt`, else today, where none is given.")]
        as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Then<Connection<Meeting>>, Fault> {
        let moment = Moment::of(ctx, as_of, known_at).await?;
        let ctx = &moment.ctx(ctx);
        let list = Meetings::new(ctx, false, filter, order_by).await?;
        let page = connection::page(ctx, None, list, Paging { first, after, last, before }).await?;
        Ok(moment.tell(page))
    }
}

/// A new meeting.
#[derive(InputObject)]
pub struct CreateMeetingInput {
    /// What kind of contact.
    kind: MeetingKind,
    /// What it is called.
    title: String,
    /// When it was held, as precisely as known.
    held_on: Option<PartialDate>,
    /// How the parties were together.
    mode: Option<MeetingMode>,
    /// The city, or the state where no city is known.
    place: Option<String>,
    /// The states that had part in it.
    state_ids: Option<Vec<Id<MemberState>>>,
    /// Who took part.
    participations: Option<Vec<ParticipationInput>>,
}

/// What is to be changed of a meeting; what is left out stays.
#[derive(InputObject)]
pub struct ReviseMeetingInput {
    /// Which meeting.
    meeting_id: Id<Meeting>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// What kind of contact.
    kind: Option<MeetingKind>,
    /// What it is called.
    title: Option<String>,
    /// When it was held; null where nobody has said.
    held_on: MaybeUndefined<PartialDate>,
    /// How the parties were together; null where nobody has said.
    mode: MaybeUndefined<MeetingMode>,
    /// The city, or the state where no city is known.
    place: MaybeUndefined<String>,
    /// The states that had part in it: these and no others.
    state_ids: Option<Vec<Id<MemberState>>>,
    /// Who took part: these and no others.
    participations: Option<Vec<ParticipationInput>>,
}

payload! {
    /// What came of making a meeting.
    CreateMeetingPayload {
        /// The meeting.
        meeting: Meeting,
    }
}

payload! {
    /// What came of revising a meeting.
    ReviseMeetingPayload {
        /// The meeting.
        meeting: Meeting,
    }
}

/// Making and revising meetings.
#[derive(Default)]
pub struct MeetingMutation;

#[Object]
impl MeetingMutation {
    /// Makes a meeting by hand.
    async fn create_meeting(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new meeting.")] input: Input<CreateMeetingInput>,
    ) -> Result<CreateMeetingPayload, Fault> {
        let Input { it: input, named } = input;
        let CreateMeetingInput { kind, title, held_on, mode, place, state_ids, participations } = input;
        let draft = meeting::Draft {
            kind: kind.into(),
            title,
            date: held_on.map(Into::into),
            mode: mode.map(Into::into),
            place,
        };
        write(ctx, named, async |work| {
            let meeting = meeting::create(work, draft).await?;
            put_parts(work, meeting.id, state_ids, participations).await?;
            Ok(meeting)
        })
        .await
    }

    /// Revises a meeting.
    async fn revise_meeting(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be changed.")] input: Input<ReviseMeetingInput>,
    ) -> Result<ReviseMeetingPayload, Fault> {
        let Input { it: input, named } = input;
        let ReviseMeetingInput {
            meeting_id,
            expected_version,
            kind,
            title,
            held_on,
            mode,
            place,
            state_ids,
            participations,
        } = input;
        let revision = meeting::Revision {
            kind: kind.map(Into::into),
            title,
            date: change(held_on, Into::into),
            mode: change(mode, Into::into),
            place: change(place, |place| place),
        };
        write(ctx, named, async |work| {
            let meeting = meeting::revise(work, meeting_id.0, expected_version, revision).await?;
            put_parts(work, meeting.id, state_ids, participations).await?;
            Ok(meeting)
        })
        .await
    }
}

/// Makes these the states and the participants of a meeting, where they are given.
async fn put_parts(
    work: &mut UnitOfWork,
    meeting_id: Uuid,
    state_ids: Option<Vec<Id<MemberState>>>,
    participations: Option<Vec<ParticipationInput>>,
) -> store::Result<()> {
    if let Some(state_ids) = state_ids {
        meeting::state::put(work, meeting_id, &id::keys(state_ids)).await?;
    }
    if let Some(inputs) = participations {
        let drafts = inputs.into_iter().map(|input| input.draft(meeting_id)).collect();
        participation::put(work, meeting_id, drafts).await?;
    }
    Ok(())
}
