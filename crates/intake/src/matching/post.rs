//! Which known post of an organization a title means.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use store::{Result, post};
use uuid::Uuid;
use vocab::fold;

use super::{organization::state_words, words};

/// The words that tell a post apart. The state is left out, because the organization has it: `Minister of Rivers` and
/// `Minister of Rivers of Mali` are one post.
pub(crate) fn title_words(title: &str, state: Option<&str>) -> BTreeSet<String> {
    let own = state.map(state_words).unwrap_or_default();
    words(title).into_iter().filter(|word| !own.contains(word)).collect()
}

/// The post of an organization that a title means: the same title, else the same words.
pub(crate) async fn known(
    db: &impl ConnectionTrait,
    organization_id: Uuid,
    title: &str,
    state: Option<&str>,
) -> Result<Option<post::Model>> {
    let posts = post::Entity::find().filter(post::Column::OrganizationId.eq(organization_id));
    let posts = posts.order_by_asc(post::Column::Id).all(db).await?;
    let (folded, asked) = (fold(title), title_words(title, state));
    let same = |post: &&post::Model| post.folded == folded;
    let alike = |post: &&post::Model| !asked.is_empty() && title_words(&post.label, state) == asked;
    Ok(posts.iter().find(same).or_else(|| posts.iter().find(alike)).cloned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_known_by_its_words_without_its_state() {
        for (a, b, same) in [
            ("Minister of Rivers", "Minister of Rivers of Pakistan", true),
            ("Pakistani Minister for Rivers", "Minister of Rivers", true),
            ("Ambassador of Pakistan to Peru", "Ambassador to Peru", true),
            ("Ambassador of Pakistan to Peru", "Ambassador of Pakistan to Chad", false),
            ("Director of the Centre for Rivers", "Director of the Center of Rivers", true),
            ("Deputy Minister of Rivers", "Minister of Rivers", false),
        ] {
            assert_eq!(title_words(a, Some("PAK")) == title_words(b, Some("PAK")), same, "{a} / {b}");
        }
    }
}
