//! A paper as a page to be printed: one file that needs nothing else and runs nothing.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use vocab::{Language, Word};

use super::{Body, Cell, Fact, List, Origin, Paper, Row, Section, Table};

/// How it looks, on paper and on a screen.
const STYLE: &str = include_str!("paper.css");

/// The whole file. What is put in with `maud` is escaped; only the style is not, which is ours.
pub(crate) fn sheet(language: Language, title: &str, body: &Markup) -> String {
    let direction = if language == Language::Ar { "rtl" } else { "ltr" };
    let page = html! {
        (DOCTYPE)
        html lang=(language.code()) dir=(direction) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    };
    page.into_string()
}

/// The whole paper.
pub(super) fn page(paper: &Paper) -> String {
    let body = html! {
        header {
            @if let Some(kind) = paper.kind { p.kind { (kind) } }
            h1 { bdi { (paper.heading) } }
            p.clock { @for part in &paper.clock { (said(part)) ". " } }
            @if !paper.facts.is_empty() {
                dl { @for Fact { name, value } in &paper.facts { div { dt { (name) } dd { bdi { (value) } } } } }
            }
            @if let Some(Fact { name, value }) = &paper.seal { p { (name) " " bdi.hash { (value) } } }
        }
        @for (at, section) in paper.sections.iter().enumerate() { (self::section(section, &format!("section-{}", at + 1))) }
        footer { (paper.rules.name) ": " bdi { (paper.rules.value) } }
    };
    sheet(paper.language, &paper.title(), &body)
}

fn said(Fact { name, value }: &Fact) -> Markup {
    html! { (name) @if !value.is_empty() { " " bdi { (value) } } }
}

fn section(Section { heading, body, more }: &Section, id: &str) -> Markup {
    html! {
        section.empty[matches!(body, Body::Nothing(_))] aria-labelledby=(id) {
            h2 id=(id) { (heading) }
            @match body {
                Body::Nothing(why) => p.nothing { (why) },
                Body::List(list) => (self::list(list)),
                Body::Table(table) => (self::table(table, id)),
            }
            @if let Some(more) = more { p.more { (more) } }
        }
    }
}

fn list(List { numbered, items }: &List) -> Markup {
    let items = html! {
        @for item in items {
            li.late[item.late] {
                @if let Some(lead) = &item.lead { strong { bdi { (lead) } } " – " }
                (item.text)
                @if let Some(origin) = &item.origin { " " (self::origin(origin)) }
            }
        }
    };
    html! { @if *numbered { ol { (items) } } @else { ul { (items) } } }
}

fn table(Table { columns, rows, wide }: &Table, heading: &str) -> Markup {
    html! {
        table.wide[*wide] aria-labelledby=(heading) {
            thead { tr { @for column in columns { th scope="col" { (column) } } } }
            tbody { @for row in rows { (self::row(row)) } }
        }
    }
}

fn row(Row { cells, late }: &Row) -> Markup {
    let id = cells.iter().find_map(|cell| if let Cell::Number(number) = cell { Some(anchor(*number)) } else { None });
    html! {
        tr.late[*late] id=[id] {
            @for (at, cell) in cells.iter().enumerate() {
                @match (at, cell) {
                    (0, cell) => th scope="row" { (self::cell(cell)) },
                    (_, cell @ Cell::Address(_)) => td.address { (self::cell(cell)) },
                    (_, cell) => td { (self::cell(cell)) },
                }
            }
        }
    }
}

fn cell(cell: &Cell) -> Markup {
    html! {
        @match cell {
            Cell::Text(text) => bdi { (text) },
            Cell::Number(number) => { "[" (number) "]" },
            Cell::Origin(origin) => (self::origin(origin)),
            Cell::Address(url) => a href=(url) rel="noreferrer" { bdi { (url) } },
        }
    }
}

fn origin(origin: &Origin) -> Markup {
    html! {
        span.source {
            @match origin {
                Origin::Reports(numbers) => @for (at, number) in numbers.iter().enumerate() {
                    @if at > 0 { " " }
                    a href={ "#" (anchor(*number)) } { "[" (number) "]" }
                },
                Origin::Hand(words, who) => { (words) @if let Some(who) = who { ": " bdi { (who) } } },
            }
        }
    }
}

/// What the line of a report is called within the page.
fn anchor(number: usize) -> String {
    format!("source-{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_stay_words() {
        let page = sheet(Language::Ar, "<script>", &html! { p { ("\"><img src=x>") } });
        assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
        assert!(page.contains("lang=\"ar\" dir=\"rtl\""), "{page}");
        for harmful in ["javascript:alert(1)", " JavaScript:x", "data:text/html,x"] {
            assert!(!cell(&Cell::address(harmful)).into_string().contains("href"), "{harmful}");
        }
        assert!(cell(&Cell::address("https://example.org/?a=1&b=2")).into_string().contains("a=1&amp;b=2"));
    }
}
