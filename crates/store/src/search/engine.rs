//! What differs between the engines: how words are handed to each, and how each is asked for them.
//!
//! Words are letters and digits alone, folded, so that nothing in them means anything to an engine.

use sea_orm::{
    DbBackend,
    sea_query::{Alias, DeleteStatement, Expr, ExprTrait, InsertStatement, OnConflict, Query as Statement},
};
use vocab::search::{Indexed, Query, Term};

use crate::Result;

/// Where words have their words written.
pub(crate) const WORDS: &str = "search_words";
/// What stands in SQLite where there is no word: no word has such a sign.
const GAP: &str = "·";
/// The place of words that have none, in PostgreSQL: the last there is, next to no other.
const NO_PLACE: usize = 16_383;

/// How well a record fits: in its title stand all the words, some, or none. The best comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// All of them.
    Titled,
    /// Some of them.
    PartlyTitled,
    /// None of them.
    Told,
}

impl Rank {
    /// The ranks that records can have for a query.
    pub(super) fn of(query: &Query) -> &'static [Self] {
        if query.terms().len() > 1 {
            &[Self::Titled, Self::PartlyTitled, Self::Told]
        } else {
            &[Self::Titled, Self::Told]
        }
    }
}

/// The statement that writes down the words of entries, each by its number, in the place of those that it had.
pub(crate) fn write(engine: DbBackend, entries: &[(i32, [Indexed; 2])]) -> Result<InsertStatement> {
    let mut insert = Statement::insert();
    insert.into_table(Alias::new(WORDS));
    if engine == DbBackend::Sqlite {
        insert.replace().columns(["rowid", "title", "text"].map(Alias::new));
    } else {
        let no = OnConflict::column(Alias::new("no")).update_column(Alias::new("words")).to_owned();
        insert.columns(["no", "words"].map(Alias::new)).on_conflict(no);
    }
    for (no, [title, text]) in entries {
        let no = Expr::val(*no);
        let row = if engine == DbBackend::Sqlite {
            vec![no, Expr::val(sqlite_words(title)), Expr::val(sqlite_words(text))]
        } else {
            vec![no, Expr::val(postgres_words(title, text)).cast_as(Alias::new("tsvector"))]
        };
        insert.values(row).map_err(|fault| sea_orm::DbErr::Type(fault.to_string()))?;
    }
    Ok(insert)
}

/// The statement that forgets the words of entries, by their numbers.
pub(crate) fn forget(engine: DbBackend, numbers: &[i32]) -> DeleteStatement {
    let number = Alias::new(if engine == DbBackend::Sqlite { "rowid" } else { "no" });
    let mut delete = Statement::delete();
    delete.from_table(Alias::new(WORDS)).and_where(Expr::col(number).is_in(numbers.iter().copied()));
    delete
}

/// That the words of an entry fit a query: at a rank, or anyhow.
pub(super) fn fits(engine: DbBackend, query: &Query, rank: Option<Rank>) -> Expr {
    let ask = if engine == DbBackend::Sqlite { sqlite_query } else { postgres_query };
    let asked = ask(query, rank);
    if engine == DbBackend::Sqlite {
        Expr::cust_with_values("no IN (SELECT rowid FROM search_words WHERE search_words MATCH ?)", [asked])
    } else {
        Expr::cust_with_values("no IN (SELECT no FROM search_words WHERE words @@ CAST($1 AS tsquery))", [asked])
    }
}

fn sqlite_words(words: &Indexed) -> String {
    let Indexed { placed, loose } = words;
    let placed = placed.iter().map(|word| if word.is_empty() { GAP } else { word });
    let loose = loose.iter().flat_map(|word| [GAP, word]);
    placed.chain(loose).collect::<Vec<_>>().join(" ")
}

fn postgres_words(title: &Indexed, text: &Indexed) -> String {
    let mut all = Vec::with_capacity(title.placed.len() + text.placed.len());
    let mut first = 1;
    for (Indexed { placed, loose }, weight) in [(title, "A"), (text, "")] {
        let places = placed.iter().zip(first..).filter(|(word, _)| !word.is_empty());
        all.extend(places.map(|(word, place)| format!("{word}:{place}{weight}")));
        all.extend(loose.iter().map(|word| format!("{word}:{NO_PLACE}{weight}")));
        first += placed.len() + 1;
    }
    all.join(" ")
}

/// Each term in the words of an engine.
fn each(query: &Query, term: impl Fn(&Term) -> String) -> Vec<String> {
    query.terms().iter().map(term).collect()
}

fn sqlite_query(query: &Query, rank: Option<Rank>) -> String {
    let terms = each(query, |term| match term.beginnings() {
        Some(beginnings) => {
            let any: Vec<_> = beginnings.map(|begun| format!("\"{begun}\" *")).collect();
            format!("({})", any.join(" OR "))
        }
        None => {
            let words: Vec<_> = term.stems().collect();
            format!("(\"{}\"{})", words.join(" "), if term.is_open() { " *" } else { "" })
        }
    });
    let (all, any) = (terms.join(" AND "), terms.join(" OR "));
    match rank {
        None => all,
        Some(Rank::Titled) => format!("title : ({all})"),
        Some(Rank::PartlyTitled) => format!("(({all}) AND title : ({any})) NOT title : ({all})"),
        Some(Rank::Told) => format!("({all}) NOT title : ({any})"),
    }
}

fn postgres_query(query: &Query, rank: Option<Rank>) -> String {
    let terms = |weight: &str| {
        each(query, |term| match term.beginnings() {
            Some(beginnings) => {
                let any: Vec<_> = beginnings.map(|begun| format!("'{begun}':*{weight}")).collect();
                format!("({})", any.join(" | "))
            }
            None => {
                let last = term.stems().count() - 1;
                let mark = |at: usize| if term.is_open() && at == last { "*" } else { "" };
                let exact = |(at, word)| match format!("{}{weight}", mark(at)) {
                    none if none.is_empty() => format!("'{word}'"),
                    marks => format!("'{word}':{marks}"),
                };
                let words: Vec<_> = term.stems().enumerate().map(exact).collect();
                format!("({})", words.join(" <-> "))
            }
        })
    };
    let (all, titled) = (terms("").join(" & "), terms("A"));
    let (all_titled, any_titled) = (titled.join(" & "), titled.join(" | "));
    match rank {
        None => all,
        Some(Rank::Titled) => all_titled,
        Some(Rank::PartlyTitled) => format!("{all} & ({any_titled}) & !({all_titled})"),
        Some(Rank::Told) => format!("{all} & !({any_titled})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_engine_gets_the_same_words() {
        let (title, text) = (Indexed::of(["PAK-14"], 10), Indexed::of(["بالتعاون"], 10));
        assert_eq!(sqlite_words(&title), "· pak 14");
        assert_eq!(sqlite_words(&text), "· تعاون · التعاون · بالتعاون");
        assert_eq!(postgres_words(&title, &text), "pak:2A 14:3A تعاون:6 التعاون:16383 بالتعاون:16383");
    }

    #[test]
    fn each_engine_is_asked_for_the_same_words() {
        let asked = |typed: &str, rank| {
            let query = Query::parse(typed).expect("a query");
            [sqlite_query(&query, rank), postgres_query(&query, rank)]
        };
        assert_eq!(asked("wa", Some(Rank::Titled)), ["title : ((\"wa\" *))", "('wa':*A)"]);
        assert_eq!(asked("pak-14", None), ["(\"pak 14\")", "('pak' <-> '14')"]);
        assert_eq!(
            asked("\"a b\" c", Some(Rank::Told)),
            [
                "((\"a b\") AND (\"c\")) NOT title : ((\"a b\") OR (\"c\"))",
                "('a' <-> 'b') & ('c') & !(('a':A <-> 'b':A) | ('c':A))",
            ]
        );
        assert_eq!(
            asked("الت al-mal", Some(Rank::PartlyTitled))[0],
            "(((\"الت\") AND (\"al mal\" *)) AND title : ((\"الت\") OR (\"al mal\" *))) NOT title : ((\"الت\") AND (\"al mal\" *))"
        );
        assert_eq!(asked("التعا", None), ["(\"التعا\" * OR \"تعا\" *)", "('التعا':* | 'تعا':*)"]);
    }
}
