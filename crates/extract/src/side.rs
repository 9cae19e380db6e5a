//! The sides of the contact, and who is across from whom.

use crate::{
    draft::{Draft, Side, Who},
    pack::Class,
};

/// The sides of the contact.
pub fn sides(draft: &Draft<'_, '_>) -> Vec<Side> {
    let people =
        (0..draft.people.len()).filter(|i| draft.people[*i].present).filter_map(|i| draft.side(Who::Person(i)));
    let mut sides: Vec<Side> = people.chain(draft.states.keys().map(|state| Side::State(*state))).collect();
    sides.sort_unstable();
    sides.dedup();
    sides
}

/// Whether the report tells of more than one party: two sides, or one side and others that it names.
pub fn is_between_parties(draft: &Draft<'_, '_>) -> bool {
    let mut parties = sides(draft);
    let document = draft.document;
    let states = document.hits_in(0..document.tokens.len(), Class::State).map(|hit| Side::State(hit.value));
    let international = |i: &usize| draft.organizations[*i].kind == vocab::OrganizationKind::International;
    parties.extend(states.take(8));
    parties.extend((0..draft.organizations.len()).filter(international).map(Side::Organization));
    parties.sort_unstable();
    parties.dedup();
    parties.len() > 1
}

/// The other side, where there is one only.
pub fn counterpart(draft: &Draft<'_, '_>, side: Side, sides: &[Side]) -> Option<Side> {
    let mut others = sides.iter().copied().filter(|other| *other != side);
    let first = others.next().or_else(|| only_organization(draft, side))?;
    others.next().is_none().then_some(first)
}

/// A state that speaks with an organization of which nobody is named.
fn only_organization(draft: &Draft<'_, '_>, side: Side) -> Option<Side> {
    let international = |i: &usize| draft.organizations[*i].kind == vocab::OrganizationKind::International;
    let mut bodies = (0..draft.organizations.len()).filter(international).map(Side::Organization);
    let first = bodies.next().filter(|body| *body != side)?;
    bodies.next().is_none().then_some(first)
}
