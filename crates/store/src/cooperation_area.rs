//! The taxonomy of cooperation areas, as reference data.

use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use vocab::{Language, Sector};

use crate::{Code, Result, unit_of_work::recorded};

/// A node of the taxonomy.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "cooperation_area")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The stable key; unique.
    pub slug: String,
    /// The field.
    pub sector: Code<Sector>,
    /// Its place in the taxonomy.
    pub position: i32,
    /// Its label in English.
    pub name_en: String,
    /// Its label in French.
    pub name_fr: String,
    /// Its label in Arabic.
    pub name_ar: String,
    /// OECD DAC CRS purpose code.
    pub crs: Option<String>,
    /// Sustainable Development Goals, their numbers separated by a space.
    pub sdgs: String,
    /// Counts the revisions.
    pub version: i32,
}

impl Model {
    /// Its label in a language.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::En => &self.name_en,
            Language::Fr => &self.name_fr,
            Language::Ar => &self.name_ar,
        }
    }

    /// The numbers of the goals it serves.
    pub fn goals(&self) -> Vec<i32> {
        self.sdgs.split(' ').filter_map(|goal| goal.parse().ok()).collect()
    }
}

/// Referred to by others alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(CooperationArea);

/// The areas of a sector, or all, in the order of the taxonomy.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn all(db: &impl ConnectionTrait, sector: Option<Sector>) -> Result<Vec<Model>> {
    let mut select = Entity::find().order_by_asc(Column::Position);
    if let Some(sector) = sector {
        select = select.filter(Column::Sector.eq(Code(sector)));
    }
    Ok(select.all(db).await?)
}

/// The areas with these slugs, in the order of the taxonomy.
///
/// # Errors
/// [`crate::Error::Invalid`] naming a slug that the taxonomy does not have; [`crate::Error::Database`].
pub async fn by_slugs(db: &impl ConnectionTrait, slugs: &[String]) -> Result<Vec<Model>> {
    let select = Entity::find().filter(Column::Slug.is_in(slugs.iter().cloned())).order_by_asc(Column::Position);
    let areas = select.all(db).await?;
    match slugs.iter().find(|slug| !areas.iter().any(|area| area.slug == **slug)) {
        Some(slug) => Err(crate::Error::invalid(
            "areas",
            format!("\"{slug}\" is no cooperation area: ask cooperationAreas for the list"),
        )),
        None => Ok(areas),
    }
}
