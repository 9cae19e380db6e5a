//! A document of Popolo, as far as it is kept here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, de::IgnoredAny};

/// Fields that are not kept here.
type Rest = BTreeMap<String, IgnoredAny>;

/// A document.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// People.
    pub persons: Vec<Person>,
    /// Organizations, the host among them.
    pub organizations: Vec<Organization>,
    /// Posts.
    pub posts: Vec<Post>,
    /// Who holds or held which post.
    pub memberships: Vec<Membership>,
    /// The states that organizations belong to.
    pub areas: Vec<Area>,
    /// What else there is, such as events.
    #[serde(flatten, skip_serializing)]
    pub rest: Rest,
}

/// A person.
#[derive(Debug, Serialize, Deserialize)]
pub struct Person {
    /// The identifier.
    pub id: String,
    /// The name that is shown, without honorifics.
    pub name: String,
    /// The honorific.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub honorific_prefix: Option<String>,
    /// Other spellings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<OtherName>,
    /// What else the document says.
    #[serde(flatten, skip_serializing)]
    pub rest: Rest,
}

/// An organization.
#[derive(Debug, Serialize, Deserialize)]
pub struct Organization {
    /// The identifier.
    pub id: String,
    /// The name that is shown.
    pub name: String,
    /// What it is, such as `ministry`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classification: Option<String>,
    /// Its acronym.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acronym: Option<String>,
    /// The organization it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<String>,
    /// The state it belongs to, by ISO 3166-1 alpha-3 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_id: Option<String>,
    /// Whether it is the one whose follow-up this is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_host: bool,
    /// Names in other languages, former names, acronyms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<OtherName>,
    /// What else the document says.
    #[serde(flatten, skip_serializing)]
    pub rest: Rest,
}

/// A post.
#[derive(Debug, Serialize, Deserialize)]
pub struct Post {
    /// The identifier.
    pub id: String,
    /// Its title.
    pub label: String,
    /// The organization it belongs to.
    pub organization_id: String,
    /// Its title in other languages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<OtherName>,
    /// What else the document says.
    #[serde(flatten, skip_serializing)]
    pub rest: Rest,
}

/// One person in one post for a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct Membership {
    /// The identifier.
    pub id: String,
    /// Who.
    pub person_id: String,
    /// In which post.
    pub post_id: Option<String>,
    /// The organization of the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// When it began: a day, a month or a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<String>,
    /// A day on which a source says that the post was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_on: Option<chrono::NaiveDate>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// What else the document says.
    #[serde(flatten, skip_serializing)]
    pub rest: Rest,
}

/// Who says so.
#[derive(Debug, Serialize, Deserialize)]
pub struct Source {
    /// An address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A name of a person, an organization or a post.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OtherName {
    /// The name.
    pub name: String,
    /// The language, by ISO 639-1 code; none for a name that is the same in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The part it plays: official, alias, acronym or former.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// From when it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
    /// Until when it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A state.
#[derive(Debug, Serialize, Deserialize)]
pub struct Area {
    /// ISO 3166-1 alpha-3.
    pub id: String,
    /// Its name in English.
    #[serde(default)]
    pub name: String,
    /// That it is a country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classification: Option<String>,
    /// Its other codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Its names in the other languages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<OtherName>,
}

/// A code of an area.
#[derive(Debug, Serialize, Deserialize)]
pub struct Identifier {
    /// Whose code.
    #[serde(default)]
    pub scheme: String,
    /// The code.
    #[serde(default)]
    pub identifier: String,
}

impl Document {
    /// The fields that are not kept, and in how many records they stand.
    pub(super) fn left_out(&self) -> BTreeMap<String, usize> {
        let mut left_out = BTreeMap::new();
        let mut count = |kind: &str, rest: &Rest| {
            for field in rest.keys() {
                *left_out.entry(format!("{kind}{field}")).or_default() += 1;
            }
        };
        count("", &self.rest);
        self.persons.iter().for_each(|one| count("persons.", &one.rest));
        self.organizations.iter().for_each(|one| count("organizations.", &one.rest));
        self.posts.iter().for_each(|one| count("posts.", &one.rest));
        self.memberships.iter().for_each(|one| count("memberships.", &one.rest));
        left_out
    }
}
