//! Papers for a meeting as files: `GET /briefs/PAK.pdf?language=ar&asOf=2026-06-30`, `/handovers/POST_ID.pdf` and
//! `/papers/council-pack.pdf`, or `.html` for the same as a page. Who may have them is said by the table of [`api::rights`], for the fields
//! of GraphQL that tell the same.

use axum::{
    Extension,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use briefing::{
    Brief, CouncilPack, Paper, Shelf,
    brief::{Of, Wanted},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use store::{Concept, RecordRef, Store};
use vocab::Language;

use super::{
    answer,
    code::{Code, Refusal},
    negotiate::Media,
    porter::{Caller, forbidden},
    sheets::{refused, untold},
};
use crate::pdf::{Jam, Press};

/// A page opened by itself loads and runs nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/// What papers are made of, and where they are set.
#[derive(Clone)]
pub struct Desk {
    /// The records.
    pub store: Store,
    /// The books of the questions.
    pub shelf: Shelf,
    /// Where they are set as PDF.
    pub press: Press,
}

/// What the address asks.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    as_of: Option<NaiveDate>,
    known_at: Option<DateTime<Utc>>,
    language: Option<Language>,
}

/// What comes of a paper that is asked for.
type Made = Result<Response, Refusal>;

/// The brief of a state: `GET /briefs/PAK.pdf`.
pub async fn brief(
    State(desk): State<Desk>,
    Path(file): Path<String>,
    Extension(caller): Extension<Caller>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Some((state, form)) = Form::of(&file) else { return nowhere("/briefs/PAK.pdf") };
    let name = format!("brief-{}", state.to_uppercase());
    told(desk.subject(&caller, "brief", Of::State(state.to_owned()), asked, &name, form).await)
}

/// The handover brief of a post: `GET /handovers/POST_ID.pdf`.
pub async fn handover(
    State(desk): State<Desk>,
    Path(file): Path<String>,
    Extension(caller): Extension<Caller>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Some((id, form)) = Form::of(&file) else { return nowhere("/handovers/POST_ID.pdf") };
    let of = match RecordRef::key("post", id, Concept::Post) {
        Ok(post) => Of::Post(post),
        Err(error) => return answer::refused_with(Media::Json, &untold(error)),
    };
    told(desk.subject(&caller, "handoverBrief", of, asked, "handover", form).await)
}

/// The council pack: `GET /papers/council-pack.pdf?asOf=2026-06-30&knownAt=2026-07-01T08:00:00Z`.
pub async fn council_pack(
    State(desk): State<Desk>,
    Path(file): Path<String>,
    Extension(caller): Extension<Caller>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Some(("council-pack", form)) = Form::of(&file) else { return nowhere("/papers/council-pack.pdf") };
    let made = async {
        let Asked { as_of, known_at, language } = permitted(&caller, "councilPack", asked)?;
        let (Some(as_of), Some(known_at)) = (as_of, known_at) else {
            return Err(Refusal::malformed("a council pack has both clocks: give asOf and knownAt"));
        };
        let pack = CouncilPack::make(&desk.store, &desk.shelf, as_of, known_at).await.map_err(untold)?;
        desk.written(pack.paper(language.unwrap_or(Language::En)), "council-pack", form).await
    };
    told(made.await)
}

impl Desk {
    /// The brief of a state or of a post.
    async fn subject(
        &self,
        caller: &Caller,
        field: &str,
        of: Of,
        asked: Result<Query<Asked>, QueryRejection>,
        name: &str,
        form: Form,
    ) -> Made {
        let Asked { as_of, known_at, language } = permitted(caller, field, asked)?;
        let wanted = Wanted { of, as_of, known_at, language: language.unwrap_or(Language::En) };
        let brief = Brief::make(&self.store, &self.shelf, &wanted).await.map_err(untold)?;
        self.written(brief.paper(), name, form).await
    }

    /// A paper in its form.
    async fn written(&self, paper: Paper, name: &str, form: Form) -> Made {
        let name = format!("inline; filename=\"{name}-{}.{}\"", paper.as_of, form.end());
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(form.media())),
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
            (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("inline"))),
        ];
        let bytes = match form {
            Form::Html => paper.html().into_bytes(),
            Form::Pdf => self.press.pdf(paper).await.map_err(jammed)?,
        };
        Ok((headers, bytes).into_response())
    }
}

/// What the address asks, where it may be asked by those who ask.
fn permitted(caller: &Caller, field: &str, asked: Result<Query<Asked>, QueryRejection>) -> Result<Asked, Refusal> {
    let least = api::rights::least("Query", field);
    if !caller.who.rights.is_at_least(least) {
        let role = least.map(|role| role.to_string()).unwrap_or_default();
        return Err(forbidden(format!(
            "this paper takes the role {role}: ask an admin for it, or somebody who has it"
        )));
    }
    let message = "the address takes asOf, knownAt and language: a day as 2026-11-24, a moment as 2026-11-24T12:00:00Z, the \
                   language as en, fr or ar";
    asked.map(|Query(asked)| asked).map_err(|_| Refusal::malformed(message))
}

fn told(made: Made) -> Response {
    made.unwrap_or_else(|refusal| answer::refused_with(Media::Json, &refusal))
}

fn nowhere(such_as: &str) -> Response {
    refused(StatusCode::NOT_FOUND, format!("a paper is a file such as {such_as}, or .html"))
}

/// Why there is no PDF, as an answer.
fn jammed(jam: Jam) -> Refusal {
    match jam {
        // Of what this program or this machine lacks the message tells, and what to do.
        Jam::Cannot(message) => Refusal::request(StatusCode::NOT_IMPLEMENTED, Code::BadUserInput, message),
        Jam::Late(patience) => {
            let seconds = patience.as_secs();
            let message =
                format!("the paper was not set as PDF within {seconds} s: ask again, or take the page (.html)");
            Refusal::request(StatusCode::SERVICE_UNAVAILABLE, Code::Timeout, message)
        }
        Jam::Broken(fault) => {
            tracing::error!("a paper cannot be set: {fault}");
            Refusal::request(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, answer::INTERNAL)
        }
    }
}

/// In which form a paper is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Pdf,
}

impl Form {
    /// What a file tells of, and its form, where it has one.
    fn of(file: &str) -> Option<(&str, Self)> {
        let forms = [Self::Html, Self::Pdf].into_iter();
        forms.filter_map(|form| Some((file.strip_suffix(form.end())?.strip_suffix('.')?, form))).next()
    }

    fn end(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }

    fn media(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Pdf => "application/pdf",
        }
    }
}
