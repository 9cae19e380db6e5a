//! The council pack: every partnership with a record, frozen by a clock.

use async_graphql::{Context, Description, Object};
use briefing::council_pack::{RULE, Row};
use chrono::{DateTime, Utc};

use crate::{
    ask,
    fault::Fault,
    member_state::MemberState,
    partnership::{PartnershipLabel, PartnershipReason},
    scalars::Date,
    words::{Language, Standing, spoken},
};

/// Every partnership with a record, as of a day, by what was known at a moment.
#[derive(Description)]
pub struct CouncilPack(briefing::CouncilPack);

#[Object(use_type_description)]
impl CouncilPack {
    /// SHA-256 over its content, in hexadecimal: made again by the same clock, the pack has the same, in any language.
    async fn content_hash(&self) -> String {
        self.0.content_hash()
    }

    /// The day by which things are judged.
    async fn as_of(&self) -> Date {
        Date(self.0.as_of)
    }

    /// The moment up to which records count.
    async fn known_at(&self) -> DateTime<Utc> {
        self.0.known_at
    }

    /// The version of the rule by which it is made.
    async fn rule(&self) -> &'static str {
        RULE
    }

    /// The partnerships, those that need attention first.
    async fn rows(&self) -> Vec<CouncilPackRow<'_>> {
        self.0.rows.iter().map(CouncilPackRow).collect()
    }

    /// The pack as a page to be printed: one HTML file that needs nothing else and runs nothing.
    async fn html(
        &self,
        #[graphql(desc = "The language.", default_with = "Some(Language::En)")] language: Option<Language>,
    ) -> String {
        self.0.paper(spoken(language)).html()
    }
}

/// How one partnership stands in a council pack.
#[derive(Description)]
pub struct CouncilPackRow<'a>(&'a Row);

#[Object(use_type_description)]
impl CouncilPackRow<'_> {
    /// The state.
    async fn state(&self, ctx: &Context<'_>) -> Result<MemberState, Fault> {
        ask::row(ctx, self.0.state_id).await
    }

    /// How the state stood in the host organization.
    async fn standing(&self) -> Standing {
        self.0.standing.into()
    }

    /// How the partnership stands, in a word.
    async fn label(&self) -> PartnershipLabel {
        self.0.label.into()
    }

    /// Why.
    async fn reasons(&self) -> Vec<PartnershipReason> {
        self.0.reasons.iter().map(|(why, number)| PartnershipReason(*why, *number)).collect()
    }

    /// The last day on which the state was met, or on which something was said between the sides.
    async fn last_contact(&self) -> Option<Date> {
        self.0.last_contact.map(Date)
    }

    /// Actions neither delivered nor dropped.
    async fn open(&self) -> usize {
        self.0.open
    }

    /// Of the open ones, those whose due day has passed.
    async fn overdue(&self) -> usize {
        self.0.overdue
    }

    /// The next due day of an open action.
    async fn next_due(&self) -> Option<Date> {
        self.0.next_due.map(Date)
    }

    /// What is to be said first; null where nothing has to be.
    async fn talking_point(
        &self,
        #[graphql(desc = "The language.", default_with = "Some(Language::En)")] language: Option<Language>,
    ) -> Option<String> {
        self.0.talking_point(spoken(language))
    }
}

/// Asking for council packs.
#[derive(Default)]
pub struct CouncilPackQuery;

#[Object]
impl CouncilPackQuery {
    /// Every partnership with a record, frozen by a clock.
    async fn council_pack(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day by which things are judged.")] as_of: Date,
        #[graphql(
            desc = "The moment up to which records count; at least a minute ago, so that nothing comes in late."
        )]
        known_at: DateTime<Utc>,
    ) -> Result<CouncilPack, Fault> {
        let database = ask::loader(ctx).loader();
        let pack = briefing::CouncilPack::make(&database.0, &database.1, as_of.0, known_at);
        // Boxed: the future of a whole pack in that of every request is deeper than the compiler bears.
        Ok(CouncilPack(Box::pin(pack).await?))
    }
}
