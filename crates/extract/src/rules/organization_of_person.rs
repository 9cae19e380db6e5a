//! An organization for which somebody takes part, or which acts.

use std::collections::BTreeSet;

use vocab::OrganizationKind;

use super::{Example, Rule, meeting_told::contact_sentences};
use crate::{
    draft::{Draft, Who},
    pack::Cue,
    text,
};

/// An organization for which somebody takes part, or which acts. It lists what other rules found.
pub const RULE: Rule = Rule {
    name: "organization-of-person",
    example: Example {
        text: "Omar Tall, Ambassador of Senegal to France, met Anna Berg, Director-General of UNESCO, in Paris.",
        reads: &[
            "organization international: United Nations Educational, Scientific and Cultural Organization (UNESCO)",
        ],
    },
    apply,
};

fn apply(draft: &mut Draft<'_, '_>) {
    let of_people: BTreeSet<usize> = draft.people.iter().filter(|p| p.present).filter_map(|p| p.organization).collect();
    let party = ministries_that_take_part(draft);
    for (index, body) in draft.organizations.iter_mut().enumerate() {
        let acts = [Some(&body.name), body.acronym.as_ref()].into_iter().flatten().any(|name| draft.acting.hold(name));
        body.listed |= of_people.contains(&index) || acts || party.contains(&index);
    }
    forget_short_names(draft);
}

/// Ministries named in the sentences of the contact or in an act, other than as the place or the source.
fn ministries_that_take_part(draft: &Draft<'_, '_>) -> BTreeSet<usize> {
    let document = draft.document;
    let acts = draft.clauses.iter().flatten().map(|act| act.clause.tokens.clone());
    let told = contact_sentences(document).into_iter().take(2).chain(acts);
    let mut found = BTreeSet::new();
    let held = draft.posts.iter().filter(|post| post.held).map(|post| post.tokens.clone());
    let in_posts = held.flat_map(|tokens| draft.mentions_in(tokens));
    let statement = !draft.people.iter().any(|person| person.present);
    let issuers = document.sentences.iter().filter(|s| statement && !s.headline).take(3);
    let issuers = issuers.flat_map(|s| draft.mentions_in(s.tokens.start..s.tokens.end.min(s.tokens.start + 2)));
    for (_, who) in in_posts.chain(issuers) {
        if let Who::Organization(index) = who
            && draft.organizations[index].kind == OrganizationKind::Ministry
        {
            found.insert(index);
        }
    }
    for (tokens, who) in told.flat_map(|tokens| draft.mentions_in(tokens)) {
        let Who::Organization(index) = who else { continue };
        let near = tokens.start.saturating_sub(4)..tokens.start;
        let aside = near.into_iter().any(|i| document.is_any(i, &ASIDE));
        let source = document.cue_at(tokens.end, Cue::Said).is_some() && !document.is_word(tokens.end, "and");
        if draft.organizations[index].kind == OrganizationKind::Ministry && !aside && !source {
            found.insert(index);
        }
    }
    found
}

/// Words behind which a ministry is the place of the contact, the source of the report or an owner.
const ASIDE: [&str; 9] =
    ["at", "by", "from", "statement", "library", "headquarters", "website", "service", "spokesman"];

/// `the Ministry of Health` is the `Ministry of Health and Population` that the text names elsewhere.
fn forget_short_names(draft: &mut Draft<'_, '_>) {
    let is_ministry = |index: &usize| {
        let body = &draft.organizations[*index];
        body.kind == OrganizationKind::Ministry && body.listed
    };
    let ministries: Vec<usize> = (0..draft.organizations.len()).filter(is_ministry).collect();
    if ministries.len() < 2 {
        return;
    }
    let words = |name: &str| text::fold(name).split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    let ministries: Vec<(usize, BTreeSet<String>)> =
        ministries.into_iter().map(|index| (index, words(&draft.organizations[index].name))).collect();
    for (short, own) in &ministries {
        let state = draft.organizations[*short].state;
        let longer = ministries.iter().any(|(full, other)| {
            let theirs = draft.organizations[*full].state;
            own.len() < other.len() && own.is_subset(other) && (state.is_none() || theirs.is_none() || state == theirs)
        });
        draft.organizations[*short].listed &= !longer;
    }
}
