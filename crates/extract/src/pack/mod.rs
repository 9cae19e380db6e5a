//! Language packs: the words of a language as tables, compiled in, so that a diplomat can edit them.

pub mod inflect;
pub mod lexicon;
pub mod table;
pub mod words;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use vocab::{ActionKind, Deed, MeetingKind, OrganizationKind, Strength};

pub use words::{Built, Calendar, Class, Compare, Cue, HeadKind, Needs, Owner, ThingKind};

/// Everything the engine knows about a language.
#[derive(Debug)]
pub struct Pack {
    /// All its phrases.
    pub lexicon: lexicon::Tree<Class>,
    /// Names of posts, by [`Class::Head`].
    pub heads: Vec<Head>,
    /// Verbs that tell a post, by [`Class::RoleVerb`].
    pub role_verbs: Vec<RoleVerb>,
    /// Words before a name, by [`Class::Honorific`].
    pub honorifics: Vec<Honorific>,
    /// Known organizations, by [`Class::Organization`].
    pub organizations: Vec<KnownOrganization>,
    /// Cities, by [`Class::City`].
    pub cities: Vec<City>,
    /// What makes a clause an action, by [`Class::Trigger`].
    pub triggers: Vec<Trigger>,
    /// Words of a contact, by [`Class::Contact`].
    pub contacts: Vec<Contact>,
    /// Words that tell something as done, by [`Class::Deed`].
    pub deeds: Vec<Done>,
    /// Nouns of bodies, by [`Class::OrganizationNoun`].
    pub organization_nouns: Vec<OrganizationKind>,
    /// Portfolio words, by [`Class::Portfolio`]: what stands for them in the name of a ministry.
    pub portfolios: Vec<Option<&'static str>>,
    /// Lines of a page that are no part of its report.
    pub chrome: Vec<Chrome>,
    /// The rows of `chrome` by their first word.
    pub chrome_by_word: FxHashMap<&'static str, Vec<usize>>,
    /// Of these the few that may stand anywhere in a line.
    pub chrome_within: FxHashMap<&'static str, Vec<usize>>,
}

/// What a post is called.
#[derive(Debug)]
pub struct Head {
    /// What kind of post.
    pub kind: HeadKind,
    /// Whose it is.
    pub owner: Owner,
    /// Its words, folded.
    pub form: &'static str,
}

/// A verb that tells a post.
#[derive(Debug)]
pub struct RoleVerb {
    /// The post as a noun.
    pub noun: &'static str,
    /// What kind of post.
    pub kind: HeadKind,
    /// Whose it is.
    pub owner: Owner,
}

/// A word before a name that is no part of it.
#[derive(Debug)]
pub struct Honorific {
    /// `Some(true)` for a woman, `Some(false)` for a man.
    pub female: Option<bool>,
    /// Whether people carry it as a part of the name.
    pub kept: bool,
}

/// An international or regional organization.
#[derive(Debug)]
pub struct KnownOrganization {
    /// Its acronym.
    pub acronym: Option<&'static str>,
    /// Its name.
    pub name: &'static str,
}

/// A city.
#[derive(Debug)]
pub struct City {
    /// Its name.
    pub name: &'static str,
    /// The state whose capital it is, so that news writes it for the government.
    pub capital_of: Option<&'static str>,
}

/// Words that make a clause something to follow up.
#[derive(Debug, Clone, Copy)]
pub struct Trigger {
    /// What the words do.
    pub kind: ActionKind,
    /// How binding they are.
    pub strength: Strength,
    /// Where who acts stands.
    pub built: Built,
    /// What the clause must have.
    pub needs: Needs,
    /// Whether its first word is a verb.
    pub verb: bool,
}

/// Words of a contact.
#[derive(Debug)]
pub struct Contact {
    /// The kind of contact they tell.
    pub kind: MeetingKind,
    /// Whether they tell one by themselves.
    pub strong: bool,
}

/// Words that tell something as done.
#[derive(Debug)]
pub struct Done {
    /// What was done.
    pub deed: Deed,
    /// What the sentence must name, one of these; nothing where it is empty.
    pub needs: Vec<Sign>,
}

/// What shows that a sentence tells of something that can be fulfilled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A thing of this kind.
    Thing(ThingKind),
    /// A cooperation area.
    Area,
}

/// A line of a page that is no part of its report.
#[derive(Debug)]
pub struct Chrome {
    /// How a line is compared, as the head of `chrome.tsv` tells.
    pub compare: Compare,
    /// Folded words; `#` stands for numbers.
    pub words: &'static str,
    /// What it is taken for.
    pub reason: &'static str,
    /// What it takes with it: `block`, `rest`, `all` or nothing; for the first word of a path, `path`.
    pub takes: &'static str,
}

static ENGLISH: LazyLock<Pack> = LazyLock::new(table::english);

/// The English pack.
pub fn english() -> &'static Pack {
    &ENGLISH
}
