//! Two clocks: the day on which an action was said, the day on which it was last heard of, and the order of the history;
//! and the way from a post to what hangs on it.

use sea_orm_migration::prelude::*;

use crate::columns::{day, index, number, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What was kept before has no day of its own: the day on which it was kept stands for it.
const FILL: &[&str] = &[
    "UPDATE follow_up_action SET said_on = DATE(SUBSTR(CAST(created_at AS TEXT), 1, 10))",
    "UPDATE follow_up_action SET heard_on = (SELECT MAX(said_on) FROM action_update WHERE action_id = follow_up_action.id)",
    "UPDATE change SET seq = o.n FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY at, id) AS n FROM change) AS o \
     WHERE o.id = change.id",
    "INSERT INTO running_number (series, last) SELECT 'change', COUNT(*) FROM change",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let seq = number("seq").default(0).take();
        let columns = [("follow_up_action", day("said_on")), ("follow_up_action", day("heard_on")), ("change", seq)];
        for (table, mut column) in columns {
            let add = Table::alter().table(Alias::new(table)).add_column(&mut column).take();
            manager.alter_table(add).await?;
        }
        for statement in FILL {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        let indexes = [
            unique("change", &["seq"]),
            index("follow_up_action", &["actor_post_id"]),
            index("follow_up_action", &["counterpart_post_id"]),
        ];
        for index in indexes {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
