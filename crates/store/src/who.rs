//! On whose behalf something is asked or written, and what they may do.

use std::borrow::Cow;

use uuid::Uuid;
use vocab::{Role, Scope, Way};

use crate::Concept;

/// On whose behalf something is written, and in which request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The account; `None` for the system itself, when it loads reference data.
    pub account_id: Option<Uuid>,
    /// The token that they signed in with.
    pub token_id: Option<Uuid>,
    /// The request, as the log names it.
    pub request_id: Option<String>,
    /// What they may do.
    pub rights: Rights,
    /// By which way.
    pub way: Way,
    /// What they do, as the trail names it: the mutation, the command, the work.
    pub act: Cow<'static, str>,
}

impl Who {
    /// The system itself.
    pub fn system() -> Self {
        Self::background("system")
    }

    /// The system itself, at work on this.
    pub fn background(act: impl Into<Cow<'static, str>>) -> Self {
        let (way, act) = (Way::Background, act.into());
        Self { account_id: None, token_id: None, request_id: None, rights: Rights::all(), way, act }
    }

    /// Whoever gives this command on the machine that holds the database.
    pub fn command(act: impl Into<Cow<'static, str>>) -> Self {
        Self { way: Way::CommandLine, ..Self::background(act) }
    }

    /// The same, doing this.
    #[must_use]
    pub fn doing(self, act: impl Into<Cow<'static, str>>) -> Self {
        Self { act: act.into(), ..self }
    }
}

/// What somebody may do: a role, as far as what they signed in with lets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rights {
    /// The role; `None` for whoever is nobody and sees what is public.
    pub role: Option<Role>,
    /// Whether they may change anything.
    pub writes: bool,
}

impl Rights {
    /// Everything: for the system, and for whoever works on the machine that holds the database.
    pub fn all() -> Self {
        Self { role: Some(Role::Admin), writes: true }
    }

    /// What a role lets somebody do who has signed in with what is good for this scope.
    pub fn of(role: Role, scope: Scope) -> Self {
        Self { role: Some(scope.narrows(role)), writes: scope.writes() }
    }

    /// What everybody may do where the records are open: to see what was accepted.
    pub fn public() -> Self {
        Self { role: None, writes: false }
    }

    /// Whether this is at least such a role; `None` asks for none.
    pub fn is_at_least(self, role: Option<Role>) -> bool {
        self.role >= role
    }

    /// Whether records of this concept are for their eyes, whichever way they are asked for.
    pub fn sees(self, concept: Concept) -> bool {
        self.is_at_least(least(concept))
    }
}

/// Who may see the records of a concept. Whoever is nobody sees what a person has accepted, and nothing that is waiting,
/// that tells who works here, or how.
fn least(concept: Concept) -> Option<Role> {
    match concept {
        Concept::MemberState
        | Concept::Standing
        | Concept::Organization
        | Concept::Person
        | Concept::Post
        | Concept::Appointment
        | Concept::RecordName
        | Concept::CooperationArea
        | Concept::Evidence
        | Concept::Meeting
        | Concept::MeetingState
        | Concept::Participation
        | Concept::FollowUpAction
        | Concept::FollowUpActionArea => None,
        Concept::Account
        | Concept::Assignment
        | Concept::RejectedLink
        | Concept::Merge
        | Concept::RejectedMerge
        | Concept::NewsReport
        | Concept::Reading
        | Concept::Finding
        | Concept::Witness
        | Concept::Doubt
        | Concept::Task
        | Concept::Update
        | Concept::CalendarFeed
        | Concept::Change => Some(Role::Viewer),
        Concept::Import => Some(Role::DeskOfficer),
        Concept::Delivery => Some(Role::Manager),
        // Each sees its own, which is asked for by whose it is: crate::access_token::seen and of_account.
        Concept::AccessToken | Concept::Session | Concept::Credential | Concept::Identity => Some(Role::Admin),
    }
}

#[cfg(test)]
mod tests {
    use vocab::Word;

    use super::*;

    #[test]
    fn rights_are_never_more_than_the_role() {
        for role in Role::ALL {
            for scope in Scope::ALL {
                let rights = Rights::of(*role, *scope);
                assert!(rights.is_at_least(None) && rights.role <= Some(*role));
                assert_eq!(rights.writes, *scope > Scope::Read, "{role} {scope}");
            }
        }
        assert!(!Rights::public().is_at_least(Some(Role::Viewer)));
    }

    #[test]
    fn whoever_is_nobody_sees_nothing_that_waits_or_tells_who_works_here() {
        for concept in [Concept::Finding, Concept::Reading, Concept::Account, Concept::Change, Concept::AccessToken] {
            assert!(!Rights::public().sees(concept), "{}", concept.code());
        }
        assert!(Rights::public().sees(Concept::FollowUpAction));
        assert!(Concept::ALL.iter().all(|concept| Rights::all().sees(*concept)));
    }
}
