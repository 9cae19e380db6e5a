//! By which texts each record is found, as they stand in the tables.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Alias, Expr, Func},
};
use uuid::Uuid;
use vocab::search::{Indexed, MOST_CHARACTERS, Part, Place};

use crate::{
    Code, Concept, RecordRef, Recorded, Result, by_ids, evidence, follow_up_action, meeting, member_state, news_report,
    organization, person, post, record_name, task,
};

/// The concepts whose records can be found.
pub const CONCEPTS: [Concept; 8] = [
    Concept::MemberState,
    Concept::Organization,
    Concept::Person,
    Concept::Post,
    Concept::NewsReport,
    Concept::Meeting,
    Concept::FollowUpAction,
    Concept::Task,
];

/// So many words of a title, and of what else a record says, have places by which they can be found one after the other;
/// PostgreSQL has 16,383 of them for both.
const PLACES: [(Place, usize); 2] = [(Place::Title, 2_000), (Place::Text, 14_000)];

/// The most characters of a title that is made of the beginning of a text.
const LONGEST_BEGINNING: usize = 80;

/// A record as it can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) record: RecordRef,
    /// The day by which it is late or early among what is found.
    pub(crate) day: NaiveDate,
    /// Its texts; what it is called comes first.
    pub(crate) parts: Vec<Part>,
}

impl Source {
    /// What it is called, or how it begins.
    pub(crate) fn title(&self) -> String {
        if let Some(title) = self.parts.iter().find(|part| part.place == Place::Title) {
            return title.text.clone();
        }
        let text = self.parts.last().map_or("", |part| part.text.trim_start());
        let line = text.lines().next().unwrap_or_default();
        match line.char_indices().nth(LONGEST_BEGINNING) {
            Some((end, _)) => format!("{}…", line[..end].trim_end()),
            None => line.to_owned(),
        }
    }

    /// The words of its titles and of its other texts.
    pub(crate) fn indexed(&self) -> [Indexed; 2] {
        PLACES.map(|(place, most)| {
            let texts = self.parts.iter().filter(|part| part.place == place);
            Indexed::of(texts.map(|part| part.text.as_str()), most)
        })
    }

    /// How much text it has, in bytes.
    pub(crate) fn size(&self) -> usize {
        self.parts.iter().map(|part| part.text.len()).sum()
    }
}

/// How many records of a concept are read at once: reports may be long.
pub(crate) fn at_once(concept: Concept) -> usize {
    if concept == Concept::NewsReport { 16 } else { 500 }
}

/// These records of a concept, as they can be found, in the order of their keys; as far as there are any.
///
/// # Errors
/// [`crate::Error::Database`].
pub(crate) async fn read(db: &impl ConnectionTrait, concept: Concept, ids: &[Uuid]) -> Result<Vec<Source>> {
    let mut sources = match concept {
        Concept::MemberState => states(by_ids::<member_state::Entity>(db, ids).await?),
        Concept::Organization => organizations(by_ids::<organization::Entity>(db, ids).await?),
        Concept::Person => {
            let rows = by_ids::<person::Entity>(db, ids).await?;
            sources(rows, |row| row.created_at.date_naive(), |row| vec![Part::title(&row.label)])
        }
        Concept::Post => {
            let rows = by_ids::<post::Entity>(db, ids).await?;
            sources(rows, |row| row.created_at.date_naive(), |row| vec![Part::title(&row.label)])
        }
        Concept::NewsReport => reports(db, ids).await?,
        Concept::Meeting => meetings(by_ids::<meeting::Entity>(db, ids).await?),
        Concept::FollowUpAction => {
            let rows = by_ids::<follow_up_action::Entity>(db, ids).await?;
            let title = |row: &follow_up_action::Model| vec![Part::title(format!("{} {}", row.reference, row.title))];
            sources(rows, follow_up_action::Model::since, title)
        }
        Concept::Task => {
            let rows = by_ids::<task::Entity>(db, ids).await?;
            sources(rows, |row| row.created_at.date_naive(), |row| vec![Part::title(&row.title)])
        }
        _ => Vec::new(),
    };
    sources.sort_by_key(|source| source.record.id);
    let more = match concept {
        Concept::Organization | Concept::Person | Concept::Post => names(db, concept, ids).await?,
        Concept::FollowUpAction => quotes(db, ids).await?,
        _ => Vec::new(),
    };
    add(&mut sources, more);
    Ok(sources)
}

fn sources<M: Recorded>(
    rows: HashMap<Uuid, M>,
    day: impl Fn(&M) -> NaiveDate,
    parts: impl Fn(&M) -> Vec<Part>,
) -> Vec<Source> {
    let source = |(id, row): (Uuid, M)| {
        let record = RecordRef::new(M::CONCEPT, id);
        Source { record, day: day(&row), parts: parts(&row) }
    };
    rows.into_iter().map(source).collect()
}

fn states(rows: HashMap<Uuid, member_state::Model>) -> Vec<Source> {
    // A state is always there: it comes before all that has a day.
    let day = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX);
    let called = |row: &member_state::Model| {
        [&row.name_en, &row.name_fr, &row.name_ar, &row.code, &row.alpha2].map(Part::title).to_vec()
    };
    sources(rows, |_| day, called)
}

fn organizations(rows: HashMap<Uuid, organization::Model>) -> Vec<Source> {
    let called = |row: &organization::Model| {
        [Some(&row.label), row.acronym.as_ref()].into_iter().flatten().map(Part::title).collect()
    };
    sources(rows, |row| row.created_at.date_naive(), called)
}

fn meetings(rows: HashMap<Uuid, meeting::Model>) -> Vec<Source> {
    let day = |row: &meeting::Model| row.held_on.unwrap_or_else(|| row.created_at.date_naive());
    let parts = |row: &meeting::Model| {
        [Some(Part::title(&row.title)), row.place.as_ref().map(Part::text)].into_iter().flatten().collect()
    };
    sources(rows, day, parts)
}

/// Of a report no more is read than is searched.
async fn reports(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Source>> {
    use news_report::{Column, Entity};
    type Row = (Uuid, Option<String>, Option<String>, Option<NaiveDate>, DateTime<Utc>, String);
    let most = i32::try_from(MOST_CHARACTERS).unwrap_or(i32::MAX);
    let text =
        Func::cust(Alias::new("SUBSTR")).args([Expr::col((Entity, Column::Text)), Expr::val(1), Expr::val(most)]);
    let rows = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Title, Column::Publisher, Column::PublishedOn, Column::IngestedAt])
        .expr_as(Expr::from(text), "beginning")
        .filter(Column::Id.is_in(ids.iter().copied()));
    let rows = rows.into_tuple::<Row>().all(db).await?.into_iter();
    let source = |(id, title, publisher, published_on, ingested_at, text): Row| Source {
        record: RecordRef::new(Concept::NewsReport, id),
        day: published_on.unwrap_or_else(|| ingested_at.date_naive()),
        parts: [title.map(Part::title), publisher.map(Part::text), Some(Part::text(text))]
            .into_iter()
            .flatten()
            .collect(),
    };
    Ok(rows.map(source).collect())
}

/// The names of records, in all languages and spellings.
async fn names(db: &impl ConnectionTrait, concept: Concept, ids: &[Uuid]) -> Result<Vec<(Uuid, Part)>> {
    use record_name::Column;
    let names = record_name::of(concept).filter(Column::RecordId.is_in(ids.iter().copied())).order_by_asc(Column::Id);
    let names = names.select_only().columns([Column::RecordId, Column::Name]).into_tuple::<(Uuid, String)>();
    Ok(names.all(db).await?.into_iter().map(|(of, name)| (of, Part::title(name))).collect())
}

/// The words of reports behind actions.
async fn quotes(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<(Uuid, Part)>> {
    use evidence::Column;
    let quotes = evidence::Entity::find()
        .select_only()
        .columns([Column::RecordId, Column::Quote])
        .filter(Column::Concept.eq(Code(Concept::FollowUpAction)))
        .filter(Column::RecordId.is_in(ids.iter().copied()))
        .order_by_asc(Column::Id);
    let quotes = quotes.into_tuple::<(Uuid, String)>().all(db).await?;
    Ok(quotes.into_iter().map(|(of, quote)| (of, Part::text(quote))).collect())
}

/// Adds texts to the records that they belong to, each once.
fn add(sources: &mut [Source], more: Vec<(Uuid, Part)>) {
    for (of, part) in more {
        if let Ok(at) = sources.binary_search_by_key(&of, |source| source.record.id)
            && !sources[at].parts.contains(&part)
        {
            sources[at].parts.push(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_title_is_called_by_how_it_begins() {
        let source =
            |parts| Source { record: RecordRef::new(Concept::NewsReport, Uuid::nil()), day: NaiveDate::MAX, parts };
        let title = |parts| source(parts).title();
        assert_eq!(title(vec![Part::title("Talks"), Part::text("They met.")]), "Talks");
        assert_eq!(title(vec![Part::text("Muscat Post"), Part::text("\nThey met.\nThey left.")]), "They met.");
        let long = title(vec![Part::text("é ".repeat(100))]);
        assert!(long.ends_with("é…") && long.chars().count() == LONGEST_BEGINNING, "{long}");
        assert_eq!(title(Vec::new()), "");
    }
}
