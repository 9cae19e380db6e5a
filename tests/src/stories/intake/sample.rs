//! An invented report, and what an engine reads in it.

use extract::{
    Reading, Report,
    reading::{Action, Area, Basis, Meeting, Organization, Person, State},
};
use intake::{Engine, Incoming, Ingested};
use sea_orm::{EntityTrait, ModelTrait};
use store::{Result, Who, finding, member_state, organization};
use vocab::{
    ActionKind, FindingKind, MeetingKind, MeetingMode, OrganizationKind, ParticipationRole, ReportFormat, Strength,
    evidence::Span,
};

use crate::world::World;

/// The report; `HOST` stands for the acronym of the host organization.
pub(crate) const TEXT: &str = "Fez talks on rivers\n\n\
    Dr. Amina Sarr, Director-General of HOST, received Mr. Tariq Lodhi, Minister of Rivers of Pakistan, and Mr. Nadeem \
    Qazi, Ambassador of Pakistan to Morocco, in Fez on 27 February 2026. Ms. Lea Brandt, Director of the Centre for \
    River Studies, attended the meeting.\n\n\
    The Minister also invited the Director-General to visit Pakistan. Ambassador Qazi suggested training in water \
    management.\n\nHOST pledged to send two experts by June 2026.";

/// The world with a host, its unit and a state, whatever the reference data has of them.
pub(crate) async fn host(world: &World) -> organization::Model {
    world
        .write(async |work| {
            let host = match organization::host(work.connection()).await {
                Ok(host) => host,
                Err(_) => {
                    let kind = OrganizationKind::International;
                    let draft = organization::Draft {
                        acronym: Some("NBCL".to_owned()),
                        is_host: true,
                        ..organization::Draft::new(kind, "Nile Basin Council of Learning")
                    };
                    organization::create(work, draft).await?
                }
            };
            let unit = organization::Draft::new(OrganizationKind::Unit, "Center for River Studies");
            organization::create(work, organization::Draft { parent_id: Some(host.id), ..unit }).await?;
            for (code, alpha2, name) in [("PAK", "PK", "Pakistan"), ("MAR", "MA", "Morocco")] {
                if member_state::by_code(work.connection(), code).await?.is_none() {
                    let name = || name.to_owned();
                    let (name_en, name_fr, name_ar) = (name(), name(), name());
                    let (code, alpha2) = (code.to_owned(), alpha2.to_owned());
                    let id = work.fresh_id();
                    work.insert(member_state::Model { id, code, alpha2, name_en, name_fr, name_ar, version: 1 })
                        .await?;
                }
            }
            Ok(host)
        })
        .await
        .expect("a host")
}

fn acronym(host: &organization::Model) -> &str {
    host.acronym.as_deref().unwrap_or(&host.label)
}

/// The text with the host in it.
pub(crate) fn text(host: &organization::Model) -> String {
    TEXT.replace("HOST", acronym(host))
}

/// Where words stand in a text.
pub(crate) fn basis(text: &str, quotes: &[&str]) -> Basis {
    let span = |quote: &&str| {
        let start = text[..text.find(quote).expect(quote)].chars().count();
        Span { start, end: start + quote.chars().count(), quote: (*quote).to_owned() }
    };
    Basis { evidence: quotes.iter().map(span).collect(), confidence: 0.9, rule: "sample".to_owned() }
}

fn person(text: &str, name: &str, post: &str, organization: Option<&str>, state: Option<&str>) -> Person {
    Person {
        name: name.to_owned(),
        also: vec![],
        honorific: None,
        post: Some(post.to_owned()),
        organization: organization.map(str::to_owned),
        state: state.map(str::to_owned),
        role: ParticipationRole::Principal,
        basis: basis(text, &[name]),
    }
}

/// An act of the report.
pub(crate) fn action(text: &str, kind: ActionKind, actor: &str, sides: (&str, &str), quote: &str) -> Action {
    Action {
        kind,
        strength: Strength::Proposed,
        actor: Some(actor.to_owned()),
        actor_side: Some(sides.0.to_owned()),
        counterpart: Some(sides.1.to_owned()),
        areas: vec![],
        due: None,
        missing: vec![],
        quote: quote.to_owned(),
        basis: basis(text, &[quote]),
    }
}

/// What an engine reads in the report.
pub(crate) fn reading(host: &organization::Model) -> Reading {
    let (text, us) = (text(host), acronym(host));
    let ministry = "Ministry of Rivers";
    let promise = Action {
        strength: Strength::Promised,
        due: Some("2026-06".parse().expect("a month")),
        ..action(
            &text,
            ActionKind::Commitment,
            us,
            (us, "PAK"),
            &format!("{us} pledged to send two experts by June 2026"),
        )
    };
    let proposal = Action {
        areas: vec!["water-management".to_owned()],
        ..action(
            &text,
            ActionKind::Proposal,
            "Nadeem Qazi",
            ("PAK", us),
            "Ambassador Qazi suggested training in water management",
        )
    };
    let invitation = "The Minister also invited the Director-General to visit Pakistan";
    let body = |name: &str, kind, acronym: Option<&str>, state: Option<&str>, quote| Organization {
        name: name.to_owned(),
        kind,
        acronym: acronym.map(str::to_owned),
        state: state.map(str::to_owned),
        basis: basis(&text, &[quote]),
    };
    Reading {
        language: Some("en".to_owned()),
        title: Some("Fez talks on rivers".to_owned()),
        states: vec![State { code: "PAK".to_owned(), basis: basis(&text, &["Pakistan"]) }],
        organizations: vec![
            body(&host.label, OrganizationKind::International, Some(us), None, us),
            body(ministry, OrganizationKind::Ministry, None, Some("PAK"), "Minister of Rivers"),
        ],
        people: vec![
            person(&text, "Amina Sarr", "Director-General", Some(us), None),
            person(&text, "Tariq Lodhi", "Minister of Rivers of Pakistan", Some(ministry), Some("PAK")),
            Person {
                also: vec!["Qazi".to_owned()],
                ..person(&text, "Nadeem Qazi", "Ambassador of Pakistan to Morocco", None, Some("PAK"))
            },
            person(&text, "Lea Brandt", "Director of the Centre for River Studies", Some(us), None),
        ],
        meetings: vec![Meeting {
            kind: MeetingKind::Meeting,
            date: Some("2026-02-27".parse().expect("a day")),
            mode: Some(MeetingMode::InPerson),
            place: Some("Fez".to_owned()),
            basis: basis(&text, &["received", "on 27 February 2026"]),
        }],
        areas: vec![Area { slug: "water-management".to_owned(), basis: basis(&text, &["water management"]) }],
        actions: vec![action(&text, ActionKind::Invitation, "Tariq Lodhi", ("PAK", us), invitation), proposal, promise],
        text,
        ..Reading::default()
    }
}

/// The report as it is handed in.
pub(crate) fn incoming(text: impl Into<String>) -> Incoming {
    Incoming {
        text: text.into(),
        format: ReportFormat::Plain,
        url: None,
        publisher: None,
        published_on: Some("2026-03-01".parse().expect("a day")),
        title: None,
        language: None,
    }
}

/// On whose behalf.
pub(crate) fn who() -> Who {
    Who::system()
}

/// Takes in a text of which an engine, in a version, reads this.
pub(crate) async fn ingest(world: &World, version: &str, incoming: Incoming, read: &Reading) -> Result<Ingested> {
    let read = |_: &Report<'_>, _| read.clone();
    intake::ingest_with(&world.store, &who(), &Engine { name: "sample", version, read: &read }, incoming).await
}

/// Takes in the report with what an engine reads in it.
pub(crate) async fn taken_in(world: &World) -> (organization::Model, Ingested) {
    let host = host(world).await;
    let ingested = ingest(world, "1", incoming(text(&host)), &reading(&host)).await.expect("the report is taken in");
    (host, ingested)
}

/// The findings of a reading.
pub(crate) async fn findings(world: &World, reading_id: uuid::Uuid) -> Vec<finding::Model> {
    finding::of_reading(world.store.reader(), reading_id).await.expect("the findings")
}

/// The first finding of a kind whose line holds a word.
pub(crate) fn one<'f>(findings: &'f [finding::Model], kind: FindingKind, word: &str) -> &'f finding::Model {
    findings.iter().find(|f| f.kind.0 == kind && f.summary.contains(word)).unwrap_or_else(|| panic!("{kind} {word}"))
}

/// Every row of a table.
pub(crate) async fn all<E>(world: &World, _of: E) -> Vec<E::Model>
where
    E: EntityTrait,
    E::Model: ModelTrait + Send,
{
    E::find().all(world.store.reader()).await.expect("the rows")
}

/// The people that a story made; the reference data was there the day before.
pub(crate) async fn people(world: &World) -> Vec<store::person::Model> {
    all(world, store::person::Entity)
        .await
        .into_iter()
        .filter(|row| row.created_at >= world.store.surroundings().now())
        .collect()
}

/// The posts that a story made.
pub(crate) async fn posts(world: &World) -> Vec<store::post::Model> {
    all(world, store::post::Entity)
        .await
        .into_iter()
        .filter(|row| row.created_at >= world.store.surroundings().now())
        .collect()
}

/// The appointments that a story made.
pub(crate) async fn appointments(world: &World) -> Vec<store::appointment::Model> {
    let rows = all(world, store::appointment::Entity).await;
    rows.into_iter().filter(|row| row.created_at >= world.store.surroundings().now()).collect()
}
