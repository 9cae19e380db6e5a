//! `entente serve`

use std::{net::SocketAddr, time::Duration};

use clap::Args;
use store::{Store, Who, access_token, credential};
use tokio::{net::TcpListener, time::timeout};

use super::{Flag, open};
use crate::{
    Failure, Settings,
    background::Background,
    desk, follow, http,
    jobs::{self, Worker},
    provider::Provider,
    receipts, search,
    second_reader::{Endpoint, watch},
    telemetry::Telemetry,
};

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The address and port to serve on [default: 127.0.0.1:8000]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Serve other machines too: put a proxy with TLS in front
    #[arg(long)]
    allow_remote: bool,
}

impl Serve {
    pub(super) fn flags(&self) -> Vec<Flag> {
        let listen = self.listen.clone().map(|listen| ("listen", "--listen", listen.into()));
        let remote = self.allow_remote.then(|| ("allow_remote", "--allow-remote", true.into()));
        listen.into_iter().chain(remote).collect()
    }

    pub(super) async fn run(&self, settings: Settings) -> Result<(), Failure> {
        refuse_remote(&settings)?;
        let endpoint = Endpoint::of(&settings.second_reader)?;
        let (provider, telemetry) = (Provider::of(&settings.sign_in)?, Telemetry::begin(&settings.telemetry)?);
        let mut around = http::Around { provider, telemetry: telemetry.clone(), ..http::Around::default() };
        let jobs = jobs::all(&settings, &around.shelf)?;
        let store = open::open_prepared(&settings).await?;
        let who = match settings.sign_in.loopback_account.trim() {
            "" => Who::system(),
            name => desk::at_the_desk(&store, name).await?,
        };
        let listener = listen(settings.listen).await?;
        let address = listener.local_addr()?;
        let link = first_admin(&settings, &store, &mut around).await?;
        let mut stop = http::listen::Stop::listen()?;
        let counted = around.clone();
        let app = http::app_telling(&settings, store.clone(), who, around.clone());
        let follower = follow::begin(store.clone(), around.feed, settings.live.wake());
        let second_reader = endpoint.map(|endpoint| watch::begin(store.clone(), endpoint, around.written));
        let worker = Worker::new(store.clone(), jobs, settings.jobs.at_once).telling(telemetry.clone());
        let worker = worker.begin(Duration::from_secs(settings.jobs.wake_seconds));
        let index = search::begin(store.clone());
        let receipts = receipts::begin(store.clone());
        let trail = counted.trail.clone().begin();
        let counting = counting(&settings, &store, &counted).await?;
        eprint!("{}", welcome(&settings, address, link));
        http::listen::serve(listener, app, &settings.limits, &mut stop).await;
        // Waits for the transactions of clients that have left.
        let patience = Duration::from_secs(settings.limits.stop_seconds);
        for background in second_reader.into_iter().chain(counting).chain([worker, index, receipts, follower, trail]) {
            background.stop(patience).await;
        }
        if timeout(patience, store.close()).await.is_err() {
            tracing::warn!("a transaction did not end in time and is undone");
        }
        telemetry.end().await;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Begins to tell what is counted on a port of its own, where one is set.
async fn counting(settings: &Settings, store: &Store, around: &http::Around) -> Result<Option<Background>, Failure> {
    let Some(address) = settings.metrics.address() else { return Ok(None) };
    let (listener, app) = (listen(address).await?, http::metrics::route(store.clone(), around));
    let (limits, mut stop) = (settings.limits.clone(), http::listen::Stop::listen()?);
    Ok(Some(Background::begin("telling what is counted", async move |_| {
        http::listen::serve(listener, app, &limits, &mut stop).await;
    })))
}

fn refuse_remote(settings: &Settings) -> Result<(), Failure> {
    let (is_here, port) = (settings.listen.ip().is_loopback(), settings.listen.port());
    if !is_here && !settings.allow_remote {
        return Err(Failure::asked_wrong(format!(
            "{} can be reached from other machines, and the server itself speaks plain HTTP: passwords and tokens could be \
             read on the way.\nListen on 127.0.0.1:{port}, or give --allow-remote where a proxy with TLS stands in front.",
            settings.listen
        )));
    }
    if settings.allow_remote && !settings.sign_in.loopback_account.is_empty() {
        return Err(Failure::asked_wrong(
            "sign_in.loopback_account signs in whoever comes from this machine, and with allow_remote a proxy on it comes for \
             everybody: leave one of them out",
        ));
    }
    if settings.allow_remote && !settings.sign_in.is_secure() {
        tracing::warn!(
            "sign_in.public_url is no https:// address: without TLS in front, passwords and tokens can be read"
        );
    }
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|fault| {
        let why = match fault.kind() {
            std::io::ErrorKind::AddrInUse => {
                "another program listens there; choose another port with --listen".to_owned()
            }
            std::io::ErrorKind::PermissionDenied => {
                "this user may not (ports below 1024 are kept for the system)".to_owned()
            }
            std::io::ErrorKind::AddrNotAvailable => "this machine has no such address".to_owned(),
            _ => fault.to_string(),
        };
        Failure::asked_wrong(format!("cannot listen on {address}: {why}"))
    })
}

/// Where nobody can sign in: the path of the link by which the first admin is made.
async fn first_admin(settings: &Settings, store: &Store, around: &mut http::Around) -> Result<Option<String>, Failure> {
    let is_needed = settings.sign_in.loopback_account.trim().is_empty();
    let (issuer, now) = (around.provider.as_ref().map(Provider::issuer), store.surroundings().now());
    if !is_needed || credential::can_anybody_sign_in(store.reader(), issuer, now).await? {
        return Ok(None);
    }
    let secret = access_token::in_hex(store.surroundings().fresh_secret());
    around.first_admin = Some(http::FirstAdmin::new(&secret));
    Ok(Some(format!("/first-admin/{secret}")))
}

/// Where to look, and one query that answers on the samples; or, where nobody can sign in, where to make the first account.
fn welcome(settings: &Settings, address: SocketAddr, link: Option<String>) -> String {
    let ip = if address.ip().is_unspecified() { "127.0.0.1".to_owned() } else { address.ip().to_string() };
    let ip = if address.is_ipv6() && ip.contains(':') { format!("[{ip}]") } else { ip };
    let base = format!("http://{ip}:{}", address.port());
    if let Some(path) = link {
        let public = settings.sign_in.public_url.trim_end_matches('/');
        let public = if public.is_empty() { &base } else { public };
        return format!(
            "\nEntente is serving.\n\n  start here   {base}/\n\nNobody can sign in yet. Make the first account here, within an \
             hour:\n\n  {public}{path}\n\n"
        );
    }
    let token = if settings.sign_in.loopback_account.is_empty() && !settings.sign_in.public {
        " -H \"authorization: Bearer $TOKEN\""
    } else {
        ""
    };
    format!(
        "\nEntente is serving.\n\n  start here   {base}/\n  GraphQL      {base}/graphql\n  the schema   {base}/schema.graphql\n\n\
         One query to try:\n\n  curl {base}/graphql{token} -H 'content-type: application/json' -d '{}'\n\n",
        serde_json::json!({ "query": http::EXAMPLE })
    )
}
