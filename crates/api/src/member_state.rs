//! States, how they stand in the host organization, and what there is between the two.

use std::collections::HashMap;

use async_graphql::{Context, Description, Enum, ID, InputObject, Object, async_trait::async_trait, dataloader};
use chrono::{DateTime, Utc};
use store::{
    follow_up_action::{
        Under,
        area::{Engagement, engagements},
    },
    member_state::{self, OrderBy},
    organization,
    page::Key,
    person, standing,
};
use uuid::Uuid;
use vocab::member_state::by_code;

use crate::{
    ask,
    batch::Database,
    calendar_feed::{self, CalendarFeed},
    clock,
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows},
    cooperation_area::CooperationArea,
    fault::Fault,
    filter::{self, filter},
    follow_up_action::{Actions, FollowUpAction, FollowUpActionFilter, FollowUpActionOrder},
    id,
    meeting::{Meeting, MeetingFilter, MeetingOrder, Meetings},
    organization::{Organization, Organizations},
    partnership::{self, Partnership},
    past::{Moment, Then},
    person::{People, Person, PersonFilter},
    scalars::Date,
    standing::{OF_STATE, StandingStatement},
    words::{Language, OrderDirection, Standing, Strength, spoken, words},
};

coat! {
    /// A state of ISO 3166-1, whether it is a member of the host organization or not.
    MemberState over store::member_state, in memory as states
}

#[Object(use_type_description)]
impl MemberState {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// ISO 3166-1 alpha-3, such as `PAK`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// ISO 3166-1 alpha-2, such as `PK`.
    async fn alpha2(&self) -> &str {
        &self.0.alpha2
    }

    /// Its name in a language.
    pub(crate) async fn name(
        &self,
        #[graphql(desc = "The language.", default_with = "Some(Language::En)")] language: Option<Language>,
    ) -> String {
        self.0.name(spoken(language)).to_owned()
    }

    /// How it stands in the host organization on a day, by the latest statement that does not lie behind that day.
    async fn standing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today, where none is given.")] as_of: Option<Date>,
    ) -> Result<Standing, Fault> {
        let day = clock::day(ctx, as_of)?;
        let statements: Vec<standing::Model> = ask::short(ctx, &OF_STATE, self.0.id).await?;
        Ok(standing::on(&statements, day).into())
    }

    /// Every statement of how it stands in the host organization, each with its source.
    async fn standings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<StandingStatement>, Fault> {
        ask::few(ctx, &OF_STATE, self.0.id, first).await
    }

    /// How the partnership with it stands.
    async fn partnership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; that of `knownAt`, else today, where none is given.")] as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Option<Partnership>, Fault> {
        partnership::of_state(ctx, self.0.id, as_of, known_at).await
    }

    /// Its ministries, by name.
    async fn ministries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Organization>, Fault> {
        let list = Organizations::ministries(Some(organization::Under::State));
        connection::page(ctx, Some(self.0.id), list, Paging { first, after, last, before }).await
    }

    /// The people who hold or held a post in one of its organizations, by name.
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<PersonFilter>,
    ) -> Result<Connection<Person>, Fault> {
        let list = People::new(ctx, Some(person::Under::State), filter).await?;
        connection::page(ctx, Some(self.0.id), list, Paging { first, after, last, before }).await
    }

    /// The meetings in which it had part.
    async fn meetings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<MeetingFilter>,
        #[graphql(desc = "In which order; the latest first, where none is given.")] order_by: Option<Vec<MeetingOrder>>,
    ) -> Result<Connection<Meeting>, Fault> {
        let list = Meetings::new(ctx, true, filter, order_by).await?;
        connection::page(ctx, Some(self.0.id), list, Paging { first, after, last, before }).await
    }

    /// The follow-up actions that belong to it.
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
        let list = Actions::new(ctx, Some(Under::State), filter, order_by).await?;
        connection::page(ctx, Some(self.0.id), list, Paging { first, after, last, before }).await
    }

    /// Its calendar feeds, revoked ones too, in the order of their making. Their secrets are not kept.
    async fn calendar_feeds(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<CalendarFeed>, Fault> {
        ask::few(ctx, &calendar_feed::OF_STATE, self.0.id, first).await
    }

    /// The cooperation areas of its follow-up actions, each with the strongest action in it.
    async fn cooperation_areas(&self, ctx: &Context<'_>) -> Result<Vec<AreaEngagement>, Fault> {
        let engagements = ask::loader(ctx).load_one(EngagementsOf(self.0.id)).await?.unwrap_or_default();
        let areas: Vec<CooperationArea> = ask::rows(ctx, engagements.iter().map(|e| e.area_id)).await?;
        let actions: Vec<FollowUpAction> = ask::rows(ctx, engagements.iter().map(|e| e.strongest_id)).await?;
        let together = engagements.into_iter().zip(areas).zip(actions);
        let mut engaged: Vec<_> =
            together.map(|((engagement, area), strongest)| AreaEngagement { area, strongest, engagement }).collect();
        engaged.sort_by_key(|engaged| engaged.area.0.position);
        Ok(engaged)
    }
}

/// A state in a cooperation area.
#[derive(Description)]
pub struct AreaEngagement {
    area: CooperationArea,
    strongest: FollowUpAction,
    engagement: Engagement,
}

#[Object(use_type_description)]
impl AreaEngagement {
    /// The area.
    async fn area(&self) -> &CooperationArea {
        &self.area
    }

    /// The strongest action of the state in this area; the latest of equals.
    async fn strongest(&self) -> &FollowUpAction {
        &self.strongest
    }

    /// How binding the strongest action is.
    async fn strength(&self) -> Strength {
        self.strongest.0.strength.0.into()
    }

    /// How many actions of the state are in this area.
    async fn count(&self) -> i64 {
        self.engagement.count
    }
}

/// The areas of one state.
#[derive(Clone, PartialEq, Eq, Hash)]
struct EngagementsOf(Uuid);

#[async_trait]
impl dataloader::Loader<EngagementsOf> for Database {
    type Value = Vec<Engagement>;
    type Error = Fault;

    async fn load(&self, keys: &[EngagementsOf]) -> Result<HashMap<EngagementsOf, Vec<Engagement>>, Fault> {
        let states: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = engagements(self.0.reader(), &states).await?;
        Ok(found.into_iter().map(|(state, engagements)| (EngagementsOf(state), engagements)).collect())
    }
}

filter! {
    /// Which states.
    MemberStateFilter of member_state::Filter {
        /// With one of these ISO 3166-1 codes of two or three letters.
        codes: Option<Vec<String>>,
        /// With one of these standings in the host organization, by the latest statement.
        standings: Option<Vec<Standing>>,
    }
}

impl MemberStateFilter {
    async fn read(self, _: &Context<'_>) -> Result<member_state::Filter, Fault> {
        let codes = self.codes.map(|codes| alpha3("codes", &codes)).transpose()?;
        Ok(member_state::Filter { codes, standings: words(self.standings), ..member_state::Filter::default() })
    }
}

/// An order of states.
#[derive(InputObject)]
pub struct MemberStateOrder {
    /// By what.
    field: MemberStateOrderField,
    /// In which direction.
    #[graphql(default)]
    direction: OrderDirection,
}

/// What states can be ordered by.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "OrderBy")]
pub enum MemberStateOrderField {
    /// The alpha-3 code.
    Code,
    /// The English name.
    Name,
}

/// A list of states.
#[derive(Clone, PartialEq, Eq, Hash)]
struct MemberStates {
    filter: member_state::Filter,
    order: Vec<(OrderBy, OrderDirection)>,
}

impl Listing for MemberStates {
    type Of = MemberState;

    fn rows(&self) -> Rows<MemberState> {
        member_state::select(&self.filter).into()
    }

    fn keys(&self) -> Vec<Key> {
        connection::order(&self.order, (OrderBy::Code, OrderDirection::Asc), |by, order| by.keys(order))
    }
}

/// The alpha-3 codes of states that clients named by codes of two or three letters.
///
/// # Errors
/// Where a code is none, naming the `argument`.
fn alpha3(argument: &'static str, codes: &[String]) -> Result<Vec<String>, Fault> {
    let known = |code: &String| {
        let state = by_code(code.trim()).map(|state| state.alpha3.to_owned());
        state.ok_or_else(|| {
            Fault::input(argument, format!("\"{code}\" is no state of ISO 3166-1: write it as PAK or PK"))
        })
    };
    codes.iter().map(known).collect()
}

/// The keys of states that clients named by their codes.
///
/// # Errors
/// Where a code is none, naming the `argument`; where the database fails.
pub async fn states(
    ctx: &Context<'_>,
    argument: &'static str,
    codes: Option<Vec<String>>,
) -> Result<Option<Vec<Uuid>>, Fault> {
    let Some(codes) = codes else { return Ok(None) };
    let (codes, tables) = (alpha3(argument, &codes)?, ask::store(ctx).reference().await?);
    Ok(Some(codes.iter().filter_map(|code| tables.state(code)).map(|state| state.id).collect()))
}

/// Asking for states.
#[derive(Default)]
pub struct MemberStateQuery;

#[Object]
impl MemberStateQuery {
    /// The state with this code.
    async fn member_state(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "ISO 3166-1, two or three letters, in either case.")] code: String,
        #[graphql(desc = "The day by which things are judged; that of `knownAt`, else today, where none is given.")]
        as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Then<Option<MemberState>>, Fault> {
        let moment = Moment::of(ctx, as_of, known_at).await?;
        let ctx = &moment.ctx(ctx);
        let (codes, tables) = (alpha3("code", &[code])?, ask::store(ctx).reference().await?);
        let found = codes.iter().find_map(|code| tables.state(code)).cloned().map(MemberState);
        Ok(moment.tell(found))
    }

    /// States, by code where no order is given.
    async fn member_states(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<MemberStateFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<Vec<MemberStateOrder>>,
        #[graphql(desc = "The day by which things are judged; that of `knownAt`, else today, where none is given.")]
        as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Then<Connection<MemberState>>, Fault> {
        let moment = Moment::of(ctx, as_of, known_at).await?;
        let ctx = &moment.ctx(ctx);
        let filter = filter::kept(ctx, filter).await?;
        let order = order_by.unwrap_or_default().into_iter().map(|by| (by.field.into(), by.direction)).collect();
        let page =
            connection::page(ctx, None, MemberStates { filter, order }, Paging { first, after, last, before }).await?;
        Ok(moment.tell(page))
    }
}
