//! The closed lists of reminding: how often, why, by which way, and what became of it.

use async_graphql::Enum;

/// How often somebody is reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Frequency")]
pub enum Frequency {
    /// Never.
    None,
    /// Once a day.
    Daily,
    /// Once a week.
    Weekly,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Weekday")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

/// Why somebody is reminded of something; of several reasons the first counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::ReminderReason")]
pub enum ReminderReason {
    /// Its due day has passed.
    Overdue,
    /// Its due day is near.
    DueSoon,
    /// It was asked, and nobody has answered.
    Unanswered,
    /// Nothing was heard of it for longer than its kind allows.
    Silent,
    /// The post on which it hangs has lost its holder.
    WithoutHolder,
}

/// By which way something is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::Channel")]
pub enum Channel {
    /// By e-mail.
    Email,
    /// By a call over HTTP.
    Webhook,
}

/// What became of something that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "vocab::DeliveryState")]
pub enum DeliveryState {
    /// It is to be sent, for the first time or again.
    Planned,
    /// It is on its way.
    Sending,
    /// It was taken.
    Sent,
    /// It was refused, or given up.
    Failed,
    /// Nobody can tell whether it was taken; it is not sent again by itself.
    Uncertain,
}
