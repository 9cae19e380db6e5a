//! Spans, from their beginning to the collector.

use std::{future::Future, time::Duration};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use opentelemetry::{
    Context, KeyValue,
    propagation::TextMapPropagator,
    trace::{FutureExt, Span as _, SpanBuilder, SpanKind, Status, TraceContextExt, Tracer, TracerProvider},
};
use opentelemetry_http::HeaderExtractor;
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    trace::{SdkTracer, SdkTracerProvider},
};

use super::collector::Collector;
use crate::{Failure, http::RequestId, settings};

/// How long what waits is given to be sent when the program stops.
const LAST: Duration = Duration::from_secs(3);

/// So much is told of the name of an operation, which the client chooses.
const LONGEST_NAME: usize = 60;

/// Where spans go; nowhere by default. A copy leads to the same place.
#[derive(Clone, Default)]
pub struct Telemetry(Option<(SdkTracerProvider, SdkTracer)>);

/// What is told of an operation, as long as this is kept.
pub(crate) struct Span(Option<opentelemetry_sdk::trace::Span>);

impl Telemetry {
    /// Begins to send spans to the collector that is set, where one is.
    ///
    /// # Errors
    /// Where it cannot be called.
    pub fn begin(settings: &settings::Telemetry) -> Result<Self, Failure> {
        super::usable(settings)?;
        if settings.endpoint.is_empty() {
            return Ok(Self::default());
        }
        let url = format!("{}/v1/traces", settings.endpoint.trim_end_matches('/'));
        let exporter = SpanExporter::builder().with_http().with_http_client(Collector::at(&url)?);
        let exporter = exporter.with_endpoint(url).with_protocol(Protocol::HttpBinary).build();
        let exporter = exporter.map_err(|fault| Failure::asked_wrong(format!("telemetry: {fault}")))?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let name = settings.service_name.trim().to_owned();
        let resource = Resource::builder().with_service_name(name).with_attribute(version).build();
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
        let tracer = provider.tracer("entente");
        Ok(Self(Some((provider, tracer))))
    }

    /// Sends what waits, for a few seconds at most.
    pub async fn end(self) {
        let Some((provider, _)) = self.0 else { return };
        let sent = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(LAST)).await;
        if !matches!(sent, Ok(Ok(()))) {
            tracing::warn!("the last traces could not be sent");
        }
    }

    /// A span for each request to these routes.
    pub(crate) fn around(&self, routes: Router) -> Router {
        match &self.0 {
            Some((_, tracer)) => routes.layer(from_fn_with_state(tracer.clone(), request)),
            None => routes,
        }
    }

    /// A span for an operation, under the request it came by.
    pub(crate) fn operation(&self, kind: &'static str, name: &str, request: &str, cost: u64) -> Span {
        let begin = |(_, tracer): &(_, SdkTracer)| {
            let name: String = name.chars().take(LONGEST_NAME).collect();
            let told = [
                KeyValue::new("graphql.operation.type", kind),
                KeyValue::new("graphql.operation.name", name.clone()),
                KeyValue::new("entente.request_id", request.to_owned()),
                KeyValue::new("entente.cost", i64::try_from(cost).unwrap_or(i64::MAX)),
            ];
            let named = format!("{kind} {name}").trim_end().to_owned();
            begun(tracer, named, SpanKind::Internal, told, &Context::current())
        };
        Span(self.0.as_ref().map(begin))
    }

    /// Does a piece of background work under a span of its own.
    pub(crate) fn job<W: Future>(
        &self,
        kind: &'static str,
        attempt: i32,
        work: W,
    ) -> impl Future<Output = W::Output> + use<W> {
        let context = self.0.as_ref().map(|(_, tracer)| {
            let told = [KeyValue::new("entente.job", kind), KeyValue::new("entente.attempt", i64::from(attempt))];
            let span = begun(tracer, format!("job {kind}"), SpanKind::Internal, told, &Context::new());
            Context::new().with_span(span)
        });
        work.with_context(context.unwrap_or_default())
    }
}

impl Span {
    /// How many errors its answer has.
    pub(crate) fn errors(&mut self, errors: usize) {
        let Some(span) = &mut self.0 else { return };
        span.set_attribute(KeyValue::new("entente.errors", i64::try_from(errors).unwrap_or(i64::MAX)));
        if errors > 0 {
            span.set_status(Status::error(""));
        }
    }
}

/// What the job came to that is done here.
pub(crate) fn job_came_to(outcome: &'static str, is_amiss: bool) {
    let context = Context::current();
    let span = context.span();
    span.set_attribute(KeyValue::new("entente.outcome", outcome));
    if is_amiss {
        span.set_status(Status::error(""));
    }
}

/// The same work, under the request that is answered here, whoever does it.
pub(crate) fn within<W: Future>(work: W) -> impl Future<Output = W::Output> + use<W> {
    work.with_current_context()
}

fn begun(
    tracer: &SdkTracer,
    name: String,
    kind: SpanKind,
    told: impl IntoIterator<Item = KeyValue>,
    parent: &Context,
) -> opentelemetry_sdk::trace::Span {
    let builder = SpanBuilder::from_name(name).with_kind(kind).with_attributes(told);
    tracer.build_with_context(builder, parent)
}

/// A path can hold a secret: of it nothing is told but the route, which has names in their place.
async fn request(State(tracer): State<SdkTracer>, request: Request, next: Next) -> Response {
    let parent =
        TraceContextPropagator::new().extract_with_context(&Context::new(), &HeaderExtractor(request.headers()));
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let name = format!("{method} {}", route.as_deref().unwrap_or_default()).trim_end().to_owned();
    let id =
        request.extensions().get::<RequestId>().map(|RequestId(id)| KeyValue::new("entente.request_id", id.clone()));
    let told = [KeyValue::new("http.request.method", method)];
    let told = told.into_iter().chain(route.map(|route| KeyValue::new("http.route", route))).chain(id);
    let context = parent.with_span(begun(&tracer, name, SpanKind::Server, told, &parent));
    let response = next.run(request).with_context(context.clone()).await;
    let (span, status) = (context.span(), response.status());
    span.set_attribute(KeyValue::new("http.response.status_code", i64::from(status.as_u16())));
    if status.is_server_error() {
        span.set_status(Status::error(""));
    }
    response
}

/// A method of HTTP; not whatever a client has made up.
fn known(method: &Method) -> &'static str {
    let known = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "TRACE"];
    known.into_iter().find(|known| method == known).unwrap_or("_OTHER")
}
