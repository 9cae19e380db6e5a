//! The brief as a paper.

use chrono::NaiveDate;
use vocab::Language;

use super::{
    Brief, HANDOVER_RULE, Line, Post, RULE, Section, SectionKind, Source, Subject, Tenure,
    words::{self, Phrase, Spoken, isolated, say},
};
use crate::{
    paper::{self, Body, Cell, Fact, Item, List, Origin, Paper, Row, Table},
    partnership::{self, Partnership},
    question::reasons,
};

/// The whole paper.
pub(super) fn paper(brief: &Brief) -> Paper {
    let Brief { language, ref subject, .. } = *brief;
    let name = subject.title(language);
    let (kind, rules): (Phrase, &[&str]) = match subject {
        Subject::State(_) => (words::BRIEF, &[RULE, partnership::RULE, vocab::status::RULE]),
        Subject::Post(_) => (words::HANDOVER, &[HANDOVER_RULE, vocab::status::RULE]),
    };
    let heading = match (&brief.host, subject) {
        (Some(host), Subject::State(_)) => format!("{host} – {name}"),
        _ => name.to_owned(),
    };
    let told = brief.sections.iter().map(|section| self::section(section, language));
    Paper {
        language,
        kind: Some(say(kind, language)),
        heading,
        as_of: brief.clock.as_of,
        clock: paper::clock(brief.clock, language),
        facts: standing(brief),
        seal: None,
        sections: told.chain([sources(&brief.sources, language)]).collect(),
        rules: Fact::new(words::RULES, rules.join(" · "), language),
    }
}

/// How it stands, in a few words.
fn standing(brief: &Brief) -> Vec<Fact> {
    let facts = match &brief.subject {
        Subject::State(partner) => partnered(&partner.partnership, brief.clock.as_of, brief.language),
        Subject::Post(post) => held(post, brief.language),
    };
    facts.into_iter().map(|(name, value)| Fact::new(name, value, brief.language)).collect()
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

fn section(section: &Section, language: Language) -> paper::Section {
    let body = if section.lines.is_empty() {
        Body::Nothing(section.kind.nothing(language))
    } else if section.kind == SectionKind::TalkingPoints {
        let items = section.lines.iter().map(|line| item(line, language)).collect();
        Body::List(List { numbered: true, items })
    } else {
        let heads = words::columns(section.kind).iter().chain([&words::SOURCE]);
        let columns = heads.map(|head| say(*head, language)).collect();
        let rows = section.lines.iter().map(|line| row(line, language)).collect();
        Body::Table(Table { columns, rows, wide: false })
    };
    let left_out = section.left_out();
    let more = (left_out > 0).then(|| words::fill(words::MORE, language, &[("n", &left_out.to_string())]));
    paper::Section { heading: section.kind.title(language), body, more }
}

fn item(line: &Line, language: Language) -> Item {
    Item { lead: None, text: line.text(), origin: Some(origin(line, language)), late: line.days_late.is_some() }
}

fn row(line: &Line, language: Language) -> Row {
    let told = line.cells.iter().cloned().map(Cell::Text);
    Row { cells: told.chain([Cell::Origin(origin(line, language))]).collect(), late: line.days_late.is_some() }
}

/// The numbers of a line's sources, or that a person wrote it down.
fn origin(line: &Line, language: Language) -> Origin {
    if line.sources.is_empty() {
        Origin::Hand(say(words::BY_HAND, language), line.told_by.clone())
    } else {
        Origin::Reports(line.sources.clone())
    }
}

fn sources(sources: &[Source], language: Language) -> paper::Section {
    let body = if sources.is_empty() {
        Body::Nothing(say(words::NO_SOURCES, language))
    } else {
        let heads = [words::NUMBER, words::REPORT, words::PUBLISHER, words::DATE, words::ADDRESS];
        let columns = heads.map(|head| say(head, language)).to_vec();
        let rows = sources.iter().map(|source| listed(source, language)).collect();
        Body::Table(Table { columns, rows, wide: false })
    };
    paper::Section { heading: say(words::SOURCES, language), body, more: None }
}

fn listed(source: &Source, language: Language) -> Row {
    let Source { number, title, publisher, published_on, url, .. } = source;
    let cells = vec![
        Cell::Number(*number),
        Cell::Text(title.as_deref().unwrap_or(say(words::UNTITLED, language)).to_owned()),
        Cell::Text(publisher.clone().unwrap_or_default()),
        Cell::Text(published_on.map(|day| words::day(day, language)).unwrap_or_default()),
        Cell::address(url.as_deref().unwrap_or_default()),
    ];
    Row { cells, late: false }
}
