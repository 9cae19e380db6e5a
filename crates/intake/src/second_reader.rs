//! What a second reader says of a report, beside the reading that is reviewed.
//!
//! Where it says the same as a finding, it is a second witness of it; what it alone has read is a finding of its own; and
//! where it says something else of the same, the two are rivals. Neither what it alone has read nor a finding with a rival
//! is accepted with the whole reading: a person looks at each. What is decided stays decided.

use std::collections::{HashMap, HashSet};

use extract::Reading;
use sea_orm::{ConnectionTrait, SqlErr};
use serde_json::json;
use store::{
    Error, Result, Store, UnitOfWork, Who, by_ids, doubt, finding, news_report, organization, reading, witness,
};
use uuid::Uuid;
use vocab::{FindingState, ReadingState};

use crate::{
    agreement::{Verdict, compare},
    carry::{self, Decided},
    desk::{Desk, Piece},
    entry::Entry,
    known::Known,
    matching::{self, Candidate, Told},
    places,
};

/// Who the second reader is.
#[derive(Debug, Clone, Copy)]
pub struct Name<'a> {
    /// Its name.
    pub engine: &'a str,
    /// Its version: another model is another version.
    pub version: &'a str,
}

/// What came of hearing a second reader.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Its own reading, with its doubts.
    pub reading: reading::Model,
    /// The findings of which it is a witness beside another.
    pub agreed: usize,
    /// The findings that it alone has read.
    pub alone: usize,
    /// The ones among those that have a rival.
    pub rivals: usize,
}

/// The reports that a second reader has not read, and of which a person still has to review what was read; a report in
/// which nothing was found is one of them. The first read first.
///
/// # Errors
/// [`Error::Database`].
pub async fn unheard(store: &Store, name: Name<'_>) -> Result<Vec<Uuid>> {
    reading::unheard(store.reader(), name.engine, name.version).await
}

/// A report that a second reader is to read.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] where the first engine could not read it, so that nothing stands to be
/// compared with; [`Error::Database`].
pub async fn report(store: &Store, report_id: Uuid) -> Result<news_report::Model> {
    let report = store::by_id::<news_report::Entity>(store.reader(), report_id).await?;
    reviewed(store.reader(), report_id).await?;
    Ok(report)
}

/// Keeps what a second reader read in a report. One that was heard in this version is not heard again.
///
/// # Errors
/// As [`report`].
pub async fn hear(store: &Store, who: &Who, name: Name<'_>, report_id: Uuid, read: Reading) -> Result<Heard> {
    let report = report(store, report_id).await?;
    if let Some(there) = heard(store.reader(), name, report_id).await? {
        return Ok(there);
    }
    let mut work = store.begin(who).await?;
    match first_time(&mut work, name, &report, read).await {
        Ok(heard) => work.commit().await.map(|()| heard),
        Err(fault) if is_taken(&fault) => {
            drop(work);
            heard(store.writer(), name, report_id).await?.ok_or(fault)
        }
        Err(fault) => Err(fault),
    }
}

/// Whether a unique key is taken already.
fn is_taken(fault: &Error) -> bool {
    match fault {
        Error::Database(fault) => matches!(fault.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))),
        _ => false,
    }
}

/// What a second reader said before.
async fn heard(db: &impl ConnectionTrait, name: Name<'_>, report_id: Uuid) -> Result<Option<Heard>> {
    let readings = reading::of_report(db, report_id).await?.into_iter();
    let mut by_this = readings.filter(|r| r.engine == name.engine && r.engine_version == name.version);
    let (Some(own), first) = (by_this.next(), reviewed(db, report_id).await?) else { return Ok(None) };
    let findings: HashSet<Uuid> = finding::of_reading(db, first.id).await?.into_iter().map(|row| row.id).collect();
    let mut heard = Heard { reading: own, agreed: 0, alone: 0, rivals: 0 };
    for row in witness::of_reading(db, heard.reading.id).await? {
        if findings.contains(&row.finding_id) {
            heard.count(row.alone, row.rival_id.is_some());
        }
    }
    Ok(Some(heard))
}

impl Heard {
    fn count(&mut self, alone: bool, has_rival: bool) {
        *if alone { &mut self.alone } else { &mut self.agreed } += 1;
        self.rivals += usize::from(has_rival);
    }
}

async fn reviewed(db: &impl ConnectionTrait, report_id: Uuid) -> Result<reading::Model> {
    let reading = reading::reviewed(db, report_id).await?;
    let reading = reading.filter(|reading| reading.state.0 != ReadingState::Unread);
    reading.ok_or_else(|| {
        Error::invalid("reportId", "the first reader could not read this report, so there is nothing to compare with")
    })
}

async fn first_time(
    work: &mut UnitOfWork,
    name: Name<'_>,
    report: &news_report::Model,
    mut read: Reading,
) -> Result<Heard> {
    one_at_a_time(work).await?;
    let first = reviewed(work.connection(), report.id).await?;
    places::settle(&mut read, &report.text);
    let own = reading::create(
        work,
        reading::Draft {
            report_id: report.id,
            engine: name.engine.to_owned(),
            engine_version: name.version.to_owned(),
            state: ReadingState::Joined,
        },
    );
    let mut heard = Heard { reading: own.await?, agreed: 0, alone: 0, rivals: 0 };
    join(work, &first, &mut heard, Entry::all(&read)).await?;
    for (position, doubt) in (0..).zip(read.doubts) {
        let extract::reading::Doubt { code, message, evidence } = doubt;
        let draft = doubt::Draft { reading_id: heard.reading.id, position, code, message, spans: json!(evidence) };
        doubt::create(work, draft).await?;
    }
    Ok(heard)
}

/// A decision that is being taken at this moment is to be seen, or to see what is written here.
async fn one_at_a_time(work: &mut UnitOfWork) -> Result<()> {
    match organization::one_at_a_time(work).await {
        Ok(_) | Err(Error::Invalid { .. }) => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// Puts what a second reader said before beside a new reading of the first, without asking it again.
pub(crate) async fn join_again(
    work: &mut UnitOfWork,
    report: &news_report::Model,
    first: reading::Model,
) -> Result<reading::Model> {
    let readings = reading::of_report(work.connection(), report.id).await?;
    let own = readings.into_iter().rev().find(|reading| reading.state.0 == ReadingState::Joined);
    let Some(own) = own.filter(|_| first.state.0 != ReadingState::Unread) else { return Ok(first) };
    let said = witness::of_reading(work.connection(), own.id).await?;
    let ids: Vec<Uuid> = said.iter().map(|row| row.finding_id).collect();
    let findings = by_ids::<finding::Entity>(work.connection(), &ids).await?;
    let mut entries: Vec<Entry> = Vec::new();
    for row in said {
        let Some(kind) = findings.get(&row.finding_id).map(|finding| finding.kind.0) else { continue };
        // It stands beside each reading of the first that there was.
        let entry = Entry::kept(kind, &row.value, &row.spans, row.confidence).ok();
        entries.extend(entry.filter(|entry| !entries.contains(entry)));
    }
    let mut heard = Heard { reading: own, agreed: 0, alone: 0, rivals: 0 };
    join(work, &first, &mut heard, entries).await
}

/// Puts entries beside the findings of the reading that is reviewed, which is answered as it stands afterwards.
async fn join(
    work: &mut UnitOfWork,
    first: &reading::Model,
    heard: &mut Heard,
    entries: Vec<Entry>,
) -> Result<reading::Model> {
    let earlier = carry::decided(work.connection(), first.report_id).await?;
    let known = Known::load(work.connection()).await?;
    let own = matching::told_by(work.connection(), first.report_id).await?;
    let mut told = Told { own, ..Told::default() };
    let findings = finding::of_reading(work.connection(), first.id).await?;
    for finding in &findings {
        let candidates: Vec<Candidate> = serde_json::from_value(finding.candidates.clone()).unwrap_or_default();
        told.hear(&known, &candidates);
    }
    let mut position = findings.iter().map(|finding| finding.position + 1).max().unwrap_or_default();
    for entry in entries {
        let (verdict, other) = closest(&findings, &entry);
        let is_witness = verdict == Verdict::Same
            // A person has settled what it is: it is not asked again.
            || verdict == Verdict::Rival && other.is_some_and(|other| other.state.0 != FindingState::Waiting);
        let finding_id = match other.filter(|_| is_witness) {
            Some(finding) => finding.id,
            None => {
                let candidates = matching::candidates(work.connection(), &known, &told, &entry).await?;
                told.hear(&known, &candidates);
                let place = Place { reading_id: first.id, position };
                position += 1;
                add(work, place, &entry, &candidates, &earlier).await?
            }
        };
        let rival_id = other.filter(|_| verdict == Verdict::Rival && !is_witness).map(|rival| rival.id);
        heard.count(!is_witness, rival_id.is_some());
        let draft = witness::Draft {
            finding_id,
            reading_id: heard.reading.id,
            value: entry.value(),
            spans: json!(entry.basis().evidence),
            confidence: entry.basis().confidence,
            alone: !is_witness,
            rival_id,
        };
        witness::create(work, draft).await?;
    }
    reading::settle(work, first.id).await
}

/// The finding to which an entry stands closest, and how.
fn closest<'f>(findings: &'f [finding::Model], entry: &Entry) -> (Verdict, Option<&'f finding::Model>) {
    let judged = findings.iter().filter(|finding| finding.kind.0 == entry.kind()).map(|finding| {
        let read = [Entry::as_read(finding), Entry::settled(finding)];
        let verdict = read.iter().flatten().map(|read| compare(read, entry)).max().unwrap_or(Verdict::Apart);
        (verdict, finding)
    });
    // Of those that stand equally close, the first.
    let best = judged.reduce(|best, next| if next.0 > best.0 { next } else { best });
    match best {
        Some((verdict, finding)) if verdict > Verdict::Apart => (verdict, Some(finding)),
        _ => (Verdict::Apart, None),
    }
}

/// Where a finding is to stand.
struct Place {
    reading_id: Uuid,
    position: i32,
}

/// Keeps a finding that nobody has read yet; as it was decided, where an equal one was on an earlier reading.
async fn add(
    work: &mut UnitOfWork,
    Place { reading_id, position }: Place,
    entry: &Entry,
    candidates: &[Candidate],
    earlier: &[Decided],
) -> Result<Uuid> {
    let draft = entry.draft(reading_id, position, candidates);
    match carry::equal(earlier, entry) {
        Some(decided) => carry::over(work, draft, decided).await,
        None => finding::create(work, draft).await,
    }
    .map(|finding| finding.id)
}

/// What of a reading is a second reader's.
#[derive(Debug, Default)]
pub(crate) struct Witnesses {
    /// The findings that a second reader alone has read, and which one.
    alone: HashMap<Uuid, String>,
    /// Findings that say different things of the same.
    rivals: Vec<(Uuid, Uuid)>,
}

impl Witnesses {
    pub(crate) async fn load(db: &impl ConnectionTrait, findings: &[finding::Model]) -> Result<Self> {
        let ids: Vec<Uuid> = findings.iter().map(|finding| finding.id).collect();
        let rows = witness::of_findings(db, &ids).await?;
        let readings: Vec<Uuid> = rows.iter().map(|row| row.reading_id).collect();
        let readings = by_ids::<reading::Entity>(db, &readings).await?;
        let mut witnesses = Self::default();
        for row in rows.into_iter().filter(|row| row.alone) {
            let engine = readings.get(&row.reading_id).map(|own| format!("{}/{}", own.engine, own.engine_version));
            witnesses.alone.insert(row.finding_id, engine.unwrap_or_default());
            witnesses.rivals.extend(row.rival_id.map(|rival| (row.finding_id, rival)));
        }
        Ok(witnesses)
    }

    /// The second reader that alone has read a finding.
    pub(crate) fn alone(&self, finding_id: Uuid) -> Option<&str> {
        self.alone.get(&finding_id).map(String::as_str)
    }
}

impl Desk {
    /// Whether a finding is not taken with the whole reading: a second reader alone has read it, or says something else
    /// of the same, and nobody has rejected that.
    pub(crate) fn is_held(&self, finding_id: Uuid) -> bool {
        self.witnesses.alone(finding_id).is_some() || self.rivals(finding_id).any(|rival| !rival.is_rejected())
    }

    /// What says something else of the same.
    pub(crate) fn rivals(&self, finding_id: Uuid) -> impl Iterator<Item = &Piece> {
        let other = move |(a, b): &(Uuid, Uuid)| match finding_id {
            id if id == *a => Some(*b),
            id if id == *b => Some(*a),
            _ => None,
        };
        let others = self.witnesses.rivals.iter().filter_map(other);
        others.filter_map(|id| self.pieces.iter().find(|piece| piece.id == id))
    }
}
