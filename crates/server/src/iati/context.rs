//! What is around the actions of a page: who they are between, what they are about, and where they were read.

use std::collections::{BTreeSet, HashMap};

use sea_orm::EntityTrait;
use store::{
    Concept, Error, Result, Store, by_ids, by_parents, cooperation_area, evidence,
    follow_up_action::{self, area},
    member_state, news_report, organization, update,
};
use uuid::Uuid;

use crate::settings::Iati;

/// Whose document it is.
pub(super) struct Publisher {
    /// The identifier it is registered by.
    pub(super) reference: String,
    /// Its default language.
    pub(super) language: String,
    /// The host.
    pub(super) host: organization::Model,
}

impl Publisher {
    pub(super) async fn new(store: &Store, settings: &Iati) -> Result<Self> {
        let Iati { reporting_org, language } = settings;
        if reporting_org.is_empty() {
            let message = "activities of IATI begin with the identifier that their publisher is registered by: set \
                           iati.reporting_org";
            return Err(Error::invalid(super::OFF, message));
        }
        let host = organization::host(store.reader()).await?;
        Ok(Self { reference: reporting_org.clone(), language: language.clone(), host })
    }
}

/// What is around the actions of a page.
pub(super) struct Context {
    pub(super) states: HashMap<Uuid, member_state::Model>,
    pub(super) organizations: HashMap<Uuid, organization::Model>,
    areas: HashMap<Uuid, Vec<area::Model>>,
    taxonomy: Vec<cooperation_area::Model>,
    evidence: HashMap<Uuid, Vec<evidence::Model>>,
    updates: HashMap<Uuid, Vec<update::Model>>,
    reports: HashMap<Uuid, news_report::Model>,
}

impl Context {
    pub(super) async fn of(store: &Store, actions: &[follow_up_action::Model]) -> Result<Self> {
        let db = store.reader();
        let ids: Vec<Uuid> = actions.iter().map(|action| action.id).collect();
        let parties = || actions.iter().flat_map(|action| [action.actor(), action.counterpart()]);
        let states = actions.iter().map(|action| action.state_id).chain(parties().map(|party| party.state_id));
        let states = by_ids::<member_state::Entity>(db, &distinct(states)).await?;
        let bodies = distinct(parties().map(|party| party.organization_id));
        let organizations = by_ids::<organization::Entity>(db, &bodies).await?;
        let areas =
            by_parents(db, area::Entity::find(), area::Column::ActionId, &ids, |row| Some(row.action_id)).await?;
        let taxonomy = cooperation_area::all(db, None).await?;
        let words = evidence::of(Concept::FollowUpAction);
        let evidence = by_parents(db, words, evidence::Column::RecordId, &ids, |row| Some(row.record_id)).await?;
        let said = update::of_actions();
        let updates = by_parents(db, said, update::Column::ActionId, &ids, |row| Some(row.action_id)).await?;
        let reports = evidence.values().flatten().map(|row| Some(row.report_id));
        let reports = distinct(reports.chain(updates.values().flatten().map(|row| row.report_id)));
        let reports = by_ids::<news_report::Entity>(db, &reports).await?;
        Ok(Self { states, organizations, areas, taxonomy, evidence, updates, reports })
    }

    /// The areas of an action, in the order of the taxonomy.
    pub(super) fn areas(&self, action: Uuid) -> impl Iterator<Item = &cooperation_area::Model> {
        let of_action = self.areas.get(&action).map(Vec::as_slice).unwrap_or_default();
        self.taxonomy.iter().filter(|area| of_action.iter().any(|row| row.area_id == area.id))
    }

    /// The words that an action was read from, each once.
    pub(super) fn words(&self, action: Uuid) -> Vec<(&str, Option<&str>)> {
        let mut words: Vec<(&str, Option<&str>)> = Vec::new();
        for row in self.evidence.get(&action).into_iter().flatten() {
            let language = self.reports.get(&row.report_id).and_then(|report| report.language.as_deref());
            if !words.iter().any(|(quote, _)| quote.contains(&*row.quote)) {
                words.push((&row.quote, language));
            }
        }
        words
    }

    /// What was said of an action, in the order in which it was recorded.
    pub(super) fn updates(&self, action: Uuid) -> &[update::Model] {
        self.updates.get(&action).map(Vec::as_slice).unwrap_or_default()
    }

    /// The reports that tell of an action, each once, as far as they can be had at an address.
    pub(super) fn reports(&self, action: Uuid) -> Vec<(&str, &news_report::Model)> {
        let told = self.evidence.get(&action).into_iter().flatten().map(|row| Some(row.report_id));
        let ids = distinct(told.chain(self.updates(action).iter().map(|row| row.report_id)));
        let reports = ids.iter().filter_map(|id| self.reports.get(id));
        let addressed = reports.filter_map(|report| Some((report.url.as_deref()?, report)));
        addressed.filter(|(url, _)| url.starts_with("https://") || url.starts_with("http://")).collect()
    }
}

fn distinct(ids: impl Iterator<Item = Option<Uuid>>) -> Vec<Uuid> {
    ids.flatten().collect::<BTreeSet<_>>().into_iter().collect()
}
