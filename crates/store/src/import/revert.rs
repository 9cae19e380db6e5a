//! Taking an import back: what it made goes, what it revised is as it was, unless somebody has done something with it since.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;
use vocab::Word;

use super::{
    Model, lines,
    since::{self, Since},
    undo::{Undo, differing, undo, whole},
};
use crate::{Concept, Error, RecordRef, Result, UnitOfWork, by_id, by_ids, change, follow_up_action, search, update};

/// Lines read in one statement.
const LINES_AT_ONCE: u64 = 2_000;

/// What became of a record when an import was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// The import had made it: it is gone.
    Removed,
    /// It is as it was before.
    PutBack,
    /// It, or a part of it, stays as it is: why.
    Left(String),
}

impl Fate {
    /// What is left of a part is left of its whole, whatever became of the rest; what was told first stays.
    fn heed(&mut self, other: Self) {
        if matches!(other, Self::Left(_)) && !matches!(self, Self::Left(_)) {
            *self = other;
        }
    }
}

/// A record that an import had made or revised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Which record.
    pub record: RecordRef,
    /// What it is called.
    pub called: String,
    /// What became of it.
    pub fate: Fate,
}

/// An import that was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reverted {
    /// The import.
    pub import: Model,
    /// What it had made or revised.
    pub records: Vec<Taken>,
}

impl Reverted {
    /// The records that stay as they are, because somebody has done something with them since.
    pub fn left(&self) -> impl Iterator<Item = &Taken> {
        self.records.iter().filter(|taken| matches!(taken.fate, Fate::Left(_)))
    }
}

/// What an import did to one record.
struct Deed {
    concept: Concept,
    id: Uuid,
    called: String,
    /// The record that it is a part of.
    whole: Option<RecordRef>,
    /// The records that it names.
    names: Vec<Uuid>,
    is_new: bool,
    first: Value,
    last: Value,
    /// Where among the lines it is to be undone.
    place: i32,
}

/// Takes an import back: the lines of the history that it wrote, the last first. What somebody has changed or referred to
/// since stays, with what it needs; whether the rest is to last then, the caller says.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] where it was taken back before; [`Error::Conflict`]; [`Error::Database`].
pub async fn revert(work: &mut UnitOfWork, id: Uuid, expected: Option<i32>) -> Result<Reverted> {
    let import = by_id::<super::Entity>(work.connection(), id).await?;
    if let Some(at) = import.reverted_at {
        let message = format!("import {} was taken back on {} already", import.number, at.date_naive());
        return Err(Error::invalid("importId", message));
    }
    // Of two who take it back at once one is served; the other is told here.
    let (now, by) = (work.now(), work.who().account_id);
    let read_at = expected.or(Some(import.version));
    let import = work.revise(id, read_at, |row: &mut Model| {
        (row.reverted_at, row.reverted_by) = (Some(now), by);
        Ok(())
    });
    let import = import.await?;
    let (first, last) = lines(work.connection(), &import).await?;
    let deeds = deeds(work.connection(), first, last).await?;
    let made: HashSet<Uuid> = deeds.iter().filter(|deed| deed.is_new).map(|deed| deed.id).collect();
    // The line behind the last is the import's own.
    let since = since::read(work.connection(), last + 1, &made).await?;
    let kept = kept(&deeds, &made, &since);
    let mut records = Vec::new();
    let (mut told_of, mut wholes) = (BTreeSet::new(), BTreeMap::<Uuid, (Concept, Fate)>::new());
    for deed in deeds {
        let (record, called, whole) = (RecordRef::new(deed.concept, deed.id), deed.called.clone(), deed.whole);
        if deed.concept == Concept::Update {
            told_of.extend(whole.map(|action| action.id));
        }
        let Some(fate) = take_back(work, deed, &kept, &since).await? else { continue };
        match whole {
            None => records.push(Taken { record, called, fate }),
            // A part of what was there before is told as that.
            Some(whole) if !made.contains(&whole.id) => {
                let fate = if fate == Fate::Removed { Fate::PutBack } else { fate };
                wholes.entry(whole.id).or_insert((whole.concept, Fate::PutBack)).1.heed(fate);
            }
            Some(_) => {}
        }
    }
    let actions: Vec<Uuid> = told_of.into_iter().collect();
    for action in by_ids::<follow_up_action::Entity>(work.connection(), &actions).await?.into_values() {
        update::settle(work, action).await?;
    }
    tell_wholes(work.connection(), wholes, &mut records).await?;
    Ok(Reverted { import, records })
}

async fn take_back(
    work: &mut UnitOfWork,
    deed: Deed,
    kept: &HashMap<Uuid, String>,
    since: &Since,
) -> Result<Option<Fate>> {
    let Deed { concept, id, whole, is_new, first, last, .. } = deed;
    if let Some(why) = kept.get(&id) {
        return Ok(Some(Fate::Left(why.clone())));
    }
    if since.gone.contains(&id) {
        let why = "it was merged into another record since";
        let is_merged = work.stands_for(id).await? != id;
        return Ok(is_merged.then(|| Fate::Left(why.to_owned())));
    }
    let (todo, fate) = match (is_new, last.is_null()) {
        (true, true) => return Ok(None),
        (true, false) => (Undo::Remove, Fate::Removed),
        // Of a list that people have put together anew since, nothing that is not in it comes back.
        (false, true) if whole.is_some_and(|whole| since.parts.contains(&(whole.id, concept))) => {
            return Ok(Some(Fate::Left(format!("changed since, and not put back: {}", list(concept)))));
        }
        (false, true) => (Undo::Restore(first), Fate::PutBack),
        (false, false) => (Undo::PutBack(differing(&first, &last)), Fate::PutBack),
    };
    let left = undo(work, concept, id, todo).await?;
    if left.is_empty() {
        return Ok(Some(fate));
    }
    let columns = left.into_iter().collect::<Vec<_>>().join(", ");
    Ok(Some(Fate::Left(format!("changed since, and not put back: {columns}"))))
}

/// What parts of a concept are called together.
fn list(concept: Concept) -> &'static str {
    match concept {
        Concept::FollowUpActionArea => "areas",
        Concept::MeetingState => "states",
        Concept::Participation => "participants",
        other => other.code(),
    }
}

/// What was done to each record, the last first. A record that is new goes where its first line stood: behind everything
/// that was written later and may refer to it.
async fn deeds(db: &impl ConnectionTrait, first: i32, last: i32) -> Result<Vec<Deed>> {
    let mut deeds: Vec<Deed> = Vec::new();
    let mut places: HashMap<Uuid, usize> = HashMap::new();
    let mut behind = first - 1;
    loop {
        let lines = change::Entity::find().filter(change::Column::Seq.gt(behind)).filter(change::Column::Seq.lte(last));
        let lines = lines.order_by_asc(change::Column::Seq).limit(LINES_AT_ONCE).all(db).await?;
        let Some(line) = lines.last() else { break };
        behind = line.seq;
        for line in lines {
            let (called, names) = (called(line.row()), since::references(line.row()));
            let whole = whole(line.concept.0, line.row());
            if let Some(deed) = places.get(&line.record_id).and_then(|place| deeds.get_mut(*place)) {
                (deed.called, deed.names) = (called, names);
                deed.place = if deed.is_new { deed.place } else { line.seq };
                deed.last = if deed.is_new && !line.after.is_null() { Value::Bool(true) } else { line.after };
                continue;
            }
            places.insert(line.record_id, deeds.len());
            let is_new = line.before.is_null();
            // Of what is new it is enough to know that it is there.
            let last = if is_new { Value::Bool(true) } else { line.after };
            let (concept, id, first, place) = (line.concept.0, line.record_id, line.before, line.seq);
            deeds.push(Deed { concept, id, called, whole, names, is_new, first, last, place });
        }
    }
    deeds.sort_unstable_by_key(|deed| std::cmp::Reverse(deed.place));
    Ok(deeds)
}

/// What a row is called.
fn called(row: &Value) -> String {
    let words = ["reference", "title", "label", "name"].iter().filter_map(|column| row[column].as_str());
    words.collect::<Vec<_>>().join(" ")
}

/// The records that were made and stay, with the reason.
fn kept(deeds: &[Deed], made: &HashSet<Uuid>, since: &Since) -> HashMap<Uuid, String> {
    let mut kept: HashMap<Uuid, String> = HashMap::new();
    let mut next: Vec<(Uuid, String)> = Vec::new();
    let by_id: HashMap<Uuid, &Deed> = deeds.iter().map(|deed| (deed.id, deed)).collect();
    let mut parts: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for deed in deeds.iter().filter(|deed| deed.is_new) {
        let whole = deed.whole.map(|whole| whole.id).filter(|whole| made.contains(whole));
        whole.into_iter().for_each(|whole| parts.entry(whole).or_default().push(deed.id));
        if since.touched.contains(&deed.id) {
            // What is gone already need not be kept; but whatever it was a part of has been changed.
            let changed = if since.gone.contains(&deed.id) { whole } else { Some(deed.id) };
            next.extend(changed.map(|id| (id, "it was changed since".to_owned())));
        }
        if let Some(concept) = since.pointed_to.get(&deed.id).filter(|_| !since.gone.contains(&deed.id)) {
            next.push((deed.id, format!("a record written since refers to it ({})", concept.code())));
        }
    }
    while let Some((id, why)) = next.pop() {
        if kept.contains_key(&id) {
            continue;
        }
        kept.insert(id, why);
        let Some(deed) = by_id.get(&id) else { continue };
        let names = since.needs.get(&id).unwrap_or(&deed.names);
        let needed = names.iter().chain(parts.get(&id).into_iter().flatten());
        let needed = needed.filter(|other| made.contains(other) && !since.gone.contains(other));
        next.extend(needed.map(|other| (*other, format!("\"{}\" stays and needs it", deed.called))));
    }
    kept
}

/// Tells of records of which parts alone were taken back, and what is left of the parts of others.
async fn tell_wholes(
    db: &impl ConnectionTrait,
    mut wholes: BTreeMap<Uuid, (Concept, Fate)>,
    records: &mut Vec<Taken>,
) -> Result<()> {
    for taken in &mut *records {
        if let Some((_, fate)) = wholes.remove(&taken.record.id) {
            taken.fate.heed(fate);
        }
    }
    let mut of_concept: HashMap<Concept, Vec<Uuid>> = HashMap::new();
    wholes.iter().for_each(|(id, (concept, _))| of_concept.entry(*concept).or_default().push(*id));
    let mut called: HashMap<Uuid, String> = HashMap::new();
    for (concept, ids) in of_concept {
        let sources = search::read(db, concept, &ids).await?;
        called.extend(sources.iter().map(|source| (source.record.id, source.title())));
    }
    records.extend(wholes.into_iter().map(|(id, (concept, fate))| Taken {
        record: RecordRef::new(concept, id),
        called: called.remove(&id).unwrap_or_default(),
        fate,
    }));
    Ok(())
}
