//! Takes in a report once: the same text again is answered with the first.

use extract::{Reading, Report};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use store::{Error, Result, UnitOfWork, news_report, reading};

use crate::{Engine, Incoming, Ingested, confirmed, reading::keep, wording::clip};

/// The longest report, in bytes.
pub const LONGEST: usize = 5 * 1024 * 1024;

/// What is to be kept of a report that was handed in.
pub(crate) enum Read {
    /// Nothing: the same text was handed in before.
    Before(Box<Ingested>),
    /// The report, and what was read in it.
    New(Box<(news_report::Draft, Reading)>),
}

/// Reads a report, unless the same text was handed in before. Reading is the dear part: nobody waits for it.
pub(crate) async fn read(db: &impl ConnectionTrait, engine: &Engine<'_>, incoming: Incoming) -> Result<Read> {
    check(&incoming.text)?;
    let original_hash = hash(&incoming.text);
    // The cleaned text alone can also be what was handed in.
    if let Some(first) = kept(db, &original_hash, &original_hash).await? {
        return Ok(Read::Before(Box::new(first)));
    }
    let mut report = Report {
        text: &incoming.text,
        format: incoming.format,
        published_on: incoming.published_on,
        language: incoming.language,
        known: extract::Known::nothing(),
    };
    let page = extract::clean(&report);
    let known = confirmed::names(db, &report, &page).await?;
    report.known = &known;
    let read = (engine.read)(&report, page);
    let draft = draft(incoming, &read, original_hash)?;
    Ok(Read::New(Box::new((draft, read))))
}

/// Keeps report and reading; the first of them, where somebody was faster with the same text.
pub(crate) async fn take_in(work: &mut UnitOfWork, engine: &Engine<'_>, read: Read) -> Result<Ingested> {
    let (draft, read) = match read {
        Read::Before(first) => return Ok(*first),
        Read::New(new) => *new,
    };
    let (original_hash, content_hash) = (draft.original_hash.clone(), draft.content_hash.clone());
    let Some(report) = news_report::create(work, draft).await? else {
        let first = kept(work.connection(), &original_hash, &content_hash).await?;
        return first
            .ok_or_else(|| Error::invalid("text", "the same text is being taken in at this moment: try again"));
    };
    let reading = keep(work, engine, &report, read).await?;
    Ok(Ingested { report, reading, duplicate: false })
}

/// The report that is kept with this text already, and the reading of it that is reviewed.
async fn kept(db: &impl ConnectionTrait, original_hash: &str, content_hash: &str) -> Result<Option<Ingested>> {
    let Some(report) = news_report::known(db, original_hash, content_hash).await? else { return Ok(None) };
    let reading = reading::reviewed(db, report.id).await?;
    Ok(reading.map(|reading| Ingested { report, reading, duplicate: true }))
}

fn check(text: &str) -> Result<()> {
    let refuse = |message: String| Err(Error::invalid("text", message));
    match text {
        text if !text.contains(char::is_alphanumeric) => {
            refuse("text is empty: hand in the words of the report".to_owned())
        }
        text if text.len() > LONGEST => refuse(format!(
            "text is longer than 5 MiB ({} bytes): hand in the report alone, without what is around it",
            text.len()
        )),
        text if text.contains('\0') => refuse("text holds a NUL character: it is no text, or a damaged one".to_owned()),
        _ => Ok(()),
    }
}

/// What is kept: the caller's word on title, date, publisher and language goes before the engine's.
fn draft(incoming: Incoming, read: &Reading, original_hash: String) -> Result<news_report::Draft> {
    let Incoming { text, format, url, publisher, published_on, title, language } = incoming;
    if read.text.contains('\0') {
        return Err(Error::invalid("text", "text holds a NUL character, written as an entity: remove it"));
    }
    let told = title.filter(|title| !title.trim().is_empty());
    Ok(news_report::Draft {
        // An engine's guess is cut where a person's word is refused: the report is never lost for it.
        title: told.or_else(|| read.title.as_deref().map(|title| clip(title, 500))),
        url,
        publisher,
        published_on: published_on.or(read.published_on),
        language: language.map(|language| vocab::Word::code(language).to_owned()).or_else(|| read.language.clone()),
        // Pages without text are not the same page.
        content_hash: if read.text.trim().is_empty() { original_hash.clone() } else { hash(&read.text) },
        text: read.text.clone(),
        original: text,
        original_hash,
        format,
        cut: serde_json::to_value(&read.cut).unwrap_or_default(),
    })
}

/// SHA-256 in hexadecimal of a text, however its lines end and whatever blanks are around it.
fn hash(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Sha256::digest(lines.trim().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_none_is_refused() {
        assert!(check("A word.").is_ok());
        let too_long = "a".repeat(LONGEST + 1);
        for (text, says) in [("", "empty"), (" \n\t ", "empty"), ("a\0b", "NUL"), (&*too_long, "5 MiB")] {
            let fault = check(text).expect_err(says);
            assert!(matches!(&fault, Error::Invalid { field: "text", message } if message.contains(says)), "{fault}");
        }
        assert!(check(&too_long[1..]).is_ok());
    }

    #[test]
    fn line_ends_and_blanks_around_do_not_make_another_text() {
        assert_eq!(hash("a\nb"), hash(" a\r\nb\r\n"));
        assert_eq!(hash("a\nb"), hash("a\rb"));
        assert_ne!(hash("a\nb"), hash("a b"));
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
