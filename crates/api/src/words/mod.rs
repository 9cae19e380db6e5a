//! The closed lists of `vocab`, as GraphQL shows them: names, kinds, statuses. Those of reading and review stand beside.

use async_graphql::Enum;

mod audit;
mod import;
mod reminder;
mod review;
mod sign_in;

pub use audit::*;
pub use import::*;
pub use reminder::*;
pub use review::*;
pub use sign_in::*;

/// A language that names are kept in and reports are read in (ISO 639-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Language")]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
    /// Arabic.
    Ar,
}

/// How a state stands in an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Standing")]
pub enum Standing {
    /// A member.
    Member,
    /// An observer.
    Observer,
    /// Neither member nor observer.
    NonMember,
    /// No statement says.
    Unknown,
}

/// The field that a cooperation area belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Sector")]
pub enum Sector {
    /// Education.
    Education,
    /// Science and technology.
    Science,
    /// Water, environment and climate.
    Environment,
    /// Culture and heritage.
    Culture,
    /// Society, health, rights and security.
    Society,
    /// Media and communication.
    Communication,
    /// Trade, finance, industry and infrastructure.
    Economy,
    /// What serves every field, such as training and joint events.
    CrossCutting,
}

/// What kind of body an organization is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::OrganizationKind")]
pub enum OrganizationKind {
    /// Intergovernmental or regional.
    International,
    /// A ministry of a state.
    Ministry,
    /// An embassy or permanent mission.
    Embassy,
    /// A national commission for the organization.
    NationalCommission,
    /// Any other public body.
    Government,
    /// A university or institute of higher education.
    University,
    /// A non-governmental organization.
    Ngo,
    /// A company.
    Company,
    /// A sector, centre or department of another organization.
    Unit,
    /// Anything else.
    Other,
}

/// The kind of contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::MeetingKind")]
pub enum MeetingKind {
    /// Talks, a reception, an audience.
    Meeting,
    /// One side travels to the other.
    Visit,
    /// An instrument is signed.
    Signing,
    /// Many parties under one agenda.
    Conference,
    /// By telephone or video between two.
    Call,
}

/// How the parties were together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::MeetingMode")]
pub enum MeetingMode {
    /// In one room.
    InPerson,
    /// By video or telephone.
    Virtual,
    /// Some in the room, some by video.
    Hybrid,
}

/// What somebody did in a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::ParticipationRole")]
pub enum ParticipationRole {
    /// One of those the meeting was between.
    Principal,
    /// In attendance.
    Attendee,
}

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::DatePrecision")]
pub enum DatePrecision {
    /// The day.
    Day,
    /// The month.
    Month,
    /// The year.
    Year,
}

/// What the words of the report do. When two readings compete, the stronger one is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::ActionKind")]
pub enum ActionKind {
    /// Proposes, suggests, explores or calls for cooperation in something specific.
    Proposal,
    /// Asks another for support, help, a decision or membership.
    Request,
    /// Offers, or declares readiness to give or do, something specific.
    Offer,
    /// Invites another to visit, attend, join or take part.
    Invitation,
    /// Promises, pledges or undertakes to do something, or accepts an invitation.
    Commitment,
    /// Agrees with another to do something, or signs an instrument.
    Agreement,
    /// Reports something set to happen, with no other speech act.
    Plan,
}

/// How binding an action is; the list is a ladder, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Strength")]
pub enum Strength {
    /// The sides talked about it.
    Explored,
    /// One side proposed, asked, offered or invited.
    Proposed,
    /// Both sides agreed, without an instrument.
    AgreedInPrinciple,
    /// A named side promised a named deliverable.
    Promised,
    /// A memorandum, agreement or action plan is signed.
    Signed,
    /// Budget, staff and date stand behind it.
    Resourced,
}

/// The side of an action, seen from the host organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Side")]
pub enum Side {
    /// The host organization.
    Ours,
    /// The partner.
    Theirs,
    /// Both together.
    Both,
    /// Neither: a third party.
    Other,
}

/// What a wording must have before anyone can check whether it was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::CheckableElement")]
pub enum CheckableElement {
    /// A named body or person that is to act.
    Owner,
    /// A thing that can be seen to be there.
    Deliverable,
    /// A time by which.
    Date,
    /// A document that binds: memorandum, agreement, plan.
    Instrument,
}

/// How an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::ActionStatus")]
pub enum ActionStatus {
    /// Taken down; nobody has reported on it.
    Recorded,
    /// Reported as not begun.
    NotStarted,
    /// Under way.
    InProgress,
    /// Begun and stuck.
    Stalled,
    /// Delivered in part.
    PartlyDelivered,
    /// Delivered.
    Delivered,
    /// Given up, with a reason.
    Dropped,
    /// Nothing was heard of it for longer than its kind allows.
    NoEvidence,
}

/// Who says how an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Track")]
pub enum Track {
    /// Our own report.
    Ours,
    /// The counterpart's report.
    Counterpart,
    /// Evidence from a news report.
    Evidence,
}

/// Where a next step for staff stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::TaskState")]
pub enum TaskState {
    /// Proposed by a follow-up play; a person has yet to confirm it.
    Proposed,
    /// To be done.
    Open,
    /// Done.
    Done,
    /// Found not to be needed.
    Dismissed,
}

/// The part a name plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::NameRole")]
pub enum NameRole {
    /// The name it gives itself.
    Official,
    /// Another spelling or a short form.
    Alias,
    /// Its initials.
    Acronym,
    /// A name it no longer has.
    Former,
}

/// The direction of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Enum)]
pub enum OrderDirection {
    /// Smallest, earliest or weakest first.
    #[default]
    Asc,
    /// Largest, latest or strongest first.
    Desc,
}

impl From<OrderDirection> for sea_orm::sea_query::Order {
    fn from(direction: OrderDirection) -> Self {
        match direction {
            OrderDirection::Asc => Self::Asc,
            OrderDirection::Desc => Self::Desc,
        }
    }
}

/// The language that is asked for: English, where none is.
pub fn spoken(language: Option<Language>) -> vocab::Language {
    language.map_or(vocab::Language::En, Into::into)
}

/// The words of a filter in the words of `vocab`.
pub fn words<G, W: From<G>>(words: Option<Vec<G>>) -> Option<Vec<W>> {
    words.map(|words| words.into_iter().map(W::from).collect())
}
