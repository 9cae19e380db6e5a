//! What lies on the reviewer's desk: one reading with its report, what was decided on it before, and what is decided now.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::{
    Code, Concept, Error, RecordRef, Result, UnitOfWork, appointment, by_id, by_ids, evidence, finding, news_report,
    organization, post, reading, task,
};
use uuid::Uuid;
use vocab::{DatePrecision, FindingState, PartialDate, ReadingState, evidence::Span, fold};

use crate::{entry::Entry, known::Known, learn, matching::words, second_reader::Witnesses};

/// A reading that is being decided on.
pub(crate) struct Desk {
    pub(crate) report: news_report::Model,
    pub(crate) reading: reading::Model,
    pub(crate) known: Known,
    pub(crate) findings: Vec<finding::Model>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) witnesses: Witnesses,
    /// In which post the report shows each accepted person.
    pub(crate) postings: HashMap<Uuid, Posting>,
    /// The findings that are decided in this unit of work.
    fresh: HashSet<Uuid>,
    pub(crate) made: Made,
}

/// A finding as the steps of an acceptance use it.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) id: Uuid,
    /// What counts of it.
    pub(crate) entry: Entry,
    /// What the engine read: other findings refer to it by that name, also where a person has corrected it.
    read: Entry,
    pub(crate) state: FindingState,
    /// The record it became.
    pub(crate) record: Option<Uuid>,
}

/// The post in which a report shows a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Posting {
    pub(crate) post_id: Uuid,
    pub(crate) organization_id: Uuid,
    pub(crate) state_id: Option<Uuid>,
}

/// What a unit of work brought about.
#[derive(Debug, Default)]
pub(crate) struct Made {
    pub(crate) meetings: Vec<Uuid>,
    pub(crate) actions: Vec<Uuid>,
    pub(crate) tasks: Vec<task::Model>,
}

impl Piece {
    /// Where it stands first in the report.
    pub(crate) fn start(&self) -> usize {
        self.entry.basis().evidence.first().map_or(0, |span| span.start)
    }

    /// Whether a finding of a person or a body goes by this name, as it was read or as it was corrected.
    pub(crate) fn goes_by(&self, name: &str) -> bool {
        let folded = fold(name);
        let is = |known: &String| fold(known) == folded;
        [&self.entry, &self.read].into_iter().any(|entry| match entry {
            Entry::Person(person) => is(&person.name) || person.also.iter().any(is),
            Entry::Organization(body) => {
                is(&body.name) || body.acronym.as_ref().is_some_and(is) || words(&body.name) == words(name)
            }
            _ => false,
        })
    }

    pub(crate) fn is_rejected(&self) -> bool {
        self.state == FindingState::Rejected
    }
}

impl Desk {
    /// Lays a reading on the desk. From here to its end this unit of work is the only one that decides.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`] for a reading on which nobody can decide; [`Error::Database`].
    pub(crate) async fn open(work: &mut UnitOfWork, reading_id: Uuid) -> Result<Self> {
        organization::one_at_a_time(work).await?;
        let reading = by_id::<reading::Entity>(work.connection(), reading_id).await?;
        let closed = match reading.state.0 {
            ReadingState::Superseded => Some("a newer engine has read the report since: review its latest reading"),
            ReadingState::Unread => Some("nothing was read in this report, so there is nothing to decide"),
            ReadingState::Joined => {
                Some("it is a second reader's: decide on its findings in the reading they stand in")
            }
            ReadingState::Waiting | ReadingState::InReview | ReadingState::Done => None,
        };
        if let Some(message) = closed {
            return Err(Error::invalid("readingId", message));
        }
        let report = by_id::<news_report::Entity>(work.connection(), reading.report_id).await?;
        let findings = finding::of_reading(work.connection(), reading.id).await?;
        let pieces = findings.iter().filter_map(|finding| {
            // What this program cannot understand cannot be decided on either; it says so when asked to.
            let (entry, read) = (Entry::settled(finding).ok()?, Entry::as_read(finding).ok()?);
            Some(Piece { id: finding.id, entry, read, state: finding.state.0, record: finding.result_id })
        });
        let mut desk = Self {
            pieces: pieces.collect(),
            witnesses: Witnesses::load(work.connection(), &findings).await?,
            known: Known::load(work.connection()).await?,
            postings: HashMap::new(),
            fresh: HashSet::new(),
            made: Made::default(),
            report,
            reading,
            findings,
        };
        desk.postings = desk.shown(work).await?;
        Ok(desk)
    }

    /// The posts for which this report is evidence already, by person.
    async fn shown(&self, work: &UnitOfWork) -> Result<HashMap<Uuid, Posting>> {
        let db = work.connection();
        let rows = evidence::of(Concept::Appointment).filter(evidence::Column::ReportId.eq(self.report.id));
        let ids: Vec<Uuid> = rows.all(db).await?.into_iter().map(|row| row.record_id).collect();
        let appointments = by_ids::<appointment::Entity>(db, &ids).await?;
        let ids: Vec<Uuid> = appointments.values().map(|appointment| appointment.post_id).collect();
        let posts = by_ids::<post::Entity>(db, &ids).await?;
        let ids: Vec<Uuid> = posts.values().map(|post| post.organization_id).collect();
        let bodies = by_ids::<organization::Entity>(db, &ids).await?;
        let posting = |appointment: &appointment::Model| {
            let post = posts.get(&appointment.post_id)?;
            let state_id = bodies.get(&post.organization_id)?.state_id;
            let posting = Posting { post_id: post.id, organization_id: post.organization_id, state_id };
            Some((appointment.person_id, posting))
        };
        Ok(appointments.values().filter_map(posting).collect())
    }

    /// The finding and its piece.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] where it is decided; [`Error::Invalid`] for one that cannot be decided on.
    pub(crate) fn waiting(&self, finding_id: Uuid) -> Result<usize> {
        let finding = self.finding(finding_id)?;
        if finding.state.0 != FindingState::Waiting {
            let (id, current) = (finding_id, finding.version);
            return Err(Error::Conflict { concept: Concept::Finding, id, expected: 1, current });
        }
        Entry::settled(finding)?;
        let at = self.pieces.iter().position(|piece| piece.id == finding_id);
        at.ok_or(Error::NotFound { concept: Concept::Finding, id: finding_id })
    }

    pub(crate) fn finding(&self, id: Uuid) -> Result<&finding::Model> {
        let finding = self.findings.iter().find(|finding| finding.id == id);
        finding.ok_or(Error::NotFound { concept: Concept::Finding, id })
    }

    /// Writes down a decision, for the database and for the steps after it.
    pub(crate) async fn decide(&mut self, work: &mut UnitOfWork, id: Uuid, decision: finding::Decision) -> Result<()> {
        let decided = finding::decide(work, id, decision).await?;
        learn::rejections(work, &decided).await?;
        self.fresh.insert(id);
        if let Some(piece) = self.pieces.iter_mut().find(|piece| piece.id == id) {
            piece.entry = Entry::settled(&decided)?;
            piece.state = decided.state.0;
            piece.record = decided.result_id;
        }
        if let Some(finding) = self.findings.iter_mut().find(|finding| finding.id == id) {
            *finding = decided;
        }
        Ok(())
    }

    /// What the engine read, whatever a person made of it.
    pub(crate) fn as_read(&self, finding_id: Uuid) -> Option<&Entry> {
        self.pieces.iter().find(|piece| piece.id == finding_id).map(|piece| &piece.read)
    }

    pub(crate) fn is_fresh(&self, piece: &Piece) -> bool {
        self.fresh.contains(&piece.id)
    }

    /// The meeting that a place in the report belongs to: the last one told of before it, else the first.
    pub(crate) fn meeting_at(&self, start: usize) -> Option<&Piece> {
        let mut meetings = self.pieces.iter().filter(|piece| matches!(piece.entry, Entry::Meeting(_)));
        let told = |piece: &&Piece| !piece.is_rejected();
        let before = meetings.clone().filter(told).filter(|piece| piece.start() <= start);
        before.max_by_key(|piece| piece.start()).or_else(|| meetings.find(told))
    }

    /// The day on which what the report tells was so: the day of the meeting, else of publication.
    pub(crate) fn told_on(&self) -> Option<NaiveDate> {
        let held = self.meeting_at(0).and_then(|piece| match &piece.entry {
            Entry::Meeting(meeting) => meeting.date.filter(|date| date.precision() == DatePrecision::Day),
            _ => None,
        });
        held.map(PartialDate::first_day).or(self.report.published_on)
    }

    /// The states that the report tells of, but those that a person has rejected.
    pub(crate) fn states(&self) -> Vec<(&Piece, Uuid)> {
        let told = self.pieces.iter().filter(|piece| !piece.is_rejected());
        let state = told.filter_map(|piece| match &piece.entry {
            Entry::State(state) => Some((piece, piece.record.or_else(|| self.known.state_id(Some(&state.code)))?)),
            _ => None,
        });
        state.collect()
    }

    /// Whether the host is one of those the report tells of.
    pub(crate) fn host_is_party(&self) -> bool {
        let ours = |name: &Option<String>| name.as_deref().is_some_and(|name| self.known.ours_named(name).is_some());
        self.pieces.iter().filter(|piece| !piece.is_rejected()).any(|piece| match &piece.entry {
            Entry::Organization(body) => {
                let linked = piece.record.is_some_and(|id| self.known.is_ours(id));
                linked || self.known.ours_named(&body.name).is_some() || ours(&body.acronym)
            }
            Entry::Person(person) => ours(&person.organization),
            Entry::Action(action) => ours(&action.actor_side) || ours(&action.counterpart),
            _ => false,
        })
    }

    /// Keeps the words of a finding as evidence for a record, once.
    pub(crate) async fn lay_evidence(
        &self,
        work: &mut UnitOfWork,
        finding_id: Uuid,
        record: RecordRef,
        field: Option<&'static str>,
    ) -> Result<()> {
        let finding = self.finding(finding_id)?;
        let spans: Vec<Span> = serde_json::from_value(finding.spans.clone()).unwrap_or_default();
        self.lay_words(work, finding_id, record, field, spans).await
    }

    /// Keeps words of the report that came with a finding as evidence for a record, once.
    pub(crate) async fn lay_words(
        &self,
        work: &mut UnitOfWork,
        finding_id: Uuid,
        record: RecordRef,
        field: Option<&'static str>,
        spans: Vec<Span>,
    ) -> Result<()> {
        let there = evidence::Entity::find()
            .filter(evidence::Column::ReportId.eq(self.report.id))
            .filter(evidence::Column::Concept.eq(Code(record.concept)))
            .filter(evidence::Column::RecordId.eq(record.id));
        let there = there.all(work.connection()).await?;
        let first = || format!("{}/{}", self.reading.engine, self.reading.engine_version);
        let engine = self.witnesses.alone(finding_id).map_or_else(first, str::to_owned);
        for span in spans {
            let same = |row: &evidence::Model| {
                usize::try_from(row.span_start) == Ok(span.start)
                    && usize::try_from(row.span_end) == Ok(span.end)
                    && row.field.as_deref() == field
            };
            if there.iter().any(same) {
                continue;
            }
            let draft = evidence::Draft {
                report_id: self.report.id,
                span,
                record,
                field,
                finding_id: Some(finding_id),
                engine: Some(engine.clone()),
            };
            evidence::create(work, draft).await?;
        }
        Ok(())
    }
}
