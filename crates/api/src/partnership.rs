//! How partnerships stand, typed: the same survey that the question `partnerships` shows in rows.

use std::collections::HashMap;

use async_graphql::{Context, Description, Enum, Object, SimpleObject, async_trait::async_trait, dataloader};
use briefing::{
    Asked, Clock,
    partnership::{self, RULE, survey},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;
use vocab::ActionStatus as Status;

use crate::{
    account::Account,
    ask,
    batch::Database,
    clock::clock,
    cooperation_area::CooperationArea,
    fault::Fault,
    member_state::MemberState,
    scalars::Date,
    words::{ActionKind, ActionStatus, Language, Standing, Strength, spoken},
};

/// How a partnership stands, in a word.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vocab::partnership::PartnershipLabel")]
pub enum PartnershipLabel {
    /// Something is overdue, unanswered or disputed on which we can act.
    NeedsAttention,
    /// The first contact is fresh.
    New,
    /// Nothing was heard for a year, or there is no record at all.
    Quiet,
    /// In contact, with nothing late.
    Active,
}

/// Why a partnership stands as it does.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vocab::partnership::PartnershipReason")]
pub enum PartnershipReasonCode {
    /// So many actions are overdue.
    Overdue,
    /// So many requests, invitations, offers or proposals have waited for our answer longer than their rhythm.
    Unanswered,
    /// Of so many actions the tracks differ.
    Disputed,
    /// So many days ago was the first contact.
    FirstContact,
    /// So many days ago was the last contact.
    LastContact,
    /// So many open actions have gone silent.
    Silent,
    /// Nothing is recorded.
    NoRecord,
    /// So many actions are open and in time.
    InTime,
}

/// A reason, with its number.
#[derive(Description)]
pub struct PartnershipReason(pub(crate) vocab::partnership::PartnershipReason, pub(crate) i64);

#[Object(use_type_description)]
impl PartnershipReason {
    /// Which reason.
    async fn code(&self) -> PartnershipReasonCode {
        self.0.into()
    }

    /// How many, or how many days.
    async fn number(&self) -> i64 {
        self.1
    }

    /// The reason in words.
    async fn text(
        &self,
        #[graphql(desc = "The language.", default_with = "Some(Language::En)")] language: Option<Language>,
    ) -> String {
        self.0.wording(spoken(language)).replace("{}", &self.1.to_string())
    }
}

/// How many actions of a partnership have a kind, a strength and a status.
#[derive(SimpleObject)]
pub struct ActionCount {
    /// The kind.
    kind: ActionKind,
    /// The strength.
    strength: Strength,
    /// The status on the day.
    status: ActionStatus,
    /// How many.
    count: i64,
}

/// How the partnership with a state stands on a day, by what was known at a moment.
#[derive(Clone, Description)]
pub struct Partnership {
    state: Uuid,
    clock: Clock,
    of: partnership::Partnership,
}

impl Partnership {
    /// How the partnership with a state stands by a clock.
    pub(crate) fn new(state: Uuid, clock: Clock, of: partnership::Partnership) -> Self {
        Self { state, clock, of }
    }
}

#[Object(use_type_description)]
impl Partnership {
    /// The state.
    async fn state(&self, ctx: &Context<'_>) -> Result<MemberState, Fault> {
        ask::row(ctx, self.state).await
    }

    /// The day by which it is judged.
    async fn as_of(&self) -> Date {
        Date(self.clock.as_of)
    }

    /// How it stands, in a word.
    async fn label(&self) -> PartnershipLabel {
        self.of.label(self.clock.as_of).0.into()
    }

    /// Why: the reasons that decide the word.
    async fn reasons(&self) -> Vec<PartnershipReason> {
        let (_, reasons) = self.of.label(self.clock.as_of);
        reasons.into_iter().map(|(why, number)| PartnershipReason(why, number)).collect()
    }

    /// How the state stood in the host organization.
    async fn standing(&self) -> Option<Standing> {
        self.of.standing.map(Into::into)
    }

    /// The first day on which it was met, or on which something was said between the sides.
    async fn first_contact(&self) -> Option<Date> {
        self.of.first_contact.map(Date)
    }

    /// The last such day.
    async fn last_contact(&self) -> Option<Date> {
        self.of.last_contact.map(Date)
    }

    /// Meetings in the twelve months up to the day.
    async fn meetings_in_year(&self) -> i64 {
        count(self.of.meetings_in_year)
    }

    /// Actions neither delivered nor dropped.
    async fn open(&self) -> i64 {
        count(self.of.open)
    }

    /// Of the open ones, those whose due day has passed.
    async fn overdue(&self) -> i64 {
        count(self.of.overdue)
    }

    /// Of the open ones, those that have gone silent.
    async fn silent(&self) -> i64 {
        count(self.of.silent)
    }

    /// Actions of which the tracks differ.
    async fn disputed(&self) -> i64 {
        count(self.of.disputed)
    }

    /// Open requests, invitations, offers and proposals that wait for us longer than their rhythm.
    async fn unanswered(&self) -> i64 {
        count(self.of.unanswered)
    }

    /// Actions delivered.
    async fn delivered(&self) -> i64 {
        count(self.of.with_status(Status::Delivered))
    }

    /// Actions dropped.
    async fn dropped(&self) -> i64 {
        count(self.of.with_status(Status::Dropped))
    }

    /// The actions by kind, strength and status.
    async fn actions(&self) -> Vec<ActionCount> {
        let cells = self.of.actions.iter().map(|(kind, strength, status, number)| ActionCount {
            kind: kind.into(),
            strength: strength.into(),
            status: status.into(),
            count: count(number),
        });
        cells.collect()
    }

    /// The next due day of an open action.
    async fn next_due(&self) -> Option<Date> {
        self.of.next_due.map(Date)
    }

    /// The cooperation areas of the open actions, in the order of the taxonomy.
    async fn areas(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<CooperationArea>, Fault> {
        let book = crate::clock::book(ctx, self.clock).await?;
        let areas = ask::rows(ctx, self.of.areas.iter().filter_map(|area| book.area_id(area.position))).await?;
        ask::first_of(areas, first)
    }

    /// The account that looks after most of the open actions.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        ask::referred(ctx, self.of.owner).await
    }

    /// The version of the rule by which it is judged.
    async fn rule(&self) -> &'static str {
        RULE
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// How the partnership with one state stands.
///
/// # Errors
/// Where the clock is set to the future, or the database fails.
pub(crate) async fn of_state(
    ctx: &Context<'_>,
    state: Uuid,
    as_of: Option<Date>,
    known_at: Option<DateTime<Utc>>,
) -> Result<Option<Partnership>, Fault> {
    let key = Of { state, clock: clock(ctx, as_of, known_at)? };
    ask::loader(ctx).load_one(key).await
}

/// A partnership by its state, on a clock.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Of {
    state: Uuid,
    clock: Clock,
}

#[async_trait]
impl dataloader::Loader<Of> for Database {
    type Value = Partnership;
    type Error = Fault;

    /// One survey for each clock, however many states are asked for.
    async fn load(&self, keys: &[Of]) -> Result<HashMap<Of, Partnership>, Fault> {
        let mut clocks: HashMap<Clock, Vec<Uuid>> = HashMap::new();
        for Of { state, clock } in keys {
            clocks.entry(*clock).or_default().push(*state);
        }
        let mut found = HashMap::with_capacity(keys.len());
        for (clock, states) in clocks {
            let book = self.book(clock.known_at).await?;
            let only = if let [state] = states[..] { Some(state) } else { None };
            let (db, rhythms) = (self.0.reader(), self.0.rhythms());
            let mut all = survey(Asked { db, book: &book, clock, rhythms, state_id: only, from: None });
            for state in states {
                let of = all.remove(&state).unwrap_or_default();
                found.insert(Of { state, clock }, Partnership { state, clock, of });
            }
        }
        Ok(found)
    }
}
