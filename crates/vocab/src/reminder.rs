//! What people are reminded of, how often, and what became of what was sent.

use chrono::{Datelike, NaiveDate};

use crate::{Language, Word};

crate::word::words! {
    /// How often somebody is reminded.
    "frequency" Frequency {
        /// Never.
        None = "none",
        /// Once a day.
        Daily = "daily",
        /// Once a week.
        Weekly = "weekly",
    }
}

crate::word::words! {
    /// A day of the week.
    "weekday" Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

crate::word::words! {
    /// Why somebody is reminded of something; of several reasons the first counts.
    "reason to remind" ReminderReason {
        /// Its due day has passed.
        Overdue = "overdue",
        /// Its due day is near.
        DueSoon = "due-soon",
        /// It was asked, and nobody has answered.
        Unanswered = "unanswered",
        /// Nothing was heard of it for longer than its kind allows.
        Silent = "silent",
        /// The post on which it hangs has lost its holder.
        WithoutHolder = "without-holder",
    }
}

crate::word::words! {
    /// By which way something is sent.
    "channel" Channel {
        /// By e-mail.
        Email = "email",
        /// By a call over HTTP.
        Webhook = "webhook",
    }
}

crate::word::words! {
    /// What became of something that is sent.
    "delivery state" DeliveryState {
        /// It is to be sent, for the first time or again.
        Planned = "planned",
        /// It is on its way.
        Sending = "sending",
        /// It was taken.
        Sent = "sent",
        /// It was refused, or given up.
        Failed = "failed",
        /// Nobody can tell whether it was taken; it is not sent again by itself.
        Uncertain = "uncertain",
    }
}

/// When somebody is reminded, and in which language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reminders {
    /// How often.
    pub frequency: Frequency,
    /// On which day, where it is once a week.
    pub weekday: Weekday,
    /// In which language.
    pub language: Language,
    /// How many days before its due day something is due soon.
    pub due_soon_days: u16,
}

impl Default for Reminders {
    fn default() -> Self {
        Self { frequency: Frequency::Weekly, weekday: Weekday::Monday, language: Language::En, due_soon_days: 7 }
    }
}

impl Reminders {
    /// The period that a reminder on this day is for, by a name that is the same all through it; none where none is due.
    ///
    /// A week is reminded of on its day, or later in the week where that was missed.
    pub fn period(&self, day: NaiveDate) -> Option<String> {
        match self.frequency {
            Frequency::None => None,
            Frequency::Daily => Some(day.to_string()),
            Frequency::Weekly => {
                let is_due = day.weekday().num_days_from_monday() as usize >= self.weekday as usize;
                is_due.then(|| day.format("%G-W%V").to_string())
            }
        }
    }
}

const _: () = assert!(Weekday::ALL.len() == 7);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_has_one_name_and_its_day() {
        let day = |text: &str| text.parse().expect("a day");
        let table = [
            (Frequency::None, Weekday::Monday, "2026-03-02", None),
            (Frequency::Daily, Weekday::Monday, "2026-03-03", Some("2026-03-03")),
            (Frequency::Weekly, Weekday::Monday, "2026-03-02", Some("2026-W10")),
            (Frequency::Weekly, Weekday::Monday, "2026-03-08", Some("2026-W10")),
            (Frequency::Weekly, Weekday::Thursday, "2026-03-04", None),
            (Frequency::Weekly, Weekday::Thursday, "2026-03-05", Some("2026-W10")),
            (Frequency::Weekly, Weekday::Friday, "2027-01-01", Some("2026-W53")),
        ];
        for (frequency, weekday, on, expected) in table {
            let reminders = Reminders { frequency, weekday, ..Reminders::default() };
            assert_eq!(reminders.period(day(on)).as_deref(), expected, "{frequency} {weekday} {on}");
        }
    }
}
