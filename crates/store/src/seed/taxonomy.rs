//! States and cooperation areas.

use std::collections::HashSet;

use sea_orm::EntityTrait;
use vocab::Language;

use crate::{Result, UnitOfWork, cooperation_area, member_state};

/// Keeps the states that are missing; answers with how many were new.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn states(work: &mut UnitOfWork) -> Result<usize> {
    let present: HashSet<String> = member_state::all_by_code(work.connection()).await?.into_keys().collect();
    let missing = vocab::member_state::all().iter().filter(|state| !present.contains(state.alpha3));
    let mut new = 0;
    for state in missing {
        let name = |language| state.name(language).to_owned();
        let row = member_state::Model {
            id: work.fresh_id(),
            code: state.alpha3.to_owned(),
            alpha2: state.alpha2.to_owned(),
            name_en: name(Language::En),
            name_fr: name(Language::Fr),
            name_ar: name(Language::Ar),
            version: 1,
        };
        work.insert(row).await?;
        new += 1;
    }
    Ok(new)
}

pub(super) async fn areas(work: &mut UnitOfWork) -> Result<usize> {
    let present = cooperation_area::Entity::find().all(work.connection()).await?;
    let present: HashSet<_> = present.into_iter().map(|area| area.slug).collect();
    let mut new = 0;
    for area in vocab::cooperation_area::all().iter().filter(|area| !present.contains(area.slug)) {
        let row = cooperation_area::Model {
            id: work.fresh_id(),
            slug: area.slug.to_owned(),
            sector: area.sector.into(),
            position: i32::try_from(area.position).unwrap_or(i32::MAX),
            name_en: area.name(Language::En).to_owned(),
            name_fr: area.name(Language::Fr).to_owned(),
            name_ar: area.name(Language::Ar).to_owned(),
            crs: area.crs.map(str::to_owned),
            sdgs: area.sdgs.iter().map(u8::to_string).collect::<Vec<_>>().join(" "),
            version: 1,
        };
        work.insert(row).await?;
        new += 1;
    }
    Ok(new)
}
