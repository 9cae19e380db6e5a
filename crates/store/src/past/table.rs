//! The tables of a moment of the past, a line for each.

use futures_core::future::BoxFuture;
use sea_orm::{DatabaseConnection, EntityTrait};
use vocab::fold;

use crate::{
    Concept, Recorded, Result, UnitOfWork, account, appointment, assignment, calendar_feed, cooperation_area, doubt,
    evidence, finding, follow_up_action, history, import, meeting, member_state, merge, news_report, organization,
    participation, person, post, reading, record_name, rejected_link, rejected_merge, standing, task, update, witness,
};

/// Rows written in one statement; SQLite takes 32,766 parameters, and the widest row has 31.
const ROWS_AT_ONCE: usize = 1_000;

/// A table of records.
pub(super) trait Table: Sync {
    /// What its rows are.
    fn concept(&self) -> Concept;
    /// Makes it, and keeps in it the records as the lines with these numbers left them.
    fn fill<'a>(
        &'a self,
        work: &'a UnitOfWork,
        from: &'a DatabaseConnection,
        numbers: &'a [i32],
    ) -> BoxFuture<'a, Result<()>>;
}

/// Every table of which the past is asked.
pub(super) static TABLES: &[&dyn Table] = &[
    &of::<account::Model>(),
    &of::<member_state::Model>(),
    &of::<assignment::Model>(),
    &of::<calendar_feed::Model>(),
    &of::<organization::Model>(),
    &of::<standing::Model>(),
    &of::<person::Model>(),
    &of::<post::Model>(),
    &of::<appointment::Model>(),
    &of::<record_name::Model>(),
    &of::<cooperation_area::Model>(),
    &of::<news_report::Model>(),
    &of::<reading::Model>(),
    &of::<finding::Model>(),
    &of::<witness::Model>(),
    &of::<doubt::Model>(),
    &of::<rejected_link::Model>(),
    &of::<import::Model>(),
    &of::<merge::Model>(),
    &of::<rejected_merge::Model>(),
    &of::<evidence::Model>(),
    &Of::<meeting::Model> { whole: |row| meeting::Model { folded: meeting::folded(&row), ..row } },
    &of::<meeting::state::Model>(),
    &of::<participation::Model>(),
    &Of::<follow_up_action::Model> {
        whole: |row| follow_up_action::Model { folded: fold(&row.title), said_on: Some(row.since()), ..row },
    },
    &of::<follow_up_action::area::Model>(),
    &of::<task::Model>(),
    &of::<update::Model>(),
];

struct Of<M> {
    /// A row as it is kept, of one as the history tells it: with what that leaves out because it follows from the rest.
    whole: fn(M) -> M,
}

const fn of<M>() -> Of<M> {
    Of { whole: |row| row }
}

impl<M> Table for Of<M>
where
    M: Recorded,
    M::Entity: EntityTrait<Model = M>,
    <M::Entity as EntityTrait>::ActiveModel: Send,
{
    fn concept(&self) -> Concept {
        M::CONCEPT
    }

    fn fill<'a>(
        &'a self,
        work: &'a UnitOfWork,
        from: &'a DatabaseConnection,
        numbers: &'a [i32],
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            work.make_table::<M::Entity>().await?;
            for numbers in numbers.chunks(ROWS_AT_ONCE) {
                let rows = history::records::<M>(from, numbers).await?;
                let rows: Vec<_> = rows.into_iter().map(|row| (self.whole)(row).to_active()).collect();
                if !rows.is_empty() {
                    work.restore::<M::Entity>(rows).await?;
                }
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use vocab::Word;

    use super::*;

    #[test]
    fn what_is_seen_by_those_who_work_here_is_had_of_the_past_too() {
        let left_out = [
            Concept::Change,
            Concept::Delivery,
            Concept::AccessToken,
            Concept::Session,
            Concept::Credential,
            Concept::Identity,
        ];
        for concept in Concept::ALL {
            let tables = TABLES.iter().filter(|table| table.concept() == *concept).count();
            assert_eq!(tables, usize::from(!left_out.contains(concept)), "{}", concept.code());
        }
    }
}
