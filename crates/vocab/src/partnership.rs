//! How a partnership stands, in one plain word and its reasons.

use crate::Language;

crate::word::words! {
    /// How a partnership stands.
    "partnership label" PartnershipLabel {
        /// Something is overdue, unanswered or disputed on which we can act.
        NeedsAttention = "needs-attention",
        /// The first contact is fresh.
        New = "new",
        /// Nothing was heard for a year, or there is no record at all.
        Quiet = "quiet",
        /// In contact, with nothing late.
        Active = "active",
    }
}

crate::word::words! {
    /// Why a partnership stands as it does. Each reason comes with a number.
    "partnership reason" PartnershipReason {
        /// So many actions are overdue.
        Overdue = "overdue",
        /// So many requests, invitations, offers or proposals have waited for our answer longer than their rhythm.
        Unanswered = "unanswered",
        /// Of so many actions the tracks differ.
        Disputed = "disputed",
        /// So many days ago was the first contact.
        FirstContact = "first-contact",
        /// So many days ago was the last contact.
        LastContact = "last-contact",
        /// So many open actions have gone silent.
        Silent = "silent",
        /// Nothing is recorded.
        NoRecord = "no-record",
        /// So many actions are open and in time.
        InTime = "in-time",
    }
}

impl PartnershipReason {
    /// The reason as a sentence's part, for people; `{}` stands where the number belongs.
    pub fn wording(self, language: Language) -> &'static str {
        let [english, french, arabic] = match self {
            Self::Overdue => ["overdue actions: {}", "actions en retard : {}", "إجراءات متأخرة: {}"],
            Self::Unanswered => [
                "waiting too long for our answer: {}",
                "en attente de notre réponse depuis trop longtemps : {}",
                "في انتظار ردّنا منذ مدة طويلة: {}",
            ],
            Self::Disputed => [
                "actions on which the sides differ: {}",
                "actions sur lesquelles les parties divergent : {}",
                "إجراءات يختلف الطرفان بشأنها: {}",
            ],
            Self::FirstContact => {
                ["days since the first contact: {}", "jours depuis le premier contact : {}", "أيام منذ أول اتصال: {}"]
            }
            Self::LastContact => {
                ["days since the last contact: {}", "jours depuis le dernier contact : {}", "أيام منذ آخر اتصال: {}"]
            }
            Self::Silent => {
                ["open actions gone silent: {}", "actions ouvertes sans nouvelles : {}", "إجراءات مفتوحة بلا أخبار: {}"]
            }
            Self::NoRecord => ["nothing is recorded", "rien n'est enregistré", "لا يوجد أي سجل"],
            Self::InTime => {
                ["open actions in time: {}", "actions ouvertes dans les délais : {}", "إجراءات مفتوحة في موعدها: {}"]
            }
        };
        match language {
            Language::En => english,
            Language::Fr => french,
            Language::Ar => arabic,
        }
    }
}
