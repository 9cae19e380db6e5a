//! Keeps what an engine read, and reads a kept report again.

use extract::{Reading, Report};
use sea_orm::ConnectionTrait;
use serde_json::json;
use store::{Error, Result, UnitOfWork, doubt, finding, news_report, organization, reading};
use uuid::Uuid;
use vocab::{DoubtCode, FindingState, ReadingState, Word, evidence::Span};

use crate::{
    Engine, carry, confirmed,
    entry::Entry,
    known::Known,
    matching::{self, Candidate, Told},
    places, second_reader,
};

/// Keeps a reading with its findings and doubts. What a person decided on an earlier reading of the report is carried over.
pub(crate) async fn keep(
    work: &mut UnitOfWork,
    engine: &Engine<'_>,
    report: &news_report::Model,
    mut read: Reading,
) -> Result<reading::Model> {
    places::settle(&mut read, &report.text);
    if read.text.trim().is_empty() && !read.doubts.iter().any(|doubt| doubt.code == DoubtCode::NoText) {
        read.doubts.push(a_doubt(DoubtCode::NoText, "The page holds no text to read.".to_owned(), Vec::new()));
    }
    let unread = |code| matches!(code, DoubtCode::UnsupportedLanguage | DoubtCode::NoText);
    let is_unread = read.doubts.iter().any(|doubt| unread(doubt.code));
    let earlier = carry::decided(work.connection(), report.id).await?;
    let draft = reading::Draft {
        report_id: report.id,
        engine: engine.name.to_owned(),
        engine_version: engine.version.to_owned(),
        state: if is_unread { ReadingState::Unread } else { ReadingState::Waiting },
    };
    let kept = reading::create(work, draft).await?;
    let known = Known::load(work.connection()).await?;
    let own = matching::told_by(work.connection(), report.id).await?;
    let mut told = Told { own, day: report.published_on, ..Told::default() };
    for (position, entry) in (0..).zip(Entry::all(&read)) {
        let candidates = matching::candidates(work.connection(), &known, &told, &entry).await?;
        told.hear(&known, &candidates);
        if matches!(entry, Entry::Fulfilment(_)) && candidates.is_empty() {
            continue; // nothing is open that it could fulfil: the news is full of what was done
        }
        let draft = entry.draft(kept.id, position, &candidates);
        match carry::equal(&earlier, &entry) {
            Some(decided) => drop(carry::over(work, draft, decided).await?),
            None => {
                finding::create(work, draft).await?;
                read.doubts.extend(question(&entry, &candidates));
            }
        }
    }
    for (position, doubt) in (0..).zip(read.doubts) {
        let extract::reading::Doubt { code, message, evidence } = doubt;
        let draft = doubt::Draft { reading_id: kept.id, position, code, message, spans: json!(evidence) };
        doubt::create(work, draft).await?;
    }
    if is_unread { Ok(kept) } else { reading::settle(work, kept.id).await }
}

fn a_doubt(code: DoubtCode, message: String, evidence: Vec<Span>) -> extract::reading::Doubt {
    extract::reading::Doubt { code, message, evidence }
}

/// What a reviewer has to look at, where the known records leave it open.
fn question(entry: &Entry, candidates: &[Candidate]) -> Option<extract::reading::Doubt> {
    // A deed always asks which action it fulfils; that needs no doubt beside it.
    if matches!(entry, Entry::Fulfilment(_)) || !matching::is_question(candidates) {
        return None;
    }
    let known: Vec<&str> = candidates.iter().take(5).map(|candidate| &*candidate.label).collect();
    let message = format!("“{}” may be known already: {}", entry.summary(), known.join("; "));
    Some(a_doubt(DoubtCode::AmbiguousName, message, entry.basis().evidence.iter().take(1).cloned().collect()))
}

/// A kept report that was read again, and what was read in it.
pub(crate) enum Again {
    /// Nothing: this engine had read it in this version.
    Before(reading::Model),
    /// The report, and what was read.
    New(Box<(news_report::Model, Reading)>),
}

/// The reading of this engine in this version.
async fn by(engine: &Engine<'_>, db: &impl ConnectionTrait, report_id: Uuid) -> Result<Option<reading::Model>> {
    let readings = reading::of_report(db, report_id).await?;
    Ok(readings.into_iter().rev().find(|r| r.engine == engine.name && r.engine_version == engine.version))
}

/// Reads a kept report again, unless this engine has done so.
pub(crate) async fn again(db: &impl ConnectionTrait, engine: &Engine<'_>, report_id: Uuid) -> Result<Again> {
    let report = store::by_id::<news_report::Entity>(db, report_id).await?;
    if let Some(there) = by(engine, db, report_id).await? {
        return Ok(Again::Before(there));
    }
    let language = report.language.as_deref().and_then(|code| vocab::Language::from_code(code).ok());
    let mut asked = Report {
        text: &report.original,
        format: report.format.0,
        published_on: report.published_on,
        language,
        known: extract::Known::nothing(),
    };
    let page = extract::clean(&asked);
    let known = confirmed::names(db, &asked, &page).await?;
    asked.known = &known;
    let read = (engine.read)(&asked, page);
    Ok(Again::New(Box::new((report, read))))
}

/// Keeps what was read again.
pub(crate) async fn keep_again(work: &mut UnitOfWork, engine: &Engine<'_>, again: Again) -> Result<reading::Model> {
    let (report, read) = match again {
        Again::Before(there) => return Ok(there),
        Again::New(new) => *new,
    };
    let report = &report;
    // A decision that is being taken at this moment is to be seen, or to see this reading.
    match organization::one_at_a_time(work).await {
        Ok(_) | Err(Error::Invalid { .. }) => {}
        Err(fault) => return Err(fault),
    }
    if let Some(faster) = by(engine, work.connection(), report.id).await? {
        return Ok(faster);
    }
    for earlier in reading::of_report(work.connection(), report.id).await? {
        let findings = finding::of_reading(work.connection(), earlier.id).await?;
        let untouched = findings.iter().all(|finding| finding.state.0 == FindingState::Waiting);
        let open = matches!(earlier.state.0, ReadingState::Waiting | ReadingState::Unread);
        if untouched && open {
            reading::put_state(work, earlier.id, None, ReadingState::Superseded).await?;
        }
    }
    let kept = keep(work, engine, report, read).await?;
    second_reader::join_again(work, report, kept).await
}
