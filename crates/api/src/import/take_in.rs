//! Taking a table in.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use intake::table::{self, Options, Order, Report, Table};
use store::RecordRef;

use super::Import;
use crate::{
    fault::Fault,
    input::Input,
    node::{self, Node},
    payload::{Payload, payload, try_out, write},
    words::ImportKind,
};

/// What a column of a table, or every line of it, tells.
#[derive(InputObject)]
pub struct ImportColumnInput {
    /// The title of the column as it stands in the table; null where there is none, and every line says the same.
    title: Option<String>,
    /// The field that it tells of, such as `title`, `due` or `state`; `-` where the column is not to be read.
    field: String,
    /// What every line says of the field, where the table has no column of it.
    value: Option<String>,
}

/// In which order days are written that could be read in two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "intake::table::Order")]
pub enum DateOrder {
    /// As `31/12/2026`.
    DayFirst,
    /// As `12/31/2026`.
    MonthFirst,
}

/// A table that is to be taken in.
#[derive(InputObject)]
pub struct ImportRecordsInput {
    /// Of what the table is.
    kind: ImportKind,
    /// The table: comma-separated values, with semicolons or tabs as well, titles in the first line.
    csv: String,
    /// What the file is called.
    #[graphql(default = "table.csv")]
    file_name: String,
    /// Whether to tell only what would happen.
    #[graphql(default = true)]
    dry_run: bool,
    /// What columns tell, where their titles do not say it.
    columns: Option<Vec<ImportColumnInput>>,
    /// Whether the cells of columns that are not known are kept as notes, where a record has a place for them.
    #[graphql(default)]
    keep_unknown: bool,
    /// In which order days are written, where the table does not decide it.
    dates: Option<DateOrder>,
    /// Whether the very same table may be taken in once more.
    #[graphql(default)]
    again: bool,
}

/// What became, or would become, of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "intake::table::Became")]
pub enum ImportOutcome {
    /// Its record is new.
    New,
    /// Its record was there, and is otherwise now.
    Revised,
    /// Its record stood there just so.
    Unchanged,
    /// An earlier line says the same.
    Repeated,
    /// It cannot be taken in.
    Refused,
}

/// A line of a table.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct ImportLine {
    /// Its number in the file, counted from 1; the titles stand in line 1.
    line: u64,
    /// What became, or would become, of it.
    outcome: ImportOutcome,
    /// What its record is called, or why it was refused and what to do.
    text: String,
    /// The field that it was refused for.
    field: Option<String>,
    /// What else there is to be said of it.
    notes: Vec<String>,
    #[graphql(skip)]
    put: Option<RecordRef>,
}

#[async_graphql::ComplexObject]
impl ImportLine {
    /// Its record; null where it was refused, or was not made because nothing was written.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>, Fault> {
        match self.put {
            Some(record) => node::find(ctx, record).await,
            None => Ok(None),
        }
    }
}

impl From<table::Line> for ImportLine {
    fn from(line: table::Line) -> Self {
        let table::Line { number, became, record, text, field, notes } = line;
        Self { line: number, outcome: became.into(), text, field, notes, put: record }
    }
}

payload! {
    /// What came of taking a table in.
    ImportRecordsPayload of {
        /// The import; null where nothing was written.
        import: Option<Import>,
        /// What became, or would become, of each line, in the order of the table.
        lines: Vec<ImportLine>,
        /// The titles of columns that are not known.
        unknown_columns: Vec<String>,
        /// The titles of columns that are known, and of which there is no place for what they tell.
        columns_without_place: Vec<String>,
        /// The import of the very same table that stands already; null where there is none.
        taken_in_before: Option<Import>,
    }
}

impl Payload for ImportRecordsPayload {
    type Done = Report;

    fn done(report: Report) -> Self {
        let Report { lines, unknown, no_place, before, import, .. } = report;
        Self {
            import: import.map(Import::from),
            lines: lines.into_iter().map(ImportLine::from).collect(),
            unknown_columns: unknown,
            columns_without_place: no_place,
            taken_in_before: before.map(Import::from),
            ..Self::default()
        }
    }
}

/// Taking in tables.
#[derive(Default)]
pub struct ImportRecordsMutation;

#[Object]
impl ImportRecordsMutation {
    /// Takes a table in that somebody has kept so far, or that Entente has written: all of it or nothing. Lines with an `id`
    /// revise that record, others are new, or are found where there can be no doubt. Where nobody says otherwise, it is only
    /// told what would happen.
    async fn import_records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which table, and how it is to be understood.")] input: Input<ImportRecordsInput>,
    ) -> Result<ImportRecordsPayload, Fault> {
        let Input { it, named } = input;
        let ImportRecordsInput { kind, csv, file_name, dry_run, columns, keep_unknown, dates, again } = it;
        let (encoding, dates) = (Some("utf-8".to_owned()), dates.map(Order::from));
        let mut options = Options { keep: keep_unknown, again, encoding, dates, ..Options::default() };
        for ImportColumnInput { title, field, value } in columns.unwrap_or_default() {
            match (title, value) {
                (Some(title), None) => options.columns.push((title, field)),
                (None, Some(value)) => options.set.push((field, value)),
                _ => return Err(Fault::input("columns", "a column has a title or a value: give one of the two")),
            }
        }
        let table = Table { of: kind.into(), name: &file_name, file: csv.as_bytes() };
        if dry_run {
            let mut payload: ImportRecordsPayload = try_out(ctx, named, async |work| {
                let mut report = table::put(work, table, &options).await?;
                report.forget_new();
                Ok(report)
            })
            .await?;
            payload.import = None;
            return Ok(payload);
        }
        let mut refused = None;
        let payload = write(ctx, named, async |work| {
            let report = table::put(work, table, &options).await?;
            if report.is_fine() {
                return Ok(report);
            }
            let message = match &report.before {
                Some(before) if !again => format!(
                    "this very table was taken in as import {}: nothing was written; ask for it again to take it in once more",
                    before.number
                ),
                _ => "some lines cannot be taken in, so nothing was written: mend them".to_owned(),
            };
            refused = Some(report);
            Err(store::Error::invalid("csv", message))
        });
        let payload: ImportRecordsPayload = payload.await?;
        Ok(match refused {
            Some(mut report) => {
                report.forget_new();
                let ImportRecordsPayload { refusal, client_mutation_id, .. } = payload;
                ImportRecordsPayload { refusal, client_mutation_id, ..ImportRecordsPayload::done(report) }
            }
            None => payload,
        })
    }
}
