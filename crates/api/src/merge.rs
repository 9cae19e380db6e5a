//! Merging people and organizations that were found twice, and undoing it.

use std::collections::{BTreeSet, HashMap};

use async_graphql::{Context, Description, ID, InputObject, Object, async_trait::async_trait, dataloader};
use chrono::{DateTime, Utc};
use store::{RecordRef, merge, organization, page::Key, person, rejected_merge};
use uuid::Uuid;

use crate::{
    account::Account,
    ask,
    batch::Database,
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows},
    fault::Fault,
    id::{self, AnyId, Id},
    input::Input,
    node::{self, Node, Party},
    organization::Organization,
    payload::{Payload, payload, write},
    person::Person,
};

coat! {
    /// That two records were found to be of one person or organization. The identifier of the other answers with the kept one
    /// while the merge stands.
    Merge over store::merge
}

#[Object(use_type_description)]
impl Merge {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The record that was kept.
    async fn kept(&self, ctx: &Context<'_>) -> Result<Option<Party>, Fault> {
        node::party_of(ctx, RecordRef::new(self.0.concept.0, self.0.kept_id)).await
    }

    /// The identifier of the record that became part of it.
    async fn other_id(&self) -> ID {
        id::encode(RecordRef::new(self.0.concept.0, self.0.other_id))
    }

    /// What the other was called.
    async fn other_name(&self) -> &str {
        &self.0.label
    }

    /// Why they are one.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Who said so; null for the system itself.
    async fn merged_by(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        ask::referred(ctx, self.0.merged_by).await
    }

    /// When.
    async fn merged_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was undone; null while it stands.
    async fn undone_at(&self) -> Option<DateTime<Utc>> {
        self.0.undone_at
    }

    /// Who undid it.
    async fn undone_by(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        ask::referred(ctx, self.0.undone_by).await
    }

    /// Why it was undone.
    async fn undone_because(&self) -> Option<&str> {
        self.0.undone_because.as_deref()
    }

    /// How often it was written: hand it back as `expectedVersion` when undoing it.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// The merges that stand and made a record, the first first.
///
/// # Errors
/// Where the database fails.
pub(crate) async fn that_made(ctx: &Context<'_>, record: Uuid) -> Result<Vec<Merge>, Fault> {
    let merges = ask::loader(ctx).load_one(MergesOf(record)).await?;
    Ok(merges.unwrap_or_default().into_iter().map(Merge).collect())
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct MergesOf(Uuid);

#[async_trait]
impl dataloader::Loader<MergesOf> for Database {
    type Value = Vec<merge::Model>;
    type Error = Fault;

    async fn load(&self, keys: &[MergesOf]) -> Result<HashMap<MergesOf, Self::Value>, Fault> {
        let tables = self.0.reference().await?;
        let records: BTreeSet<Uuid> = keys.iter().map(|key| key.0).collect();
        let mut found: HashMap<MergesOf, Self::Value> = HashMap::with_capacity(keys.len());
        for (of, merge) in merge::that_made(self.0.reader(), &tables.merged, &records).await? {
            found.entry(MergesOf(of)).or_default().push(merge);
        }
        Ok(found)
    }
}

coat! {
    /// That two records are two, so that they are not proposed as one again.
    RejectedMerge over store::rejected_merge
}

#[Object(use_type_description)]
impl RejectedMerge {
    /// One of the two.
    async fn one(&self, ctx: &Context<'_>) -> Result<Option<Party>, Fault> {
        node::party_of(ctx, RecordRef::new(self.0.concept.0, self.0.one_id)).await
    }

    /// The other.
    async fn other(&self, ctx: &Context<'_>) -> Result<Option<Party>, Fault> {
        node::party_of(ctx, RecordRef::new(self.0.concept.0, self.0.other_id)).await
    }

    /// Why they are two.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
}

/// Something that did not go back when a merge was undone, because somebody has changed it since.
#[derive(Description)]
pub struct MergeLeftover(merge::Left);

#[Object(use_type_description)]
impl MergeLeftover {
    /// The record; null where it is gone, or is none that clients see by itself.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>, Fault> {
        node::find(ctx, self.0.record).await
    }

    /// What kind of record it is, such as `appointment`.
    async fn kind(&self) -> String {
        id::called(self.0.record.concept)
    }

    /// What of it stays as it is; null where it is all of it.
    async fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// Why, in a sentence.
    async fn message(&self) -> &str {
        &self.0.why
    }
}

/// All merges that people made.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Merges;

impl Listing for Merges {
    type Of = Merge;

    fn rows(&self) -> Rows<Merge> {
        merge::select().into()
    }

    fn keys(&self) -> Vec<Key> {
        merge::latest_first()
    }
}

/// Asking for merges.
#[derive(Default)]
pub struct MergeQuery;

#[Object]
impl MergeQuery {
    /// The merges that people made, those that were undone too, the latest first.
    async fn merges(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Merge>, Fault> {
        connection::page(ctx, None, Merges, Paging { first, after, last, before }).await
    }
}

/// Two people that are one.
#[derive(InputObject)]
pub struct MergePeopleInput {
    /// The person that is kept: its name is the one that is shown.
    kept_id: Id<Person>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// The person that becomes part of it.
    other_id: Id<Person>,
    /// The version the other was read at; where it has another by now, nothing is written.
    expected_other_version: Option<i32>,
    /// Why they are one.
    reason: String,
}

/// Two organizations that are one.
#[derive(InputObject)]
pub struct MergeOrganizationsInput {
    /// The organization that is kept: its name is the one that is shown.
    kept_id: Id<Organization>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// The organization that becomes part of it: of the same kind, and of no other state.
    other_id: Id<Organization>,
    /// The version the other was read at; where it has another by now, nothing is written.
    expected_other_version: Option<i32>,
    /// Why they are one.
    reason: String,
}

/// A merge that was wrong.
#[derive(InputObject)]
pub struct UndoMergeInput {
    /// Which merge.
    merge_id: Id<Merge>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// Why they are two.
    reason: String,
}

/// Two people or organizations that are two.
#[derive(InputObject)]
pub struct RejectMergeInput {
    /// One of the two.
    one_id: AnyId,
    /// The other.
    other_id: AnyId,
    /// Why they are two.
    reason: String,
}

payload! {
    /// What came of merging two people.
    MergePeoplePayload of {
        /// The person that was kept.
        person: Option<Person>,
        /// The merge.
        merge: Option<Merge>,
    }
}

impl Payload for MergePeoplePayload {
    type Done = (person::Model, merge::Model);

    fn done((person, merge): Self::Done) -> Self {
        Self { person: Some(Person(person)), merge: Some(Merge(merge)), ..Self::default() }
    }
}

payload! {
    /// What came of merging two organizations.
    MergeOrganizationsPayload of {
        /// The organization that was kept.
        organization: Option<Organization>,
        /// The merge.
        merge: Option<Merge>,
    }
}

impl Payload for MergeOrganizationsPayload {
    type Done = (organization::Model, merge::Model);

    fn done((organization, merge): Self::Done) -> Self {
        Self { organization: Some(Organization(organization)), merge: Some(Merge(merge)), ..Self::default() }
    }
}

payload! {
    /// What came of undoing a merge.
    UndoMergePayload of {
        /// The merge, which does not stand any more.
        merge: Option<Merge>,
        /// What did not go back, because somebody has changed it since: it stays with the kept record.
        leftovers: Vec<MergeLeftover>,
    }
}

impl Payload for UndoMergePayload {
    type Done = merge::Undone;

    fn done(merge::Undone { merge, left }: Self::Done) -> Self {
        let leftovers = left.into_iter().map(MergeLeftover).collect();
        Self { merge: Some(Merge(merge)), leftovers, ..Self::default() }
    }
}

payload! {
    /// What came of saying that two records are two.
    RejectMergePayload {
        /// What was kept of it.
        rejected_merge: RejectedMerge,
    }
}

/// Merging, undoing it, and saying that two are two.
#[derive(Default)]
pub struct MergeMutation;

#[Object]
impl MergeMutation {
    /// Makes one person of two: what names the other names the kept one afterwards, and its names are names of it.
    async fn merge_people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which two, and why.")] input: Input<MergePeopleInput>,
    ) -> Result<MergePeoplePayload, Fault> {
        let Input { it: input, named } = input;
        let MergePeopleInput { kept_id, expected_version, other_id, expected_other_version, reason } = input;
        let (kept, other) = ((kept_id.0, expected_version), (other_id.0, expected_other_version));
        let draft = merge::Draft { kept, other, reason };
        write(ctx, named, async |work| {
            let merge = merge::people(work, draft).await?;
            Ok((store::by_id::<person::Entity>(work.connection(), merge.kept_id).await?, merge))
        })
        .await
    }

    /// Makes one organization of two, of the same kind and of no two states: what names the other names the kept one
    /// afterwards, and its names are names of it.
    async fn merge_organizations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which two, and why.")] input: Input<MergeOrganizationsInput>,
    ) -> Result<MergeOrganizationsPayload, Fault> {
        let Input { it: input, named } = input;
        let MergeOrganizationsInput { kept_id, expected_version, other_id, expected_other_version, reason } = input;
        let (kept, other) = ((kept_id.0, expected_version), (other_id.0, expected_other_version));
        let draft = merge::Draft { kept, other, reason };
        write(ctx, named, async |work| {
            let merge = merge::organizations(work, draft).await?;
            Ok((store::by_id::<organization::Entity>(work.connection(), merge.kept_id).await?, merge))
        })
        .await
    }

    /// Undoes a merge: both records are there again, each with what it had. What was added since stays with the kept one; what
    /// was changed since does not go back, and is told.
    async fn undo_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which merge, and why.")] input: Input<UndoMergeInput>,
    ) -> Result<UndoMergePayload, Fault> {
        let Input { it: UndoMergeInput { merge_id, expected_version, reason }, named } = input;
        write(ctx, named, async |work| merge::undo(work, merge_id.0, expected_version, &reason).await).await
    }

    /// Says that two people or organizations are two: they are not proposed as one again.
    async fn reject_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which two, and why.")] input: Input<RejectMergeInput>,
    ) -> Result<RejectMergePayload, Fault> {
        let Input { it: RejectMergeInput { one_id, other_id, reason }, named } = input;
        write(ctx, named, async |work| rejected_merge::create(work, one_id.0, other_id.0, &reason).await).await
    }
}
