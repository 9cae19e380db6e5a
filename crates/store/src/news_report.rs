//! News reports: the sources. They are kept for good, also those that no engine can read.

use sea_orm::{Condition, ConnectionTrait, entity::prelude::*, sea_query::Order};
use serde::{Deserialize, Serialize};
use vocab::{ReportFormat, fold};

use crate::{Code, Result, Together, UnitOfWork, error::optional_text, page::Key, unit_of_work::recorded};

/// A news report.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "news_report")]
pub struct Model {
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The headline.
    pub title: Option<String>,
    /// Where it came from.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day it was published.
    pub published_on: Option<Date>,
    /// Its language (ISO 639-1), also one that no engine reads.
    pub language: Option<String>,
    /// The cleaned text, in which every offset counts.
    pub text: String,
    /// SHA-256 of the cleaned text, in hexadecimal; unique.
    pub content_hash: String,
    /// What was handed in.
    #[serde(skip)]
    pub original: String,
    /// SHA-256 of what was handed in, in hexadecimal; unique.
    pub original_hash: String,
    /// How it was handed in.
    pub format: Code<ReportFormat>,
    /// What cleaning left out, with its places in what was handed in.
    pub cut: Json,
    /// Title, publisher and text, folded for searching.
    #[serde(skip)]
    pub folded: String,
    /// When it was taken in.
    pub ingested_at: DateTimeUtc,
    /// Counts the revisions.
    pub version: i32,
}

impl Model {
    /// Whose voice it is, folded: the publisher, else the host of its address. Reports without either are one voice, for
    /// nobody can say that they are two.
    pub fn voice(&self) -> String {
        let host = |url: &String| {
            let host = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).split(['/', '?', '#']).next();
            host.map(|host| host.trim_start_matches("www.").to_owned())
        };
        fold(&self.publisher.clone().or_else(|| self.url.as_ref().and_then(host)).unwrap_or_default())
    }
}

/// Referred to by others alone.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

recorded!(NewsReport);

/// A new report.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The headline.
    pub title: Option<String>,
    /// Where it came from.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day it was published.
    pub published_on: Option<Date>,
    /// Its language.
    pub language: Option<String>,
    /// The cleaned text.
    pub text: String,
    /// SHA-256 of the cleaned text.
    pub content_hash: String,
    /// What was handed in.
    pub original: String,
    /// SHA-256 of what was handed in.
    pub original_hash: String,
    /// How it was handed in.
    pub format: ReportFormat,
    /// What cleaning left out.
    pub cut: Json,
}

/// Keeps a new report; nothing where one with the same text is kept.
///
/// # Errors
/// [`crate::Error::Invalid`] for overlong fields; [`crate::Error::Database`].
pub async fn create(work: &mut UnitOfWork, draft: Draft) -> Result<Option<Model>> {
    let Draft {
        title,
        url,
        publisher,
        published_on,
        language,
        text,
        content_hash,
        original,
        original_hash,
        format,
        cut,
    } = draft;
    let title = optional_text("title", title.as_deref(), 500)?;
    let publisher = optional_text("publisher", publisher.as_deref(), 200)?;
    let searched = [title.as_deref(), publisher.as_deref(), Some(&*text)];
    let row = Model {
        id: work.fresh_id(),
        folded: fold(&searched.into_iter().flatten().collect::<Vec<_>>().join(" ")),
        title,
        url: optional_text("url", url.as_deref(), 2_000)?,
        publisher,
        published_on,
        language,
        text,
        content_hash,
        original,
        original_hash,
        format: format.into(),
        cut,
        ingested_at: work.now(),
        version: 1,
    };
    Ok(work.insert_unless_taken(&row).await?.then_some(row))
}

/// The report that is already kept with this text, as handed in or as cleaned.
///
/// # Errors
/// [`crate::Error::Database`].
pub async fn known(db: &impl ConnectionTrait, original_hash: &str, content_hash: &str) -> Result<Option<Model>> {
    let same = Condition::any().add(Column::OriginalHash.eq(original_hash)).add(Column::ContentHash.eq(content_hash));
    Ok(Entity::find().filter(same).one(db).await?)
}

/// Which reports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Of this publisher.
    pub publisher: Option<String>,
    /// In this language (ISO 639-1).
    pub language: Option<String>,
    /// Published on this day or later.
    pub published_from: Option<Date>,
    /// Published on this day or earlier.
    pub published_to: Option<Date>,
    /// Whose title, publisher or text holds this.
    pub text: Option<String>,
    /// What has to hold beside it.
    pub together: Together<Filter>,
}

/// The reports that pass the filter.
pub fn select(filter: &Filter) -> Select<Entity> {
    Entity::find().filter(passes(filter))
}

fn passes(filter: &Filter) -> Condition {
    let Filter { publisher, language, published_from, published_to, text, together } = filter;
    let own = Condition::all()
        .add_option(publisher.as_ref().map(|publisher| Column::Publisher.eq(publisher.trim())))
        .add_option(language.as_ref().map(|language| Column::Language.eq(language)))
        .add_option(published_from.map(|day| Column::PublishedOn.gte(day)))
        .add_option(published_to.map(|day| Column::PublishedOn.lte(day)))
        .add_option(text.as_ref().map(|text| Column::Folded.contains(fold(text))));
    together.beside(own, passes)
}

/// Last taken in first.
pub fn latest_first() -> Vec<Key> {
    vec![Key::time(Column::IngestedAt, Order::Desc)]
}
