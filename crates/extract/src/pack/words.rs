//! The closed lists that the tables of a pack use.

/// The class of a phrase. Its number means a row of the table of that class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The name of a state; the number is its place in [`vocab::member_state::all`].
    State,
    /// What the people and things of a state are called.
    Demonym,
    /// A city.
    City,
    /// A known organization.
    Organization,
    /// A noun that makes a capitalised phrase the name of a body.
    OrganizationNoun,
    /// A word before a name.
    Honorific,
    /// What a post is called.
    Head,
    /// A word before the name of a post.
    Modifier,
    /// A word of portfolios.
    Portfolio,
    /// A small word inside a name.
    Particle,
    /// A word that is never part of a name.
    Function,
    /// A word of dates; the number is one of [`Calendar::encode`].
    Calendar,
    /// A cooperation area; the number is its place in [`vocab::cooperation_area::all`].
    Area,
    /// What makes a clause an action.
    Trigger,
    /// A word of a contact.
    Contact,
    /// Words that tell something as done.
    Deed,
    /// A verb that tells a post.
    RoleVerb,
    /// A thing that can be seen to be there; the number is a [`ThingKind`].
    Thing,
    /// A word that decides how a clause is read; the number is a [`Cue`].
    Cue,
}

impl Class {
    /// Its bit, where classes are told together.
    pub const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// A closed list whose words stand in a table and whose place in the list is the number of a phrase.
macro_rules! coded {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $word:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $word,)+ }

        impl $name {
            const ALL: &[(Self, &str)] = &[$((Self::$word, $code)),+];

            /// The word that a table writes like this.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().find(|(_, c)| *c == code).map(|(word, _)| *word)
            }
        }
    };
}

/// Gives the words of a list numbers, for lists whose words are classes of phrase.
macro_rules! numbered {
    ($($name:ident),+) => {
        $(impl $name {
            /// The number of a phrase of this class.
            pub fn number(self) -> u32 {
                self as u32
            }
        })+
    };
}

numbered!(ThingKind, Cue);

coded! {
    /// What kind of post it is.
    HeadKind {
        /// Heads a ministry.
        Minister = "minister",
        /// Stands below a minister, or advises one.
        Deputy = "deputy",
        /// A president, a monarch.
        HeadOfState = "head-of-state",
        /// A prime minister.
        HeadOfGovernment = "head-of-government",
        /// Any other post of a state.
        StateOfficial = "state-official",
        /// An ambassador, a consul, a permanent representative.
        Envoy = "envoy",
        /// Heads an organization.
        Chief = "chief",
        /// Stands below one who heads an organization.
        DeputyChief = "deputy-chief",
        /// Stands for an organization in a country.
        Representative = "representative",
        /// Any other post of an organization.
        Official = "official",
        /// Passes on what others said, and takes no part.
        Relay = "relay",
    }
}

coded! {
    /// Whose post it is.
    Owner {
        /// A ministry's.
        Ministry = "ministry",
        /// A state's.
        State = "state",
        /// An organization's.
        Organization = "organization",
    }
}

coded! {
    /// How a trigger is built into its clause.
    Built {
        /// Who acts stands before it.
        Says = "says",
        /// Both sides talk about what stands after it.
        Topic = "topic",
        /// Passive: who acts stands after "by", or nowhere.
        Told = "told",
        /// Something is set to happen.
        Set = "set",
    }
}

coded! {
    /// What a clause must have for its trigger to count.
    Needs {
        /// Nothing.
        Any = "any",
        /// An area, or a thing that can be seen to be there.
        Subject = "subject",
        /// A verb of visiting or attending.
        Visit = "visit",
        /// That who acts is a party.
        Party = "party",
        /// That who acts is a party, and a subject.
        Doing = "doing",
        /// A document that binds.
        Instrument = "instrument",
        /// Support, advice, a decision.
        Help = "help",
        /// An event.
        Event = "event",
        /// An invitation.
        Invitation = "invitation",
        /// A subject, and that something has to be done about it.
        Needed = "needed",
        /// `to` and a verb, within a few words.
        Infinitive = "infinitive",
    }
}

coded! {
    /// What kind of thing makes a clause specific.
    ThingKind {
        /// A conference, a visit, a session.
        Event = "event",
        /// An office, a centre, a programme.
        Thing = "thing",
        /// A document that binds.
        Instrument = "instrument",
        /// Support, advice, a decision.
        Help = "help",
        /// A verb of visiting or attending.
        Visit = "visit",
        /// An invitation.
        Invitation = "invitation",
    }
}

coded! {
    /// What a small word tells about its clause.
    Cue {
        /// Both sides together.
        Both = "both",
        /// A man.
        He = "he",
        /// A woman.
        She = "she",
        /// A body or a country.
        It = "it",
        /// The one who came.
        Guest = "guest",
        /// The one who received.
        Host = "host",
        /// The organization named before.
        Organization = "organization",
        /// The ministry named before.
        Ministry = "ministry",
        /// The state of the one who speaks.
        Country = "country",
        /// What is told lies behind.
        Past = "past",
        /// What the next verb tells lies behind.
        Done = "done",
        /// What is told is what for, and no act.
        Purpose = "purpose",
        /// Something has to be done.
        Needed = "needed",
        /// What is given is a kind word.
        Courtesy = "courtesy",
        /// It is not so.
        Negated = "negated",
        /// It may be so.
        Hypothetical = "hypothetical",
        /// Who is named takes no part.
        Absent = "absent",
        /// Who is named before takes no part.
        AbsentAfter = "absent-after",
        /// Who is named sat in.
        Attend = "attend",
        /// By video or telephone.
        Virtual = "virtual",
        /// In one room.
        InPerson = "in-person",
        /// Nothing tells how.
        Contact = "contact",
        /// Words are reported.
        Said = "said",
        /// The routine phrase with no subject.
        General = "general",
        /// The date is of a statement.
        Statement = "statement",
        /// The place named is the meeting's.
        Venue = "sides-place",
    }
}

coded! {
    /// How a line of a page is compared.
    Compare {
        /// All of it, where it is no sentence.
        Is = "is",
        /// Its beginning, where it is no sentence.
        Begins = "begins",
        /// Its end, where it is no sentence.
        Ends = "ends",
        /// Any of it, where it is no sentence.
        Contains = "contains",
        /// All of it, or what a colon follows.
        Label = "label",
        /// Its beginning, also of a sentence.
        Opens = "opens",
        /// Any of it, also of a sentence.
        Tells = "tells",
        /// All of it, beside others.
        Menu = "menu",
    }
}

/// A word of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// A month, from 1.
    Month(u32),
    /// A weekday, from Monday = 0.
    Weekday(u32),
    /// Days from publication.
    Day(i32),
    /// Months from publication.
    MonthFromNow(i32),
    /// Years from publication.
    YearFromNow(i32),
}

impl Calendar {
    /// Reads the two columns of the table.
    pub fn from_row(kind: &str, number: &str) -> Option<Self> {
        let number: i32 = number.parse().ok()?;
        Some(match kind {
            "month" => Self::Month(number.unsigned_abs()),
            "weekday" => Self::Weekday(number.unsigned_abs()),
            "day" => Self::Day(number),
            "month-from-now" => Self::MonthFromNow(number),
            "year-from-now" => Self::YearFromNow(number),
            _ => return None,
        })
    }

    /// Its number in the lexicon.
    pub fn encode(self) -> u32 {
        match self {
            Self::Month(n) => n,
            Self::Weekday(n) => 100 + n,
            Self::Day(n) => (n + 210) as u32,
            Self::MonthFromNow(n) => (n + 310) as u32,
            Self::YearFromNow(n) => (n + 410) as u32,
        }
    }

    /// The word with this number.
    pub fn decode(number: u32) -> Self {
        let n = number as i32;
        match number / 100 {
            0 => Self::Month(number),
            1 => Self::Weekday(number - 100),
            2 => Self::Day(n - 210),
            3 => Self::MonthFromNow(n - 310),
            _ => Self::YearFromNow(n - 410),
        }
    }
}
