//! People.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use chrono::{DateTime, Utc};
use store::{page::Key, person};

use crate::{
    appointment::{self, Appointment},
    ask,
    coat::coat,
    connection::{self, Connection, Listing, Paging, Rows, searched},
    evidence::Evidence,
    fault::Fault,
    filter::{self, filter},
    id::{self, Id},
    input::Input,
    member_state::states,
    merge::{self, Merge},
    names::{self, Name},
    organization::Organization,
    past::{Moment, Then},
    payload::{change, payload, write},
    scalars::Date,
    words::Language,
};

coat! {
    /// A person.
    Person over store::person
}

#[Object(use_type_description)]
impl Person {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The name in a language, without honorifics, or the one that is kept where there is none in it.
    pub(crate) async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language.", default_with = "Some(Language::En)")] language: Option<Language>,
    ) -> Result<String, Fault> {
        names::shown(ctx, self.0.id, &self.0.label, language).await
    }

    /// Every other spelling of the name.
    async fn names(&self, ctx: &Context<'_>) -> Result<Vec<Name>, Fault> {
        names::all(ctx, self.0.id).await
    }

    /// The honorific, such as `Dr.`.
    async fn honorific(&self) -> Option<&str> {
        self.0.honorific.as_deref()
    }

    /// The posts they hold or held, first known first.
    async fn appointments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those held today, or only those not held today, as far as known.")] current: Option<
            bool,
        >,
    ) -> Result<Vec<Appointment>, Fault> {
        let all: Vec<Appointment> = ask::short(ctx, &appointment::OF_PERSON, self.0.id).await?;
        let today = ask::today(ctx);
        let passes = |one: &Appointment| current.is_none_or(|current| one.0.holds_on(today) == current);
        Ok(all.into_iter().filter(passes).collect())
    }

    /// The words of reports that name them.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Evidence>, Fault> {
        ask::few(ctx, &crate::evidence::OF_RECORD, self.0.id, first).await
    }

    /// The merges that made it one of several, the first first.
    async fn merges(&self, ctx: &Context<'_>) -> Result<Vec<Merge>, Fault> {
        merge::that_made(ctx, self.0.id).await
    }

    /// How often it was written: hand it back as `expectedVersion` when revising.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

filter! {
    /// Which people.
    PersonFilter of person::Filter {
        /// Who hold or held a post in an organization of one of these states, by ISO 3166-1 code.
        states: Option<Vec<String>>,
        /// Who hold or held a post in one of these organizations.
        organization_ids: Option<Vec<Id<Organization>>>,
        /// Whose name, in any spelling, holds this.
        text: Option<String>,
    }
}

impl PersonFilter {
    async fn read(self, ctx: &Context<'_>) -> Result<person::Filter, Fault> {
        Ok(person::Filter {
            state_ids: states(ctx, "states", self.states).await?,
            organization_ids: ask::kept(ctx, self.organization_ids).await?,
            text: searched("text", self.text)?,
            ..person::Filter::default()
        })
    }
}

/// A list of people.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct People {
    under: Option<person::Under>,
    filter: person::Filter,
}

impl People {
    /// The people that pass the filter.
    ///
    /// # Errors
    /// Where the filter names no state.
    pub async fn new(
        ctx: &Context<'_>,
        under: Option<person::Under>,
        filter: Option<PersonFilter>,
    ) -> Result<Self, Fault> {
        Ok(Self { under, filter: filter::kept(ctx, filter).await? })
    }
}

impl Listing for People {
    type Of = Person;

    fn rows(&self) -> Rows<Person> {
        match self.under {
            Some(under) => person::select_under(under, &self.filter).into(),
            None => person::select(&self.filter).into(),
        }
    }

    fn keys(&self) -> Vec<Key> {
        person::by_name()
    }
}

/// Asking for people.
#[derive(Default)]
pub struct PersonQuery;

#[Object]
impl PersonQuery {
    /// People, by name.
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<PersonFilter>,
        #[graphql(desc = "The day by which things are judged; that of `knownAt`, else today, where none is given.")]
        as_of: Option<Date>,
        #[graphql(desc = "The moment up to which records count; all of them, where none is given.")] known_at: Option<
            DateTime<Utc>,
        >,
    ) -> Result<Then<Connection<Person>>, Fault> {
        let moment = Moment::of(ctx, as_of, known_at).await?;
        let ctx = &moment.ctx(ctx);
        let list = People::new(ctx, None, filter).await?;
        let page = connection::page(ctx, None, list, Paging { first, after, last, before }).await?;
        Ok(moment.tell(page))
    }
}

/// A new person.
#[derive(InputObject)]
pub struct CreatePersonInput {
    /// The name that is shown, without honorifics.
    name: String,
    /// The honorific.
    honorific: Option<String>,
    /// Other spellings of the name.
    also: Option<Vec<String>>,
}

/// What is to be changed of a person; what is left out stays.
#[derive(InputObject)]
pub struct RevisePersonInput {
    /// Which person.
    person_id: Id<Person>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// The name that is shown; the former one stays as a spelling.
    name: Option<String>,
    /// The honorific.
    honorific: MaybeUndefined<String>,
}

payload! {
    /// What came of making a person.
    CreatePersonPayload {
        /// The person.
        person: Person,
    }
}

payload! {
    /// What came of revising a person.
    RevisePersonPayload {
        /// The person.
        person: Person,
    }
}

/// Making and revising people.
#[derive(Default)]
pub struct PersonMutation;

#[Object]
impl PersonMutation {
    /// Makes a person by hand.
    async fn create_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new person.")] input: Input<CreatePersonInput>,
    ) -> Result<CreatePersonPayload, Fault> {
        let Input { it: CreatePersonInput { name, honorific, also }, named } = input;
        let draft = person::Draft { label: name, honorific, also: also.unwrap_or_default() };
        write(ctx, named, async |work| person::create(work, draft).await).await
    }

    /// Revises a person.
    async fn revise_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be changed.")] input: Input<RevisePersonInput>,
    ) -> Result<RevisePersonPayload, Fault> {
        let Input { it: RevisePersonInput { person_id, expected_version, name, honorific }, named } = input;
        let revision = person::Revision { label: name, honorific: change(honorific, |honorific| honorific) };
        write(ctx, named, async |work| person::revise(work, person_id.0, expected_version, revision).await).await
    }
}
