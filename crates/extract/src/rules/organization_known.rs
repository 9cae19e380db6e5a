//! An organization that the pack knows by its name or its acronym.

use rustc_hash::FxHashMap;
use vocab::OrganizationKind;

use super::{Example, Rule};
use crate::{
    draft::{By, Draft, Organization, Who},
    pack::Class,
};

/// An organization that the pack knows.
pub const RULE: Rule = Rule {
    name: "organization-known",
    example: Example {
        text: "Lina Haddad, Director-General of the World Health Organization (WHO), met the Minister of Health of Chad, Idriss Baro.",
        reads: &["organization international: World Health Organization (WHO)"],
    },
    apply,
};

const BY: By = By { rule: RULE.name, confidence: 0.95 };

fn apply(draft: &mut Draft<'_, '_>) {
    let document = draft.document;
    let hits = || document.hits_in(0..document.tokens.len(), Class::Organization);
    let mut names: FxHashMap<u32, (String, Option<String>)> = FxHashMap::default();
    for hit in hits() {
        let written = document.words(hit.first..hit.end);
        let known = &document.pack.organizations[hit.value as usize];
        let acronym =
            hit.end - hit.first == 1 && document.tokens[hit.first].acronym || known.acronym == Some(written.as_str());
        let (name, short) = names.entry(hit.value).or_default();
        if acronym {
            short.get_or_insert(written);
        } else if written.len() > name.len() {
            *name = written;
        }
    }
    let mut noted: FxHashMap<u32, usize> = FxHashMap::default();
    for hit in hits() {
        if let Some(index) = noted.get(&hit.value) {
            draft.mention(hit.first..hit.end, Who::Organization(*index));
            continue;
        }
        let tokens = hit.first..hit.end;
        let known = &document.pack.organizations[hit.value as usize];
        let (name, short) = names.remove(&hit.value).unwrap_or_default();
        let acronym = short.or_else(|| known.acronym.map(str::to_owned));
        let index = draft.organization(Organization {
            name: if name.is_empty() { known.name.to_owned() } else { name },
            kind: OrganizationKind::International,
            acronym,
            state: None,
            listed: false,
            evidence: vec![tokens.clone()],
            by: BY,
        });
        noted.insert(hit.value, index);
        draft.mention(hit.first..hit.end, Who::Organization(index));
    }
}
