//! Records in: what a document says of a record is taken, what it does not speak of stays.

use std::collections::{BTreeSet, HashMap, HashSet};

use intake::same;
use sea_orm::EntityTrait;
use store::{
    Concept, Error, RecordRef, Recorded, Result, UnitOfWork, appointment, by_ids, member_state, organization, person,
    post,
};
use uuid::Uuid;
use vocab::{OrganizationKind, PartialDate, Word, partial_date::NoSuchDate};

use super::{
    Report,
    document::{Area, Document, Membership, Organization, Person, Post, Source},
    matching::key,
    names,
};

/// Takes a document in.
pub(super) async fn document(work: &mut UnitOfWork, document: Document) -> Result<Report> {
    let report = Report { left_out: document.left_out(), ..Report::default() };
    let Document { persons, organizations, posts, memberships, areas, rest: _ } = document;
    store::seed::states(work).await?;
    let ids = persons.iter().map(|one| &one.id).chain(organizations.iter().map(|one| &one.id));
    let mut claimed = HashSet::new();
    for id in ids.chain(memberships.iter().map(|one| &one.id)) {
        claimed.insert(work.stands_for(key(id)).await?);
    }
    let mut put = Put { work, report, known: HashMap::new(), claimed };
    put.organizations(organizations, &areas).await?;
    for one in posts {
        let id = one.id.clone();
        put.post(one).await.map_err(|error| of("post", &id, error))?;
    }
    let held = put.held(&memberships);
    for one in persons {
        let id = one.id.clone();
        let posts = held.get(&id).map(Vec::as_slice).unwrap_or_default();
        put.person(one, posts).await.map_err(|error| of("person", &id, error))?;
    }
    for one in memberships {
        let id = one.id.clone();
        put.membership(one).await.map_err(|error| of("membership", &id, error))?;
    }
    Ok(put.report)
}

/// An error with the record of the document that it is about.
fn of(kind: &str, id: &str, error: Error) -> Error {
    match error {
        Error::Invalid { field, message } => Error::Invalid { field, message: format!("{kind} {id}: {message}") },
        error => error,
    }
}

struct Put<'a> {
    work: &'a mut UnitOfWork,
    report: Report,
    /// The records here by the identifiers of the document.
    known: HashMap<(Concept, String), Uuid>,
    /// What the document speaks of already: two of its records are never one here.
    claimed: HashSet<Uuid>,
}

impl Put<'_> {
    /// Parents before their parts.
    async fn organizations(&mut self, organizations: Vec<Organization>, areas: &[Area]) -> Result<()> {
        let mut waiting = organizations;
        while !waiting.is_empty() {
            let there: BTreeSet<String> = waiting.iter().map(|one| one.id.clone()).collect();
            let waits = |one: &Organization| one.parent_id.as_ref().is_some_and(|parent| there.contains(parent));
            let (later, ready): (Vec<_>, Vec<_>) = waiting.into_iter().partition(waits);
            if ready.is_empty() {
                let ids: Vec<String> = later.into_iter().map(|one| one.id).collect();
                let message = format!("these organizations are part of each other in a circle: {}", ids.join(", "));
                return Err(Error::invalid("organizations", message));
            }
            for one in ready {
                let id = one.id.clone();
                self.organization(one, areas).await.map_err(|error| of("organization", &id, error))?;
            }
            waiting = later;
        }
        Ok(())
    }

    async fn organization(&mut self, one: Organization, areas: &[Area]) -> Result<()> {
        let Organization { id, name, classification, acronym, parent_id, area_id, is_host, other_names, rest: _ } = one;
        let kind = classification.map(|code| OrganizationKind::from_code(&code).unwrap_or(OrganizationKind::Other));
        let state_id = match area_id {
            Some(area) => Some(self.state(&area, areas).await?),
            None => None,
        };
        let parent_id = match parent_id {
            Some(parent) => Some(self.there::<organization::Entity>(&parent).await?),
            None => None,
        };
        let there = match self.by_id::<organization::Entity>(&id).await? {
            Some(row) => Some(row),
            None => {
                let kind = kind.unwrap_or(OrganizationKind::Other);
                let found = same::organizations(self.work.connection(), kind, [state_id, parent_id], &name).await?;
                self.free(found)
            }
        };
        let (known, before) = (there.is_some(), self.work.written());
        let row = match there {
            Some(row) if self.is_merged(&id).await? => row,
            Some(row) => {
                let revision = organization::Revision {
                    kind,
                    label: Some(name),
                    acronym: acronym.map(Some),
                    state_id: state_id.map(Some),
                    parent_id: parent_id.map(Some),
                };
                organization::revise(self.work, row.id, None, revision).await?
            }
            None => {
                let draft = organization::Draft {
                    acronym,
                    state_id,
                    parent_id,
                    ..organization::Draft::new(kind.unwrap_or(OrganizationKind::Other), name)
                };
                organization::create_as(self.work, key(&id), draft).await?
            }
        };
        if is_host && !self.is_merged(&id).await? {
            self.host(&row).await?;
        }
        names::add(self.work, RecordRef::new(Concept::Organization, row.id), other_names).await?;
        self.mark("organization", &row.label, known, before);
        self.known.insert((Concept::Organization, id), row.id);
        Ok(())
    }

    /// The host of the document becomes the one here, where there is none.
    async fn host(&mut self, row: &organization::Model) -> Result<()> {
        match organization::host(self.work.connection()).await {
            Ok(host) if host.id == row.id => {}
            Ok(host) => {
                let line = format!("{} is the host of the document; here it stays {}", row.label, host.label);
                self.report.lines.push(line);
            }
            Err(Error::Invalid { .. }) => {
                organization::make_host(self.work, row.id).await?;
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    async fn post(&mut self, one: Post) -> Result<()> {
        let Post { id, label, organization_id, other_names, rest: _ } = one;
        let organization_id = self.there::<organization::Entity>(&organization_id).await?;
        let there = match self.by_id::<post::Entity>(&id).await? {
            Some(row) => Some(row),
            None => post::titled(self.work.connection(), organization_id, &label).await?,
        };
        let (known, before) = (there.is_some(), self.work.written());
        let row = match there {
            Some(row) if self.is_merged(&id).await? => row,
            Some(row) => {
                let revision = post::Revision { organization_id: Some(organization_id), label: Some(label) };
                post::revise(self.work, row.id, None, revision).await?
            }
            None => post::create_as(self.work, key(&id), post::Draft { organization_id, label }).await?,
        };
        names::add(self.work, RecordRef::new(Concept::Post, row.id), other_names).await?;
        self.mark("post", &row.label, known, before);
        self.known.insert((Concept::Post, id), row.id);
        Ok(())
    }

    /// The posts here that people of the document hold or held, as far as they are known.
    fn held(&self, memberships: &[Membership]) -> HashMap<String, Vec<Uuid>> {
        let mut held: HashMap<String, Vec<Uuid>> = HashMap::new();
        for one in memberships {
            let post = one.post_id.clone().and_then(|post| self.known.get(&(Concept::Post, post)));
            held.entry(one.person_id.clone()).or_default().extend(post);
        }
        held
    }

    async fn person(&mut self, one: Person, posts: &[Uuid]) -> Result<()> {
        let Person { id, name, honorific_prefix, other_names, rest: _ } = one;
        let there = match self.by_id::<person::Entity>(&id).await? {
            Some(row) => Some(row),
            None => self.free(same::people(self.work.connection(), &name, posts).await?),
        };
        let (known, before) = (there.is_some(), self.work.written());
        let row = match there {
            Some(row) if self.is_merged(&id).await? => row,
            Some(row) => {
                let revision = person::Revision { label: Some(name), honorific: honorific_prefix.map(Some) };
                person::revise(self.work, row.id, None, revision).await?
            }
            None => {
                let draft = person::Draft { label: name, honorific: honorific_prefix, also: Vec::new() };
                person::create_as(self.work, key(&id), draft).await?
            }
        };
        names::add(self.work, RecordRef::new(Concept::Person, row.id), other_names).await?;
        self.mark("person", &row.label, known, before);
        self.known.insert((Concept::Person, id), row.id);
        Ok(())
    }

    async fn membership(&mut self, one: Membership) -> Result<()> {
        let Membership { id, person_id, post_id, start_date, end_date, seen_on, sources, .. } = one;
        let post_id = post_id.ok_or_else(|| Error::invalid("memberships", "it has no post_id: give it a post"))?;
        let called = format!("{person_id} in {post_id}");
        let (person_id, post_id) =
            (self.there::<person::Entity>(&person_id).await?, self.there::<post::Entity>(&post_id).await?);
        let (start, end) = (date(start_date)?, date(end_date)?);
        let source = sources.into_iter().find_map(|Source { url, note }| note.or(url));
        let there = match self.by_id::<appointment::Entity>(&id).await? {
            Some(row) if (row.person_id, row.post_id) != (person_id, post_id) => {
                return Err(Error::invalid("memberships", "here it is of another person or another post"));
            }
            Some(row) => Some(row),
            None => {
                let started_on = start.map(PartialDate::first_day);
                self.free(same::appointments(self.work.connection(), person_id, post_id, [started_on, seen_on]).await?)
            }
        };
        let (known, before) = (there.is_some(), self.work.written());
        match there {
            Some(_) if self.is_merged(&id).await? => {}
            Some(row) => {
                let revision = appointment::Revision { start: start.map(Some), end: end.map(Some), seen_on, source };
                appointment::revise(self.work, row.id, None, revision).await?;
            }
            None => {
                let draft = appointment::Draft { person_id, post_id, start, end, seen_on, source };
                appointment::create_as(self.work, key(&id), draft).await?;
            }
        }
        self.mark("membership", &called, known, before);
        Ok(())
    }

    /// The only one of these that the document does not speak of yet; of several nobody can say which is meant.
    fn free<M: Recorded>(&mut self, found: Vec<M>) -> Option<M> {
        let mut free = found.into_iter().filter(|row| !self.claimed.contains(&row.id()));
        let one = free.next().filter(|_| free.next().is_none())?;
        self.claimed.insert(one.id());
        Some(one)
    }

    /// Whether an identifier is that of a record which was merged into another: what the document says of the one is not
    /// said of the other, which stays as it is but for names.
    async fn is_merged(&self, id: &str) -> Result<bool> {
        Ok(self.work.stands_for(key(id)).await? != key(id))
    }

    /// The record here with an identifier of the document; of what was merged, what it was merged into.
    async fn by_id<E>(&self, id: &str) -> Result<Option<E::Model>>
    where
        E: EntityTrait,
        E::Model: Recorded<Entity = E>,
    {
        let key = self.work.stands_for(key(id)).await?;
        Ok(by_ids::<E>(self.work.connection(), &[key]).await?.into_values().next())
    }

    /// The record that the document refers to: one of its own, else one that is here.
    async fn there<E>(&self, id: &str) -> Result<Uuid>
    where
        E: EntityTrait,
        E::Model: Recorded<Entity = E>,
    {
        let concept = E::Model::CONCEPT;
        if let Some(known) = self.known.get(&(concept, id.to_owned())) {
            return Ok(*known);
        }
        let missing = || {
            let message = format!("there is no {} {id}, neither in the document nor among the records", concept.code());
            Error::invalid("id", message)
        };
        self.by_id::<E>(id).await?.map(|row| row.id()).ok_or_else(missing)
    }

    /// The state that an area is, by its own code or by one that the document gives it.
    async fn state(&self, area: &str, areas: &[Area]) -> Result<Uuid> {
        let described = areas.iter().filter(|one| one.id == area).flat_map(|one| &one.identifiers);
        let coded = described.filter(|code| code.scheme.starts_with("iso3166")).map(|code| code.identifier.as_str());
        for code in std::iter::once(area).chain(coded) {
            if let Some(state) = member_state::by_code(self.work.connection(), code).await? {
                return Ok(state.id);
            }
        }
        Err(Error::invalid("area_id", format!("the area {area} is no state: use ISO 3166-1 codes, such as PAK")))
    }

    /// Counts a record by what was written of it.
    fn mark(&mut self, kind: &str, called: &str, known: bool, before: usize) {
        let (count, became) = match (known, self.work.written() > before) {
            (false, _) => (&mut self.report.new, "new"),
            (true, true) => (&mut self.report.revised, "revised"),
            (true, false) => {
                self.report.unchanged += 1;
                return;
            }
        };
        *count += 1;
        self.report.lines.push(format!("{became} {kind}: {called}"));
    }
}

fn date(text: Option<String>) -> Result<Option<PartialDate>> {
    let wrong = |no: NoSuchDate| Error::invalid("date", no.to_string());
    text.map(|text| text.parse().map_err(wrong)).transpose()
}
