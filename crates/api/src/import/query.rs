//! Imports, and what each brought.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::{change as changes, import, page::Key};

use crate::{
    account::Account,
    ask::{self, Short},
    change::Change,
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows},
    fault::Fault,
    id,
    words::ImportKind,
};

coat! {
    /// A table of others that was taken in, as a whole, and can be taken back.
    Import over store::import
}

#[Object(use_type_description)]
impl Import {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// What people call it by.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Of what the table was.
    async fn kind(&self) -> ImportKind {
        self.0.kind.0.into()
    }

    /// What the file was called.
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// SHA-256 of the file, in hexadecimal: the same file is noticed by it.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// Who took it in; null for the system itself.
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        ask::referred(ctx, self.0.account_id).await
    }

    /// When it was taken in.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// How many of its lines were new records.
    async fn new_records(&self) -> i32 {
        self.0.new_records
    }

    /// How many of its lines revised a record.
    async fn revised_records(&self) -> i32 {
        self.0.revised_records
    }

    /// How many of its lines told what was there just so.
    async fn unchanged_records(&self) -> i32 {
        self.0.unchanged_records
    }

    /// When it was taken back; null while it stands.
    async fn reverted_at(&self) -> Option<DateTime<Utc>> {
        self.0.reverted_at
    }

    /// Who took it back; null while it stands, or where the system did.
    async fn reverted_by(&self, ctx: &Context<'_>) -> Result<Option<Account>, Fault> {
        ask::referred(ctx, self.0.reverted_by).await
    }

    /// What it wrote, record by record, the latest first.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Change>, Fault> {
        let own: Vec<changes::Model> = ask::short(ctx, &OWN_LINES, self.0.id).await?;
        let (from, to) = import::before(own.first(), &self.0);
        connection::page(ctx, None, Brought { from, to }, Paging { first, after, last, before }).await
    }

    /// How often it was written: hand it back as `expectedVersion` when taking it back.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// What the history tells of an import itself.
static OWN_LINES: Short<changes::Entity> = Short { rows: import::own_lines, whose: changes::Column::RecordId };

/// The lines of the history that an import wrote.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Brought {
    from: i32,
    to: i32,
}

impl Listing for Brought {
    type Of = Change;

    fn rows(&self) -> Rows<Change> {
        let Self { from, to } = *self;
        changes::Entity::find().filter(changes::Column::Seq.between(from, to)).into()
    }

    fn keys(&self) -> Vec<Key> {
        changes::latest_first()
    }
}

/// All imports.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Imports;

impl Listing for Imports {
    type Of = Import;

    fn rows(&self) -> Rows<Import> {
        import::all().into()
    }

    fn keys(&self) -> Vec<Key> {
        import::latest_first()
    }
}

/// Asking for imports.
#[derive(Default)]
pub struct ImportQuery;

#[Object]
impl ImportQuery {
    /// The tables of others that were taken in, the latest first.
    async fn imports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Import>, Fault> {
        connection::page(ctx, None, Imports, Paging { first, after, last, before }).await
    }
}
