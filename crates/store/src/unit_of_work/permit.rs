//! Who may write what. It is looked at when a unit of work is to last, by the rows that it wrote: so no verb can forget it,
//! and none has to know of it.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use tokio::sync::OnceCell;
use uuid::Uuid;
use vocab::{FindingKind, Role, Scope, Word};

use super::UnitOfWork;
use crate::{
    Code, Concept, Error, Result, account, assignment, by_id, by_ids, change, finding, follow_up_action, meeting,
    member_state, organization,
};

/// Whom a row is for to write, who are less than an editor.
#[derive(Debug, PartialEq, Eq)]
enum For {
    /// Any desk officer: what is known of people and bodies is shared, whoever met them.
    DeskOfficers,
    /// Whoever looks after each of these states.
    Each(BTreeSet<Uuid>),
    /// Whoever looks after one of these states.
    One(BTreeSet<Uuid>),
    /// The account itself, and admins.
    Own,
    /// Whoever has this role.
    Role(Role),
}

/// The states of actions.
type Actions = HashMap<Uuid, BTreeSet<Uuid>>;

impl UnitOfWork {
    /// Whether what was written since there were so many lines may be.
    pub(crate) async fn permit_since(&self, lines: usize) -> Result<()> {
        self.permit(self.lines.get(lines..).unwrap_or_default()).await
    }

    /// Whether all that was written may be.
    pub(super) async fn permit(&self, lines: &[change::Model]) -> Result<()> {
        let rights = self.who.rights;
        let Some(role) = rights.role else {
            return Err(forbidden("nobody is signed in: sign in first"));
        };
        let (mut mine, actions) = (None, OnceCell::new());
        for line in lines.iter().filter(|line| !self.of_merge.contains(&line.id)) {
            let whose = match of_staff(line) {
                Some(whose) => whose,
                None if role >= Role::Editor => continue,
                None => self.whose(line, lines, &actions).await?,
            };
            match whose {
                For::Own | For::Role(Role::Admin) if role == Role::Admin => self.keep_narrow(line).await?,
                For::Own if self.is_own(line) => self.keep_narrow(line).await?,
                For::Own => return Err(forbidden("only an admin may change what belongs to another account")),
                For::Role(least) if role < least => return Err(role_needed(least)),
                For::Role(_) => {}
                _ if role < Role::DeskOfficer => return Err(role_needed(Role::DeskOfficer)),
                For::DeskOfficers => {}
                For::Each(states) => {
                    let mine = self.states_of_mine(&mut mine).await?;
                    if states.is_empty() {
                        return Err(of_no_state());
                    }
                    if let Some(other) = states.difference(mine).next() {
                        return Err(self.not_assigned(&[*other]).await?);
                    }
                }
                For::One(states) => {
                    let mine = self.states_of_mine(&mut mine).await?;
                    if states.is_empty() {
                        return Err(of_no_state());
                    }
                    if states.is_disjoint(mine) {
                        return Err(self.not_assigned(&states.into_iter().collect::<Vec<_>>()).await?);
                    }
                }
            }
        }
        Ok(())
    }

    /// Whom the row of a record is for.
    async fn whose(&self, line: &change::Model, lines: &[change::Model], actions: &OnceCell<Actions>) -> Result<For> {
        let is_new = line.before.is_null();
        Ok(match line.concept.0 {
            Concept::Account
            | Concept::AccessToken
            | Concept::Session
            | Concept::Credential
            | Concept::Identity
            | Concept::Assignment
            | Concept::Delivery
            | Concept::Change => For::Role(Role::Admin),
            Concept::MemberState | Concept::Standing | Concept::CooperationArea => For::Role(Role::Editor),
            Concept::FollowUpAction | Concept::CalendarFeed => For::Each(both(line, "state_id")),
            Concept::FollowUpActionArea | Concept::Task | Concept::Update => {
                let states = actions.get_or_try_init(|| self.states_of_actions(lines)).await?;
                let of = both(line, "action_id");
                For::Each(of.iter().filter_map(|action| states.get(action)).flatten().copied().collect())
            }
            Concept::Meeting => self.of_meeting(line.record_id, lines).await?,
            Concept::MeetingState | Concept::Participation => match both(line, "meeting_id").first() {
                Some(meeting) => self.of_meeting(*meeting, lines).await?,
                None => For::Role(Role::Editor),
            },
            Concept::Merge => self.of_both(line, ["kept_id", "other_id"], lines).await?,
            Concept::RejectedMerge => self.of_both(line, ["one_id", "other_id"], lines).await?,
            Concept::Reading if !is_new => self.of_report(line.record_id).await?,
            Concept::Finding if !is_new => match both(line, "reading_id").first() {
                Some(reading) => self.of_report(*reading).await?,
                None => For::Role(Role::Editor),
            },
            // A ministry of another state may be met and written down; what is known of it is not changed.
            Concept::Organization if !is_new => match both(line, "state_id") {
                states if states.is_empty() => For::DeskOfficers,
                states => For::Each(states),
            },
            Concept::Organization
            | Concept::Person
            | Concept::Post
            | Concept::Appointment
            | Concept::RecordName
            | Concept::RejectedLink
            | Concept::NewsReport
            | Concept::Reading
            | Concept::Finding
            | Concept::Witness
            | Concept::Doubt
            | Concept::Evidence
            // What it brought in or takes back has lines of its own, which decide.
            | Concept::Import => For::DeskOfficers,
        })
    }

    /// The states of the actions to which parts were written, of those too that are gone.
    async fn states_of_actions(&self, lines: &[change::Model]) -> Result<Actions> {
        let of_part = |line: &&change::Model| {
            matches!(line.concept.0, Concept::FollowUpActionArea | Concept::Task | Concept::Update)
        };
        let ids: BTreeSet<Uuid> = lines.iter().filter(of_part).flat_map(|line| both(line, "action_id")).collect();
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let there = by_ids::<follow_up_action::Entity>(self.connection(), &ids).await?;
        let mut states: Actions =
            there.into_iter().map(|(id, action)| (id, action.state_id.into_iter().collect())).collect();
        let is_gone = |line: &&change::Model| line.concept.0 == Concept::FollowUpAction && line.after.is_null();
        for line in lines.iter().filter(is_gone) {
            states.entry(line.record_id).or_default().extend(both(line, "state_id"));
        }
        Ok(states)
    }

    /// A meeting is for those who look after one of the states that had part in it, before this unit and after it: nobody
    /// makes a meeting of others their own.
    async fn of_meeting(&self, id: Uuid, lines: &[change::Model]) -> Result<For> {
        let rows = meeting::state::Entity::find().filter(meeting::state::Column::MeetingId.eq(id));
        let after: BTreeSet<Uuid> = rows.all(self.connection()).await?.into_iter().map(|row| row.state_id).collect();
        let made = |line: &&change::Model| line.record_id == id && line.before.is_null();
        if lines.iter().any(|line| line.concept.0 == Concept::Meeting && made(&line)) {
            return Ok(For::One(after));
        }
        let mut before = after.clone();
        let of_it = |row: &Value| uuid(row, "meeting_id") == Some(id);
        for line in lines.iter().filter(|line| line.concept.0 == Concept::MeetingState && of_it(line.row())) {
            if let Some(state) = uuid(line.row(), "state_id") {
                if line.before.is_null() {
                    before.remove(&state)
                } else {
                    before.insert(state)
                };
            }
        }
        Ok(For::One(before))
    }

    /// That two records are one, or are not, is for whoever may change both; what is moved with them goes along.
    async fn of_both(&self, line: &change::Model, columns: [&str; 2], lines: &[change::Model]) -> Result<For> {
        let both = columns.into_iter().flat_map(|column| both(line, column)).collect::<Vec<_>>();
        let there = by_ids::<organization::Entity>(self.connection(), &both).await?;
        let gone =
            lines.iter().filter(|line| line.concept.0 == Concept::Organization && both.contains(&line.record_id));
        let gone = gone.flat_map(|line| self::both(line, "state_id"));
        let states: BTreeSet<Uuid> = there.into_values().filter_map(|row| row.state_id).chain(gone).collect();
        Ok(if states.is_empty() { For::DeskOfficers } else { For::Each(states) })
    }

    /// A report is for those who look after one of the states that it tells of, whatever was decided on that.
    async fn of_report(&self, reading_id: Uuid) -> Result<For> {
        let told = finding::Entity::find()
            .filter(finding::Column::ReadingId.eq(reading_id))
            .filter(finding::Column::Kind.eq(Code(FindingKind::State)));
        let told = told.all(self.connection()).await?;
        let of = |value: &Value| value["code"].as_str().map(str::to_owned);
        let codes: HashSet<String> =
            told.iter().flat_map(|row| [of(&row.value), of(&row.correction)]).flatten().collect();
        let states = member_state::Entity::find().filter(member_state::Column::Code.is_in(codes));
        Ok(For::One(states.all(self.connection()).await?.into_iter().map(|state| state.id).collect()))
    }

    fn is_own(&self, line: &change::Model) -> bool {
        let of = if line.concept.0 == Concept::Account { Some(line.record_id) } else { uuid(line.row(), "account_id") };
        of.is_some() && of == self.who.account_id
    }

    /// Whoever has signed in for less than the account may do makes no way in for more.
    async fn keep_narrow(&self, line: &change::Model) -> Result<()> {
        let (Some(id), Concept::AccessToken | Concept::Credential) = (self.who.account_id, line.concept.0) else {
            return Ok(());
        };
        let account = by_id::<account::Entity>(self.connection(), id).await?;
        let is_narrow = self.who.rights.role < Some(account.role.0);
        let asks_for_more = line.before.is_null()
            && line.after["scope"] == Scope::Admin.code()
            && self.who.rights.role != Some(Role::Admin);
        if is_narrow || asks_for_more {
            let message = "this would sign in for more than you have signed in for: leave out the scope admin, or sign in \
                           as an admin yourself";
            return Err(forbidden(message));
        }
        Ok(())
    }

    async fn states_of_mine<'m>(&self, mine: &'m mut Option<BTreeSet<Uuid>>) -> Result<&'m BTreeSet<Uuid>> {
        if mine.is_none() {
            let states = match self.who.account_id {
                Some(id) => assignment::states_of(self.connection(), id).await?,
                None => Vec::new(),
            };
            *mine = Some(states.into_iter().collect());
        }
        Ok(mine.get_or_insert_default())
    }

    async fn not_assigned(&self, states: &[Uuid]) -> Result<Error> {
        let states = by_ids::<member_state::Entity>(self.connection(), states).await?;
        let mut names: Vec<_> = states.into_values().map(|state| state.name_en).collect();
        names.sort();
        Ok(forbidden(format!(
            "this belongs to {}, which is not assigned to you: ask a manager to assign it, or an editor to do it",
            names.join(", ")
        )))
    }
}

/// Whom a row is for that is no record of partners, but tells who works here and how; none where it is such a record.
fn of_staff(line: &change::Model) -> Option<For> {
    match line.concept.0 {
        Concept::Account if line.before.is_null() || differs(line, "role") || differs(line, "disabled_at") => {
            Some(For::Role(Role::Admin))
        }
        Concept::Account | Concept::AccessToken | Concept::Session | Concept::Credential => Some(For::Own),
        // What another account looks after is for it to follow; what belongs to a state, for whoever looks after that.
        Concept::CalendarFeed if !both(line, "account_id").is_empty() => Some(For::Own),
        Concept::Assignment | Concept::Delivery => Some(For::Role(Role::Manager)),
        Concept::Identity | Concept::Change => Some(For::Role(Role::Admin)),
        _ => None,
    }
}

/// The keys that a field of a row names, before and after.
fn both(line: &change::Model, field: &str) -> BTreeSet<Uuid> {
    [&line.before, &line.after].into_iter().filter_map(|row| uuid(row, field)).collect()
}

fn uuid(row: &Value, field: &str) -> Option<Uuid> {
    row[field].as_str()?.parse().ok()
}

fn differs(line: &change::Model, field: &str) -> bool {
    line.before[field] != line.after[field]
}

fn forbidden(message: impl Into<String>) -> Error {
    Error::Forbidden(message.into())
}

fn of_no_state() -> Error {
    forbidden("this belongs to no member state: an editor may do it, or say first to which state it belongs")
}

fn role_needed(least: Role) -> Error {
    forbidden(format!("this takes the role {least}: ask an admin for it, or somebody who has it"))
}
