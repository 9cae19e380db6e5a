//! Who is who: one entry for each person, however often and however shortly the text names them.

use std::rc::Rc;

use vocab::ParticipationRole;

use crate::{
    draft::{By, Draft, ENTITIES, EVIDENCE, Person, Tokens, Who},
    name::{self, Name},
    pack::{Cue, HeadKind, Owner},
    post::Post,
    text,
};

/// Notes a person, or adds to the one who is known already.
pub fn introduce(draft: &mut Draft<'_, '_>, name: &Name, post: Option<&Post>, by: By) -> Option<usize> {
    let document = draft.document;
    let printed = name::printed(document, name.tokens.clone());
    let key = name::key(&printed);
    let known = find(draft, &key);
    if known.is_none() && (draft.people.len() >= ENTITIES || key.iter().all(|word| word.len() < 2)) {
        return None;
    }
    let index = known.unwrap_or(draft.people.len());
    if known.is_none() {
        draft.people.push(blank(draft, name, printed.clone(), key.clone(), by));
    }
    let person = &mut draft.people[index];
    if known.is_some() && printed != person.name {
        let fuller = key.len() > person.key.len();
        let other = if fuller { std::mem::replace(&mut person.name, printed) } else { printed };
        if fuller {
            person.named = name.tokens.clone();
            person.key = key;
        }
        if !person.also.contains(&other) && person.also.len() < EVIDENCE {
            person.also.push(other);
        }
    }
    person.female = person.female.or(name.female);
    draft.mention(name.honorifics.start..name.tokens.end, Who::Person(index));
    draft.introduced = true;
    if let Some(post) = post {
        give_post(draft, index, post);
    }
    Some(index)
}

fn blank(draft: &Draft<'_, '_>, name: &Name, printed: String, key: Vec<String>, by: By) -> Person {
    let document = draft.document;
    let honorific = (!name.honorifics.is_empty()).then(|| document.words(name.honorifics.clone()));
    Person {
        name: printed,
        named: name.tokens.clone(),
        key,
        title: String::new(),
        also: Vec::new(),
        honorific,
        female: name.female,
        post: None,
        head: None,
        organization: None,
        state: None,
        role: ParticipationRole::Principal,
        present: takes_part(draft, name.honorifics.start..name.tokens.end),
        evidence: vec![name.tokens.clone()],
        by,
    }
}

/// The person whom these folded words name.
pub fn find(draft: &Draft<'_, '_>, key: &[String]) -> Option<usize> {
    let fits = |person: &Person| {
        let full = &person.key;
        name::is_short_for(key, full)
            || (key.len() > 1 && full.len() > 1 && name::is_short_for(full, key))
            || (full.len() == 1 && key.last() == full.last())
    };
    draft.people.iter().position(fits)
}

/// Whether who is named here takes part, as far as the words around tell.
fn takes_part(draft: &Draft<'_, '_>, name: Tokens) -> bool {
    let document = draft.document;
    let sentence = document.sentences[document.sentence_of(name.start)].tokens.clone();
    let near = name.start.saturating_sub(12).max(sentence.start)..(name.end + 12).min(sentence.end);
    // `signed on behalf of the Ministry by Hana Sato`
    let by = |from: usize| (from..name.start).any(|i| document.is_word(i, "by"));
    document.cue(near.start..name.start, Cue::Absent).is_none_or(|cue| by(cue.end))
        && document.cue(name.end..near.end.min(name.end + 6), Cue::AbsentAfter).is_none()
}

/// Gives a person the post, if they have none yet.
fn give_post(draft: &mut Draft<'_, '_>, index: usize, post: &Post) {
    let head = post.called(draft.document);
    let label = post.printed(draft.document);
    let owner = owner_of(draft, post);
    let of_body = draft.mentions_in(post.tokens.clone()).find_map(|(_, who)| match who {
        Who::Organization(index) => draft.organizations[index].state,
        _ => None,
    });
    let named = post.state.or(of_body);
    let person = &mut draft.people[index];
    if head.kind == HeadKind::Relay {
        person.present = false;
    }
    let bare_envoy = |known: &str| !known.contains(' ') && matches!(person.head, Some((HeadKind::Envoy, _)));
    let fuller = |known: &str| known.len() < label.len() && text::fold(&label).contains(&text::fold(known));
    let better = person.post.as_deref().is_none_or(|known| {
        (bare_envoy(known) && (head.kind != HeadKind::Envoy || label.contains(' '))) || fuller(known)
    });
    if !better {
        return;
    }
    person.title = text::fold(&label);
    person.post = Some(label);
    person.head = Some((head.kind, head.owner));
    if person.evidence.len() < EVIDENCE {
        person.evidence.push(post.tokens.clone());
    }
    match head.owner {
        Owner::Organization => {
            person.organization = owner.or(person.organization);
            let international =
                owner.is_some_and(|body| draft.organizations[body].kind == vocab::OrganizationKind::International);
            person.state = person.state.or(named.filter(|_| !international));
        }
        Owner::State | Owner::Ministry => {
            let stateless = owner.filter(|body| draft.organizations[*body].state.is_none());
            person.state = person.state.or(post.state).filter(|_| stateless.is_none());
            person.organization = owner.or(person.organization);
        }
    }
}

/// The body that a post belongs to: the one it names, and for a unit the body that the text named before it.
fn owner_of(draft: &Draft<'_, '_>, post: &Post) -> Option<usize> {
    let unit = |index: &usize| draft.organizations[*index].kind == vocab::OrganizationKind::Unit;
    let named = post.organization?;
    if !unit(&named) {
        return Some(named);
    }
    let mut before = draft.mentions_before(post.tokens.start).take(40).map(|(_, who)| who);
    before.find_map(|who| if let Who::Organization(index) = who { Some(index).filter(|i| !unit(i)) } else { None })
}

/// Notes every further place where a known person is named, if anybody was introduced since this was last done.
pub fn mark_mentions(draft: &mut Draft<'_, '_>) {
    if !std::mem::take(&mut draft.introduced) {
        return;
    }
    let names = Rc::clone(&draft.names);
    for name in names.iter() {
        if draft.mentions.contains_key(&name.honorifics.start) {
            continue;
        }
        let printed = name::printed(draft.document, name.tokens.clone());
        if let Some(index) = find(draft, &name::key(&printed)) {
            let person = &mut draft.people[index];
            person.female = person.female.or(name.female);
            draft.mention(name.honorifics.start..name.tokens.end, Who::Person(index));
        }
    }
}
