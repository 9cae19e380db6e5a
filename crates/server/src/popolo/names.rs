//! The names of a record in.

use sea_orm::{ColumnTrait, QueryFilter};
use store::{Error, RecordRef, Result, UnitOfWork, record_name};
use vocab::{Language, NameRole, PartialDate, Word};

use super::document::OtherName;

/// Gives a record the names that it does not have yet; none is taken from it.
pub(super) async fn add(work: &mut UnitOfWork, record: RecordRef, names: Vec<OtherName>) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let of_record = record_name::of(record.concept).filter(record_name::Column::RecordId.eq(record.id));
    let mut present = of_record.all(work.connection()).await?;
    for name in names {
        let draft = draft(record, name)?;
        let same = |row: &record_name::Model| {
            row.name == draft.name.trim()
                && row.language.map(|language| language.0) == draft.language
                && row.role.0 == draft.role
                && (row.valid_from, row.valid_to) == (draft.valid_from, draft.valid_to)
                && row.source == draft.source
        };
        // A name that stands there twice answers for two.
        match present.iter().position(same) {
            Some(at) => drop(present.swap_remove(at)),
            None => drop(record_name::create(work, draft).await?),
        }
    }
    Ok(())
}

fn draft(record: RecordRef, name: OtherName) -> Result<record_name::Draft> {
    let OtherName { name, lang, note, start_date, end_date, source } = name;
    let date = |text: Option<String>| {
        let parse = |text: String| text.parse::<PartialDate>();
        text.map(parse).transpose().map_err(|no| Error::invalid("other_names", no.to_string()))
    };
    let (start, end) = (date(start_date)?, date(end_date)?);
    let otherwise = if end.is_some() { NameRole::Former } else { NameRole::Alias };
    Ok(record_name::Draft {
        record,
        language: lang.and_then(|code| Language::from_code(&code).ok()),
        role: note.and_then(|role| NameRole::from_code(&role).ok()).unwrap_or(otherwise),
        name,
        valid_from: start.map(PartialDate::first_day),
        valid_to: end.map(PartialDate::last_day),
        source,
    })
}
