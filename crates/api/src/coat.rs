//! A coat: the GraphQL type over one storage row.

use std::collections::HashMap;

use async_graphql::ObjectType;
use sea_orm::EntityTrait;
pub use store::reference::Tables;
use store::{Concept, Recorded};
use uuid::Uuid;

/// The rows that a coat is put over.
pub type RowOf<C> = <<C as Coat>::Entity as EntityTrait>::Model;

/// The rows of a table that is kept in memory, by their identifiers.
pub type Table<'t, C> = &'t HashMap<Uuid, RowOf<C>>;

/// A GraphQL type over the rows of one table.
pub trait Coat: ObjectType + From<RowOf<Self>> + Clone + Send + Sync + 'static {
    /// The table.
    type Entity: EntityTrait<Model: Clone + Send + Sync>;
    /// Where its rows are kept in memory, for what hardly ever changes.
    const IN_MEMORY: Option<fn(&Tables) -> Table<'_, Self>> = None;
}

/// A coat over records that can be asked for by their identifier.
pub trait Kept: Coat<Entity: EntityTrait<Model: Recorded<Entity = Self::Entity>>> {
    /// What they are records of.
    const CONCEPT: Concept = <RowOf<Self> as Recorded>::CONCEPT;
}

impl<C: Coat<Entity: EntityTrait<Model: Recorded<Entity = C::Entity>>>> Kept for C {}

/// Declares a coat over the rows of a module of `store`; `in memory as` names where [`Tables`] keep them.
macro_rules! coat {
    ($(#[$about:meta])* $name:ident over $($module:ident)::+ $(, in memory as $tables:ident)?) => {
        $(#[$about])*
        #[derive(Debug, Clone, async_graphql::Description)]
        pub struct $name(pub $($module)::+::Model);

        impl From<$($module)::+::Model> for $name {
            fn from(row: $($module)::+::Model) -> Self {
                Self(row)
            }
        }

        impl $crate::coat::Coat for $name {
            type Entity = $($module)::+::Entity;
            $(const IN_MEMORY: Option<fn(&$crate::coat::Tables) -> $crate::coat::Table<'_, Self>> =
                Some(|tables| &tables.$tables);)?
        }
    };
}
pub(crate) use coat;
