//! A reading in lines for people.

use std::fmt::Write;

use extract::{
    Reading,
    reading::{Action, Basis},
};
use vocab::evidence::Span;

/// What was read, each fact with its words.
pub(super) fn of(id: &str, reading: &Reading) -> String {
    let mut page = Page::default();
    page.line(0, reading.title.as_deref().unwrap_or(id));
    let language = reading.language.as_deref().unwrap_or("language not recognized");
    let published = reading
        .published_on
        .map_or_else(|| "day of publication not known".to_owned(), |day| format!("published {day}"));
    page.line(0, &format!("{id} · {language} · {published}"));

    page.section("States", &reading.states, |state| (state.code.clone(), &state.basis));
    page.section("Organizations", &reading.organizations, |organization| {
        let acronym = organization.acronym.as_ref().map(|acronym| format!("({acronym})"));
        let state = organization.state.as_ref().map(|state| format!("· {state}"));
        (
            joined(" ", [Some(organization.name.clone()), acronym, Some(format!("· {}", organization.kind)), state]),
            &organization.basis,
        )
    });
    page.section("People", &reading.people, |person| {
        let body =
            person.organization.clone().filter(|body| person.post.as_ref().is_none_or(|post| !post.contains(body)));
        (joined(" · ", [Some(person.name.clone()), person.post.clone(), body, person.state.clone()]), &person.basis)
    });
    page.section("Meetings", &reading.meetings, |meeting| {
        let date = meeting.date.map(|date| date.to_string());
        let mode = meeting.mode.map(|mode| mode.to_string());
        (joined(" · ", [Some(meeting.kind.to_string()), date, mode, meeting.place.clone()]), &meeting.basis)
    });
    page.section("Areas", &reading.areas, |area| (area.slug.clone(), &area.basis));
    page.section("Actions", &reading.actions, |action| (action_line(action), &action.basis));

    if !reading.doubts.is_empty() {
        page.line(0, "\nDoubts");
        for doubt in &reading.doubts {
            page.line(1, &format!("{}: {}", doubt.code, doubt.message));
            page.quote(doubt.evidence.first());
        }
    }
    page.text + "\n"
}

fn action_line(action: &Action) -> String {
    let actor = joined(
        " for ",
        [action.actor.clone(), action.actor_side.clone().filter(|side| action.actor.as_ref() != Some(side))],
    );
    let parties = joined(" → ", [Some(actor).filter(|actor| !actor.is_empty()), action.counterpart.clone()]);
    let areas = Some(action.areas.join(", ")).filter(|areas| !areas.is_empty());
    let due = action.due.map(|due| format!("due {due}"));
    let missing = action.missing.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let missing = Some(format!("says no {missing}")).filter(|_| !missing.is_empty());
    let what = format!("{} ({})", action.kind, action.strength);
    joined(" · ", [Some(what), Some(parties).filter(|parties| !parties.is_empty()), areas, due, missing])
}

fn joined<const N: usize>(between: &str, parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(between)
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn line(&mut self, indent: usize, text: &str) {
        let _ = writeln!(self.text, "{:1$}{text}", "", indent * 2);
    }

    fn section<T>(&mut self, title: &str, facts: &[T], told: impl Fn(&T) -> (String, &Basis)) {
        if facts.is_empty() {
            return;
        }
        self.line(0, &format!("\n{title}"));
        for (line, basis) in facts.iter().map(told) {
            self.line(1, &format!("{line}  [{:.0} %]", basis.confidence * 100.0));
            self.quote(basis.evidence.first());
        }
    }

    /// The words, on one line however they were broken.
    fn quote(&mut self, span: Option<&Span>) {
        if let Some(span) = span {
            let words = span.quote.split_whitespace().collect::<Vec<_>>().join(" ");
            self.line(2, &format!("“{words}”"));
        }
    }
}
