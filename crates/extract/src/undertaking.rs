//! What could be followed up, before it is written out as facts: a long text tells many acts of the same few, and their
//! words take room only when what was needed to find them has been let go.

use std::{ops::Range, rc::Rc};

use rustc_hash::FxHashSet;
use vocab::{ActionKind, CheckableElement, PartialDate, Strength};

use crate::{
    draft::{By, Tokens},
    reading::{Action, Basis},
    text::Offsets,
};

/// A clause that is to be followed up.
#[derive(Debug)]
pub struct Undertaking {
    /// What the words do.
    pub kind: ActionKind,
    /// How binding they are.
    pub strength: Strength,
    /// Who acts, by name.
    pub actor: Option<Rc<str>>,
    /// The side they act for.
    pub actor_side: Option<Rc<str>>,
    /// The other side.
    pub counterpart: Option<Rc<str>>,
    /// The areas that the clause names, by their places in the taxonomy, and where.
    pub about: Vec<(usize, Tokens)>,
    /// The time it is tied to.
    pub due: Option<PartialDate>,
    /// Whether it names something that can be seen to be there.
    pub deliverable: bool,
    /// Whether it names a document that binds.
    pub instrument: bool,
    /// The bytes of the clause.
    pub quote: Range<usize>,
    /// Who read it.
    pub by: By,
}

impl Undertaking {
    /// The undertaking as a fact.
    pub fn written(self, offsets: &Offsets<'_>) -> Action {
        let span = offsets.span(self.quote.clone());
        let areas = slugs(&self.about);
        Action {
            kind: self.kind,
            strength: self.strength,
            missing: self.missing(),
            actor: self.actor.as_deref().map(str::to_owned),
            actor_side: self.actor_side.as_deref().map(str::to_owned),
            counterpart: self.counterpart.as_deref().map(str::to_owned),
            areas,
            due: self.due,
            quote: span.quote.clone(),
            basis: Basis { evidence: vec![span], confidence: self.by.confidence, rule: self.by.rule.to_owned() },
        }
    }

    /// What the wording lacks before anyone can check whether it was kept.
    fn missing(&self) -> Vec<CheckableElement> {
        let checks = [
            (self.actor.is_some(), CheckableElement::Owner),
            (self.deliverable || !self.about.is_empty(), CheckableElement::Deliverable),
            (self.due.is_some(), CheckableElement::Date),
            (self.instrument, CheckableElement::Instrument),
        ];
        checks.into_iter().filter(|(there, _)| !there).map(|(_, element)| element).collect()
    }
}

/// The names of those who act, each kept once.
#[derive(Debug, Default)]
pub struct Names(FxHashSet<Rc<str>>);

impl Names {
    /// A name as it is kept.
    pub fn keep(&mut self, name: &str) -> Rc<str> {
        if let Some(kept) = self.0.get(name) {
            return Rc::clone(kept);
        }
        let kept: Rc<str> = name.into();
        self.0.insert(Rc::clone(&kept));
        kept
    }

    /// Whether somebody by this name acts, or a side is called so.
    pub fn hold(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// The slugs of areas that were named, each once.
pub fn slugs(named: &[(usize, Tokens)]) -> Vec<String> {
    let mut slugs: Vec<String> = Vec::new();
    for (area, _) in named {
        let slug = vocab::cooperation_area::all()[*area].slug;
        if !slugs.iter().any(|known| known == slug) {
            slugs.push(slug.to_owned());
        }
    }
    slugs
}
