//! `entente search WORD...`

use std::io::{self, Write};

use clap::Args;
use store::{
    Concept, Store, member_state,
    page::Slice,
    search::{self, Asked, CONCEPTS, Hit},
};
use uuid::Uuid;
use vocab::{Word, search::Extract};

use super::open;
use crate::{Failure, Settings};

#[derive(Debug, Args)]
pub(super) struct Search {
    /// The words; each has to be found, the last may be the beginning of a longer one
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// Only records of this kind, such as person or follow-up-action; may be given more than once
    #[arg(long = "kind", value_name = "KIND", value_parser = kind)]
    kinds: Vec<Concept>,
    /// Only records that have to do with this state, by ISO 3166-1 code; may be given more than once
    #[arg(long = "state", value_name = "CODE")]
    states: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "COUNT", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=100))]
    first: u64,
}

impl Search {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        let Self { words, kinds, states, first } = self;
        let store = open::open_prepared(&settings).await?;
        let states = if states.is_empty() { None } else { Some(keys(&store, &states).await?) };
        let kinds = (!kinds.is_empty()).then_some(kinds);
        let asked = Asked::new(&words.join(" "), kinds, states)?;
        let page = search::page(store.reader(), &asked, &Slice::first(first)).await?;
        let all = search::count(store.reader(), &asked).await?;
        store.close().await?;
        let mut out = io::stdout().lock();
        for (_, hit) in &page.rows {
            print(hit, &mut out)?;
        }
        Ok(writeln!(out, "{} of {all} found", page.rows.len())?)
    }
}

/// A kind of record that can be found.
fn kind(code: &str) -> Result<Concept, String> {
    let known = CONCEPTS.map(Word::code);
    let kind = CONCEPTS.into_iter().find(|concept| concept.code() == code);
    kind.ok_or_else(|| format!("\"{code}\" is no kind of record that can be found: use one of {}", known.join(", ")))
}

/// The keys of states that are named by their codes.
async fn keys(store: &Store, codes: &[String]) -> Result<Vec<Uuid>, Failure> {
    let mut ids = Vec::with_capacity(codes.len());
    for code in codes {
        let state = member_state::by_code(store.reader(), code.trim()).await?;
        let wrong = || Failure::asked_wrong(format!("\"{code}\" is no state of ISO 3166-1: write it as PAK or PK"));
        ids.push(state.ok_or_else(wrong)?.id);
    }
    Ok(ids)
}

fn print(hit: &Hit, out: &mut impl Write) -> io::Result<()> {
    let title = hit.title.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "{:17} {title}  {}", hit.record.concept.code(), *api::id::encode(hit.record))?;
    for extract in &hit.extracts {
        writeln!(out, "{:17} {}", "", marked(extract))?;
    }
    Ok(())
}

/// An extract in one line, with what was found in brackets.
fn marked(extract: &Extract) -> String {
    let mut text = String::new();
    text.extend(extract.cut_before.then_some('…'));
    for (at, c) in extract.text.chars().enumerate() {
        text.extend(extract.marks.iter().filter(|mark| mark.start == at).map(|_| '['));
        text.push(if c.is_whitespace() { ' ' } else { c });
        text.extend(extract.marks.iter().filter(|mark| mark.end == at + 1).map(|_| ']'));
    }
    text.extend(extract.cut_after.then_some('…'));
    text
}
