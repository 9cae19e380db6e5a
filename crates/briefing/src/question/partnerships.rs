//! How each partnership stands.

use futures_core::future::BoxFuture;
use store::{Concept, RecordRef, Result, account, by_ids_at};
use vocab::{ActionStatus, Language, partnership::PartnershipReason};

use crate::{
    answer::{Answer, Asked, Cell, Column, ColumnKind, Question},
    partnership::{Partnership, RULE, survey},
};

/// Every state that there is a record with, in a row.
pub(crate) static QUESTION: Question = Question {
    name: "partnerships",
    title: "How each partnership stands",
    asks: "Every state with which there was a meeting or an action by the day, or the one that is asked for, in a row: \
           needs attention where something is overdue, disputed or waits for us longer than its rhythm; new within 180 \
           days of the first contact; quiet after 365 days without one; active otherwise. States without any record are \
           not judged.",
    rule: RULE,
    columns: &[
        Column { name: "state", title: "State", kind: ColumnKind::Record },
        Column { name: "label", title: "How it stands", kind: ColumnKind::Text },
        Column { name: "reasons", title: "Why", kind: ColumnKind::Text },
        Column { name: "standing", title: "Standing", kind: ColumnKind::Text },
        Column { name: "last-contact", title: "Last contact", kind: ColumnKind::Day },
        Column { name: "meetings", title: "Meetings in 12 months", kind: ColumnKind::Number },
        Column { name: "open", title: "Open", kind: ColumnKind::Number },
        Column { name: "overdue", title: "Overdue", kind: ColumnKind::Number },
        Column { name: "delivered", title: "Delivered", kind: ColumnKind::Number },
        Column { name: "dropped", title: "Dropped", kind: ColumnKind::Number },
        Column { name: "next-due", title: "Next due", kind: ColumnKind::Day },
        Column { name: "areas", title: "Areas alive", kind: ColumnKind::Text },
        Column { name: "owner", title: "Owner", kind: ColumnKind::Record },
    ],
    ask: |asked| -> BoxFuture<'_, _> { Box::pin(answer(asked)) },
};

/// The reasons in a line.
pub(crate) fn reasons(reasons: &[(PartnershipReason, i64)], language: Language) -> String {
    let one = |(why, number): &(PartnershipReason, i64)| why.wording(language).replace("{}", &number.to_string());
    reasons.iter().map(one).collect::<Vec<_>>().join("; ")
}

async fn answer(asked: Asked<'_>) -> Result<Answer> {
    let all = survey(asked);
    let of = all.len();
    let judged = all.values().filter(|partnership| partnership.last_contact.is_some()).count();
    let shown = |partnership: &Partnership| asked.state_id.is_some() || partnership.last_contact.is_some();
    let mut shown: Vec<_> = all.iter().filter(|(_, partnership)| shown(partnership)).collect();
    shown.sort_by_cached_key(|(state, partnership)| {
        (partnership.label(asked.day()).0 as u8, asked.name_of(**state), **state)
    });
    let owners: Vec<_> = shown.iter().filter_map(|(_, partnership)| partnership.owner).collect();
    let owners = by_ids_at::<account::Entity>(asked.db, &owners, asked.clock.known_at).await?;
    let row = |(state, partnership): &(&uuid::Uuid, &Partnership)| {
        let (label, why) = partnership.label(asked.day());
        let areas: Vec<_> = partnership.areas.iter().map(|area| area.name(Language::En)).collect();
        let owner = partnership.owner.and_then(|id| owners.get(&id));
        vec![
            asked.state_cell(Some(**state)),
            Cell::word(Some(label)),
            Cell::Text(reasons(&why, Language::En)),
            Cell::word(partnership.standing),
            Cell::day(partnership.last_contact),
            Cell::count(partnership.meetings_in_year),
            Cell::count(partnership.open),
            Cell::count(partnership.overdue),
            Cell::count(partnership.with_status(ActionStatus::Delivered)),
            Cell::count(partnership.with_status(ActionStatus::Dropped)),
            Cell::day(partnership.next_due),
            if areas.is_empty() { Cell::Empty } else { Cell::Text(areas.join(", ")) },
            owner.map_or(Cell::Empty, |owner| {
                Cell::Record(RecordRef::new(Concept::Account, owner.id), owner.name.clone())
            }),
        ]
    };
    Ok(Answer::new(shown.iter().map(row), judged, of))
}
