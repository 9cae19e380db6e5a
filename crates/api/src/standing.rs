//! Dated statements of how states stand in the host organization.

use async_graphql::{Context, ID, Object};

use crate::{
    ask::{self, Short},
    coat::coat,
    fault::Fault,
    id,
    member_state::MemberState,
    organization::Organization,
    scalars::{Date, PartialDate},
    words::Standing,
};

/// The statements about the host organization.
pub(crate) static OF_STATE: Short<store::standing::Entity> =
    Short { rows: store::standing::in_host, whose: store::standing::Column::StateId };

coat! {
    /// A dated statement of how a state stands in an organization. Sources disagree, so each statement keeps its own.
    StandingStatement over store::standing
}

#[Object(use_type_description)]
impl StandingStatement {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The state.
    async fn state(&self, ctx: &Context<'_>) -> Result<MemberState, Fault> {
        ask::row(ctx, self.0.state_id).await
    }

    /// The organization it stands in.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization, Fault> {
        ask::row(ctx, self.0.organization_id).await
    }

    /// How it stands.
    async fn standing(&self) -> Standing {
        self.0.standing.0.into()
    }

    /// The first day from which the source says so; null where the source is undated.
    async fn stated_on(&self) -> Option<Date> {
        self.0.stated_on.map(Date)
    }

    /// The date as precisely as the source has it.
    async fn stated(&self) -> Option<PartialDate> {
        let (day, precision) = self.0.stated_on.zip(self.0.stated_on_precision)?;
        Some(PartialDate(vocab::PartialDate::new(day, precision.0)))
    }

    /// The source.
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// Whether the source itself was read and says so.
    async fn verified(&self) -> bool {
        self.0.verified
    }

    /// What else there is to say.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }
}
