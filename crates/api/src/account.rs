//! Who works with the system.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use chrono::{DateTime, Utc};
use store::{
    account::{self, Wishes},
    follow_up_action::Under,
    page::Key,
};

use crate::{
    ask,
    assignment::{self, Assigned},
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows},
    fault::Fault,
    follow_up_action::{Actions, FollowUpAction, FollowUpActionFilter, FollowUpActionOrder},
    id::{self, Id},
    input::Input,
    member_state::MemberState,
    payload::{change, payload, write},
    words::{Frequency, Language, Role, Weekday},
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

    /// How it is reminded of what it looks after, in a digest for a day or a week.
    async fn reminders(&self, ctx: &Context<'_>) -> Reminders {
        let account::Model { reminders, reminders_on, language, .. } = &self.0;
        let is_own = reminders.is_some() || reminders_on.is_some() || language.is_some();
        let vocab::Reminders { frequency, weekday, language, .. } = self.0.reminders(ask::store(ctx).reminders());
        Reminders { frequency: frequency.into(), weekday: weekday.into(), language: language.into(), is_own }
    }

    /// What it may do.
    async fn role(&self) -> Role {
        self.0.role.0.into()
    }

    /// When it was disabled; null while it may sign in.
    async fn disabled_at(&self) -> Option<DateTime<Utc>> {
        self.0.disabled_at
    }

    /// The member states that it looks after: what a desk officer may change belongs to one of them.
    async fn assigned_states(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<MemberState>, Fault> {
        let assigned: Vec<Assigned> = ask::few(ctx, &assignment::OF_ACCOUNT, self.0.id, first).await?;
        ask::rows(ctx, assigned.into_iter().map(|assigned| assigned.0.state_id)).await
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
        let list = Actions::new(ctx, Some(Under::Owner), filter, order_by).await?;
        connection::page(ctx, Some(self.0.id), list, Paging { first, after, last, before }).await
    }
}

/// How an account is reminded.
#[derive(SimpleObject)]
pub struct Reminders {
    /// How often.
    frequency: Frequency,
    /// On which day, where it is once a week.
    weekday: Weekday,
    /// In which language.
    language: Language,
    /// Whether any of it was set for this account; the settings of the server say the rest.
    is_own: bool,
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
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
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
    /// What it may do; to read the records, where none is given.
    role: Option<Role>,
}

payload! {
    /// What came of making an account.
    CreateAccountPayload {
        /// The account.
        account: Account,
    }
}

/// What an account is to be allowed.
#[derive(InputObject)]
pub struct SetRoleInput {
    /// Which account.
    account_id: Id<Account>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// What it may do.
    role: Role,
}

payload! {
    /// What came of giving an account a role.
    SetRolePayload {
        /// The account.
        account: Account,
    }
}

/// Whether an account may sign in.
#[derive(InputObject)]
pub struct SetAccountDisabledInput {
    /// Which account.
    account_id: Id<Account>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// Whether it is kept from signing in.
    disabled: bool,
}

payload! {
    /// What came of keeping an account from signing in, or letting it again.
    SetAccountDisabledPayload {
        /// The account.
        account: Account,
    }
}

/// How an account is to be reminded; what is left out stays.
#[derive(InputObject)]
pub struct SetRemindersInput {
    /// Which account.
    account_id: Id<Account>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// How often; null for as often as the settings say.
    frequency: MaybeUndefined<Frequency>,
    /// On which day, where it is once a week; null for the day that the settings say.
    weekday: MaybeUndefined<Weekday>,
    /// In which language; null for that of the settings.
    language: MaybeUndefined<Language>,
}

payload! {
    /// What came of setting how an account is reminded.
    SetRemindersPayload {
        /// The account.
        account: Account,
    }
}

/// Making accounts, and saying what they may do and how they are reminded.
#[derive(Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Makes an account.
    async fn create_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new account.")] input: Input<CreateAccountInput>,
    ) -> Result<CreateAccountPayload, Fault> {
        let Input { it: CreateAccountInput { name, email, role }, named } = input;
        let role = role.map(Into::into).unwrap_or_default();
        write(ctx, named, async |work| account::create(work, account::Draft { name, email, role }).await).await
    }

    /// Says what an account may do. It counts at once, and within ten seconds on what is open.
    async fn set_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it may do.")] input: Input<SetRoleInput>,
    ) -> Result<SetRolePayload, Fault> {
        let Input { it: SetRoleInput { account_id, expected_version, role }, named } = input;
        write(ctx, named, async |work| account::set_role(work, account_id.0, expected_version, role.into()).await).await
    }

    /// Keeps an account from signing in, or lets it again. What it wrote stays.
    async fn set_account_disabled(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether it may sign in.")] input: Input<SetAccountDisabledInput>,
    ) -> Result<SetAccountDisabledPayload, Fault> {
        let Input { it: SetAccountDisabledInput { account_id, expected_version, disabled }, named } = input;
        write(ctx, named, async |work| account::set_disabled(work, account_id.0, expected_version, disabled).await)
            .await
    }

    /// Sets how an account is reminded.
    async fn set_reminders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it is to be reminded.")] input: Input<SetRemindersInput>,
    ) -> Result<SetRemindersPayload, Fault> {
        let Input { it: SetRemindersInput { account_id, expected_version, frequency, weekday, language }, named } =
            input;
        let wishes = Wishes {
            frequency: change(frequency, Into::into),
            weekday: change(weekday, Into::into),
            language: change(language, Into::into),
        };
        write(ctx, named, async |work| account::set_reminders(work, account_id.0, expected_version, wishes).await).await
    }
}
