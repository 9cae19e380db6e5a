//! What hardly ever changes and is asked for at every step, kept in memory: states, cooperation areas, and which records
//! were merged into which. It is read when it is first
//! asked for, and read anew once something was written to it: here at once, by others as soon as their writing is heard of.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sea_orm::{ConnectionTrait, EntityTrait};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{
    Concept, Result, change, cooperation_area, member_state,
    merge::{self, Merged},
};

/// What is kept here.
pub const CONCEPTS: [Concept; 3] = [Concept::MemberState, Concept::CooperationArea, Concept::Merge];

/// States and cooperation areas, by their identifiers, and what was merged.
#[derive(Debug, Default)]
pub struct Tables {
    /// The states.
    pub states: HashMap<Uuid, member_state::Model>,
    /// The areas.
    pub areas: HashMap<Uuid, cooperation_area::Model>,
    /// Which records were merged into which.
    pub merged: Arc<Merged>,
}

impl Tables {
    async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let states = member_state::Entity::find().all(db).await?;
        let areas = cooperation_area::Entity::find().all(db).await?;
        Ok(Self {
            states: states.into_iter().map(|state| (state.id, state)).collect(),
            areas: areas.into_iter().map(|area| (area.id, area)).collect(),
            merged: Arc::new(merge::merged(db).await?),
        })
    }

    /// The state with this alpha-3 code.
    pub fn state(&self, code: &str) -> Option<&member_state::Model> {
        self.states.values().find(|state| state.code == code)
    }
}

/// Whether one of these lines of the history tells of reference data.
pub fn told_of(lines: &[change::Model]) -> bool {
    lines.iter().any(|line| CONCEPTS.contains(&line.concept.0))
}

/// Where it is kept. A copy keeps the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reference(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// How often something was written to it.
    written: AtomicU64,
    /// As it was when so often had been written to it. Whoever reads it holds the lock, so that it is read once.
    kept: Mutex<Option<(u64, Arc<Tables>)>>,
}

impl Reference {
    pub(crate) async fn tables(&self, db: &impl ConnectionTrait) -> Result<Arc<Tables>> {
        let mut kept = self.0.kept.lock().await;
        let written = self.0.written.load(Ordering::SeqCst);
        if let Some((as_of, tables)) = &*kept
            && *as_of == written
        {
            return Ok(tables.clone());
        }
        let tables = Arc::new(Tables::read(db).await?);
        *kept = Some((written, tables.clone()));
        Ok(tables)
    }

    /// What is kept, where it is up to date and nobody is reading it: whoever reads may wait for the connection of who asks.
    pub(crate) fn kept(&self) -> Option<Arc<Tables>> {
        let kept = self.0.kept.try_lock().ok()?;
        let written = self.0.written.load(Ordering::SeqCst);
        kept.as_ref().filter(|(as_of, _)| *as_of == written).map(|(_, tables)| tables.clone())
    }

    pub(crate) fn forget(&self) {
        self.0.written.fetch_add(1, Ordering::SeqCst);
    }
}
