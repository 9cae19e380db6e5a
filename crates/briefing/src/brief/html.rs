//! The brief as a page.

use maud::{Markup, html};
use vocab::Language;

use super::{
    Brief, Line, RULE, Section, SectionKind, Source,
    words::{self, Phrase, Spoken, say},
};
use crate::{paper, partnership, question::reasons};

/// The whole page.
pub(super) fn page(brief: &Brief) -> String {
    let language = brief.language;
    let state = brief.state.name(language);
    let title = match &brief.host {
        Some(host) => format!("{host} – {state}"),
        None => state.to_owned(),
    };
    let body = html! {
        header {
            p.kind { (say(words::BRIEF, language)) }
            h1 { bdi { (title) } }
            (paper::clock(brief.clock, language))
            (standing(brief))
        }
        @for section in &brief.sections { (self::section(section, language)) }
        (sources(&brief.sources, language))
        footer { (say(words::RULES, language)) ": " bdi { (RULE) " · " (partnership::RULE) " · " (vocab::status::RULE) } }
    };
    paper::sheet(language, &format!("{}: {title}", say(words::BRIEF, language)), &body)
}

/// How the partnership stands, in a few words.
fn standing(brief: &Brief) -> Markup {
    let Brief { language, clock, ref partnership, .. } = *brief;
    let (label, why) = partnership.label(clock.as_of);
    let standing = partnership.standing.unwrap_or(vocab::Standing::Unknown);
    let contact = partnership.last_contact.map(|day| words::day(day, language));
    let fact = |name: Phrase, value: &str| html! { div { dt { (say(name, language)) } dd { bdi { (value) } } } };
    html! {
        dl {
            (fact(words::PARTNERSHIP, &format!("{}: {}", say(label.phrase(), language), reasons(&why, language))))
            (fact(words::STANDING, say(standing.phrase(), language)))
            (fact(words::LAST_CONTACT, contact.as_deref().unwrap_or(say(words::NEVER, language))))
            (fact(words::OPEN_ACTIONS, &partnership.open.to_string()))
            (fact(words::OVERDUE, &partnership.overdue.to_string()))
        }
    }
}

fn section(section: &Section, language: Language) -> Markup {
    let heading = format!("section-{}", section.kind as usize + 1);
    html! {
        section.empty[section.lines.is_empty()] aria-labelledby=(heading) {
            h2 id=(heading) { (section.kind.title(language)) }
            @if section.lines.is_empty() {
                p.nothing { (section.kind.nothing(language)) }
            } @else if section.kind == SectionKind::TalkingPoints {
                ol { @for line in &section.lines { li.late[line.days_late.is_some()] { (line.text()) " " (marks(line, language)) } } }
            } @else {
                (table(section, language, &heading))
            }
            @if section.left_out() > 0 {
                p.more { (words::fill(words::MORE, language, &[("n", &section.left_out().to_string())])) }
            }
        }
    }
}

fn table(section: &Section, language: Language, heading: &str) -> Markup {
    html! {
        table aria-labelledby=(heading) {
            thead {
                tr {
                    @for column in words::columns(section.kind) { th scope="col" { (say(*column, language)) } }
                    th scope="col" { (say(words::SOURCE, language)) }
                }
            }
            tbody {
                @for line in &section.lines {
                    tr.late[line.days_late.is_some()] {
                        @for (at, cell) in line.cells.iter().enumerate() {
                            @if at == 0 { th scope="row" { bdi { (cell) } } } @else { td { bdi { (cell) } } }
                        }
                        td { (marks(line, language)) }
                    }
                }
            }
        }
    }
}

/// The numbers of a line's sources, or that a person wrote it down.
fn marks(line: &Line, language: Language) -> Markup {
    html! {
        span.source {
            @if line.sources.is_empty() {
                (say(words::BY_HAND, language))
                @if let Some(who) = &line.told_by { ": " bdi { (who) } }
            }
            @for (at, number) in line.sources.iter().enumerate() {
                @if at > 0 { " " }
                a href={ "#source-" (number) } { "[" (number) "]" }
            }
        }
    }
}

fn sources(sources: &[Source], language: Language) -> Markup {
    let heads = [words::NUMBER, words::REPORT, words::PUBLISHER, words::DATE, words::ADDRESS];
    html! {
        section aria-labelledby="sources" {
            h2 id="sources" { (say(words::SOURCES, language)) }
            @if sources.is_empty() {
                p.nothing { (say(words::NO_SOURCES, language)) }
            } @else {
                table aria-labelledby="sources" {
                    thead { tr { @for head in heads { th scope="col" { (say(head, language)) } } } }
                    tbody { @for source in sources { (row(source, language)) } }
                }
            }
        }
    }
}

fn row(source: &Source, language: Language) -> Markup {
    let Source { number, title, publisher, published_on, url, .. } = source;
    html! {
        tr id={ "source-" (number) } {
            th scope="row" { "[" (number) "]" }
            td { bdi { (title.as_deref().unwrap_or(say(words::UNTITLED, language))) } }
            td { bdi { (publisher.as_deref().unwrap_or_default()) } }
            td { bdi { (published_on.map(|day| words::day(day, language)).unwrap_or_default()) } }
            td.address { @if let Some(url) = url { (paper::address(url)) } }
        }
    }
}
