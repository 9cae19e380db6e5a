//! Who took part in a meeting, in which role, on whose behalf.

use async_graphql::{Context, ID, InputObject, Object};
use store::{participation, party};
use uuid::Uuid;

use crate::{
    ask,
    coat::coat,
    fault::Fault,
    id::{self, Id},
    meeting::Meeting,
    member_state::MemberState,
    node::{self, Party},
    organization::Organization,
    person::Person,
    post::Post,
    words::ParticipationRole,
};

coat! {
    /// A part in a meeting: who, in which role, on whose behalf.
    Participation over store::participation
}

#[Object(use_type_description)]
impl Participation {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The meeting.
    async fn meeting(&self, ctx: &Context<'_>) -> Result<Meeting, Fault> {
        ask::row(ctx, self.0.meeting_id).await
    }

    /// What they did there.
    async fn role(&self) -> ParticipationRole {
        self.0.role.0.into()
    }

    /// Who took part: the person, else the organization, else the state.
    async fn party(&self, ctx: &Context<'_>) -> Result<Option<Party>, Fault> {
        node::party(ctx, self.0.party()).await
    }

    /// The person; null where a body is all that is known.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>, Fault> {
        ask::referred(ctx, self.0.person_id).await
    }

    /// The post they held.
    async fn post(&self, ctx: &Context<'_>) -> Result<Option<Post>, Fault> {
        ask::referred(ctx, self.0.post_id).await
    }

    /// The organization on whose behalf.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>, Fault> {
        ask::referred(ctx, self.0.organization_id).await
    }

    /// The state on whose behalf.
    async fn state(&self, ctx: &Context<'_>) -> Result<Option<MemberState>, Fault> {
        ask::referred(ctx, self.0.state_id).await
    }
}

/// Who stands on a side, as far as each part is known. What is owed hangs on the post.
#[derive(InputObject)]
pub struct PartyInput {
    /// The person.
    person_id: Option<Id<Person>>,
    /// The post they held.
    post_id: Option<Id<Post>>,
    /// The organization.
    organization_id: Option<Id<Organization>>,
    /// The state.
    state_id: Option<Id<MemberState>>,
}

impl From<PartyInput> for party::Party {
    fn from(input: PartyInput) -> Self {
        let PartyInput { person_id, post_id, organization_id, state_id } = input;
        Self {
            person_id: id::key(person_id),
            post_id: id::key(post_id),
            organization_id: id::key(organization_id),
            state_id: id::key(state_id),
        }
    }
}

/// Who takes part in a meeting.
#[derive(InputObject)]
pub struct ParticipationInput {
    /// What they did there.
    #[graphql(default_with = "ParticipationRole::Attendee")]
    role: ParticipationRole,
    /// Who, and on whose behalf.
    party: PartyInput,
}

impl ParticipationInput {
    /// The part in this meeting.
    pub fn draft(self, meeting_id: Uuid) -> participation::Draft {
        participation::Draft { meeting_id, role: self.role.into(), party: self.party.into() }
    }
}
