//! How an action stands, and why.

use async_graphql::{Context, Description, Object, SimpleObject};
use briefing::Clock;
use store::{by_ids_at, follow_up_action, update};
use vocab::{
    Word,
    status::{self, Verdict},
};

use crate::{
    ask,
    fault::Fault,
    scalars::Date,
    update::{OF_ACTION, Update},
    words::{ActionStatus, Track},
};

/// How an action stands on a day by what was known at a moment, and why.
#[derive(Description)]
pub struct Progress {
    action: follow_up_action::Model,
    /// The updates that count, in the order in which they were recorded.
    updates: Vec<update::Model>,
    verdict: Verdict,
    clock: Clock,
    rhythms: status::Rhythms,
}

/// What one track says last.
#[derive(SimpleObject)]
pub struct TrackReport {
    /// The track.
    track: Track,
    /// What it says.
    says: ActionStatus,
    /// The statement.
    update: Update,
}

/// How the action stands by a clock; none where it was not there.
///
/// # Errors
/// Where the database fails.
pub(super) async fn progress(
    ctx: &Context<'_>,
    action: &follow_up_action::Model,
    clock: Clock,
) -> Result<Option<Progress>, Fault> {
    let (store, database) = (ask::store(ctx), ask::loader(ctx).loader());
    let now = database.now();
    let action = match clock.known_at {
        None => Some(action.clone()),
        // Below a list of that moment it is at hand as it was known then.
        moment if database.2.as_ref().is_some_and(|past| past.clock.known_at == moment) => Some(action.clone()),
        Some(_) => {
            let mut known = by_ids_at::<follow_up_action::Entity>(now.reader(), &[action.id], clock.known_at).await?;
            known.remove(&action.id)
        }
    };
    let Some(action) = action.filter(|action| action.since() <= clock.as_of) else { return Ok(None) };
    let mut updates: Vec<update::Model> = ask::short(ctx, &OF_ACTION, action.id).await?;
    updates.retain(|update| {
        update.said_on <= clock.as_of && clock.known_at.is_none_or(|moment| update.recorded_at <= moment)
    });
    let verdict = status::derive(&update::statements(&updates));
    Ok(Some(Progress { action, updates, verdict, clock, rhythms: store.rhythms() }))
}

impl Progress {
    fn heard(&self) -> chrono::NaiveDate {
        self.verdict.heard_on.map_or(self.action.since(), |on| on.max(self.action.since()))
    }

    fn silence_counts_from(&self) -> chrono::NaiveDate {
        self.rhythms.silent_from(self.action.kind.0, self.heard())
    }

    pub(super) fn now(&self) -> vocab::ActionStatus {
        status::on(self.verdict.said, self.silence_counts_from(), self.clock.as_of)
    }
}

#[Object(use_type_description)]
impl Progress {
    /// The day by which it is judged.
    async fn as_of(&self) -> Date {
        Date(self.clock.as_of)
    }

    /// How it stands, silence included.
    async fn status(&self) -> ActionStatus {
        self.now().into()
    }

    /// Whether the latest statements of two tracks differ; each stands in `tracks`.
    async fn disputed(&self) -> bool {
        self.verdict.disputed
    }

    /// Whether its due day has passed and it is neither delivered nor dropped.
    async fn overdue(&self) -> bool {
        status::overdue(self.verdict.said, self.action.due_on, self.clock.as_of)
    }

    /// What our report, the counterpart's report and the evidence from news say last, as far as each says anything.
    async fn tracks(&self) -> Vec<TrackReport> {
        let last = |(track, at): (&vocab::Track, &Option<usize>)| {
            let update = self.updates.get((*at)?)?;
            Some(TrackReport { track: (*track).into(), says: update.says.0.into(), update: update.clone().into() })
        };
        vocab::Track::ALL.iter().zip(&self.verdict.tracks).filter_map(last).collect()
    }

    /// The day on which it was last heard of: of the latest statement, else on which it was said.
    async fn heard_on(&self) -> Date {
        Date(self.heard())
    }

    /// The first day on which its silence counts, unless something is heard of it or it is closed.
    async fn silent_from(&self) -> Option<Date> {
        (!self.verdict.said.is_closed()).then(|| Date(self.silence_counts_from()))
    }

    /// How many days an action of its kind may go without being heard of.
    async fn rhythm_days(&self) -> i32 {
        i32::from(self.rhythms.days(self.action.kind.0))
    }

    /// Why it stands so, in sentences.
    async fn why(&self) -> Vec<String> {
        let mut why = Vec::new();
        let words = |word: &str| word.replace('-', " ");
        if self.updates.is_empty() {
            why.push(format!("it was said on {}; nobody has reported on it since", self.action.since()));
        }
        for (track, at) in vocab::Track::ALL.iter().zip(&self.verdict.tracks) {
            let Some(update) = at.and_then(|at| self.updates.get(at)) else { continue };
            let who = match track {
                vocab::Track::Ours => "our report",
                vocab::Track::Counterpart => "the counterpart's report",
                vocab::Track::Evidence => "the news",
            };
            let note = update.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
            why.push(format!("{who} of {} says {}{note}", update.said_on, words(update.says.0.code())));
        }
        if self.now() == vocab::ActionStatus::NoEvidence {
            let days = self.rhythms.days(self.action.kind.0);
            let (kind, heard) = (words(self.action.kind.0.code()), self.heard());
            let from = self.silence_counts_from();
            why.push(format!(
                "last heard of on {heard}; a {kind} may be silent for {days} days, so no evidence from {from} on"
            ));
        }
        why
    }

    /// The version of the rule.
    async fn rule(&self) -> &'static str {
        status::RULE
    }
}
