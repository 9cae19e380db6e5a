//! How an accepted finding becomes a record: it is linked to a known one, or makes a new one.

pub(crate) mod follow_up_action;
mod fulfilment;
mod meeting;
mod organization;
mod person;
mod post;

use store::{Concept, Error, RecordRef, Result, UnitOfWork, by_id, cooperation_area};
use uuid::Uuid;

use crate::{
    carry,
    desk::Desk,
    entry::Entry,
    learn,
    matching::{self, Candidate, Pick, Told},
};

/// What the reviewer says an entry is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Link {
    /// What the rules surely say, else something new.
    Found,
    /// This known record.
    To(RecordRef),
    /// Something new, whatever the rules say.
    New,
}

/// What an accepted entry becomes.
pub(crate) enum Becoming {
    /// This record.
    Record(RecordRef),
    /// It surely is one of these, and the reviewer has to say which.
    Question(Vec<Candidate>),
}

/// Makes or links the record of an entry, with the evidence for it.
///
/// The known records are asked now and not as they were when the report was read: what was accepted since is among them.
///
/// # Errors
/// [`Error::Invalid`] for a link to another concept, or a code that no state or area has, or a new one; [`Error::NotFound`] for a link to
/// nothing; [`Error::Database`].
pub(crate) async fn of(
    work: &mut UnitOfWork,
    desk: &mut Desk,
    finding_id: Uuid,
    entry: &Entry,
    link: Link,
) -> Result<Becoming> {
    let to = match link {
        Link::To(link) => Some(checked(work, entry, link).await?),
        Link::New => None,
        Link::Found => match known(work, desk, entry).await? {
            Pick::New => None,
            Pick::One(record) => Some(record),
            Pick::Several(candidates) => return Ok(Becoming::Question(candidates)),
        },
    };
    let id = match (entry, to.map(|record| record.id)) {
        (Entry::State(_) | Entry::Area(_), None) if matches!(link, Link::New) => {
            let kind = entry.kind();
            return Err(Error::invalid(
                "asNew",
                format!("every {kind} is known: accept the finding as it is, or reject it"),
            ));
        }
        (Entry::State(state), None) => {
            let code = format!("code: \"{}\" is no state: write an ISO 3166-1 code such as PAK", state.code);
            return Err(Error::invalid("value", code));
        }
        (Entry::Area(area), None) => {
            return Err(Error::invalid("value", format!("slug: \"{}\" is no cooperation area", area.slug)));
        }
        (Entry::State(_) | Entry::Area(_), Some(id)) => id,
        (Entry::Organization(organization), to) => organization::accept(work, desk, organization, to).await?,
        (Entry::Person(person), to) => person::accept(work, desk, finding_id, person, to).await?,
        (Entry::Meeting(meeting), to) => meeting::accept(work, desk, meeting, to).await?,
        (Entry::Action(action), to) => follow_up_action::accept(work, desk, finding_id, action, to).await?,
        (Entry::Fulfilment(_), None) => {
            let message = "what was done becomes no action of its own: link it to the one it fulfils, or reject it";
            return Err(Error::invalid("asNew", message));
        }
        (Entry::Fulfilment(done), Some(action)) => {
            fulfilment::accept(work, desk, finding_id, done, action).await?;
            return Ok(Becoming::Record(RecordRef::new(entry.concept(), action)));
        }
    };
    let record = RecordRef::new(entry.concept(), id);
    desk.lay_evidence(work, finding_id, record, None).await?;
    learn::names(work, desk, finding_id, entry, record).await?;
    Ok(Becoming::Record(record))
}

/// What an entry surely is: what an equal finding of another reading of this report became, else what the rules say.
async fn known(work: &UnitOfWork, desk: &Desk, entry: &Entry) -> Result<Pick> {
    let decided = carry::decided(work.connection(), desk.report.id).await?;
    let decided: Vec<_> = decided.into_iter().filter(|decided| decided.row().reading_id != desk.reading.id).collect();
    let before = carry::equal(&decided, entry).and_then(|decided| decided.row().result());
    if let Some(record) = before.filter(|record| record.concept == entry.concept()) {
        return Ok(Pick::One(record));
    }
    let candidates = matching::candidates(work.connection(), &desk.known, &told(desk), entry).await?;
    if matches!(entry, Entry::Fulfilment(_)) && !candidates.iter().any(Candidate::is_sure) {
        // A deed makes no record of its own: which action it fulfils has to be said.
        return Ok(Pick::Several(candidates));
    }
    Ok(matching::pick(candidates))
}

/// What the report tells of, as far as a match rests on it.
fn told(desk: &Desk) -> Told {
    let states = desk.states().into_iter().map(|(_, state)| state).collect();
    let own =
        desk.pieces.iter().filter(|piece| matches!(piece.entry, Entry::Action(_))).filter_map(|piece| piece.record);
    Told { states, own: own.collect(), day: desk.told_on(), ..Told::default() }
}

/// The record that the reviewer names, if it can be what the entry is about.
async fn checked(work: &UnitOfWork, entry: &Entry, link: RecordRef) -> Result<RecordRef> {
    use store::{follow_up_action, meeting, member_state, organization, person};
    if link.concept != entry.concept() {
        let (kind, concept) = (entry.kind(), vocab::Word::code(entry.concept()));
        return Err(Error::invalid("linkTo", format!("a {kind} finding can only be a {concept}: link it to one")));
    }
    // What was merged is the record that it was merged into.
    let link = RecordRef::new(link.concept, work.stands_for(link.id).await?);
    let (db, id) = (work.connection(), link.id);
    match link.concept {
        Concept::MemberState => drop(by_id::<member_state::Entity>(db, id).await?),
        Concept::CooperationArea => drop(by_id::<cooperation_area::Entity>(db, id).await?),
        Concept::Organization => drop(by_id::<organization::Entity>(db, id).await?),
        Concept::Person => drop(by_id::<person::Entity>(db, id).await?),
        Concept::Meeting => drop(by_id::<meeting::Entity>(db, id).await?),
        Concept::FollowUpAction => drop(by_id::<follow_up_action::Entity>(db, id).await?),
        concept => return Err(Error::NotFound { concept, id }),
    }
    Ok(link)
}
