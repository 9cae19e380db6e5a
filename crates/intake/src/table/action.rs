//! A line of a table of follow-up actions.

use store::{
    Concept, Error, RecordRef, Result, UnitOfWork, account, by_id,
    follow_up_action::{self, Draft, Model, Revision},
    meeting,
    party::Party,
    update,
};
use uuid::Uuid;
use vocab::{ActionStatus, Side, Strength, Track};

use super::{
    Put,
    date::End,
    fields::{Fields, given, needed},
    known::Known,
};

/// The fields that tell of a party: what it is called, and what it is made of.
struct Cells {
    name: &'static str,
    ids: [&'static str; 4],
}

const ACTOR: Cells =
    Cells { name: "actor", ids: ["actorPersonId", "actorPostId", "actorOrganizationId", "actorState"] };
const COUNTERPART: Cells = Cells {
    name: "counterpart",
    ids: ["counterpartPersonId", "counterpartPostId", "counterpartOrganizationId", "counterpartState"],
};

/// Takes a line in.
pub(super) async fn line(work: &mut UnitOfWork, known: &mut Known, fields: &Fields<'_>, kept: &str) -> Result<Put> {
    let (row, is_new) = match fields.id("id", Concept::FollowUpAction)?.flatten() {
        Some(id) => (revise(work, known, fields, id).await?, false),
        None => (create(work, known, fields).await?, true),
    };
    let mut notes = Vec::new();
    let row = tell(work, fields, row, kept, &mut notes).await?;
    let called = format!("{} {}", row.reference, row.title);
    Ok(Put { is_new, record: RecordRef::new(Concept::FollowUpAction, row.id), called, notes })
}

async fn revise(work: &mut UnitOfWork, known: &mut Known, fields: &Fields<'_>, id: Uuid) -> Result<Model> {
    let before = by_id::<follow_up_action::Entity>(work.connection(), id).await?;
    let version = given("version", fields.number("version")?.flatten())?;
    if let Some(state) = fields.state(known, "state")?
        && state != before.state_id
    {
        let message = format!("{} begins with its state, which stays: make a new action", before.reference);
        return Err(Error::invalid("state", message));
    }
    let actor_side = needed("actorSide", fields.word("actorSide")?)?;
    let side = actor_side.unwrap_or(before.actor_side.0);
    let parties = [before.actor(), before.counterpart()];
    let Sides { actor, counterpart, .. } =
        Sides::read(work, known, fields, before.state_id, Some(side), parties).await?;
    let revision = Revision {
        kind: needed("kind", fields.word("kind")?)?,
        title: needed("title", fields.text("title"))?.map(str::to_owned),
        strength: needed("strength", fields.word("strength")?)?,
        missing: fields.words("missing")?,
        meeting_id: fields.there::<meeting::Entity>(work, known, "meetingId").await?,
        actor_side,
        actor,
        counterpart,
        awaits: fields.word("awaits")?,
        due: fields.date("due", End::Last)?,
        said_on: fields.day("saidOn")?.flatten(),
        owner_id: owner(work, known, fields).await?,
        areas: areas(known, fields)?,
    };
    follow_up_action::revise(work, id, Some(version), revision).await
}

async fn create(work: &mut UnitOfWork, known: &mut Known, fields: &Fields<'_>) -> Result<Model> {
    let kind = given("kind", fields.word("kind")?.flatten())?;
    let state_id = fields.state(known, "state")?.flatten();
    let side = fields.word("actorSide")?.flatten();
    let Sides { actor, counterpart, side } =
        Sides::read(work, known, fields, state_id, side, [Party::default(); 2]).await?;
    let actor_side = side.ok_or_else(no_side)?;
    let draft = Draft {
        kind,
        title: given("title", fields.text("title").flatten())?.to_owned(),
        strength: fields.word("strength")?.flatten().unwrap_or(Strength::Proposed),
        missing: fields.words("missing")?.unwrap_or_default(),
        state_id,
        meeting_id: fields.there::<meeting::Entity>(work, known, "meetingId").await?.flatten(),
        actor_side,
        actor: actor.unwrap_or_default(),
        counterpart: counterpart.unwrap_or_default(),
        awaits: fields.word("awaits")?.unwrap_or_else(|| vocab::follow_up_action::awaits(kind, actor_side)),
        due: fields.date("due", End::Last)?.flatten(),
        said_on: fields.day("saidOn")?.flatten(),
        owner_id: owner(work, known, fields).await?.flatten(),
        areas: areas(known, fields)?.unwrap_or_default(),
    };
    follow_up_action::create(work, draft).await
}

fn no_side() -> Error {
    let message =
        "a new record needs actorSide: tell in a column who acts (Actor, Side), or for every line (actorSide=ours)";
    Error::invalid("actorSide", message)
}

fn areas(known: &Known, fields: &Fields<'_>) -> Result<Option<Vec<String>>> {
    fields.several("areas").map(|names| names.iter().map(|name| known.area(name)).collect()).transpose()
}

/// Who looks after it: by the identifier of the account, else by its name.
async fn owner(work: &UnitOfWork, known: &mut Known, fields: &Fields<'_>) -> Result<Option<Option<Uuid>>> {
    if let Some(id) = fields.id("ownerId", Concept::Account)? {
        return match id {
            Some(id) => known.there::<account::Entity>(work, "ownerId", id).await.map(Some).map(Some),
            None => Ok(Some(None)),
        };
    }
    fields.text("owner").map(|name| name.map(|name| known.account("owner", name)).transpose()).transpose()
}

/// Who acts for whom. Of what the table does not speak there is nothing.
struct Sides {
    actor: Option<Party>,
    counterpart: Option<Party>,
    /// On which side whoever acts is.
    side: Option<Side>,
}

impl Sides {
    /// A body of the state stands on the side of the partner.
    async fn read(
        work: &mut UnitOfWork,
        known: &mut Known,
        fields: &Fields<'_>,
        state: Option<Uuid>,
        side: Option<Side>,
        [actor, counterpart]: [Party; 2],
    ) -> Result<Self> {
        let mut actor = party(work, known, fields, &ACTOR, state, actor).await?;
        let mut counterpart = party(work, known, fields, &COUNTERPART, state, counterpart).await?;
        let side = side.or_else(|| known.side(actor?));
        let theirs = if side == Some(Side::Theirs) { &mut actor } else { &mut counterpart };
        if theirs.is_none_or(|party| party == Party::default())
            && let Some(name) = fields.plain("ministry")
        {
            let id = known.organization(work, "ministry", name, state, None).await?;
            *theirs = Some(Party { organization_id: Some(id), state_id: state, ..Party::default() });
        }
        Ok(Self { actor, counterpart, side })
    }
}

impl Known {
    /// On which side a party stands, as far as its body or its state tells.
    fn side(&self, party: Party) -> Option<Side> {
        match (party.organization_id, party.state_id) {
            (Some(body), _) if self.is_ours(body) => Some(Side::Ours),
            (None, None) => None,
            _ => Some(Side::Theirs),
        }
    }
}

/// The party that its fields tell of: by identifiers where one is given, else by its name. A name beside identifiers is what
/// Entente shows of them, which need not be how anybody is found.
async fn party(
    work: &mut UnitOfWork,
    known: &mut Known,
    fields: &Fields<'_>,
    cells: &Cells,
    state: Option<Uuid>,
    before: Party,
) -> Result<Option<Party>> {
    let is_given = cells.ids.iter().any(|id| fields.plain(id).is_some());
    match fields.plain(cells.name).filter(|_| !is_given) {
        Some(name) => named(work, known, cells.name, name, state).await.map(Some),
        None => fields.party(work, known, cells.ids, before).await,
    }
}

/// A party that is called by one name: a state, or a body.
async fn named(
    work: &mut UnitOfWork,
    known: &mut Known,
    field: &'static str,
    name: &str,
    state: Option<Uuid>,
) -> Result<Party> {
    if let Some(state) = known.find_state(name) {
        return Ok(Party { state_id: Some(state), ..Party::default() });
    }
    let id = known.organization(work, field, name, state, None).await?;
    let state_id = state.filter(|_| !known.is_ours(id));
    Ok(Party { organization_id: Some(id), state_id, ..Party::default() })
}

/// What a table tells of how an action stands, as a statement of the day: a status is never typed.
async fn tell(
    work: &mut UnitOfWork,
    fields: &Fields<'_>,
    row: Model,
    kept: &str,
    notes: &mut Vec<String>,
) -> Result<Model> {
    let said = fields.word::<ActionStatus>("status")?.flatten();
    let own = fields.plain("note").unwrap_or_default();
    let note = [own, kept].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    // Nobody says so: it follows from silence.
    let says = said.filter(|says| !matches!(says, ActionStatus::Recorded | ActionStatus::NoEvidence));
    let Some(says) = says.filter(|says| *says != row.status.0) else {
        if !note.is_empty() {
            notes.push("its note is not kept: a note belongs to a statement on how the action stands".to_owned());
        }
        return Ok(row);
    };
    let on = fields.day("statusOn")?.flatten().unwrap_or_else(|| work.today());
    let track = fields.word("track")?.flatten().unwrap_or(Track::Ours);
    let note = Some(note).filter(|note| !note.is_empty());
    let draft = update::Draft { action_id: row.id, track, says, on, note, report_id: None };
    Ok(update::record(work, draft, None).await?.1)
}
