//! Follow-up actions as activities of IATI 2.03: those that both sides have agreed to, or more.

mod activity;
mod codes;
mod context;

use chrono::{DateTime, SecondsFormat, Utc};
use maud::{Markup, PreEscaped, html};
use sea_orm::sea_query::Order;
use store::{
    Error, Result, Store,
    follow_up_action::{self, Filter, OrderBy},
    member_state,
    page::{self, Slice},
};
use vocab::Strength;

use crate::settings::Iati;
use context::{Context, Publisher};

/// The version of the standard.
const VERSION: &str = "2.03";

/// The setting without which nothing is published.
pub const OFF: &str = "iati.reporting_org";

/// How binding an action has to be: what one side alone has proposed is no activity.
const AT_LEAST: Strength = Strength::AgreedInPrinciple;

/// Actions read in one statement.
const ROWS_AT_ONCE: u64 = 250;

/// The activities of one state, or of all, as a document.
///
/// # Errors
/// [`Error::Invalid`] where the publisher has no identifier, or there is no such state; [`Error::Database`].
pub async fn document(store: &Store, settings: &Iati, state: Option<&str>) -> Result<String> {
    let publisher = Publisher::new(store, settings).await?;
    let state_ids = match state {
        Some(code) => Some(vec![state_of(store, code).await?]),
        None => None,
    };
    let filter = Filter { state_ids, strength_at_least: Some(AT_LEAST), ..Filter::default() };
    let (select, keys) = (follow_up_action::select(&filter), OrderBy::Reference.keys(Order::Asc));
    let (mut slice, mut activities) = (Slice::first(ROWS_AT_ONCE), Vec::new());
    loop {
        let page = page::page(store.reader(), select.clone(), &keys, &slice).await?;
        slice.from = page.rows.last().map(|(place, _)| place.clone());
        let actions: Vec<_> = page.rows.into_iter().map(|(_, action)| action).collect();
        let context = Context::of(store, &actions).await?;
        activities.extend(actions.iter().map(|action| activity::activity(action, &publisher, &context)));
        if !page.has_next {
            return Ok(all(store.surroundings().now(), &activities));
        }
    }
}

async fn state_of(store: &Store, code: &str) -> Result<uuid::Uuid> {
    let state = member_state::by_code(store.reader(), code.trim()).await?;
    let none = || Error::invalid("state", format!("\"{code}\" is no state of ISO 3166-1: write it as PAK or PK"));
    state.map(|state| state.id).ok_or_else(none)
}

fn all(now: DateTime<Utc>, activities: &[Markup]) -> String {
    let now = now.to_rfc3339_opts(SecondsFormat::Secs, true);
    let document = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        iati-activities version=(VERSION) generated-datetime=(now) {
            @for activity in activities { "\n" (activity) }
            "\n"
        }
        "\n"
    };
    document.into_string()
}
