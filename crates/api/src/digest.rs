//! The digest: what one person should look at, in one message for a day or a week.

use async_graphql::{Context, Description, Object};
use briefing::digest::{self, Group, Line, Wanted};

use crate::{
    account::Account,
    ask,
    fault::Fault,
    id::Id,
    member_state::MemberState,
    node::{self, Node},
    scalars::Date,
    words::{Language, ReminderReason},
};

/// What one person should look at: each action and task once, under its most pressing reason.
#[derive(Description)]
pub struct Digest(briefing::Digest);

#[Object(use_type_description)]
impl Digest {
    /// Whose.
    async fn account(&self) -> Account {
        self.0.account.clone().into()
    }

    /// The language of its words.
    async fn language(&self) -> Language {
        self.0.language.into()
    }

    /// The day by which things are judged.
    async fn as_of(&self) -> Date {
        Date(self.0.as_of)
    }

    /// How many things there are to look at. Where there are none, nothing is sent.
    async fn total(&self) -> usize {
        self.0.total()
    }

    /// How many of them are left out: a digest has 100 lines at most, the most pressing ones.
    async fn left_out(&self) -> usize {
        self.0.left_out()
    }

    /// What there is, by the state it belongs to.
    async fn groups(&self) -> Vec<DigestGroup<'_>> {
        self.0.groups.iter().map(|group| DigestGroup { digest: &self.0, group }).collect()
    }

    /// The line by which the message is known.
    async fn subject(&self) -> String {
        self.0.subject()
    }

    /// The message as plain text.
    async fn text(&self) -> String {
        self.0.text()
    }

    /// The message as a page: one HTML file that needs nothing else and runs nothing.
    async fn html(&self) -> String {
        self.0.html()
    }

    /// The version of the rules by which it is made.
    async fn rule(&self) -> &'static str {
        digest::RULE
    }
}

/// What in a digest belongs to one state.
#[derive(Description)]
pub struct DigestGroup<'a> {
    digest: &'a briefing::Digest,
    group: &'a Group,
}

#[Object(use_type_description)]
impl DigestGroup<'_> {
    /// The state; null for what belongs to none.
    async fn state(&self, ctx: &Context<'_>) -> Result<Option<MemberState>, Fault> {
        ask::referred(ctx, self.group.state.map(|(_, id)| id)).await
    }

    /// Its heading, in the language of the digest.
    async fn title(&self) -> &'static str {
        self.group.title(self.digest.language)
    }

    /// Its lines, the most pressing first.
    async fn lines(&self) -> Vec<DigestLine<'_>> {
        self.group.lines.iter().map(DigestLine).collect()
    }
}

/// Something to look at.
#[derive(Description)]
pub struct DigestLine<'a>(&'a Line);

#[Object(use_type_description)]
impl DigestLine<'_> {
    /// Why.
    async fn reason(&self) -> ReminderReason {
        self.0.reason.into()
    }

    /// Since when; of what is due soon, the day on which it is.
    async fn since(&self) -> Date {
        Date(self.0.since)
    }

    /// The action, or that of the task, as people call it.
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// The words of the action or the task.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The line in a sentence.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// The action or the task, as it is today.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>, Fault> {
        node::find(ctx, self.0.record).await
    }
}

/// Asking for digests.
#[derive(Default)]
pub struct DigestQuery;

#[Object]
impl DigestQuery {
    /// What an account is to look at, as it would be sent on a day.
    async fn digest(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose.")] account: Id<Account>,
        #[graphql(desc = "The day by which things are judged; today, where none is given.")] as_of: Option<Date>,
        #[graphql(desc = "The language; that of the account, where none is given.")] language: Option<Language>,
    ) -> Result<Digest, Fault> {
        let wanted =
            Wanted { account_id: account.0, as_of: as_of.map(|day| day.0), language: language.map(Into::into) };
        let database = ask::loader(ctx).loader();
        // Boxed: the future of a whole digest in that of every request is deeper than the compiler bears.
        Ok(Digest(Box::pin(briefing::Digest::make(&database.0, &database.1, wanted)).await?))
    }
}
