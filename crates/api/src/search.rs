//! One search over everything that has a name or a text.

use async_graphql::{Context, Description, Enum, Object, connection::PageInfo, futures_util::future::try_join_all};
use store::{
    Concept,
    page::{Cursor, Page},
    search::{self, Asked, Hit},
};
use vocab::search::{Extract, Place};

use crate::{
    ask,
    connection::{self, Paging},
    fault::{Fault, FaultCode},
    member_state::states,
    node::{self, Node},
};

/// What can be found by a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum SearchKind {
    /// States, by their names in three languages and their codes.
    MemberState,
    /// Organizations, by all their names and acronyms.
    Organization,
    /// People, by all spellings of their names.
    Person,
    /// Posts, by their titles.
    Post,
    /// News reports, by title, publisher and text.
    NewsReport,
    /// Meetings, by title and place.
    Meeting,
    /// Follow-up actions, by reference, title and the words of the reports behind them.
    FollowUpAction,
    /// Tasks, by their titles.
    Task,
}

/// What each kind is a record of.
const KINDS: [(SearchKind, Concept); 8] = [
    (SearchKind::MemberState, Concept::MemberState),
    (SearchKind::Organization, Concept::Organization),
    (SearchKind::Person, Concept::Person),
    (SearchKind::Post, Concept::Post),
    (SearchKind::NewsReport, Concept::NewsReport),
    (SearchKind::Meeting, Concept::Meeting),
    (SearchKind::FollowUpAction, Concept::FollowUpAction),
    (SearchKind::Task, Concept::Task),
];

/// Where in a record something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Place")]
pub enum SearchPlace {
    /// In what it is called: its title, its reference, one of its names.
    Title,
    /// In what else it says: the text and the publisher of a report, the words behind an action, the place of a meeting.
    Text,
}

/// A page of what was found.
#[derive(Description)]
pub struct SearchConnection {
    page: Page<Hit>,
    asked: Asked,
}

#[Object(use_type_description)]
impl SearchConnection {
    /// What was found on this page: each record with the words by which it was, and its cursor.
    async fn edges(&self) -> Vec<SearchEdge<'_>> {
        self.page.rows.iter().map(|(cursor, hit)| SearchEdge { cursor, hit }).collect()
    }

    /// The records of this page.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Vec<Node>, Fault> {
        try_join_all(self.page.rows.iter().map(|(_, hit)| record(ctx, hit))).await
    }

    /// Where the page begins and ends, and whether there is more.
    async fn page_info(&self) -> PageInfo {
        connection::page_info(&self.page)
    }

    /// How many records were found in all; counted only when asked.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64, Fault> {
        Ok(search::count(ask::store(ctx).reader(), &self.asked).await?)
    }
}

async fn record(ctx: &Context<'_>, hit: &Hit) -> Result<Node, Fault> {
    let found = node::find(ctx, hit.record).await?;
    found.ok_or_else(|| Fault::new(FaultCode::NotFound, "the record is not there any more: search again"))
}

/// A record that was found, the words by which it was, and its place in the list.
#[derive(Description)]
pub struct SearchEdge<'a> {
    cursor: &'a Cursor,
    hit: &'a Hit,
}

#[Object(use_type_description)]
impl SearchEdge<'_> {
    /// The place in the list: hand it back as `after` or `before`.
    async fn cursor(&self) -> String {
        self.cursor.encode()
    }

    /// The record.
    async fn node(&self, ctx: &Context<'_>) -> Result<Node, Fault> {
        record(ctx, self.hit).await
    }

    /// What kind of record it is.
    async fn kind(&self) -> Result<SearchKind, Fault> {
        let kind = KINDS.iter().find(|(_, concept)| *concept == self.hit.record.concept);
        kind.map(|(kind, _)| *kind).ok_or_else(|| Fault::internal(&self.hit.record))
    }

    /// What it is called, with its reference where it has one; a report without a title by its first words.
    async fn title(&self) -> &str {
        &self.hit.title
    }

    /// Where the words stand: each once in a title and once in the rest, in at most four extracts.
    async fn highlights(&self) -> Vec<SearchHighlight<'_>> {
        self.hit.extracts.iter().map(SearchHighlight).collect()
    }
}

/// A stretch of a record in which words were found: plain text as it stands there, never markup.
#[derive(Description)]
pub struct SearchHighlight<'a>(&'a Extract);

#[Object(use_type_description)]
impl SearchHighlight<'_> {
    /// Where in the record it stands.
    async fn place(&self) -> SearchPlace {
        self.0.place.into()
    }

    /// The stretch: all of a short text, about two hundred characters of a long one.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Whether the text begins before it.
    async fn cut_before(&self) -> bool {
        self.0.cut_before
    }

    /// Whether the text goes on behind it.
    async fn cut_after(&self) -> bool {
        self.0.cut_after
    }

    /// The words that were found, in the order of the stretch; none lies in another.
    async fn marks(&self) -> Vec<SearchMark> {
        self.0.marks.iter().map(|mark| SearchMark { start: mark.start, end: mark.end }).collect()
    }
}

/// Words in a stretch, counted in its characters (Unicode scalar values, as of evidence) from 0.
#[derive(Description)]
pub struct SearchMark {
    start: usize,
    end: usize,
}

#[Object(use_type_description)]
impl SearchMark {
    /// The first character.
    async fn start(&self) -> usize {
        self.start
    }

    /// One past the last character.
    async fn end(&self) -> usize {
        self.end
    }
}

/// Searching.
#[derive(Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Records in which every word stands, with or without accents, Arabic marks, article and prefixes. Those with the words
    /// in the title come first, then the latest. Words in quotation marks stand one after the other, and so do those that a
    /// hyphen joins; the last word may be the beginning of a longer one, unless it is quoted or the number of a reference.
    /// Of a report the first 200,000 characters are searched.
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The words, as they are typed: at most 12 in 200 characters. There are no operators.")]
        query: String,
        #[graphql(desc = "Only records of these kinds.")] kinds: Option<Vec<SearchKind>>,
        #[graphql(
            desc = "Only records that have to do with one of these states, by ISO 3166-1 code: that belong to it, that \
                          it had part in, or from which such a meeting or action was accepted."
        )]
        states: Option<Vec<String>>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<SearchConnection, Fault> {
        let slice = Paging { first, after, last, before }.slice()?;
        let concepts = kinds.map(|kinds| {
            let wanted = KINDS.iter().filter(|(kind, _)| kinds.contains(kind));
            wanted.map(|(_, concept)| *concept).collect()
        });
        let asked = Asked::new(&query, concepts, self::states(ctx, "states", states).await?)?;
        // Boxed: the future of several statements in that of every request is deeper than the compiler bears.
        let page = Box::pin(search::page(ask::store(ctx).reader(), &asked, &slice)).await?;
        Ok(SearchConnection { page, asked })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_concept_that_can_be_found_has_a_kind() {
        assert_eq!(KINDS.map(|(_, concept)| concept), search::CONCEPTS);
    }
}
