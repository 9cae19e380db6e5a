//! A post in its brief: where it belongs, who held it in what order, and what came of it in whose time.

use chrono::NaiveDate;
use store::{
    Concept, Error, RecordRef, Result, appointment, by_id, by_ids_at, member_state, merge, organization, person, post,
};
use uuid::Uuid;
use vocab::{ActionStatus, Language, PartialDate};

use super::{Line, Names, words};
use crate::answer::{Asked, Standing};

/// A post, as it is handed over.
#[derive(Debug, Clone)]
pub struct Post {
    /// Its record.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// What its organization is called.
    pub organization: String,
    /// The record of the state to which the organization belongs.
    pub state_id: Option<Uuid>,
    /// What that state is called.
    pub state: Option<String>,
    /// Who held it by the day, first known first.
    pub tenures: Vec<Tenure>,
    /// The appointment of whoever holds it on the day.
    pub held_by: Option<Uuid>,
    /// What hangs on it and is neither delivered nor dropped.
    pub open: usize,
    /// Of that, what is overdue.
    pub overdue: usize,
}

/// The time of one person in a post, as far as it was known.
#[derive(Debug, Clone)]
pub struct Tenure {
    /// The appointment.
    pub id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// What they are called.
    pub name: String,
    /// When it began.
    pub start: Option<PartialDate>,
    /// When it ended; none where it had not by the day.
    pub end: Option<PartialDate>,
    /// A day on which somebody says that the post was held.
    pub seen_on: Option<NaiveDate>,
    /// Who says so, where it is not a report.
    pub told_by: Option<String>,
}

impl Post {
    /// The post as it was known.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none; [`Error::Invalid`] where nobody knew of it yet; [`Error::Database`].
    pub(super) async fn find(asked: Asked<'_>, mut id: Uuid, language: Language) -> Result<Self> {
        let (db, known_at) = (asked.db, asked.clock.known_at);
        let mut there = by_ids_at::<post::Entity>(db, &[id], known_at).await?;
        // A post that was merged into another is that one, from then on.
        if there.is_empty() {
            id = merge::kept(db, id).await?;
            there = by_ids_at::<post::Entity>(db, &[id], known_at).await?;
        }
        let Some(row) = there.remove(&id) else {
            by_id::<post::Entity>(db, id).await?;
            return Err(Error::invalid("knownAt", "nobody knew of this post at that moment: give a later one"));
        };
        let body_id = row.organization_id;
        let body = by_ids_at::<organization::Entity>(db, &[body_id], known_at).await?.remove(&body_id);
        let state_id = body.as_ref().and_then(|body| body.state_id);
        let states: Vec<_> = state_id.into_iter().collect();
        let states = by_ids_at::<member_state::Entity>(db, &states, known_at).await?;
        let known = begun(asked, id);
        let people: Vec<_> = known.iter().map(|one| one.person_id).collect();
        let named: Vec<_> = people.iter().copied().chain([id, body_id]).collect();
        let names = Names::of(asked, &named, language).await?;
        let people = by_ids_at::<person::Entity>(db, &people, known_at).await?;
        let tenure = |one| Some(Tenure::new(one, names.person(people.get(&one.person_id)?), asked.day()));
        let hanging = asked.actions_where(|action| action.posts.contains(&Some(id)));
        let open: Vec<_> = hanging.filter(|it| it.stand.is_open()).collect();
        Ok(Self {
            id,
            title: names.name(id, &row.label),
            organization: body.map(|body| names.name(body_id, &body.label)).unwrap_or_default(),
            state_id,
            state: states.into_values().next().map(|state| state.name(language).to_owned()),
            tenures: known.into_iter().filter_map(tenure).collect(),
            held_by: asked.book.holder(id, asked.day()).map(|one| one.id),
            open: open.len(),
            overdue: open.iter().filter(|it| it.stand.overdue).count(),
        })
    }

    /// Who holds it on the day, as far as known; the one who came last, where several do.
    pub fn holder(&self) -> Option<&Tenure> {
        self.tenures.iter().find(|tenure| Some(tenure.id) == self.held_by)
    }

    /// Who held it before whoever holds it on the day: the last to come of all others.
    pub fn predecessor(&self) -> Option<&Tenure> {
        let holder = self.holder().map(|tenure| tenure.person_id);
        self.tenures.iter().rev().find(|tenure| Some(tenure.person_id) != holder)
    }

    /// Who held it, and what was delivered or dropped in whose time.
    pub(super) fn holders(&self, asked: Asked<'_>, closed: &[Standing<'_>], language: Language) -> Vec<Line> {
        let line = |tenure: &Tenure| {
            let theirs = || closed.iter().filter(|it| self.then(asked, it).is_some_and(|then| then.id == tenure.id));
            let count = |status| theirs().filter(|it| it.stand.status == status).count().to_string();
            let (delivered, dropped) = (count(ActionStatus::Delivered), count(ActionStatus::Dropped));
            let tally = [("delivered", delivered.as_str()), ("dropped", dropped.as_str())];
            Line {
                cells: vec![
                    tenure.name.clone(),
                    tenure.period(language),
                    tenure.seen_on.map(|seen| words::day(seen, language)).unwrap_or_default(),
                    words::fill(words::TALLY, language, &tally),
                ],
                record: Some(RecordRef::new(Concept::Appointment, tenure.id)),
                told_by: tenure.told_by.clone(),
                ..Line::default()
            }
        };
        // Whoever takes over asks first for the last.
        self.tenures.iter().rev().map(line).collect()
    }

    /// Who held it on the day on which an action was delivered or dropped.
    pub(super) fn then(&self, asked: Asked<'_>, it: &Standing<'_>) -> Option<&Tenure> {
        let held = asked.book.holder(self.id, it.action.said_since(asked.day()))?;
        self.tenures.iter().find(|tenure| tenure.id == held.id)
    }
}

/// The appointments to a post that may have begun by the day, first known first.
fn begun(asked: Asked<'_>, post: Uuid) -> Vec<&appointment::Model> {
    let known = asked.book.appointments(post).iter();
    let mut begun: Vec<_> = known.filter(|one| one.started_on.is_none_or(|start| start <= asked.day())).collect();
    begun.sort_by_key(|one| (one.started_on.or(one.seen_on), one.id));
    begun
}

impl Tenure {
    fn new(held: &appointment::Model, name: String, day: NaiveDate) -> Self {
        Self {
            id: held.id,
            person_id: held.person_id,
            name,
            start: held.start(),
            end: held.end().filter(|end| end.last_day() <= day),
            seen_on: held.seen_on.filter(|seen| *seen <= day),
            told_by: held.source.clone(),
        }
    }

    /// From when to when, with a sign for what is not known or not yet over.
    pub(super) fn period(&self, language: Language) -> String {
        let said = |date: Option<PartialDate>| date.map_or_else(|| "…".to_owned(), |date| words::date(date, language));
        format!("{} – {}", said(self.start), said(self.end))
    }
}
