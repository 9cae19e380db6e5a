//! How all partnerships stood on the last days that were asked for: kept, and brought up to date state by state as lines
//! are taken in, so that the table of all states costs a look at those that have changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::NaiveDate;
use uuid::Uuid;
use vocab::status::Rhythms;

use crate::partnership::Partnership;

/// How many days are kept, the last asked for first.
const DAYS: usize = 4;

/// With more states changed than this, all are gone through in one go.
const ONE_BY_ONE: usize = 4;

/// The surveys of a book.
#[derive(Debug, Default)]
pub(crate) struct Surveys(Mutex<Vec<Survey>>);

/// A copy of a book begins without any.
impl Clone for Surveys {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[derive(Debug)]
struct Survey {
    day: NaiveDate,
    rhythms: Rhythms,
    states: BTreeMap<Uuid, Partnership>,
    /// The states of which something was taken in since.
    changed: BTreeSet<Uuid>,
}

impl Surveys {
    /// How all states stand on a day; `look` goes through those that are not known: one, or all.
    pub(crate) fn on(
        &self,
        day: NaiveDate,
        rhythms: Rhythms,
        look: impl Fn(Option<Uuid>) -> BTreeMap<Uuid, Partnership>,
    ) -> BTreeMap<Uuid, Partnership> {
        // Whoever asks at the same time waits for the one who looks, and has it from them.
        let mut kept = self.kept();
        let known = kept.iter().position(|survey| (survey.day, survey.rhythms) == (day, rhythms));
        let survey = known.map(|at| kept.remove(at)).filter(|survey| survey.changed.len() <= ONE_BY_ONE);
        let survey = match survey {
            Some(mut survey) => {
                for state in std::mem::take(&mut survey.changed) {
                    survey.states.extend(look(Some(state)));
                }
                survey
            }
            None => Survey { day, rhythms, states: look(None), changed: BTreeSet::new() },
        };
        let states = survey.states.clone();
        kept.insert(0, survey);
        kept.truncate(DAYS);
        states
    }

    /// Something of a state was taken in.
    pub(super) fn change(&mut self, state: Option<Uuid>) {
        if let Some(state) = state {
            for survey in self.kept().iter_mut() {
                survey.changed.insert(state);
            }
        }
    }

    /// Something was taken in that can change every state.
    pub(super) fn forget(&mut self) {
        self.kept().clear();
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Survey>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
