//! Making and revising meetings.

use async_graphql::{Context, InputObject, MaybeUndefined, Object};
use store::{UnitOfWork, meeting, participation};
use uuid::Uuid;

use super::Meeting;
use crate::{
    fault::Fault,
    id::{self, Id},
    member_state::MemberState,
    participation::ParticipationInput,
    payload::{change, payload, write},
    scalars::PartialDate,
    words::{MeetingKind, MeetingMode},
};

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
        #[graphql(desc = "The new meeting.")] input: CreateMeetingInput,
    ) -> Result<CreateMeetingPayload, Fault> {
        let CreateMeetingInput { kind, title, held_on, mode, place, state_ids, participations } = input;
        let draft = meeting::Draft {
            kind: kind.into(),
            title,
            date: held_on.map(Into::into),
            mode: mode.map(Into::into),
            place,
        };
        write(ctx, async |work| {
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
        #[graphql(desc = "What is to be changed.")] input: ReviseMeetingInput,
    ) -> Result<ReviseMeetingPayload, Fault> {
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
        write(ctx, async |work| {
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
