//! Which follow-up actions, and in which order.

use sea_orm::{
    Condition, JoinType, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{
        Alias, CaseStatement, ColumnRef, Expr, ExprTrait, IntoColumnRef, Order, Query, SelectStatement, SimpleExpr,
        UnionType,
    },
};
use vocab::{ActionKind, ActionStatus, Side, Strength, Word, fold, status::Rhythms};

use super::{Column, Entity, area};
use crate::{Code, Together, cooperation_area, page::Key};

/// Which actions. An empty filter is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Of one of these states.
    pub state_ids: Option<Vec<Uuid>>,
    /// In which one of these organizations acts or is acted to.
    pub organization_ids: Option<Vec<Uuid>>,
    /// In one of these areas, by slug.
    pub areas: Option<Vec<String>>,
    /// Of one of these kinds.
    pub kinds: Option<Vec<ActionKind>>,
    /// At least so binding.
    pub strength_at_least: Option<Strength>,
    /// With one of these statuses on `today`; whatever the silence, where no `today` is given.
    pub statuses: Option<Vec<ActionStatus>>,
    /// Waiting for one of these sides.
    pub awaits: Option<Vec<Side>>,
    /// Late, or not late, on `today`.
    pub overdue: Option<bool>,
    /// The day by which `overdue` and `statuses` are judged.
    pub today: Option<Date>,
    /// How long each kind may be silent.
    pub rhythms: Rhythms,
    /// Due before this day.
    pub due_before: Option<Date>,
    /// Looked after by this account.
    pub owner_id: Option<Uuid>,
    /// Came out of this meeting.
    pub meeting_id: Option<Uuid>,
    /// Whose title or reference holds this.
    pub text: Option<String>,
    /// What has to hold beside it.
    pub together: Together<Filter>,
}

/// The actions that pass the filter.
pub fn select(filter: &Filter) -> Select<Entity> {
    Entity::find().filter(passes(filter))
}

fn passes(filter: &Filter) -> Condition {
    let Filter {
        state_ids,
        organization_ids,
        areas,
        kinds,
        strength_at_least,
        statuses,
        awaits,
        overdue,
        today,
        rhythms,
        due_before,
        owner_id,
        meeting_id,
        text,
        together,
    } = filter;
    let strengths = strength_at_least.map(|least| Strength::ALL.iter().copied().filter(move |s| *s >= least).map(Code));
    let own = Condition::all()
        .add_option(state_ids.as_ref().map(|ids| Column::StateId.is_in(ids.iter().copied())))
        .add_option(organization_ids.as_ref().map(|ids| with_organizations(ids)))
        .add_option(areas.as_ref().map(|slugs| in_areas(slugs)))
        .add_option(kinds.as_ref().map(|kinds| Column::Kind.is_in(kinds.iter().copied().map(Code))))
        .add_option(strengths.map(|strengths| Column::Strength.is_in(strengths)))
        .add_option(statuses.as_ref().map(|statuses| standing(statuses, *rhythms, *today)))
        .add_option(awaits.as_ref().map(|sides| Column::Awaits.is_in(sides.iter().copied().map(Code))))
        .add_option(overdue.zip(*today).map(|(wanted, today)| late(wanted, today)))
        .add_option(due_before.map(|day| Column::DueOn.lt(day)))
        .add_option(owner_id.map(|id| Column::OwnerId.eq(id)))
        .add_option(meeting_id.map(|id| Column::MeetingId.eq(id)))
        .add_option(text.as_ref().map(|text| holding(text)));
    together.beside(own, passes)
}

/// What actions can be listed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Under {
    /// The state they belong to.
    State,
    /// The meeting they came out of.
    Meeting,
    /// The account that looks after them.
    Owner,
    /// An organization that acts or is acted to.
    Organization,
    /// A post that acts or is acted to, whoever holds it.
    Post,
    /// An area they are in.
    Area,
}

/// The actions that pass the filter, and the column that tells under which record each stands.
pub fn select_under(under: Under, filter: &Filter) -> (Select<Entity>, ColumnRef) {
    let mut select = select(filter);
    let column = match under {
        Under::State => (Entity, Column::StateId).into_column_ref(),
        Under::Meeting => (Entity, Column::MeetingId).into_column_ref(),
        Under::Owner => (Entity, Column::OwnerId).into_column_ref(),
        Under::Area => {
            let same = Expr::col((area::Entity, area::Column::ActionId)).equals((Entity, Column::Id));
            QueryTrait::query(&mut select).join(JoinType::InnerJoin, area::Entity, same);
            (area::Entity, area::Column::AreaId).into_column_ref()
        }
        Under::Organization => {
            on_either_side(&mut select, [Column::ActorOrganizationId, Column::CounterpartOrganizationId])
        }
        Under::Post => on_either_side(&mut select, [Column::ActorPostId, Column::CounterpartPostId]),
    };
    (select, column)
}

/// Joins each action with what stands on either side; once, where both are the same.
fn on_either_side(select: &mut Select<Entity>, [actor, counterpart]: [Column; 2]) -> ColumnRef {
    let (sides, party) = (Alias::new("sides"), Alias::new("party_id"));
    let side = |column: Column| -> SelectStatement {
        let mut side = Query::select();
        side.expr_as(Expr::col(Column::Id), Alias::new("action_id"))
            .expr_as(Expr::col(column), party.clone())
            .from(Entity)
            .and_where(Expr::col(column).is_not_null());
        side
    };
    let both = side(actor).union(UnionType::Distinct, side(counterpart)).take();
    let same = Expr::col((sides.clone(), Alias::new("action_id"))).equals((Entity, Column::Id));
    QueryTrait::query(select).join_subquery(JoinType::InnerJoin, both, sides.clone(), same);
    (sides, party).into_column_ref()
}

fn with_organizations(ids: &[Uuid]) -> Condition {
    let ids = || ids.iter().copied();
    Condition::any().add(Column::ActorOrganizationId.is_in(ids())).add(Column::CounterpartOrganizationId.is_in(ids()))
}

fn in_areas(slugs: &[String]) -> SimpleExpr {
    let areas = cooperation_area::Entity::find()
        .filter(cooperation_area::Column::Slug.is_in(slugs.iter().cloned()))
        .select_only()
        .column(cooperation_area::Column::Id);
    let actions = area::Entity::find().filter(area::Column::AreaId.in_subquery(areas.into_query()));
    Column::Id.in_subquery(actions.select_only().column(area::Column::ActionId).into_query())
}

/// The same rule as [`vocab::status::overdue`], told to the database.
fn late(wanted: bool, today: Date) -> Condition {
    let closed = || ActionStatus::ALL.iter().copied().filter(|status| status.is_closed()).map(Code);
    if wanted {
        Condition::all().add(Column::DueOn.lt(today)).add(Column::Status.is_not_in(closed()))
    } else {
        Condition::any().add(Column::DueOn.is_null()).add(Column::DueOn.gte(today)).add(Column::Status.is_in(closed()))
    }
}

/// The same rule as [`vocab::status::on`], told to the database.
fn standing(statuses: &[ActionStatus], rhythms: Rhythms, today: Option<Date>) -> Condition {
    let said = |among: &dyn Fn(ActionStatus) -> bool| {
        Column::Status.is_in(statuses.iter().copied().filter(|status| among(*status)).map(Code))
    };
    let Some(today) = today else { return Condition::all().add(said(&|_| true)) };
    let quiet = |kind: &ActionKind| {
        let since = rhythms.heard_of_since(*kind, today);
        let unheard = Condition::any().add(Column::HeardOn.is_null()).add(Column::HeardOn.lt(since));
        Condition::all().add(Column::Kind.eq(Code(*kind))).add(Column::SaidOn.lt(since)).add(unheard)
    };
    let silent = || ActionKind::ALL.iter().map(quiet).fold(Condition::any(), Condition::add);
    let closed = said(&ActionStatus::is_closed);
    let open = Condition::all().add(said(&|status| !status.is_closed())).add(silent().not());
    let judged = Condition::any().add(closed).add(open);
    if !statuses.contains(&ActionStatus::NoEvidence) {
        return judged;
    }
    let closed = ActionStatus::ALL.iter().copied().filter(|status| status.is_closed()).map(Code);
    judged.add(Condition::all().add(Column::Status.is_not_in(closed)).add(silent()))
}

fn holding(text: &str) -> Condition {
    let reference = text.trim().to_uppercase();
    Condition::any().add(Column::Folded.contains(fold(text))).add(Column::Reference.eq(reference))
}

/// An order of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderBy {
    /// By due day; those without one last.
    DueOn,
    /// By when they were first kept.
    CreatedAt,
    /// By reference: state, then number.
    Reference,
    /// By how binding they are.
    Strength,
}

impl OrderBy {
    /// The keys of this order.
    pub fn keys(self, order: Order) -> Vec<Key> {
        match self {
            Self::DueOn => vec![Key::day(Column::DueOn, order)],
            Self::CreatedAt => vec![Key::time(Column::CreatedAt, order)],
            Self::Reference => vec![Key::text(Column::Series, order.clone()), Key::number(Column::Number, order)],
            Self::Strength => vec![Key::number(rank(), order)],
        }
    }
}

/// The place of an action's strength on the ladder.
pub(super) fn rank() -> SimpleExpr {
    let mut case = CaseStatement::new();
    for strength in Strength::ALL {
        case = case.case(Expr::col((Entity, Column::Strength)).eq(strength.code()), Expr::val(*strength as i32));
    }
    case.finally(Expr::val(-1)).into()
}
