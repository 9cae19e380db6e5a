//! Filters of lists, which can be put together: each says something itself, and may hold others beside it.

use std::future::Future;

use async_graphql::Context;
use futures_core::future::BoxFuture;
use store::Together;

use crate::fault::Fault;

/// The most filters in one.
const MOST: usize = 50;

/// A filter as clients write it.
pub trait Filter: Sized + Send {
    /// As the store takes it.
    type Kept: Default + Send;

    /// What it says itself.
    fn own(self, ctx: &Context<'_>) -> impl Future<Output = Result<Self::Kept, Fault>> + Send;

    /// Those beside it, taken out: all of them, one of them, none of them.
    fn beside(&mut self) -> [Vec<Self>; 3];

    /// Where those beside it are kept.
    fn together(kept: &mut Self::Kept) -> &mut Together<Self::Kept>;
}

/// The filter as the store takes it; without one, everything passes.
///
/// # Errors
/// Where it cannot be read, or there are too many in it.
pub async fn kept<F: Filter>(ctx: &Context<'_>, filter: Option<F>) -> Result<F::Kept, Fault> {
    match filter {
        Some(filter) => read(ctx, filter, &mut { MOST }).await,
        None => Ok(F::Kept::default()),
    }
}

fn read<'a, F: Filter + 'a>(
    ctx: &'a Context<'_>,
    mut filter: F,
    left: &'a mut usize,
) -> BoxFuture<'a, Result<F::Kept, Fault>> {
    Box::pin(async move {
        *left = left.checked_sub(1).ok_or_else(|| {
            Fault::input("filter", format!("the filter has more than {MOST} in it: ask in several steps"))
        })?;
        let mut parts: [Vec<F::Kept>; 3] = Default::default();
        for (part, filters) in parts.iter_mut().zip(filter.beside()) {
            for filter in filters {
                part.push(read(ctx, filter, left).await?);
            }
        }
        let [all, any, none] = parts;
        let mut kept = filter.own(ctx).await?;
        *F::together(&mut kept) = Together { all, any, none };
        Ok(kept)
    })
}

/// A filter by its fields, with the three that hold others; how it is read stands in `own` beside it.
macro_rules! filter {
    ($(#[$doc:meta])* $name:ident of $kept:ty { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Default, async_graphql::InputObject)]
        pub struct $name {
            $($(#[$field_doc])* $field: $type,)*
            /// What also passes all of these.
            and: Option<Vec<$name>>,
            /// What also passes one of these.
            or: Option<Vec<$name>>,
            /// What does not pass this.
            not: Option<Box<$name>>,
        }

        impl $crate::filter::Filter for $name {
            type Kept = $kept;

            async fn own(self, ctx: &async_graphql::Context<'_>) -> Result<$kept, $crate::fault::Fault> {
                self.read(ctx).await
            }

            fn beside(&mut self) -> [Vec<Self>; 3] {
                let none = self.not.take().map(|not| *not);
                [self.and.take().unwrap_or_default(), self.or.take().unwrap_or_default(), none.into_iter().collect()]
            }

            fn together(kept: &mut $kept) -> &mut store::Together<$kept> {
                &mut kept.together
            }
        }
    };
}
pub(crate) use filter;
