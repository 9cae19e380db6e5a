//! Posts: what is owed hangs on them, not on their holders.

use async_graphql::{Context, ID, InputObject, Object};
use sea_orm::EntityTrait;
use store::{
    follow_up_action::Under,
    post::{self, Column, Entity},
};
use uuid::Uuid;

use crate::{
    appointment::{self, Appointment},
    ask::{self, Short},
    clock,
    coat::coat,
    connection::{self, Connection, Paging},
    fault::Fault,
    follow_up_action::{Actions, FollowUpAction, FollowUpActionFilter, FollowUpActionOrder},
    id::{self, Id},
    input::Input,
    names,
    organization::Organization,
    payload::{payload, write},
    person::Person,
    scalars::Date,
    words::Language,
};

/// The posts of an organization.
pub(crate) static OF_ORGANIZATION: Short<Entity> = Short { rows: Entity::find, whose: Column::OrganizationId };

coat! {
    /// A post in an organization. What is owed hangs on it, not on whoever holds it.
    Post over store::post
}

#[Object(use_type_description)]
impl Post {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The title in a language, or the one that is kept where there is none in it.
    async fn title(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language.", default_with = "Some(Language::En)")] language: Option<Language>,
    ) -> Result<String, Fault> {
        names::shown(ctx, self.0.id, &self.0.label, language).await
    }

    /// The organization it belongs to.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Organization, Fault> {
        ask::row(ctx, self.0.organization_id).await
    }

    /// Who holds it on a day, as far as known; the one who came last, where several do.
    async fn holder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today, where none is given.")] as_of: Option<Date>,
    ) -> Result<Option<Person>, Fault> {
        holder(ctx, self.0.id, as_of).await
    }

    /// What hangs on it, whoever holds it: the actions in which it acts or is acted to.
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
        let list = Actions::new(ctx, Some(Under::Post), filter, order_by).await?;
        connection::page(ctx, Some(self.0.id), list, Paging { first, after, last, before }).await
    }

    /// Everybody who holds or held it, first known first.
    async fn appointments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Appointment>, Fault> {
        ask::few(ctx, &appointment::OF_POST, self.0.id, first).await
    }

    /// How often it was written: hand it back as `expectedVersion` when revising.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Who holds a post on a day, as far as known; the one who came last, where several do.
///
/// # Errors
/// Where the database fails, or the day lies behind that of a list of the past.
pub(crate) async fn holder(ctx: &Context<'_>, post: Uuid, as_of: Option<Date>) -> Result<Option<Person>, Fault> {
    let day = clock::day(ctx, as_of)?;
    let all: Vec<store::appointment::Model> = ask::short(ctx, &appointment::OF_POST, post).await?;
    ask::referred(ctx, store::appointment::holder(&all, day).map(|one| one.person_id)).await
}

/// A new post.
#[derive(InputObject)]
pub struct CreatePostInput {
    /// The organization it belongs to.
    organization_id: Id<Organization>,
    /// The title that is shown.
    title: String,
}

/// What is to be changed of a post; what is left out stays.
#[derive(InputObject)]
pub struct RevisePostInput {
    /// Which post.
    post_id: Id<Post>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// The organization it belongs to.
    organization_id: Option<Id<Organization>>,
    /// The title that is shown.
    title: Option<String>,
}

payload! {
    /// What came of making a post.
    CreatePostPayload {
        /// The post.
        post: Post,
    }
}

payload! {
    /// What came of revising a post.
    RevisePostPayload {
        /// The post.
        post: Post,
    }
}

/// Making and revising posts.
#[derive(Default)]
pub struct PostMutation;

#[Object]
impl PostMutation {
    /// Makes a post by hand.
    async fn create_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new post.")] input: Input<CreatePostInput>,
    ) -> Result<CreatePostPayload, Fault> {
        let Input { it: CreatePostInput { organization_id, title }, named } = input;
        let draft = post::Draft { organization_id: organization_id.0, label: title };
        write(ctx, named, async |work| post::create(work, draft).await).await
    }

    /// Revises a post.
    async fn revise_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be changed.")] input: Input<RevisePostInput>,
    ) -> Result<RevisePostPayload, Fault> {
        let Input { it: RevisePostInput { post_id, expected_version, organization_id, title }, named } = input;
        let revision = post::Revision { organization_id: id::key(organization_id), label: title };
        write(ctx, named, async |work| post::revise(work, post_id.0, expected_version, revision).await).await
    }
}
