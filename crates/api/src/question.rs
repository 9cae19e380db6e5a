//! The questions of staff and management, and their answers: whatever `briefing` lists.

use async_graphql::{Context, Description, Enum, Object, SimpleObject};
use briefing::{Cell, Column, ColumnKind, Inquiry, Told, questions};
use chrono::{DateTime, Utc};

use crate::{
    ask,
    fault::Fault,
    node::{self, Node},
    scalars::Date,
};

/// A question of staff or management.
#[derive(Description)]
pub struct Question(&'static briefing::Question);

#[Object(use_type_description)]
impl Question {
    /// The stable key, by which it is asked.
    async fn name(&self) -> &str {
        self.0.name
    }

    /// The heading.
    async fn title(&self) -> &str {
        self.0.title
    }

    /// What it counts and what it leaves out.
    async fn asks(&self) -> &str {
        self.0.asks
    }

    /// The version of the rule it is answered by.
    async fn rule(&self) -> &str {
        self.0.rule
    }

    /// What the rows of the answer hold, in order.
    async fn columns(&self) -> Vec<AnswerColumn> {
        columns(self.0)
    }
}

/// A column of an answer.
#[derive(SimpleObject)]
pub struct AnswerColumn {
    /// The stable key.
    name: &'static str,
    /// The heading.
    title: &'static str,
    /// What its cells hold.
    kind: AnswerColumnKind,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "ColumnKind")]
pub enum AnswerColumnKind {
    /// Words.
    Text,
    /// A count.
    Number,
    /// A day.
    Day,
    /// A record, shown by its name.
    Record,
}

fn columns(question: &briefing::Question) -> Vec<AnswerColumn> {
    let column = |&Column { name, title, kind }: &Column| AnswerColumn { name, title, kind: kind.into() };
    question.columns.iter().map(column).collect()
}

/// The answer to a question, as of a day, by what was known at a moment.
#[derive(Description)]
pub struct Answer(Told);

#[Object(use_type_description)]
impl Answer {
    /// The question.
    async fn question(&self) -> Question {
        Question(self.0.question)
    }

    /// The day by which things are judged.
    async fn as_of(&self) -> Date {
        Date(self.0.clock.as_of)
    }

    /// The moment up to which records count; null where all of them do.
    async fn known_at(&self) -> Option<DateTime<Utc>> {
        self.0.clock.known_at
    }

    /// What the rows hold, in order.
    async fn columns(&self) -> Vec<AnswerColumn> {
        columns(self.0.question)
    }

    /// The rows.
    async fn rows(&self) -> Vec<AnswerRow> {
        self.0
            .answer
            .rows
            .iter()
            .cloned()
            .map(|cells| AnswerRow { cells: cells.into_iter().map(AnswerCell).collect() })
            .collect()
    }

    /// How many records could be judged.
    async fn judged(&self) -> i64 {
        self.0.answer.judged
    }

    /// How many records there are.
    async fn of(&self) -> i64 {
        self.0.answer.of
    }

    /// The version of the rule by which it was answered.
    async fn rule(&self) -> &str {
        self.0.question.rule
    }
}

/// A row of an answer.
#[derive(SimpleObject)]
pub struct AnswerRow {
    /// A cell for each column, in their order.
    cells: Vec<AnswerCell>,
}

/// A cell of an answer. One of its fields is given, or none where there is nothing to say.
#[derive(Clone, Description)]
pub struct AnswerCell(Cell);

#[Object(use_type_description)]
impl AnswerCell {
    /// The words; the name of the record, where it is one.
    async fn text(&self) -> Option<&str> {
        match &self.0 {
            Cell::Text(text) | Cell::Record(_, text) => Some(text),
            _ => None,
        }
    }

    /// The count.
    async fn number(&self) -> Option<i64> {
        match self.0 {
            Cell::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The day.
    async fn date(&self) -> Option<Date> {
        match self.0 {
            Cell::Day(day) => Some(Date(day)),
            _ => None,
        }
    }

    /// The record.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>, Fault> {
        match self.0 {
            Cell::Record(record, _) => node::find(ctx, record).await,
            _ => Ok(None),
        }
    }
}

/// Asking questions.
#[derive(Default)]
pub struct QuestionQuery;

#[Object]
impl QuestionQuery {
    /// Every question that can be asked.
    async fn questions(&self) -> Vec<Question> {
        questions().iter().copied().map(Question).collect()
    }

    /// The answer to a question, as of a day, by what was known at a moment.
    async fn answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The name of the question, such as `owed`.")] question: String,
        #[graphql(desc = "Of one state alone, by ISO 3166-1 code.")] state: Option<String>,
        #[graphql(
            desc = "The first day that counts, where the question has a period; a year before the day by which \
                          things are judged, where none is given."
        )]
        from: Option<Date>,
        #[graphql(desc = "The day by which things are judged; that of `knownAt`, else today, where none is given.")]
        as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Answer, Fault> {
        let inquiry = Inquiry { question, state, from: from.map(|day| day.0), as_of: as_of.map(|day| day.0), known_at };
        let database = ask::loader(ctx).loader();
        Ok(Answer(inquiry.answer(ask::who(ctx)?.rights, &database.0, &database.1).await?))
    }
}
