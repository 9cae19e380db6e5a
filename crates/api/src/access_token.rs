//! Tokens by which programs and people sign in; making and revoking them.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::access_token;

use crate::{
    account::Account,
    ask,
    coat::coat,
    fault::Fault,
    id::{self, Id},
    input::Input,
    payload::{Payload, payload, write},
    scalars::Date,
    words::Scope,
};

coat! {
    /// A token by which a program or a person signs in. The secret is not kept.
    AccessToken over store::access_token
}

#[Object(use_type_description)]
impl AccessToken {
    /// The identifier, by which it is revoked.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The account as which it signs in.
    async fn account(&self, ctx: &Context<'_>) -> Result<Account, Fault> {
        ask::row(ctx, self.0.account_id).await
    }

    /// What it is called: which program, on which machine.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How it begins, so that people know which one it is: `ent_` and eight letters.
    async fn prefix(&self) -> String {
        self.0.shown()
    }

    /// What it is good for, as far as the role of its account goes.
    async fn scope(&self) -> Scope {
        self.0.scope.0.into()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it ends; null where it does not by itself.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at
    }

    /// When it was revoked.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.revoked_at
    }

    /// The last day on which somebody signed in with it.
    async fn last_used_on(&self) -> Option<Date> {
        self.0.last_used_on.map(Date)
    }
}

/// Asking for tokens.
#[derive(Default)]
pub struct AccessTokenQuery;

#[Object]
impl AccessTokenQuery {
    /// The tokens of an account, the latest first: one's own, or, for admins, those of another.
    async fn access_tokens(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which account; of the one that asks, where none is given.")] account_id: Option<
            Id<Account>,
        >,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<AccessToken>, Fault> {
        let rows = access_token::of_account(ask::store(ctx).reader(), ask::who(ctx)?, id::key(account_id)).await?;
        ask::first_of(rows.into_iter().map(AccessToken).collect(), first)
    }
}

/// A new token.
#[derive(InputObject)]
pub struct CreateAccessTokenInput {
    /// As which account it signs in; as the one that asks, where none is given.
    account_id: Option<Id<Account>>,
    /// What it is called: which program, on which machine.
    name: String,
    /// What it is good for; for reading, where none is given.
    scope: Option<Scope>,
    /// When it ends; never by itself, where none is given.
    expires_at: Option<DateTime<Utc>>,
}

/// Which token is to be revoked.
#[derive(InputObject)]
pub struct RevokeAccessTokenInput {
    /// The token.
    access_token_id: Id<AccessToken>,
}

payload! {
    /// What came of making a token.
    CreateAccessTokenPayload of {
        /// What may be told of it again.
        access_token: Option<AccessToken>,
        /// The token itself, to be sent as `Authorization: Bearer`. It is shown this once. Null in the answer to a repeat: where
        /// it did not reach you, revoke it and make another.
        token: Option<String>,
    }
}

/// A token that was made. Its secret is kept nowhere, so that a repeat is told of it without.
#[derive(Serialize, Deserialize)]
pub struct Made {
    row: access_token::Model,
    #[serde(skip)]
    token: Option<String>,
}

impl Payload for CreateAccessTokenPayload {
    type Done = Made;

    fn done(Made { row, token }: Self::Done) -> Self {
        Self { access_token: Some(row.into()), token, ..Self::default() }
    }
}

payload! {
    /// What came of revoking a token.
    RevokeAccessTokenPayload {
        /// The token.
        access_token: AccessToken,
    }
}

/// Making and revoking tokens.
#[derive(Default)]
pub struct AccessTokenMutation;

#[Object]
impl AccessTokenMutation {
    /// Makes a token, and tells it, this once. Of one's own account, or, for admins, of another.
    async fn create_access_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new token.")] input: Input<CreateAccessTokenInput>,
    ) -> Result<CreateAccessTokenPayload, Fault> {
        let Input { it: CreateAccessTokenInput { account_id, name, scope, expires_at }, named } = input;
        let account_id = ask::own_or(ctx, id::key(account_id))?;
        let scope = scope.map_or(vocab::Scope::Read, Into::into);
        let draft = access_token::Draft { account_id, name, scope, expires_at };
        write(ctx, named, async |work| {
            let (row, token) = access_token::create(work, draft).await?;
            Ok(Made { row, token: Some(token) })
        })
        .await
    }

    /// Revokes a token: it signs nobody in any more, and what is open with it ends within ten seconds. One's own, or, for
    /// admins, any.
    async fn revoke_access_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: Input<RevokeAccessTokenInput>,
    ) -> Result<RevokeAccessTokenPayload, Fault> {
        let Input { it: RevokeAccessTokenInput { access_token_id }, named } = input;
        write(ctx, named, async |work| access_token::revoke(work, access_token_id.0).await).await
    }
}
