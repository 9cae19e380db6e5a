//! The book that every question is answered from: what the history says of actions, meetings and states, small enough
//! to be kept in memory.
//!
//! A book is the history read line by line, up to now or up to a moment of the past. There is no other way to make one,
//! so that a past moment is answered exactly as it was answered then.

mod action;
#[cfg(test)]
pub(crate) mod made;
mod meeting;
mod shelf;
mod surveys;
mod task;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use store::{
    Concept, Error, Result, appointment, cooperation_area, follow_up_action, history::Line, meeting as meetings,
    member_state, organization, standing, task as tasks, update,
};
use uuid::Uuid;
use vocab::Standing;

pub use action::{Action, Areas, Stand};
pub use meeting::Meeting;
pub use shelf::{OpenBook, Shelf};
pub use task::Task;

/// What a book is made from.
const CONCEPTS: &[Concept] = &[
    Concept::MemberState,
    Concept::Organization,
    Concept::Standing,
    Concept::CooperationArea,
    Concept::Meeting,
    Concept::MeetingState,
    Concept::FollowUpAction,
    Concept::FollowUpActionArea,
    Concept::Update,
    Concept::Task,
    Concept::Appointment,
];

/// The records, as far as questions count them; each list in the order of its identifiers, which is that of its making.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// The number of the last line of the history that was looked at.
    read_to: i32,
    /// The actions.
    pub actions: BTreeMap<Uuid, Action>,
    /// The tasks.
    pub tasks: BTreeMap<Uuid, Task>,
    /// The meetings.
    pub meetings: BTreeMap<Uuid, Meeting>,
    /// The alpha-3 code of each state.
    pub states: BTreeMap<Uuid, String>,
    /// The host organization.
    host: Option<Uuid>,
    standings: Vec<standing::Model>,
    /// Who held each post, in the order in which it was written down.
    appointments: BTreeMap<Uuid, Vec<appointment::Model>>,
    /// The place of each area in the taxonomy.
    areas: BTreeMap<Uuid, usize>,
    /// How the partnerships stood on the last days that were asked for.
    pub(crate) surveys: surveys::Surveys,
}

impl Book {
    /// The state with this ISO 3166-1 code; one that nobody knew of yet is a state without any record.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the code is none.
    pub fn state(&self, code: &str) -> Result<Uuid> {
        let Some(known) = vocab::member_state::by_code(code.trim()) else {
            let message = format!("\"{code}\" is no state of ISO 3166-1: write it as PAK or PK");
            return Err(Error::invalid("state", message));
        };
        let state = self.states.iter().find(|(_, code)| code.as_str() == known.alpha3);
        Ok(state.map_or(Uuid::nil(), |(id, _)| *id))
    }

    /// Everybody who held a post, as far as known.
    pub fn appointments(&self, post: Uuid) -> &[appointment::Model] {
        self.appointments.get(&post).map_or(&[], Vec::as_slice)
    }

    /// Who held a post on a day, as far as known; the one who came last, where several did.
    pub fn holder(&self, post: Uuid, day: NaiveDate) -> Option<&appointment::Model> {
        appointment::holder(self.appointments(post), day)
    }

    /// The last day before this one on which somebody held a post.
    pub fn last_held_on(&self, post: Uuid, day: NaiveDate) -> Option<NaiveDate> {
        self.appointments(post).iter().filter_map(|held| held.ended_on).filter(|end| *end < day).max()
    }

    /// How a state stood in the host organization on a day.
    pub fn standing(&self, state: Uuid, day: NaiveDate) -> Standing {
        let of: Vec<_> = self
            .standings
            .iter()
            .filter(|told| told.state_id == state && Some(told.organization_id) == self.host)
            .cloned()
            .collect();
        standing::on(&of, day)
    }

    /// The host organization.
    pub fn host(&self) -> Option<Uuid> {
        self.host
    }

    /// The record of an area of the taxonomy.
    pub fn area_id(&self, position: usize) -> Option<Uuid> {
        self.areas.iter().find(|(_, at)| **at == position).map(|(id, _)| *id)
    }

    /// Takes in one more line.
    fn take_in(&mut self, line: &Line) -> Result<()> {
        if line.after.is_null() {
            self.forget(line)?;
            self.read_to = line.seq;
            return Ok(());
        }
        match line.concept {
            Concept::FollowUpAction => {
                if let Some(row) = line.record::<follow_up_action::Model>()? {
                    let known = self.actions.remove(&row.id);
                    self.surveys.change(known.as_ref().and_then(|action| action.state));
                    self.surveys.change(row.state_id);
                    let (areas, statements) = known.map(|action| (action.areas, action.statements)).unwrap_or_default();
                    self.actions.insert(row.id, Action::new(&row, areas, statements));
                }
            }
            Concept::FollowUpActionArea => self.put_area(line.record()?, true),
            Concept::Update => {
                if let Some(row) = line.record::<update::Model>()?
                    && let Some(action) = self.actions.get_mut(&row.action_id)
                {
                    self.surveys.change(action.state);
                    action.statements.extend(update::statements(&[row]));
                }
            }
            Concept::Task => {
                if let Some(row) = line.record::<tasks::Model>()? {
                    self.tasks.insert(row.id, Task::new(&row));
                }
            }
            Concept::Meeting => {
                if let Some(row) = line.record::<meetings::Model>()? {
                    let meeting = self.meetings.entry(row.id).or_default();
                    meeting.states.iter().for_each(|state| self.surveys.change(Some(*state)));
                    meeting.put(&row);
                }
            }
            Concept::MeetingState => {
                if let Some(row) = line.record::<meetings::state::Model>()? {
                    self.surveys.change(Some(row.state_id));
                    self.meetings.entry(row.meeting_id).or_default().states.push(row.state_id);
                }
            }
            Concept::MemberState => {
                if let Some(row) = line.record::<member_state::Model>()? {
                    self.surveys.forget();
                    self.states.insert(row.id, row.code);
                }
            }
            Concept::Organization => {
                if let Some(row) = line.record::<organization::Model>()?.filter(|row| row.is_host) {
                    self.surveys.forget();
                    self.host = Some(row.id);
                }
            }
            Concept::Appointment => {
                if let Some(row) = line.record::<appointment::Model>()? {
                    // Where two posts were merged, it is of another post than before.
                    if let Some(before) =
                        line.before::<appointment::Model>()?.filter(|before| before.post_id != row.post_id)
                    {
                        self.appointments.entry(before.post_id).or_default().retain(|known| known.id != before.id);
                    }
                    let of_post = self.appointments.entry(row.post_id).or_default();
                    match of_post.iter_mut().find(|known| known.id == row.id) {
                        Some(known) => *known = row,
                        None => of_post.push(row),
                    }
                }
            }
            Concept::Standing => {
                self.standings.retain(|known| known.id != line.record_id);
                let (before, row) = (line.before::<standing::Model>()?, line.record::<standing::Model>()?);
                before.iter().chain(&row).for_each(|told| self.surveys.change(Some(told.state_id)));
                self.standings.extend(row);
            }
            Concept::CooperationArea => {
                if let Some(row) = line.record::<cooperation_area::Model>()?
                    && let Ok(position) = usize::try_from(row.position)
                {
                    self.areas.insert(row.id, position);
                }
            }
            _ => {}
        }
        self.read_to = line.seq;
        Ok(())
    }

    /// Forgets what a line tells to be gone. States, the host and areas never are.
    fn forget(&mut self, line: &Line) -> Result<()> {
        match line.concept {
            Concept::FollowUpAction => {
                let gone = self.actions.remove(&line.record_id);
                self.surveys.change(gone.and_then(|action| action.state));
            }
            Concept::FollowUpActionArea => self.put_area(line.removed()?, false),
            Concept::Update => {
                if let Some(row) = line.removed::<update::Model>()?
                    && let Some(action) = self.actions.get_mut(&row.action_id)
                {
                    self.surveys.change(action.state);
                    let said = update::statements(&[row]);
                    // Of several that say the same, the last.
                    if let Some(place) = action.statements.iter().rposition(|statement| said.contains(statement)) {
                        action.statements.remove(place);
                    }
                }
            }
            Concept::Task => {
                self.tasks.remove(&line.record_id);
            }
            Concept::Meeting => {
                let gone = self.meetings.remove(&line.record_id).unwrap_or_default();
                gone.states.iter().for_each(|state| self.surveys.change(Some(*state)));
            }
            Concept::MeetingState => {
                if let Some(row) = line.removed::<meetings::state::Model>()? {
                    self.surveys.change(Some(row.state_id));
                    if let Some(meeting) = self.meetings.get_mut(&row.meeting_id) {
                        meeting.states.retain(|state| *state != row.state_id);
                    }
                }
            }
            Concept::Appointment => {
                if let Some(row) = line.removed::<appointment::Model>()?
                    && let Some(of_post) = self.appointments.get_mut(&row.post_id)
                {
                    of_post.retain(|one| one.id != row.id);
                }
            }
            Concept::Standing => {
                self.standings.retain(|known| known.id != line.record_id);
                self.surveys.change(line.removed::<standing::Model>()?.map(|row| row.state_id));
            }
            _ => {}
        }
        Ok(())
    }

    fn put_area(&mut self, row: Option<follow_up_action::area::Model>, is_in: bool) {
        if let Some(row) = row
            && let Some(position) = self.areas.get(&row.area_id)
            && let Some(action) = self.actions.get_mut(&row.action_id)
        {
            self.surveys.change(action.state);
            action.areas.put(*position, is_in);
        }
    }
}
