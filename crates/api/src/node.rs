//! Everything that has an identifier, and the parties among it.

use async_graphql::{Context, ID, Interface, Object, futures_util::future::try_join_all};
use chrono::{DateTime, Utc};
use store::{Concept, RecordRef, Who, by_ids_at, merge};

use crate::{
    access_token::AccessToken,
    account::Account,
    appointment::Appointment,
    ask,
    calendar_feed::CalendarFeed,
    change::{self, Change},
    clock::clock,
    coat::{Coat, Kept},
    cooperation_area::CooperationArea,
    delivery::Delivery,
    doubt::Doubt,
    evidence::Evidence,
    fault::Fault,
    finding::Finding,
    follow_up_action::FollowUpAction,
    id::AnyId,
    import::Import,
    meeting::Meeting,
    member_state::MemberState,
    merge::Merge,
    news_report::NewsReport,
    organization::Organization,
    participation::Participation,
    person::Person,
    post::Post,
    reading::Reading,
    standing::StandingStatement,
    task::Task,
    update::Update,
    words::Language,
};

/// The most identifiers that are looked up at once.
const MOST: usize = 250;

/// Declares the interface over these types, and how a record of each is found.
macro_rules! nodes {
    ($($coat:ident)+) => {
        /// A record with an identifier.
        #[derive(Clone, Interface)]
        #[graphql(field(name = "id", ty = "ID", desc = "The identifier: opaque, and unique over all types."))]
        pub enum Node {
            $(#[doc = "A record of this type."] $coat($coat),)+
            /// A line of the history, which has none itself.
            Change(Change),
            /// A token, which each sees of their own, and admins of all.
            AccessToken(AccessToken),
        }

        /// The record, where it is of a type that those who ask see and is there; the one that it was merged into, where it
        /// was.
        ///
        /// # Errors
        /// Where the database fails.
        pub async fn find(ctx: &Context<'_>, record: RecordRef) -> Result<Option<Node>, Fault> {
            let found = match there(ctx, record).await? {
                Some(node) => Some(node),
                None => match led(ctx, record).await? {
                    Some(kept) => there(ctx, kept).await?,
                    None => None,
                },
            };
            let who = ask::who(ctx)?;
            Ok(found.filter(|node| is_for(who, node)))
        }

        async fn there(ctx: &Context<'_>, record: RecordRef) -> Result<Option<Node>, Fault> {
            if record.concept == Concept::AccessToken {
                return Ok(ask::find::<AccessToken>(ctx, record.id).await?.map(Node::AccessToken));
            }
            if !ask::who(ctx)?.rights.sees(record.concept) {
                return Ok(None);
            }
            $(if record.concept == <$coat as Kept>::CONCEPT {
                return Ok(ask::find::<$coat>(ctx, record.id).await?.map(Node::$coat));
            })+
            if record.concept == Concept::Change {
                return Ok(change::find(ctx, record.id).await?.map(Node::Change));
            }
            Ok(None)
        }

        /// Whether clients see records of this concept by themselves.
        pub(crate) fn is_seen(concept: Concept) -> bool {
            [$(<$coat as Kept>::CONCEPT),+].contains(&concept)
        }

        /// The record as it was known at a moment, where it was.
        async fn known(ctx: &Context<'_>, record: RecordRef, moment: DateTime<Utc>) -> Result<Option<Node>, Fault> {
            if !ask::who(ctx)?.rights.sees(record.concept) {
                return Ok(None);
            }
            $(if record.concept == <$coat as Kept>::CONCEPT {
                let db = ask::store(ctx).reader();
                let mut known = by_ids_at::<<$coat as Coat>::Entity>(db, &[record.id], Some(moment)).await?;
                return Ok(known.remove(&record.id).map(|row| Node::$coat(row.into())));
            })+
            Ok(None)
        }
    };
}

nodes! {
    Account Appointment CalendarFeed CooperationArea Delivery Doubt Evidence Finding FollowUpAction Import Meeting MemberState
    Merge NewsReport Organization Participation Person Post Reading StandingStatement Task Update
}

/// Whether a record is for those who ask: what is of an account alone is for it and for admins.
fn is_for(who: &Who, node: &Node) -> bool {
    match node {
        Node::AccessToken(token) => who.is_or_admin(token.0.account_id),
        Node::CalendarFeed(feed) => feed.0.account_id.is_none_or(|account| who.is_or_admin(account)),
        _ => true,
    }
}

/// The record that this one was merged into, where it was.
async fn led(ctx: &Context<'_>, record: RecordRef) -> Result<Option<RecordRef>, Fault> {
    let kept = ask::store(ctx).reference().await?.merged.kept(record.id);
    Ok((kept != record.id).then_some(RecordRef::new(record.concept, kept)))
}

/// Who stands on a side of an action or takes part in a meeting.
#[derive(Clone, Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "The identifier: opaque, and unique over all types."),
    field(
        name = "name",
        ty = "String",
        desc = "The name in a language, or the one that is kept where there is none in it.",
        arg(name = "language", ty = "Option<Language>", default_with = "Some(Language::En)", desc = "The language.")
    )
)]
pub enum Party {
    /// A state.
    MemberState(MemberState),
    /// An organization.
    Organization(Organization),
    /// A person.
    Person(Person),
}

/// The most particular record that is known of a party.
///
/// # Errors
/// Where the database fails.
pub async fn party(ctx: &Context<'_>, party: store::party::Party) -> Result<Option<Party>, Fault> {
    match party.shown() {
        Some(record) => party_of(ctx, record).await,
        None => Ok(None),
    }
}

/// The party that a record is, where it is one.
///
/// # Errors
/// Where the database fails.
pub async fn party_of(ctx: &Context<'_>, record: RecordRef) -> Result<Option<Party>, Fault> {
    Ok(match find(ctx, record).await? {
        Some(Node::MemberState(state)) => Some(state.into()),
        Some(Node::Organization(organization)) => Some(organization.into()),
        Some(Node::Person(person)) => Some(person.into()),
        _ => None,
    })
}

/// Looking up anything by its identifier.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The record with this identifier, or null where there is none any more.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An identifier that a query gave.")] id: AnyId,
    ) -> Result<Option<Node>, Fault> {
        find(ctx, id.0).await
    }

    /// The record with this identifier as it was known at a moment, or null where nobody knew of it. What it refers to is
    /// as it is now.
    async fn node_as_known(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An identifier that a query gave.")] id: AnyId,
        #[graphql(desc = "The moment.")] known_at: DateTime<Utc>,
    ) -> Result<Option<Node>, Fault> {
        let clock = clock(ctx, None, Some(known_at))?;
        let moment = clock.known_at.unwrap_or(known_at);
        let mut found = known(ctx, id.0, moment).await?;
        if found.is_none() {
            // By the merges of that moment: those of today may lead elsewhere.
            let kept = merge::kept_at(ask::store(ctx).reader(), id.0.id, moment).await?;
            if kept != id.0.id {
                found = known(ctx, RecordRef::new(id.0.concept, kept), moment).await?;
            }
        }
        let who = ask::who(ctx)?;
        Ok(found.filter(|node| is_for(who, node)))
    }

    /// The records with these identifiers, in this order; null where there is none any more. At most 250.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Identifiers that queries gave, at most 250.")] ids: Vec<AnyId>,
    ) -> Result<Vec<Option<Node>>, Fault> {
        if ids.len() > MOST {
            return Err(Fault::input("ids", format!("{} ids: ask for at most {MOST} at a time", ids.len())));
        }
        try_join_all(ids.into_iter().map(|id| find(ctx, id.0))).await
    }
}
