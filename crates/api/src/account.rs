//! Who works with the system.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use store::{account, follow_up_action::Under, page::Key};

use crate::{
    ask,
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows},
    fault::Fault,
    follow_up_action::{Actions, FollowUpAction, FollowUpActionFilter, FollowUpActionOrder},
    id,
    payload::{payload, write},
};

coat! {
    /// Who works with the system: desk officers, reviewers, managers.
    Account over store::account
}

#[Object(use_type_description)]
impl Account {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The name that is shown.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where reminders go.
    async fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// How often it was written.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The follow-up actions it looks after.
    #[allow(clippy::too_many_arguments)]
    async fn follow_up_actions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<FollowUpActionFilter>,
        #[graphql(desc = "In which order; first due first, where none is given.")] order_by: Option<
            Vec<FollowUpActionOrder>,
        >,
    ) -> Result<Connection<FollowUpAction>, Fault> {
        let list = Actions::new(ctx, Some(Under::Owner), filter, order_by).await?;
        connection::page(ctx, Some(self.0.id), list, Paging { first, after, last, before }).await
    }
}

/// Accounts by name.
#[derive(Clone, PartialEq, Eq, Hash)]
struct ByName;

impl Listing for ByName {
    type Of = Account;

    fn rows(&self) -> Rows<Account> {
        sea_orm::EntityTrait::find().into()
    }

    fn keys(&self) -> Vec<Key> {
        account::by_name()
    }
}

/// Asking for accounts.
#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// Who works with the system, by name.
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Account>, Fault> {
        connection::page(ctx, None, ByName, Paging { first, after, last, before }).await
    }

    /// The account on whose behalf this request is made; null where the system itself asks.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        ask::referred(ctx, ask::who(ctx)?.account_id).await
    }
}

/// A new account.
#[derive(InputObject)]
pub struct CreateAccountInput {
    /// The name that is shown.
    name: String,
    /// Where reminders go.
    email: Option<String>,
}

payload! {
    /// What came of making an account.
    CreateAccountPayload {
        /// The account.
        account: Account,
    }
}

/// Making accounts.
#[derive(Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Makes an account.
    async fn create_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new account.")] input: CreateAccountInput,
    ) -> Result<CreateAccountPayload, Fault> {
        let CreateAccountInput { name, email } = input;
        write(ctx, async |work| account::create(work, account::Draft { name, email }).await).await
    }
}
