//! The columns of the tables that Entente writes itself.

use vocab::ImportKind;

/// Those of follow-up actions.
pub const ACTIONS: &[&str] = &[
    "id",
    "version",
    "reference",
    "kind",
    "title",
    "strength",
    "missing",
    "state",
    "meetingId",
    "actorSide",
    "actor",
    "actorPersonId",
    "actorPostId",
    "actorOrganizationId",
    "actorState",
    "counterpart",
    "counterpartPersonId",
    "counterpartPostId",
    "counterpartOrganizationId",
    "counterpartState",
    "awaits",
    "due",
    "saidOn",
    "owner",
    "ownerId",
    "areas",
    "status",
    "overdue",
    "disputed",
    "heardOn",
    "createdAt",
];

/// Those of meetings.
pub const MEETINGS: &[&str] = &[
    "id",
    "version",
    "kind",
    "title",
    "heldOn",
    "mode",
    "place",
    "states",
    "participants",
    "participantIds",
    "createdAt",
];

/// Those of people and the posts they hold.
pub const CONTACTS: &[&str] = &[
    "id",
    "version",
    "honorific",
    "name",
    "nameFr",
    "nameAr",
    "post",
    "postId",
    "organization",
    "organizationId",
    "state",
    "since",
    "seenOn",
    "source",
];

/// The columns of a kind of table that Entente writes.
pub(super) struct Own {
    /// All of them.
    pub(super) all: &'static [&'static str],
    /// Those that only tell what others say, in a table of ours: they are not read.
    pub(super) told: &'static [&'static str],
}

/// The columns of this kind of table.
pub(super) fn own(of: ImportKind) -> Own {
    match of {
        ImportKind::Actions => Own {
            all: ACTIONS,
            told: &[
                "reference",
                "actor",
                "counterpart",
                "owner",
                "status",
                "overdue",
                "disputed",
                "heardOn",
                "createdAt",
            ],
        },
        ImportKind::Meetings => Own { all: MEETINGS, told: &["participants", "createdAt"] },
        ImportKind::Contacts => Own { all: CONTACTS, told: &[] },
    }
}

impl Own {
    /// Whether a table with these titles is one of ours: it has no other title, and one that nobody else gives.
    pub(super) fn is_ours<'t>(&self, mut titles: impl Iterator<Item = &'t str> + Clone) -> bool {
        let only_ours = |title: &str| ["id", "version"].contains(&title) || title.contains(char::is_uppercase);
        titles.clone().all(|title| self.all.contains(&title)) && titles.any(only_ours)
    }
}
