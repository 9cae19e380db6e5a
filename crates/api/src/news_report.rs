//! News reports: the sources, and their way in.

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use intake::within;
use store::{news_report, page::Key};
use vocab::Word;

use crate::{
    ask,
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows, searched},
    evidence::{self, Evidence},
    fault::Fault,
    filter::{self, filter},
    id::{self, Id},
    input::Input,
    payload::{Payload, payload, write},
    reading::{self, Reading},
    scalars::Date,
    words::{Language, ReportFormat},
};

coat! {
    /// A source: the text of a report and where it came from, kept for good.
    NewsReport over store::news_report
}

#[Object(use_type_description)]
impl NewsReport {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The headline.
    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// Where it came from.
    async fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }

    /// Who published it.
    async fn publisher(&self) -> Option<&str> {
        self.0.publisher.as_deref()
    }

    /// The day it was published.
    async fn published_on(&self) -> Option<Date> {
        self.0.published_on.map(Date)
    }

    /// Its language, where it is one that is read here.
    async fn language(&self) -> Option<Language> {
        let language = vocab::Language::from_code(self.0.language.as_deref()?).ok()?;
        Some(language.into())
    }

    /// The code of its language (ISO 639-1), also where it is not read here.
    async fn language_code(&self) -> Option<&str> {
        self.0.language.as_deref()
    }

    /// The cleaned text, in which the places of evidence count.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// SHA-256 of the cleaned text, in hexadecimal: the same text has the same.
    async fn content_hash(&self) -> &str {
        &self.0.content_hash
    }

    /// How it was handed in.
    async fn format(&self) -> ReportFormat {
        self.0.format.0.into()
    }

    /// When it was taken in.
    async fn ingested_at(&self) -> DateTime<Utc> {
        self.0.ingested_at
    }

    /// Its latest reading, a second reader's left out: what that read stands in this one too.
    async fn reading(&self, ctx: &Context<'_>) -> Result<Option<Reading>, Fault> {
        let all: Vec<Reading> = ask::short(ctx, &reading::OF_REPORT, self.0.id).await?;
        Ok(all.into_iter().rfind(|reading| reading.0.state.0 != vocab::ReadingState::Joined))
    }

    /// Every reading, also of second readers, the latest last.
    async fn readings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Reading>, Fault> {
        ask::few(ctx, &reading::OF_REPORT, self.0.id, first).await
    }

    /// What was accepted from it: its words behind records.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Evidence>, Fault> {
        ask::few(ctx, &evidence::OF_REPORT, self.0.id, first).await
    }
}

filter! {
    /// Which reports.
    NewsReportFilter of news_report::Filter {
        /// Of this publisher.
        publisher: Option<String>,
        /// In this language.
        language: Option<Language>,
        /// Published on this day or later.
        published_from: Option<Date>,
        /// Published on this day or earlier.
        published_to: Option<Date>,
        /// Whose title, publisher or text holds this.
        text: Option<String>,
    }
}

impl NewsReportFilter {
    async fn read(self, _: &Context<'_>) -> Result<news_report::Filter, Fault> {
        Ok(news_report::Filter {
            publisher: searched("publisher", self.publisher)?,
            language: self.language.map(|language| vocab::Language::from(language).code().to_owned()),
            published_from: self.published_from.map(Into::into),
            published_to: self.published_to.map(Into::into),
            text: searched("text", self.text)?,
            ..news_report::Filter::default()
        })
    }
}

/// A list of reports.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Reports(news_report::Filter);

impl Listing for Reports {
    type Of = NewsReport;

    fn rows(&self) -> Rows<NewsReport> {
        news_report::select(&self.0).into()
    }

    fn keys(&self) -> Vec<Key> {
        news_report::latest_first()
    }
}

/// Asking for reports.
#[derive(Default)]
pub struct NewsReportQuery;

#[Object]
impl NewsReportQuery {
    /// News reports, the last taken in first.
    async fn news_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<NewsReportFilter>,
    ) -> Result<Connection<NewsReport>, Fault> {
        let list = Reports(filter::kept(ctx, filter).await?);
        connection::page(ctx, None, list, Paging { first, after, last, before }).await
    }
}

/// A report as it is handed in.
#[derive(InputObject)]
pub struct IngestReportInput {
    /// The text or the HTML, at most 5 MiB.
    text: String,
    /// How the text is to be understood.
    #[graphql(default_with = "Some(ReportFormat::Plain)")]
    format: Option<ReportFormat>,
    /// Where it came from.
    url: Option<String>,
    /// Who published it.
    publisher: Option<String>,
    /// The day it was published.
    published_on: Option<Date>,
    /// The headline.
    title: Option<String>,
    /// The language; recognized, where it is left out.
    language: Option<Language>,
}

/// A report that is to be read again.
#[derive(InputObject)]
pub struct ReadReportAgainInput {
    /// Which report.
    report_id: Id<NewsReport>,
}

payload! {
    /// What came of handing in a report.
    IngestReportPayload of {
        /// The report; the first one, where the same text was handed in before.
        report: Option<NewsReport>,
        /// Its latest reading.
        reading: Option<Reading>,
        /// Whether the same text was handed in before.
        duplicate: bool,
    }
}

impl Payload for IngestReportPayload {
    type Done = intake::Ingested;

    fn done(intake::Ingested { report, reading, duplicate }: Self::Done) -> Self {
        Self { report: Some(NewsReport(report)), reading: Some(Reading(reading)), duplicate, ..Self::default() }
    }
}

payload! {
    /// What came of reading a report again.
    ReadReportAgainPayload {
        /// The reading.
        reading: Reading,
    }
}

/// Handing in reports.
#[derive(Default)]
pub struct NewsReportMutation;

#[Object]
impl NewsReportMutation {
    /// Takes in a report and reads it. The same text again is answered with the first report.
    async fn ingest_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report.")] input: Input<IngestReportInput>,
    ) -> Result<IngestReportPayload, Fault> {
        let Input { it: input, named } = input;
        let IngestReportInput { text, format, url, publisher, published_on, title, language } = input;
        let incoming = intake::Incoming {
            text,
            format: format.map_or(vocab::ReportFormat::Plain, Into::into),
            url,
            publisher,
            published_on: published_on.map(Into::into),
            title,
            language: language.map(Into::into),
        };
        // Read before anything is written, so that nobody waits for it.
        let read = within::read(ask::store(ctx), incoming).await;
        write(ctx, named, async |work| within::take_in(work, read?).await).await
    }

    /// Reads a report again with the engine of this program. What a person decided stays untouched.
    async fn read_report_again(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which report.")] input: Input<ReadReportAgainInput>,
    ) -> Result<ReadReportAgainPayload, Fault> {
        let Input { it: ReadReportAgainInput { report_id }, named } = input;
        let reread = within::reread(ask::store(ctx), report_id.0).await;
        write(ctx, named, async |work| within::take_again(work, reread?).await).await
    }
}
