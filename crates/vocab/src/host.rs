//! The host organization: the one whose staff work with Entente.
//!
//! A file in TOML describes it; `data/host/icesco.toml` is the default, and its head says how to write another.

use std::fmt;

use serde::{Deserialize, Deserializer, de::Error};

use crate::{PartialDate, member_state};

/// A host organization, as its file describes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// The acronym it is known by.
    pub acronym: String,
    /// Its name.
    pub names: HostNames,
    /// Where its headquarters are.
    pub seat: HostSeat,
    /// What it was called before: reports of that time still say so.
    #[serde(default)]
    pub former_names: Vec<FormerName>,
    /// Posts at its head, such as the Director-General's.
    #[serde(default)]
    pub posts: Vec<HostPost>,
    /// Its sectors, centres, departments and offices.
    #[serde(default)]
    pub units: Vec<HostUnit>,
}

/// A name or title in the working languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostNames {
    /// In English.
    pub en: String,
    /// In French, where it is known.
    pub fr: Option<String>,
    /// In Arabic, where it is known.
    pub ar: Option<String>,
}

/// The place of the headquarters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostSeat {
    /// The city, in English.
    pub city: String,
    /// The state, by alpha-3 code.
    #[serde(deserialize_with = "state")]
    pub state: String,
}

/// A name that was given up.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerName {
    /// The acronym of that time.
    pub acronym: Option<String>,
    /// The name of that time.
    pub names: HostNames,
    /// When the new name replaced it.
    pub until: Option<PartialDate>,
}

/// A post at the head of the organization.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostPost {
    /// What the post is called.
    pub title: HostNames,
    /// Who is said to have held it, and of when that is said.
    #[serde(default)]
    pub holders: Vec<HolderStatement>,
}

/// A sector, centre, department or office.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostUnit {
    /// Its latest name.
    pub names: HostNames,
    /// Of when its sources call it so; empty where they are undated.
    #[serde(default)]
    pub named_on: Vec<PartialDate>,
    /// Where the name was read.
    pub source: Option<String>,
    /// Other English names of the same time.
    #[serde(default)]
    pub other_names: Vec<String>,
    /// Names it had before.
    #[serde(default)]
    pub earlier_names: Vec<UnitName>,
    /// What the post at its head is called; none where the file does not say.
    pub head_title: Option<HostNames>,
    /// Who is said to have led it, and of when that is said.
    #[serde(default)]
    pub heads: Vec<HolderStatement>,
    /// What else there is to say.
    pub note: Option<String>,
}

/// A name that a unit had before.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitName {
    /// The name.
    pub names: HostNames,
    /// Of when its sources call it so.
    #[serde(default)]
    pub named_on: Vec<PartialDate>,
    /// Where it was read.
    pub source: Option<String>,
}

/// That a source names a person in a post.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolderStatement {
    /// The person's name as the source writes it.
    pub person: String,
    /// The post, where it is another than the one this stands under.
    pub post: Option<String>,
    /// The time the source speaks of: a day of the term, not its beginning.
    pub on: Option<PartialDate>,
    /// Where it was read.
    pub source: Option<String>,
    /// Whether it has to be checked before anyone relies on it.
    #[serde(default)]
    pub to_check: bool,
    /// What else there is to say.
    pub note: Option<String>,
}

impl Host {
    /// Reads the description of a host organization.
    ///
    /// # Errors
    /// [`HostError`] where the text is no TOML, a key is missing or unknown, or a value is of the wrong kind.
    pub fn parse(text: &str) -> Result<Self, HostError> {
        toml::from_str(text).map_err(|error| HostError::new(text, &error))
    }

    /// The file of the default host, ICESCO.
    pub fn default_text() -> &'static str {
        include_str!("../data/host/icesco.toml")
    }
}

/// Why a description of a host organization cannot be used, told so that its writer finds the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostError {
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// The key or table on that line, where there is one.
    pub key: Option<String>,
    /// What is wrong.
    pub problem: String,
}

impl HostError {
    fn new(text: &str, error: &toml::de::Error) -> Self {
        let start = error.span().map(|span| span.start);
        let line = start.and_then(|start| text.get(..start)).map(|before| before.matches('\n').count() + 1);
        let written = line.and_then(|line| text.lines().nth(line - 1)).map(|line| match line.split_once('=') {
            Some((key, _)) => key.trim(),
            None => line.trim(),
        });
        let key = written.filter(|key| !key.is_empty() && !key.starts_with('#')).map(str::to_owned);
        Self { line, key, problem: error.message().to_owned() }
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file of the host organization")?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(key) = &self.key {
            write!(f, ", `{key}`")?;
        }
        write!(f, ": {}", self.problem)
    }
}

impl std::error::Error for HostError {}

/// The alpha-3 code of a state that exists.
fn state<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let code = String::deserialize(deserializer)?;
    match member_state::by_code(&code) {
        Some(state) if state.alpha3 == code => Ok(code),
        _ => Err(D::Error::custom(format!("\"{code}\" is no alpha-3 code of a state, such as \"MAR\""))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, organization};

    const OTHER: &str = r#"
acronym = "RWI"
names = { en = "Regional Water Institute" }
seat = { city = "Amman", state = "JOR" }

[[units]]
names = { en = "Laboratory", fr = "Laboratoire" }
named_on = ["2024", "2025-03"]
"#;

    #[test]
    fn the_default_host_is_the_organization_that_everybody_knows() {
        let host = Host::parse(Host::default_text()).expect("the default file is well-formed");
        let known = organization::by_acronym(&host.acronym).expect("it is known");
        assert_eq!(Some(host.names.en.as_str()), known.name(Language::En));
        assert_eq!(host.names.fr.as_deref(), known.name(Language::Fr));
        assert_eq!(host.names.ar.as_deref(), known.name(Language::Ar));
        assert_eq!(Some((host.seat.city.as_str(), host.seat.state.as_str())), known.seat);
        assert_eq!(host.former_names[0].until.map(|day| day.to_string()).as_deref(), Some("2020-01-30"));
        assert_eq!(host.units.len(), 16);
        assert!(host.units.iter().all(|unit| unit.source.is_some()));
        let mut heads =
            host.units.iter().flat_map(|unit| &unit.heads).chain(host.posts.iter().flat_map(|p| &p.holders));
        assert!(heads.all(|head| head.on.is_some() && head.source.is_some()));
        assert!(host.units.iter().all(|u| u.head_title.is_some() || u.heads.iter().all(|head| head.post.is_some())));
        let general = &host.posts[0].holders[0];
        assert_eq!((general.person.as_str(), general.to_check), ("Salim M. AlMalik", true));
    }

    #[test]
    fn another_organization_writes_its_own() {
        let host = Host::parse(OTHER).expect("it is well-formed");
        assert_eq!((host.acronym.as_str(), host.units.len(), host.posts.len()), ("RWI", 1, 0));
        assert_eq!(host.units[0].named_on[1].to_string(), "2025-03");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_key() {
        for (right, wrong, line, key) in [
            ("acronym = \"RWI\"", "acronym = \"RWI\"\nacronim = \"RWI\"", 3, "acronim"),
            ("named_on = [", "heads_on = [", 8, "heads_on"),
            ("[[units]]", "[[unit]]", 6, "[[unit]]"),
            ("\"RWI\"", "7", 2, "acronym"),
            ("JOR", "JOX", 4, "seat"),
            ("2025-03", "2025-13", 8, "named_on"),
            ("\"RWI\"", "\"RWI", 2, "acronym"),
        ] {
            let error = Host::parse(&OTHER.replacen(right, wrong, 1)).expect_err(wrong);
            assert_eq!((error.line, error.key.as_deref()), (Some(line), Some(key)), "{error}");
            assert!(error.to_string().contains(&format!("line {line}, `{key}`: ")), "{error}");
        }
        let error = Host::parse(&OTHER.replacen("acronym = \"RWI\"", "", 1)).expect_err("it lacks its acronym");
        assert!(error.problem.contains("acronym"), "{error}");
    }
}
