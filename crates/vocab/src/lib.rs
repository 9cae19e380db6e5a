//! The closed lists of the field and the rules over them: states, cooperation areas, kinds, strengths, statuses.
//!
//! Everything here is a value known at build time: no I/O, no clock, no database. A word has one code (the text that is
//! stored, printed and exchanged) and one place in its list; the order of a list means something only where its
//! documentation says so.

mod table;
mod word;

pub mod audit_entry;
pub mod cooperation_area;
pub mod evidence;
pub mod fold;
pub mod follow_up_action;
pub mod fulfilment;
pub mod host;
pub mod import;
pub mod job;
pub mod language;
pub mod meeting;
pub mod member_state;
pub mod news_report;
pub mod organization;
pub mod partial_date;
pub mod partnership;
pub mod reading;
pub mod record_name;
pub mod reminder;
pub mod said;
pub mod search;
pub mod sign_in;
pub mod standing;
pub mod status;
pub mod task;
pub mod update;

pub use audit_entry::{Outcome, Way};
pub use cooperation_area::{CooperationArea, Sector};
pub use fold::fold;
pub use follow_up_action::{ActionKind, CheckableElement, Side, Strength};
pub use fulfilment::Deed;
pub use host::{Host, HostError};
pub use import::ImportKind;
pub use job::JobState;
pub use language::Language;
pub use meeting::{MeetingKind, MeetingMode, ParticipationRole};
pub use member_state::MemberState;
pub use news_report::ReportFormat;
pub use organization::{KnownOrganization, OrganizationKind};
pub use partial_date::{DatePrecision, PartialDate};
pub use reading::{DoubtCode, FindingKind, FindingState, ReadingState};
pub use record_name::NameRole;
pub use reminder::{Channel, DeliveryState, Frequency, ReminderReason, Reminders, Weekday};
pub use sign_in::{Role, Scope};
pub use standing::{MembershipCount, Standing, StandingStatement};
pub use status::{ActionStatus, Verdict};
pub use task::TaskState;
pub use update::Track;
pub use word::{UnknownWord, Word};
