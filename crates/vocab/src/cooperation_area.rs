//! The taxonomy of cooperation areas.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::Language;

crate::word::words! {
    /// The field that a cooperation area belongs to.
    "sector" Sector {
        /// Education.
        Education = "education",
        /// Science and technology.
        Science = "science",
        /// Water, environment and climate.
        Environment = "environment",
        /// Culture and heritage.
        Culture = "culture",
        /// Society, health, rights and security.
        Society = "society",
        /// Media and communication.
        Communication = "communication",
        /// Trade, finance, industry and infrastructure.
        Economy = "economy",
        /// What serves every field, such as training and joint events.
        CrossCutting = "cross-cutting",
    }
}

/// A node of the taxonomy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CooperationArea {
    /// The stable key, such as `water-management`.
    pub slug: &'static str,
    /// The field it belongs to.
    pub sector: Sector,
    /// Its place in the taxonomy, counted from 0.
    pub position: usize,
    /// The OECD DAC CRS purpose code, five digits, where one fits.
    pub crs: Option<&'static str>,
    /// The numbers of the Sustainable Development Goals it serves.
    pub sdgs: &'static [u8],
    names: [&'static str; 3],
}

impl CooperationArea {
    /// The label in a language.
    pub fn name(&self, language: Language) -> &'static str {
        self.names[language as usize]
    }
}

#[derive(Deserialize)]
struct File {
    areas: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    sector: Sector,
    en: String,
    fr: String,
    ar: String,
    crs: Option<String>,
    sdg: Vec<u8>,
}

static AREAS: LazyLock<Vec<CooperationArea>> = LazyLock::new(|| {
    let file: File = serde_json::from_str(include_str!("../data/areas.json")).expect("data/areas.json is well-formed");
    let mut entries: Vec<_> = file.areas.into_iter().collect();
    entries.sort_by(|(a, x), (b, y)| (x.sector, a).cmp(&(y.sector, b)));
    let area = |(position, (slug, entry)): (usize, (String, Entry))| CooperationArea {
        slug: slug.leak(),
        sector: entry.sector,
        position,
        crs: entry.crs.map(|code| &*code.leak()),
        sdgs: entry.sdg.leak(),
        names: [entry.en.leak(), entry.fr.leak(), entry.ar.leak()],
    };
    entries.into_iter().enumerate().map(area).collect()
});

/// The whole taxonomy, by sector, then by slug.
pub fn all() -> &'static [CooperationArea] {
    &AREAS
}

/// The area with this slug.
pub fn by_slug(slug: &str) -> Option<&'static CooperationArea> {
    all().iter().find(|area| area.slug == slug)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Word;

    #[test]
    fn every_area_has_a_label_in_every_language_and_a_sound_code() {
        assert_eq!(all().len(), 60);
        for area in all() {
            assert!(Language::ALL.iter().all(|l| !area.name(*l).is_empty()), "{}", area.slug);
            assert!(area.crs.is_none_or(|c| c.len() == 5 && c.bytes().all(|b| b.is_ascii_digit())), "{}", area.slug);
            assert!(area.sdgs.iter().all(|goal| (1..=17).contains(goal)), "{}", area.slug);
            assert_eq!(by_slug(area.slug).map(|a| a.position), Some(area.position));
        }
    }
}
