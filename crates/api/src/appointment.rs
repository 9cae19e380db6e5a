//! Appointments: one person in one post for a time.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use sea_orm::EntityTrait;
use store::appointment::{self, Column, Entity};

use crate::{
    ask::{self, Short},
    coat::coat,
    evidence::Evidence,
    fault::Fault,
    id::{self, Id},
    input::Input,
    payload::{change, payload, write},
    person::Person,
    post::Post,
    scalars::{Date, PartialDate},
};

/// The appointments of a person.
pub(crate) static OF_PERSON: Short<Entity> = Short { rows: Entity::find, whose: Column::PersonId };
/// The appointments to a post.
pub(crate) static OF_POST: Short<Entity> = Short { rows: Entity::find, whose: Column::PostId };

coat! {
    /// One person in one post for a time.
    Appointment over store::appointment
}

#[Object(use_type_description)]
impl Appointment {
    /// The identifier.
    pub(crate) async fn id(&self) -> ID {
        id::of(&self.0)
    }

    /// Who.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person, Fault> {
        ask::row(ctx, self.0.person_id).await
    }

    /// In which post.
    async fn post(&self, ctx: &Context<'_>) -> Result<Post, Fault> {
        ask::row(ctx, self.0.post_id).await
    }

    /// When it began, as precisely as known; null where nobody has said.
    async fn start(&self) -> Option<PartialDate> {
        self.0.start().map(PartialDate)
    }

    /// When it ended, as precisely as known; null while it lasts, as far as known.
    async fn end(&self) -> Option<PartialDate> {
        self.0.end().map(PartialDate)
    }

    /// A day on which a source says that it was held.
    async fn seen_on(&self) -> Option<Date> {
        self.0.seen_on.map(Date)
    }

    /// Who says so, where it is not a report.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// The words of reports that tell of it.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many, 1 to 250; 250 where none is given.")] first: Option<i32>,
    ) -> Result<Vec<Evidence>, Fault> {
        ask::few(ctx, &crate::evidence::OF_RECORD, self.0.id, first).await
    }

    /// How often it was written: hand it back as `expectedVersion` when revising.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A new appointment.
#[derive(InputObject)]
pub struct CreateAppointmentInput {
    /// Who.
    person_id: Id<Person>,
    /// In which post.
    post_id: Id<Post>,
    /// When it began.
    start: Option<PartialDate>,
    /// When it ended.
    end: Option<PartialDate>,
    /// A day on which a source says that it was held.
    seen_on: Option<Date>,
    /// Who says so.
    source: Option<String>,
}

/// What is to be changed of an appointment; what is left out stays.
#[derive(InputObject)]
pub struct ReviseAppointmentInput {
    /// Which appointment.
    appointment_id: Id<Appointment>,
    /// The version it was read at; where it has another by now, nothing is written.
    expected_version: Option<i32>,
    /// When it began; null where nobody has said.
    start: MaybeUndefined<PartialDate>,
    /// When it ended; null where it lasts.
    end: MaybeUndefined<PartialDate>,
}

payload! {
    /// What came of making an appointment.
    CreateAppointmentPayload {
        /// The appointment.
        appointment: Appointment,
    }
}

payload! {
    /// What came of revising an appointment.
    ReviseAppointmentPayload {
        /// The appointment.
        appointment: Appointment,
    }
}

/// Making and revising appointments.
#[derive(Default)]
pub struct AppointmentMutation;

#[Object]
impl AppointmentMutation {
    /// Makes an appointment by hand.
    async fn create_appointment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new appointment.")] input: Input<CreateAppointmentInput>,
    ) -> Result<CreateAppointmentPayload, Fault> {
        let Input { it: CreateAppointmentInput { person_id, post_id, start, end, seen_on, source }, named } = input;
        let draft = appointment::Draft {
            person_id: person_id.0,
            post_id: post_id.0,
            start: start.map(|date| date.0),
            end: end.map(|date| date.0),
            seen_on: seen_on.map(|day| day.0),
            source,
        };
        write(ctx, named, async |work| appointment::create(work, draft).await).await
    }

    /// Revises an appointment.
    async fn revise_appointment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be changed.")] input: Input<ReviseAppointmentInput>,
    ) -> Result<ReviseAppointmentPayload, Fault> {
        let Input { it: ReviseAppointmentInput { appointment_id, expected_version, start, end }, named } = input;
        let (start, end) = (change(start, |date| date.0), change(end, |date| date.0));
        let revision = appointment::Revision { start, end, ..Default::default() };
        write(ctx, named, async |work| appointment::revise(work, appointment_id.0, expected_version, revision).await)
            .await
    }
}
