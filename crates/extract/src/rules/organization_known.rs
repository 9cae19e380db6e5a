//! An organization that the pack knows by its name or its acronym.

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
    let hits: Vec<_> = document.hits_in(0..document.tokens.len(), Class::Organization).collect();
    let mut names: Vec<Option<(String, Option<String>)>> = vec![None; document.pack.organizations.len()];
    for hit in &hits {
        let written = document.words(hit.first..hit.end);
        let known = &document.pack.organizations[hit.value as usize];
        let acronym =
            hit.end - hit.first == 1 && document.tokens[hit.first].acronym || known.acronym == Some(written.as_str());
        let (name, short) = names[hit.value as usize].get_or_insert_with(|| (String::new(), None));
        if acronym {
            short.get_or_insert(written);
        } else if written.len() > name.len() {
            *name = written;
        }
    }
    let mut noted: Vec<Option<usize>> = vec![None; names.len()];
    for hit in hits {
        if let Some(index) = noted[hit.value as usize] {
            draft.mention(hit.first..hit.end, Who::Organization(index));
            continue;
        }
        let tokens = hit.first..hit.end;
        let known = &document.pack.organizations[hit.value as usize];
        let (name, short) = names[hit.value as usize].clone().unwrap_or_default();
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
        noted[hit.value as usize] = Some(index);
        draft.mention(hit.first..hit.end, Who::Organization(index));
    }
}
