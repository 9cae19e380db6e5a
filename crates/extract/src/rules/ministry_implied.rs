//! The ministry that a minister, a deputy minister or a minister's adviser implies.

use vocab::OrganizationKind;

use super::{Example, Rule};
use crate::{
    draft::{By, Draft, Organization},
    ministry,
    pack::{HeadKind, Owner},
};

/// The ministry that a minister implies.
pub const RULE: Rule = Rule {
    name: "ministry-implied",
    example: Example {
        text: "Hana Sato, Minister of Water and Forests of Gabon, met Anna Berg, Director-General of UNESCO, in Libreville.",
        reads: &["organization ministry: Ministry of Water and Forests, GAB"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.92 };

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    let posts = std::mem::take(&mut draft.posts);
    for post in &posts {
        let head = post.called(document);
        if head.owner != Owner::Ministry && !matches!(head.kind, HeadKind::HeadOfGovernment | HeadKind::Minister) {
            continue;
        }
        let holder = draft.people.iter().position(|person| person.evidence.contains(&post.tokens));
        let unnamed = !post.held && post.definite && post.state.is_some();
        let present = holder.map_or(unnamed, |index| draft.people[index].present);
        if !present {
            continue;
        }
        let names = ministry::names_of(document, post);
        if head.owner != Owner::Ministry && names.is_empty() {
            continue;
        }
        let own = holder.and_then(|index| draft.people[index].organization);
        if let Some(index) = own.filter(|index| draft.organizations[*index].kind == OrganizationKind::Ministry) {
            draft.organizations[index].listed = true;
            continue;
        }
        let state = holder.and_then(|index| draft.people[index].state).or(post.state);
        for (at, name) in names.into_iter().enumerate() {
            let kind = OrganizationKind::Ministry;
            let new = Organization {
                name,
                kind,
                acronym: None,
                state,
                listed: true,
                evidence: vec![post.tokens.clone()],
                by: BY,
            };
            let index = draft.organization(new);
            if let Some(holder) = holder.filter(|_| at == 0) {
                draft.people[holder].organization = Some(index);
            }
        }
    }
    draft.posts = posts;
}
