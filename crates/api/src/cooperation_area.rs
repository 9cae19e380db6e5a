//! The taxonomy of cooperation areas.

use async_graphql::{Context, ID, Object};
use store::{cooperation_area, follow_up_action::Under};

use crate::{
    ask,
    coat::coat,
    connection::{self, Connection, Paging},
    fault::Fault,
    follow_up_action::{Actions, FollowUpAction, FollowUpActionFilter, FollowUpActionOrder},
    id,
    words::{Language, Sector, spoken},
};

coat! {
    /// A node of the taxonomy of cooperation areas.
    CooperationArea over store::cooperation_area, in memory as areas
}

#[Object(use_type_description)]
impl CooperationArea {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// The stable key, such as `water-management`.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The field it belongs to.
    async fn sector(&self) -> Sector {
        self.0.sector.0.into()
    }

    /// Its label in a language.
    async fn name(
        &self,
        #[graphql(desc = "The language.", default_with = "Some(Language::En)")] language: Option<Language>,
    ) -> &str {
        self.0.name(spoken(language))
    }

    /// The OECD DAC CRS purpose code, five digits, where one fits.
    async fn crs_code(&self) -> Option<&str> {
        self.0.crs.as_deref()
    }

    /// The numbers of the Sustainable Development Goals it serves.
    async fn sdgs(&self) -> Vec<i32> {
        self.0.goals()
    }

    /// The follow-up actions in this area.
    async fn follow_up_actions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which of them.")] filter: Option<FollowUpActionFilter>,
        #[graphql(desc = "In which order; first due first, where none is given.")] order_by: Option<
            Vec<FollowUpActionOrder>,
        >,
    ) -> Result<Connection<FollowUpAction>, Fault> {
        let list = Actions::new(ctx, Some(Under::Area), filter, order_by).await?;
        connection::page(ctx, Some(self.0.id), list, Paging { first, after, last, before }).await
    }
}

/// Asking for cooperation areas.
#[derive(Default)]
pub struct CooperationAreaQuery;

#[Object]
impl CooperationAreaQuery {
    /// The taxonomy, or one sector of it, in its order.
    async fn cooperation_areas(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The sector; all, where none is given.")] sector: Option<Sector>,
    ) -> Result<Vec<CooperationArea>, Fault> {
        let areas = cooperation_area::all(ask::store(ctx).reader(), sector.map(Into::into)).await?;
        Ok(areas.into_iter().map(CooperationArea).collect())
    }
}
