//! A coat: the GraphQL type over one storage row.

use async_graphql::ObjectType;
use sea_orm::EntityTrait;
use store::{Concept, Recorded};

/// The rows that a coat is put over.
pub type RowOf<C> = <<C as Coat>::Entity as EntityTrait>::Model;

/// A GraphQL type over the rows of one table.
pub trait Coat: ObjectType + From<RowOf<Self>> + Clone + Send + Sync + 'static {
    /// The table.
    type Entity: EntityTrait<Model: Clone + Send + Sync>;
}

/// A coat over records that can be asked for by their identifier.
pub trait Kept: Coat<Entity: EntityTrait<Model: Recorded<Entity = Self::Entity>>> {
    /// What they are records of.
    const CONCEPT: Concept = <RowOf<Self> as Recorded>::CONCEPT;
}

impl<C: Coat<Entity: EntityTrait<Model: Recorded<Entity = C::Entity>>>> Kept for C {}

/// Declares a coat over the rows of a module of `store`.
macro_rules! coat {
    ($(#[$about:meta])* $name:ident over $($module:ident)::+) => {
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
        }
    };
}
pub(crate) use coat;
