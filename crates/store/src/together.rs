//! Filters put together: all of several, one of several, none of several.

use sea_orm::{
    Condition,
    sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr},
};

/// What has to hold beside what a filter says itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Together<F> {
    /// Each of these has to be passed.
    pub all: Vec<F>,
    /// One of these has to be passed, where there is one.
    pub any: Vec<F>,
    /// None of these may be passed.
    pub none: Vec<F>,
}

impl<F> Default for Together<F> {
    fn default() -> Self {
        Self { all: Vec::new(), any: Vec::new(), none: Vec::new() }
    }
}

impl<F> Together<F> {
    /// What a filter says itself, and what has to hold beside it.
    pub(crate) fn beside(&self, own: Condition, condition: impl Fn(&F) -> Condition) -> Condition {
        let condition = |filter: &F| said(condition(filter));
        let one = self.any.iter().map(&condition).fold(Condition::any(), Condition::add);
        let every = self.all.iter().map(&condition).chain((!self.any.is_empty()).then_some(one));
        let own = every.fold(own, Condition::add);
        self.none.iter().map(|filter| fails(condition(filter))).fold(own, Condition::add)
    }
}

/// A filter that says nothing lets everything pass; left empty it would not be there at all.
fn said(condition: Condition) -> Condition {
    if condition.is_empty() { condition.add(Expr::val(1).eq(1)) } else { condition }
}

/// That a condition does not hold. What it asks of a value that is not known does not hold: `NOT` alone would leave it open.
fn fails(condition: Condition) -> SimpleExpr {
    let holds: SimpleExpr = CaseStatement::new().case(condition, 1).finally(0).into();
    holds.eq(0)
}
