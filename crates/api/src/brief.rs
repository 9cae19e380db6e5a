//! The brief: the two pages that a director takes into a meeting, or that are handed over with a post, typed and as a page.

use async_graphql::{Context, Description, Enum, Object};
use briefing::brief::{self, Of, Section, SectionKind, Subject, Wanted};
use chrono::{DateTime, Utc};

use crate::{
    ask,
    fault::Fault,
    id::Id,
    member_state::MemberState,
    news_report::NewsReport,
    node::{self, Node},
    partnership::Partnership,
    post::Post,
    scalars::Date,
    words::{Language, spoken},
};

/// What a section of a brief tells of.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "SectionKind")]
pub enum BriefSectionKind {
    /// Who holds which post in the state's organizations.
    WhoIsWho,
    /// The last meetings.
    LastContacts,
    /// What we promised, agreed or planned.
    WeOwe,
    /// What they promised, agreed or planned.
    TheyOwe,
    /// What waits for our answer.
    WaitingForUs,
    /// What waits for their answer.
    WaitingForThem,
    /// What both sides owe, or have to answer.
    ForBoth,
    /// What nobody has said of who moves next.
    Undecided,
    /// The areas of open actions, each with its strongest.
    Areas,
    /// What to say.
    TalkingPoints,
    /// Who held the post, the last first, and what was delivered or dropped in their time.
    Holders,
    /// What was delivered or dropped, the last first, and who held the post then.
    Closed,
}

/// What a director should know of a state before a meeting, or whoever takes over a post; as of a day, by what was known at
/// a moment.
#[derive(Description)]
pub struct Brief(briefing::Brief);

#[Object(use_type_description)]
impl Brief {
    /// The state, or that to which the post belongs; null where nobody knew of it at the moment.
    async fn state(&self, ctx: &Context<'_>) -> Result<Option<MemberState>, Fault> {
        ask::referred(ctx, self.0.subject.state_id()).await
    }

    /// The post, as it is today; null in the brief of a state.
    async fn post(&self, ctx: &Context<'_>) -> Result<Option<Post>, Fault> {
        match &self.0.subject {
            Subject::Post(post) => ask::row(ctx, post.id).await.map(Some),
            Subject::State(_) => Ok(None),
        }
    }

    /// The name of the state or the title of the post, in the language of the brief.
    async fn title(&self) -> &str {
        self.0.subject.title(self.0.language)
    }

    /// The language of its fixed words.
    async fn language(&self) -> Language {
        self.0.language.into()
    }

    /// The day by which things are judged.
    async fn as_of(&self) -> Date {
        Date(self.0.clock.as_of)
    }

    /// The moment up to which records count; null where all of them do.
    async fn known_at(&self) -> Option<DateTime<Utc>> {
        self.0.clock.known_at
    }

    /// How the partnership stands; null where nobody knew of the state, and in the brief of a post.
    async fn partnership(&self) -> Option<Partnership> {
        let Subject::State(partner) = &self.0.subject else { return None };
        partner.id.map(|state| Partnership::new(state, self.0.clock, partner.partnership.clone()))
    }

    /// What there is to know. Every section is there, also one that has nothing to tell.
    async fn sections(&self) -> Vec<BriefSection<'_>> {
        self.0.sections.iter().map(|section| BriefSection { brief: &self.0, section }).collect()
    }

    /// The news reports behind the lines, by their numbers.
    async fn sources(&self) -> Vec<BriefSource> {
        self.0.sources.iter().cloned().map(BriefSource).collect()
    }

    /// The version of the rules by which it is made.
    async fn rule(&self) -> &'static str {
        self.0.subject.rule()
    }

    /// The whole brief as a page to be printed: one HTML file that needs nothing else and runs nothing.
    async fn html(&self) -> String {
        self.0.paper().html()
    }
}

/// A part of a brief.
#[derive(Description)]
pub struct BriefSection<'a> {
    brief: &'a briefing::Brief,
    section: &'a Section,
}

#[Object(use_type_description)]
impl BriefSection<'_> {
    /// What it tells of.
    async fn kind(&self) -> BriefSectionKind {
        self.section.kind.into()
    }

    /// Its heading.
    async fn title(&self) -> &'static str {
        self.section.kind.title(self.brief.language)
    }

    /// What it says instead of lines; null where there are some.
    async fn nothing(&self) -> Option<&'static str> {
        self.section.lines.is_empty().then(|| self.section.kind.nothing(self.brief.language))
    }

    /// Its lines; the first of them, where there are many.
    async fn lines(&self) -> Vec<BriefLine<'_>> {
        self.section.lines.iter().map(|line| BriefLine { brief: self.brief, line }).collect()
    }

    /// How many there are, also those that are left out.
    async fn total(&self) -> usize {
        self.section.total
    }
}

/// A line of a brief.
#[derive(Description)]
pub struct BriefLine<'a> {
    brief: &'a briefing::Brief,
    line: &'a brief::Line,
}

#[Object(use_type_description)]
impl BriefLine<'_> {
    /// What it says.
    async fn text(&self) -> String {
        self.line.text()
    }

    /// How many days it is late; null where it is not.
    async fn days_late(&self) -> Option<i64> {
        self.line.days_late
    }

    /// What it is about, as it is today.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>, Fault> {
        match self.line.record {
            Some(record) => node::find(ctx, record).await,
            None => Ok(None),
        }
    }

    /// The news reports behind it; none where it was recorded by hand.
    async fn sources(&self) -> Vec<BriefSource> {
        let mine = self.brief.sources.iter().filter(|source| self.line.sources.contains(&source.number));
        mine.cloned().map(BriefSource).collect()
    }

    /// Who says so, where it was recorded by hand and somebody is named.
    async fn told_by(&self) -> Option<&str> {
        self.line.told_by.as_deref()
    }
}

/// A news report behind lines of a brief.
#[derive(Description)]
pub struct BriefSource(brief::Source);

#[Object(use_type_description)]
impl BriefSource {
    /// The number that the lines give.
    async fn number(&self) -> usize {
        self.0.number
    }

    /// The report.
    async fn report(&self, ctx: &Context<'_>) -> Result<NewsReport, Fault> {
        ask::row(ctx, self.0.report_id).await
    }
}

/// Asking for briefs.
#[derive(Default)]
pub struct BriefQuery;

#[Object]
impl BriefQuery {
    /// The brief of a state, as of a day, by what was known at a moment. A state without any record has one too.
    async fn brief(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "ISO 3166-1, two or three letters, in either case.")] state: String,
        #[graphql(desc = "The day by which things are judged; that of `knownAt`, else today, where none is given.")]
        as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
        #[graphql(desc = "The language of its fixed words.", default_with = "Some(Language::En)")] language: Option<
            Language,
        >,
    ) -> Result<Brief, Fault> {
        make(ctx, Of::State(state), as_of, known_at, language).await
    }

    /// The handover brief of a post, for whoever takes it over: who held it, what hangs on it on either side, and what was
    /// delivered or dropped in whose time; as of a day, by what was known at a moment.
    async fn handover_brief(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which post.")] post: Id<Post>,
        #[graphql(desc = "The day by which things are judged; that of `knownAt`, else today, where none is given.")]
        as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
        #[graphql(desc = "The language of its fixed words.", default_with = "Some(Language::En)")] language: Option<
            Language,
        >,
    ) -> Result<Brief, Fault> {
        make(ctx, Of::Post(post.0), as_of, known_at, language).await
    }
}

async fn make(
    ctx: &Context<'_>,
    of: Of,
    as_of: Option<Date>,
    known_at: Option<DateTime<Utc>>,
    language: Option<Language>,
) -> Result<Brief, Fault> {
    let wanted = Wanted { of, as_of: as_of.map(|day| day.0), known_at, language: spoken(language) };
    let database = ask::loader(ctx).loader();
    // Boxed: the future of a whole brief in that of every request is deeper than the compiler bears.
    Ok(Brief(Box::pin(briefing::Brief::make(&database.0, &database.1, &wanted)).await?))
}
