//! With which states a record has to do. It is looked up in the records when somebody asks, so that it is never out of date.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement};
use uuid::Uuid;

use super::entry::Column;
use crate::{Code, Concept, evidence, follow_up_action, meeting, organization, person, post, task};

/// That a record of these concepts has to do with one of these states.
pub(super) fn having_to_do_with(concepts: &[Concept], states: &[Uuid]) -> Condition {
    concepts.iter().fold(Condition::any(), |any, concept| {
        let those = match concept {
            Concept::MemberState => Column::Id.is_in(states.iter().copied()),
            other => match records(*other, states) {
                Some(ids) => Column::Id.in_subquery(ids),
                None => return any,
            },
        };
        any.add(those)
    })
}

/// The keys of the records of a concept that have to do with one of these states.
fn records(concept: Concept, states: &[Uuid]) -> Option<SelectStatement> {
    Some(match concept {
        Concept::Organization => organizations(states),
        Concept::Person => {
            let filter = person::Filter { state_ids: Some(states.to_vec()), ..person::Filter::default() };
            person::select(&filter).select_only().column(person::Column::Id).into_query()
        }
        Concept::Post => {
            let posts = post::Entity::find().select_only().column(post::Column::Id);
            posts.filter(post::Column::OrganizationId.in_subquery(organizations(states))).into_query()
        }
        Concept::NewsReport => reports(states),
        Concept::Meeting => meetings(states),
        Concept::FollowUpAction => actions(states),
        Concept::Task => {
            let tasks = task::Entity::find().select_only().column(task::Column::Id);
            tasks.filter(task::Column::ActionId.in_subquery(actions(states))).into_query()
        }
        _ => return None,
    })
}

fn organizations(states: &[Uuid]) -> SelectStatement {
    let filter = organization::Filter { state_ids: Some(states.to_vec()), ..organization::Filter::default() };
    organization::select(&filter).select_only().column(organization::Column::Id).into_query()
}

fn meetings(states: &[Uuid]) -> SelectStatement {
    let filter = meeting::Filter { state_ids: Some(states.to_vec()), ..meeting::Filter::default() };
    meeting::select(&filter).select_only().column(meeting::Column::Id).into_query()
}

fn actions(states: &[Uuid]) -> SelectStatement {
    let filter = follow_up_action::Filter { state_ids: Some(states.to_vec()), ..follow_up_action::Filter::default() };
    follow_up_action::select(&filter).select_only().column(follow_up_action::Column::Id).into_query()
}

/// A report has to do with the states of the meetings and actions that were accepted from it.
fn reports(states: &[Uuid]) -> SelectStatement {
    let told = |concept, ids| {
        let of = Condition::all().add(evidence::Column::Concept.eq(Code(concept)));
        of.add(evidence::Column::RecordId.in_subquery(ids))
    };
    let any = Condition::any()
        .add(told(Concept::Meeting, meetings(states)))
        .add(told(Concept::FollowUpAction, actions(states)));
    evidence::Entity::find().select_only().column(evidence::Column::ReportId).filter(any).into_query()
}
