//! What the rules have read so far: the board they all write on.

use std::{collections::BTreeMap, ops::Range, rc::Rc};

use vocab::{OrganizationKind, ParticipationRole};

use crate::{
    clause::Clause,
    document::Document,
    known::Known,
    name::Name,
    pack::{HeadKind, Owner},
    post::Post,
    reading::{Doubt, Fulfilment, Meeting},
    reference::Actor,
    text,
    undertaking::{Names, Undertaking},
};

/// A range of tokens.
pub type Tokens = Range<usize>;

/// The rule that read something, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct By {
    /// The rule's name.
    pub rule: &'static str,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
}

/// A person, as far as the rules have come.
#[derive(Debug, Clone)]
pub struct Person {
    /// The name in its fullest spelling.
    pub name: String,
    /// The tokens of that spelling.
    pub named: Tokens,
    /// The folded words of the name.
    pub key: Vec<String>,
    /// The folded post.
    pub title: String,
    /// Other spellings.
    pub also: Vec<String>,
    /// The honorific before the name.
    pub honorific: Option<String>,
    /// Whether an honorific or a pronoun tells a woman or a man.
    pub female: Option<bool>,
    /// The post as the text has it.
    pub post: Option<String>,
    /// What kind of post it is, and whose.
    pub head: Option<(HeadKind, Owner)>,
    /// The organization the post belongs to.
    pub organization: Option<usize>,
    /// The state the person acts for.
    pub state: Option<u32>,
    /// What they did in the meeting.
    pub role: ParticipationRole,
    /// Whether they take part at all.
    pub present: bool,
    /// Where they are told of.
    pub evidence: Vec<Tokens>,
    /// Who read it.
    pub by: By,
}

/// An organization, as far as the rules have come.
#[derive(Debug, Clone)]
pub struct Organization {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganizationKind,
    /// Its acronym.
    pub acronym: Option<String>,
    /// The state it belongs to.
    pub state: Option<u32>,
    /// Whether it takes part, and is no mere mention.
    pub listed: bool,
    /// Where it is told of.
    pub evidence: Vec<Tokens>,
    /// Who read it.
    pub by: By,
}

/// A side of the contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// A state.
    State(u32),
    /// An organization.
    Organization(usize),
}

/// Who stands at a place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A person.
    Person(usize),
    /// An organization.
    Organization(usize),
    /// A state.
    State(u32),
    /// The unnamed holder of a post, by its place among the posts.
    Office(usize),
}

/// A state that is party.
#[derive(Debug, Clone)]
pub struct State {
    /// Where it is told of.
    pub evidence: Tokens,
    /// Who read it.
    pub by: By,
}

/// A cooperation area, by its place in the taxonomy.
#[derive(Debug, Clone)]
pub struct Area {
    /// Where it is told of.
    pub evidence: Vec<Tokens>,
    /// Who read it.
    pub by: By,
}

/// A clause that could be followed up, and who acts in it.
#[derive(Debug, Clone)]
pub struct Act {
    /// The clause.
    pub clause: Clause,
    /// Who acts, as far as the text tells.
    pub actor: Option<Actor>,
}

/// The board that the rules write on, one after the other.
#[derive(Debug)]
pub struct Draft<'d, 't> {
    /// What is read.
    pub document: &'d Document<'t>,
    /// What people have confirmed before.
    pub known: &'d Known,
    /// The names in the text, in order.
    pub names: Rc<[Name]>,
    /// The posts in the text, in order.
    pub posts: Vec<Post>,
    /// People.
    pub people: Vec<Person>,
    /// Whether one of them was introduced since the places where they are named were last noted.
    pub introduced: bool,
    /// Organizations, also those that are only mentioned.
    pub organizations: Vec<Organization>,
    /// The folded names of the organizations.
    keys: Vec<String>,
    /// States that are party, by their place in the reference data.
    pub states: BTreeMap<u32, State>,
    /// Who stands where: first token, end, who.
    pub mentions: BTreeMap<usize, (usize, Who)>,
    /// The contacts.
    pub meetings: Vec<Meeting>,
    /// Areas, by their place in the taxonomy.
    pub areas: BTreeMap<usize, Area>,
    /// The clauses that could be followed up, once they are cut.
    pub clauses: Option<Vec<Act>>,
    /// What of them is to be followed up.
    pub undertakings: Vec<Undertaking>,
    /// Whom it names.
    pub acting: Names,
    /// What is told as done.
    pub fulfilments: Vec<Fulfilment>,
    /// What the rules are not sure of.
    pub doubts: Vec<Doubt>,
}

impl<'d, 't> Draft<'d, 't> {
    /// An empty board.
    pub fn new(document: &'d Document<'t>) -> Self {
        Self {
            document,
            known: Known::nothing(),
            names: Rc::default(),
            posts: Vec::new(),
            people: Vec::new(),
            introduced: false,
            organizations: Vec::new(),
            keys: Vec::new(),
            states: BTreeMap::new(),
            mentions: BTreeMap::new(),
            meetings: Vec::new(),
            areas: BTreeMap::new(),
            clauses: None,
            undertakings: Vec::new(),
            acting: Names::default(),
            fulfilments: Vec::new(),
            doubts: Vec::new(),
        }
    }

    /// Notes that someone stands somewhere. The first rule to say so is right.
    pub fn mention(&mut self, tokens: Tokens, who: Who) {
        self.mentions.entry(tokens.start).or_insert((tokens.end, who));
    }

    /// The organization that is named at a token, and where its name ends.
    pub fn organization_at(&self, token: usize) -> Option<(usize, usize)> {
        match self.mentions.get(&token) {
            Some(&(end, Who::Organization(index))) => Some((index, end)),
            _ => None,
        }
    }

    /// Who is named before a token, the nearest first.
    pub fn mentions_before(&self, token: usize) -> impl Iterator<Item = (Tokens, Who)> + '_ {
        self.mentions.range(..token).rev().map(|(first, (end, who))| (*first..*end, *who))
    }

    /// Who is named in a range of tokens, in order.
    pub fn mentions_in(&self, tokens: Tokens) -> impl DoubleEndedIterator<Item = (Tokens, Who)> + '_ {
        let end = tokens.end.max(tokens.start);
        self.mentions.range(tokens.start..end).map(|(first, (end, who))| (*first..*end, *who))
    }

    /// `of the Minister of Water, Hana Sato`: the post right before its holder's name, as one with which it is governed.
    pub fn post_of_holder(&self, name: usize) -> Option<&Post> {
        let before = self.posts.partition_point(|post| post.tokens.end <= name).checked_sub(1)?;
        let post = self.posts.get(before).filter(|post| post.held)?;
        let end = post.tokens.end + usize::from(self.document.is_mark(post.tokens.end, ','));
        (end == name).then_some(post)
    }

    /// The organization with this name or acronym, noted anew if need be.
    pub fn organization(&mut self, new: Organization) -> usize {
        let folded = text::fold(&new.name);
        let same = |index: &usize| {
            let known = &self.organizations[*index];
            let acronyms = known.acronym.is_some() && known.acronym == new.acronym;
            let states = known.state.is_none() || new.state.is_none() || known.state == new.state;
            known.kind == new.kind && states && (acronyms || self.keys[*index] == folded)
        };
        match (0..self.organizations.len()).find(same) {
            Some(index) => {
                let known = &mut self.organizations[index];
                known.state = known.state.or(new.state);
                known.listed |= new.listed;
                if known.evidence.len() < EVIDENCE {
                    known.evidence.extend(new.evidence);
                }
                index
            }
            None if self.organizations.len() < ENTITIES => {
                self.organizations.push(new);
                self.keys.push(folded);
                self.organizations.len() - 1
            }
            None => 0,
        }
    }

    /// Notes a state as party.
    pub fn state(&mut self, state: u32, evidence: Tokens, by: By) {
        self.states.entry(state).or_insert(State { evidence, by });
    }

    /// The side that someone acts for.
    pub fn side(&self, who: Who) -> Option<Side> {
        match who {
            Who::State(state) => Some(Side::State(state)),
            Who::Organization(index) => Some(self.side_of_organization(index)),
            Who::Office(index) => {
                let post = &self.posts[index];
                let state = post.state.map(Side::State);
                state.or_else(|| post.organization.map(|body| self.side_of_organization(body)))
            }
            Who::Person(index) => {
                let person = &self.people[index];
                match (person.state, person.organization) {
                    (Some(state), _) => Some(Side::State(state)),
                    (None, Some(organization)) => Some(self.side_of_organization(organization)),
                    (None, None) => None,
                }
            }
        }
    }

    /// A ministry acts for its state; an international organization for itself.
    fn side_of_organization(&self, index: usize) -> Side {
        match self.organizations[index].state {
            Some(state) => Side::State(state),
            None => Side::Organization(index),
        }
    }

    /// How a side is written: a state's code, an organization's acronym or name.
    pub fn side_name(&self, side: Side) -> &str {
        match side {
            Side::State(state) => code(state),
            Side::Organization(index) => self.side_name_of_body(index),
        }
    }

    /// An organization's acronym, else its name.
    pub fn side_name_of_body(&self, index: usize) -> &str {
        let organization = &self.organizations[index];
        organization.acronym.as_ref().unwrap_or(&organization.name)
    }
}

/// How many places are kept as evidence for one fact.
pub const EVIDENCE: usize = 4;
/// How many people or organizations one report can tell of; a text with more is no report, and looking each up in a
/// longer list would take too long.
pub const ENTITIES: usize = 200;

/// The alpha-3 code of a state by its place in the reference data.
pub fn code(state: u32) -> &'static str {
    vocab::member_state::all()[state as usize].alpha3
}
