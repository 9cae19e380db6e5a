//! Organizations: any body, ministries and the host's own units among them.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, QueryFilter};
use store::{
    follow_up_action::Under,
    organization::{self, Column, Entity},
    page::Key,
    person,
};

use crate::{
    ask,
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows, searched},
    evidence::Evidence,
    fault::Fault,
    filter::{self, filter},
    follow_up_action::{Actions, FollowUpAction, FollowUpActionFilter, FollowUpActionOrder},
    id::{self, Id},
    input::Input,
    member_state::{MemberState, states},
    merge::{self, Merge},
    names::{self, Name},
    past::{Moment, Then},
    payload::{change, payload, write},
    person::{People, Person, PersonFilter},
    post::{self, Post},
    scalars::Date,
    words::{Language, OrganizationKind, words},
};

coat! {
    /// Any body: an international organization, a ministry, a university, a unit of the host.
    Organization over store::organization
}

#[Object(use_type_description)]
impl Organization {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The name in a language, or the one that is kept where there is none in it.
    pub(crate) async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language.", default_with = "Some(Language::En)")] language: Option<Language>,
    ) -> Result<String, Fault> {
        names::shown(ctx, self.0.id, &self.0.label, language).await
    }

    /// Every other name: in other languages, former names, acronyms.
    async fn names(&self, ctx: &Context<'_>) -> Result<Vec<Name>, Fault> {
        names::all(ctx, self.0.id).await
    }

    /// What kind of body it is.
    async fn kind(&self) -> OrganizationKind {
        self.0.kind.0.into()
    }

    /// Its acronym.
    async fn acronym(&self) -> Option<&str> {
        self.0.acronym.as_deref()
    }

    /// The state it belongs to.
    async fn state(&self, ctx: &Context<'_>) -> Result<Option<MemberState>, Fault> {
        ask::referred(ctx, self.0.state_id).await
    }

    /// The organization it is part of.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Organization>, Fault> {
        ask::referred(ctx, self.0.parent_id).await
    }

    /// Whether it is the organization whose follow-up this is.
    async fn is_host(&self) -> bool {
        self.0.is_host
    }

    /// The merges that made it one of several, the first first.
    async fn merges(&self, ctx: &Context<'_>) -> Result<Vec<Merge>, Fault> {
        merge::that_made(ctx, self.0.id).await
    }

    /// How often it was written: hand it back as `expectedVersion` when revising.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The organizations that are part of it, by name.
    async fn units(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Organization>, Fault> {
        let list = Organizations { under: Some(organization::Under::Parent), filter: organization::Filter::default() };
        connection::page(ctx, Some(self.0.id), list, Paging { first, after, last, before }).await
    }

    /// Its posts.
    async fn posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Post>, Fault> {
        ask::few(ctx, &post::OF_ORGANIZATION, self.0.id, first).await
    }

    /// The people who hold or held a post in it, by name.
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<PersonFilter>,
    ) -> Result<Connection<Person>, Fault> {
        let list = People::new(ctx, Some(person::Under::Organization), filter).await?;
        connection::page(ctx, Some(self.0.id), list, Paging { first, after, last, before }).await
    }

    /// The follow-up actions in which it acts or is acted to.
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
        let list = Actions::new(ctx, Some(Under::Organization), filter, order_by).await?;
        connection::page(ctx, Some(self.0.id), list, Paging { first, after, last, before }).await
    }

    /// The words of reports that name it.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Evidence>, Fault> {
        ask::few(ctx, &crate::evidence::OF_RECORD, self.0.id, first).await
    }
}

filter! {
    /// Which organizations.
    OrganizationFilter of organization::Filter {
        /// Of one of these kinds.
        kinds: Option<Vec<OrganizationKind>>,
        /// Of one of these states, by ISO 3166-1 code.
        states: Option<Vec<String>>,
        /// Whose name, in any language or spelling, holds this.
        text: Option<String>,
    }
}

impl OrganizationFilter {
    async fn read(self, ctx: &Context<'_>) -> Result<organization::Filter, Fault> {
        Ok(organization::Filter {
            kinds: words(self.kinds),
            state_ids: states(ctx, "states", self.states).await?,
            text: searched("text", self.text)?,
            ..organization::Filter::default()
        })
    }
}

/// A list of organizations.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Organizations {
    under: Option<organization::Under>,
    filter: organization::Filter,
}

impl Organizations {
    /// The ministries alone.
    pub fn ministries(under: Option<organization::Under>) -> Self {
        let kinds = Some(vec![vocab::OrganizationKind::Ministry]);
        Self { under, filter: organization::Filter { kinds, ..organization::Filter::default() } }
    }
}

impl Listing for Organizations {
    type Of = Organization;

    fn rows(&self) -> Rows<Organization> {
        match self.under {
            Some(under) => organization::select_under(under, &self.filter).into(),
            None => organization::select(&self.filter).into(),
        }
    }

    fn keys(&self) -> Vec<Key> {
        organization::by_name()
    }
}

/// Asking for organizations.
#[derive(Default)]
pub struct OrganizationQuery;

#[Object]
impl OrganizationQuery {
    /// Organizations, by name.
    async fn organizations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<OrganizationFilter>,
        #[graphql(desc = "The day by which things are judged; that of `knownAt`, else today, where none is given.")]
        as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Then<Connection<Organization>>, Fault> {
        let moment = Moment::of(ctx, as_of, known_at).await?;
        let ctx = &moment.ctx(ctx);
        let list = Organizations { under: None, filter: filter::kept(ctx, filter).await? };
        let page = connection::page(ctx, None, list, Paging { first, after, last, before }).await?;
        Ok(moment.tell(page))
    }

    /// Ministries, by name.
    async fn ministries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them; a kind that is asked for here is passed over.")] filter: Option<
            OrganizationFilter,
        >,
        #[graphql(desc = "The day by which things are judged; that of `knownAt`, else today, where none is given.")]
        as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Then<Connection<Organization>>, Fault> {
        let moment = Moment::of(ctx, as_of, known_at).await?;
        let ctx = &moment.ctx(ctx);
        let filter = filter::kept(ctx, filter).await?;
        let filter = organization::Filter { kinds: Organizations::ministries(None).filter.kinds, ..filter };
        let list = Organizations { under: None, filter };
        let page = connection::page(ctx, None, list, Paging { first, after, last, before }).await?;
        Ok(moment.tell(page))
    }

    /// The organization whose follow-up this is; null before reference data is loaded.
    async fn host(&self, ctx: &Context<'_>) -> Result<Option<Organization>, Fault> {
        let host = Entity::find().filter(sea_orm::ColumnTrait::eq(&Column::IsHost, true));
        let host = host.one(ask::store(ctx).reader()).await.map_err(store::Error::from)?;
        Ok(host.map(Organization))
    }
}

/// A new organization.
#[derive(InputObject)]
pub struct CreateOrganizationInput {
    /// What kind of body it is.
    kind: OrganizationKind,
    /// The name that is shown.
    name: String,
    /// Its acronym.
    acronym: Option<String>,
    /// The state it belongs to.
    state_id: Option<Id<MemberState>>,
    /// The organization it is part of.
    parent_id: Option<Id<Organization>>,
}

/// What is to be changed of an organization; what is left out stays.
#[derive(InputObject)]
pub struct ReviseOrganizationInput {
    /// Which organization.
    organization_id: Id<Organization>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// What kind of body it is.
    kind: Option<OrganizationKind>,
    /// The name that is shown; the former one stays as a former name.
    name: Option<String>,
    /// Its acronym.
    acronym: MaybeUndefined<String>,
    /// The state it belongs to.
    state_id: MaybeUndefined<Id<MemberState>>,
    /// The organization it is part of.
    parent_id: MaybeUndefined<Id<Organization>>,
}

payload! {
    /// What came of making an organization.
    CreateOrganizationPayload {
        /// The organization.
        organization: Organization,
    }
}

payload! {
    /// What came of revising an organization.
    ReviseOrganizationPayload {
        /// The organization.
        organization: Organization,
    }
}

/// Making and revising organizations.
#[derive(Default)]
pub struct OrganizationMutation;

#[Object]
impl OrganizationMutation {
    /// Makes an organization by hand.
    async fn create_organization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new organization.")] input: Input<CreateOrganizationInput>,
    ) -> Result<CreateOrganizationPayload, Fault> {
        let Input { it: CreateOrganizationInput { kind, name, acronym, state_id, parent_id }, named } = input;
        let draft = organization::Draft {
            kind: kind.into(),
            label: name,
            acronym,
            state_id: id::key(state_id),
            parent_id: id::key(parent_id),
            is_host: false,
        };
        write(ctx, named, async |work| organization::create(work, draft).await).await
    }

    /// Revises an organization.
    async fn revise_organization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be changed.")] input: Input<ReviseOrganizationInput>,
    ) -> Result<ReviseOrganizationPayload, Fault> {
        let Input { it: input, named } = input;
        let ReviseOrganizationInput { organization_id, expected_version, kind, name, acronym, state_id, parent_id } =
            input;
        let revision = organization::Revision {
            kind: kind.map(Into::into),
            label: name,
            acronym: change(acronym, |acronym| acronym),
            state_id: change(state_id, |id| id.0),
            parent_id: change(parent_id, |id| id.0),
        };
        write(ctx, named, async |work| organization::revise(work, organization_id.0, expected_version, revision).await)
            .await
    }
}
