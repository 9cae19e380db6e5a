//! What a brief is of: a state, for the director who meets it, or a post, for whoever takes it over.

use store::{Concept, Error, Result, by_parents_at, participation};
use uuid::Uuid;
use vocab::{Language, MemberState};

use super::{HANDOVER_RULE, RULE, SectionKind, post::Post};
use crate::{
    Asked,
    book::{Action, Meeting},
    partnership::{Partnership, survey},
};

/// Of what a brief is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// Of a state, by ISO 3166-1 code.
    State(String),
    /// Of a post.
    Post(Uuid),
}

/// What a brief is of, and how it stands.
#[derive(Debug, Clone)]
pub enum Subject {
    /// A state.
    State(Partner),
    /// A post.
    Post(Post),
}

/// A state, as a partner.
#[derive(Debug, Clone)]
pub struct Partner {
    /// The state.
    pub state: &'static MemberState,
    /// Its record; none where nobody knew of it at the moment.
    pub id: Option<Uuid>,
    /// How the partnership stands.
    pub partnership: Partnership,
}

impl Partner {
    fn find(asked: Asked<'_>, code: &str) -> Result<Self> {
        let id = asked.book.state(code)?;
        let Some(state) = vocab::member_state::by_code(code.trim()) else {
            return Err(Error::NotFound { concept: Concept::MemberState, id });
        };
        let partnership = survey(Asked { state_id: Some(id), ..asked }).remove(&id).unwrap_or_default();
        Ok(Self { state, id: (!id.is_nil()).then_some(id), partnership })
    }
}

impl Subject {
    pub(super) async fn find(asked: Asked<'_>, of: &Of, language: Language) -> Result<Self> {
        match of {
            Of::State(code) => Partner::find(asked, code).map(Self::State),
            Of::Post(id) => Post::find(asked, *id, language).await.map(Self::Post),
        }
    }

    /// What it is called.
    pub fn title(&self, language: Language) -> &str {
        match self {
            Self::State(partner) => partner.state.name(language),
            Self::Post(post) => &post.title,
        }
    }

    /// The record of the state it is, or to which it belongs.
    pub fn state_id(&self) -> Option<Uuid> {
        match self {
            Self::State(partner) => partner.id,
            Self::Post(post) => post.state_id,
        }
    }

    /// The version of the rules by which its brief is made.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::State(_) => RULE,
            Self::Post(_) => HANDOVER_RULE,
        }
    }

    /// The sections of its brief, in the order of the page.
    pub(super) fn sections(&self) -> &'static [SectionKind] {
        match self {
            Self::State(_) => &SectionKind::ALL,
            Self::Post(_) => &SectionKind::OF_A_POST,
        }
    }

    /// Whether an action is of the state, or hangs on the post.
    pub(super) fn concerns(&self, action: &Action) -> bool {
        match self {
            // One without a record has no action.
            Self::State(partner) => partner.id.is_some() && action.state == partner.id,
            Self::Post(post) => action.posts.contains(&Some(post.id)),
        }
    }

    /// The meetings in which it took part, of all days and of none.
    pub(super) async fn meetings<'a>(&self, asked: Asked<'a>) -> Result<Vec<(Uuid, &'a Meeting)>> {
        match self {
            Self::State(partner) => {
                let state_id = Some(partner.id.unwrap_or_default());
                Ok(Asked { state_id, ..asked }.meetings().collect())
            }
            Self::Post(post) => {
                let column = participation::Column::PostId;
                let known_at = asked.clock.known_at;
                let parts = by_parents_at::<participation::Entity>(asked.db, column, &[post.id], known_at).await?;
                let mut met: Vec<_> = parts.into_iter().map(|part| part.meeting_id).collect();
                // Who held the post and who followed may have come together.
                met.sort_unstable();
                met.dedup();
                Ok(met.into_iter().filter_map(|id| Some((id, asked.book.meetings.get(&id)?))).collect())
            }
        }
    }
}
