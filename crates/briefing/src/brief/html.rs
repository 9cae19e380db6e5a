//! The brief as a page.

use chrono::NaiveDate;
use maud::{Markup, html};
use vocab::Language;

use super::{
    Brief, HANDOVER_RULE, Line, Post, RULE, Section, SectionKind, Source, Subject, Tenure,
    words::{self, Phrase, Spoken, isolated, say},
};
use crate::{
    paper,
    partnership::{self, Partnership},
    question::reasons,
};

/// The whole page.
pub(super) fn page(brief: &Brief) -> String {
    let Brief { language, ref subject, .. } = *brief;
    let name = subject.title(language);
    let (kind, rules): (Phrase, &[&str]) = match subject {
        Subject::State(_) => (words::BRIEF, &[RULE, partnership::RULE, vocab::status::RULE]),
        Subject::Post(_) => (words::HANDOVER, &[HANDOVER_RULE, vocab::status::RULE]),
    };
    let title = match (&brief.host, subject) {
        (Some(host), Subject::State(_)) => format!("{host} – {name}"),
        _ => name.to_owned(),
    };
    let body = html! {
        header {
            p.kind { (say(kind, language)) }
            h1 { bdi { (title) } }
            (paper::clock(brief.clock, language))
            dl { @for (name, value) in standing(brief) { div { dt { (say(name, language)) } dd { bdi { (value) } } } } }
        }
        @for section in &brief.sections { (self::section(section, language)) }
        (sources(&brief.sources, language))
        footer { (say(words::RULES, language)) ": " bdi { (rules.join(" · ")) } }
    };
    paper::sheet(language, &format!("{}: {title}", say(kind, language)), &body)
}

/// How it stands, in a few words.
fn standing(brief: &Brief) -> Vec<(Phrase, String)> {
    match &brief.subject {
        Subject::State(partner) => partnered(&partner.partnership, brief.clock.as_of, brief.language),
        Subject::Post(post) => held(post, brief.language),
    }
}

fn partnered(partnership: &Partnership, day: NaiveDate, language: Language) -> Vec<(Phrase, String)> {
    let (label, why) = partnership.label(day);
    let standing = partnership.standing.unwrap_or(vocab::Standing::Unknown);
    let contact = partnership.last_contact.map(|day| words::day(day, language));
    vec![
        (words::PARTNERSHIP, format!("{}: {}", say(label.phrase(), language), reasons(&why, language))),
        (words::STANDING, say(standing.phrase(), language).to_owned()),
        (words::LAST_CONTACT, contact.unwrap_or_else(|| say(words::NEVER, language).to_owned())),
        (words::OPEN_ACTIONS, partnership.open.to_string()),
        (words::OVERDUE, partnership.overdue.to_string()),
    ]
}

fn held(post: &Post, language: Language) -> Vec<(Phrase, String)> {
    let named = |tenure: &Tenure| format!("{} ({})", isolated(&tenure.name, language), tenure.period(language));
    let nobody = || say(words::NOBODY, language).to_owned();
    let mut facts = vec![(words::ORGANIZATION, post.organization.clone())];
    facts.extend(post.state.clone().map(|state| (words::STATE, state)));
    facts.push((words::HELD_BY, post.holder().map_or_else(nobody, named)));
    facts.extend(post.predecessor().map(|before| (words::HELD_BEFORE_BY, named(before))));
    facts.push((words::OPEN_ACTIONS, post.open.to_string()));
    facts.push((words::OVERDUE, post.overdue.to_string()));
    facts
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
