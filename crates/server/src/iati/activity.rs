//! An action as an activity. The parts stand in the order that the schema of the standard wants.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use maud::{Markup, html};
use store::{follow_up_action, news_report, party::Party};
use vocab::{ActionStatus, Language, Side};

use super::{
    codes,
    context::{Context, Publisher},
};

type Action = follow_up_action::Model;

pub(super) fn activity(action: &Action, publisher: &Publisher, context: &Context) -> Markup {
    let words = context.words(action.id);
    let language = words.iter().find_map(|(_, language)| *language);
    html! {
        iati-activity xml:lang=(publisher.language) {
            iati-identifier { (publisher.reference) "-" (action.reference) }
            reporting-org ref=(publisher.reference) type=(codes::organization(publisher.host.kind.0)) {
                (narrative(&publisher.host.label, None))
            }
            title { (narrative(&action.title, language)) }
            description type="1" {
                @if words.is_empty() { (narrative(&action.title, language)) }
                @for (quote, language) in &words { (narrative(quote, *language)) }
            }
            (participants(action, publisher, context))
            activity-status code=(codes::status(action.status.0)) {}
            @for (kind, day) in days(action, context) { activity-date type=(kind) iso-date=(day) {} }
            (place(action, context))
            (sectors(action, context))
            @for (url, report) in context.reports(action.id) { (document(url, report, &action.title)) }
        }
    }
}

fn narrative(text: &str, language: Option<&str>) -> Markup {
    html! { narrative xml:lang=[language] { (sound(text)) } }
}

/// Text without the control characters that no document of XML may hold.
fn sound(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\t' | '\n' | '\r') || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}')))
        .collect()
}

/// A body that has part: its identifier, what kind it is, and what it is called.
type Body<'a> = (Option<&'a str>, &'static str, &'a str);

/// Whoever acts is accountable for it and carries it out; where a third party acts, the host accounts for it.
fn participants(action: &Action, publisher: &Publisher, context: &Context) -> Markup {
    let kind = codes::organization(publisher.host.kind.0);
    let host: Body<'_> = (Some(&publisher.reference), kind, &publisher.host.label);
    let acting = body(action.actor(), context);
    let across = body(action.counterpart(), context).or_else(|| state(action, context));
    let (accountable, implementing) = match action.actor_side.0 {
        Side::Ours => (vec![host], vec![host]),
        Side::Theirs => {
            let partner = acting.or_else(|| state(action, context)).unwrap_or(host);
            (vec![partner], vec![partner])
        }
        Side::Both => {
            let partner = acting.filter(|(_, _, name)| *name != publisher.host.label).or(across);
            let both: Vec<_> = std::iter::once(host).chain(partner).collect();
            (both.clone(), both)
        }
        Side::Other => (vec![host], acting.into_iter().collect()),
    };
    let roles = [(codes::ACCOUNTABLE, accountable), (codes::IMPLEMENTING, implementing)];
    html! {
        @for (role, bodies) in roles {
            @for (reference, kind, name) in bodies {
                participating-org ref=[reference] type=(kind) role=(role) { (narrative(name, None)) }
            }
        }
    }
}

fn body(party: Party, context: &Context) -> Option<Body<'_>> {
    let organization = party.organization_id.and_then(|id| context.organizations.get(&id));
    let state = || party.state_id.and_then(|id| context.states.get(&id));
    organization
        .map(|body| (None, codes::organization(body.kind.0), body.label.as_str()))
        .or_else(|| state().map(|state| (None, codes::GOVERNMENT, state.name(Language::En))))
}

fn state<'a>(action: &Action, context: &'a Context) -> Option<Body<'a>> {
    let state = action.state_id.and_then(|id| context.states.get(&id))?;
    Some((None, codes::GOVERNMENT, state.name(Language::En)))
}

/// It is to begin when it was said and to end when it is due; it began and ended when somebody first said that it had.
fn days(action: &Action, context: &Context) -> Vec<(&'static str, NaiveDate)> {
    let said = |among: &[ActionStatus]| {
        let updates = context.updates(action.id).iter().filter(|update| among.contains(&update.says.0));
        updates.map(|update| update.said_on).min()
    };
    let begun = [ActionStatus::InProgress, ActionStatus::PartlyDelivered, ActionStatus::Delivered];
    let ended = said(&[ActionStatus::Delivered]).filter(|_| action.status.0 == ActionStatus::Delivered);
    let days = [
        (codes::PLANNED_START, Some(action.since())),
        (codes::ACTUAL_START, said(&begun)),
        (codes::PLANNED_END, action.due_on),
        (codes::ACTUAL_END, ended),
    ];
    days.into_iter().filter_map(|(kind, day)| Some((kind, day?))).collect()
}

fn place(action: &Action, context: &Context) -> Markup {
    let state = action.state_id.and_then(|id| context.states.get(&id));
    html! {
        @match state {
            Some(state) => recipient-country code=(state.alpha2) {},
            None => recipient-region code=(codes::UNSPECIFIED_REGION) vocabulary="1" {},
        }
    }
}

/// Each purpose has an equal share: nobody has said how much of an action is for which.
fn sectors(action: &Action, context: &Context) -> Markup {
    let purposes: BTreeSet<&str> = context.areas(action.id).filter_map(|area| area.crs.as_deref()).collect();
    let purposes = if purposes.is_empty() { BTreeSet::from([codes::UNSPECIFIED_SECTOR]) } else { purposes };
    let goals: BTreeSet<i32> = context.areas(action.id).flat_map(|area| area.goals()).collect();
    html! {
        @for (code, share) in purposes.iter().zip(codes::shares(purposes.len())) {
            sector vocabulary=(codes::CRS) code=(code) percentage=(share) {}
        }
        @for goal in goals { tag vocabulary=(codes::GOALS) code=(goal) {} }
    }
}

fn document(url: &str, report: &news_report::Model, otherwise: &str) -> Markup {
    html! {
        document-link format="text/html" url=(url) {
            title { (narrative(report.title.as_deref().unwrap_or(otherwise), report.language.as_deref())) }
            category code=(codes::WEB_PAGE) {}
            @if let Some(language) = &report.language { language code=(language) {} }
            @if let Some(day) = report.published_on { document-date iso-date=(day) {} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(sound("a\u{0}\u{b}b\u{FFFF}\nc"), "ab\nc");
        assert_eq!(
            narrative("<b> & \"c\"", Some("fr")).into_string(),
            "<narrative xml:lang=\"fr\">&lt;b&gt; &amp; &quot;c&quot;</narrative>"
        );
    }
}
