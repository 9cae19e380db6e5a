//! The names of a record, and the one that is shown in a language.

use async_graphql::{Context, Object};
use sea_orm::EntityTrait;
use store::record_name::{self, Column, Entity, Model};
use uuid::Uuid;

use crate::{
    ask::{self, Short},
    coat::coat,
    evidence::Evidence,
    fault::Fault,
    scalars::Date,
    words::{Language, NameRole, spoken},
};

static OF_RECORD: Short<Entity> = Short { rows: Entity::find, whose: Column::RecordId };

coat! {
    /// A name of a record: in which language, in which part, from when to when.
    Name over store::record_name
}

#[Object(use_type_description)]
impl Name {
    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The language; none for a name that is the same in all.
    async fn language(&self) -> Option<Language> {
        self.0.language.map(|language| language.0.into())
    }

    /// The part it plays.
    async fn role(&self) -> NameRole {
        self.0.role.0.into()
    }

    /// From when it was used, where known.
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }

    /// Until when it was used, where known.
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }

    /// Who says so, where it is not a report.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// The words of the report from which a person took it.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Evidence>, Fault> {
        ask::few(ctx, &crate::evidence::OF_RECORD, self.0.id, first).await
    }
}

/// Every name of a record.
///
/// # Errors
/// Where the database fails.
pub async fn all(ctx: &Context<'_>, of: Uuid) -> Result<Vec<Name>, Fault> {
    ask::short(ctx, &OF_RECORD, of).await
}

/// The name of a record in a language, or its label where there is none.
///
/// # Errors
/// Where the database fails.
pub async fn shown(ctx: &Context<'_>, of: Uuid, label: &str, language: Option<Language>) -> Result<String, Fault> {
    let names: Vec<Model> = ask::short(ctx, &OF_RECORD, of).await?;
    let name = record_name::in_language(&names, spoken(language));
    Ok(name.map_or_else(|| label.to_owned(), |name| name.name.clone()))
}
