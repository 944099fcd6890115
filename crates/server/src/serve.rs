//! The running server: started as a value that knows where it listens, ended by a signal without dropping a request.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use tokio::signal::unix::{SignalKind, signal};

use identity::logout_notice::NoAnswer;
use listener::Patience;
use partners::back_channel::HttpBackChannel;
use store::Store;

use crate::app::{self, Parts, Surroundings};
use crate::clients::{self, Reload};
use crate::config::{Config, Fault, LogFormat, Records};
use crate::{housekeeping, keys, later, logouts, outbox, webhooks};

/// So long may a request that is being answered still take when the server is told to stop.
const LAST_ANSWERS: u64 = 20;
/// So long may a browser take to send the head of a request.
const HEAD: Duration = Duration::from_secs(10);
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum NotStarted {
    #[error("the clients' files are wrong")]
    Clients(Vec<Fault>),
    #[error("{0}")]
    Parts(#[from] app::Failure),
    #[error("cannot listen on {address}: {source}")]
    Listen { address: SocketAddr, source: io::Error },
    #[error("clients cannot be told of sign-outs: {0}")]
    BackChannel(#[from] NoAnswer),
    #[error("the system does not let us hear its signals: {0}")]
    Signals(#[source] io::Error),
}

/// A server that listens and is ready to run.
pub struct Booted {
    server: Server,
    store: Store,
    outbox: Option<outbox::Running>,
    /// With the port that the system chose where the configuration says 0.
    pub address: SocketAddr,
}

/// Starts everything; in the background what has to be done beside answering.
///
/// # Errors
/// When anything that it needs is not there.
pub async fn boot(config: &Config, around: Surroundings) -> Result<Booted, NotStarted> {
    let reload = Reload::start(&config.clients, config.server.profile).map_err(NotStarted::Clients)?;
    let clients = reload.clients();
    let parts = Parts::assemble(config, clients, around.clone()).await?;
    let (store, journeys) = (parts.store.clone(), parts.journeys.clone());
    let webhooks = webhooks::Reload::over(parts.webhooks.clone(), &config.webhooks, config.server.profile);
    let evidence = journeys.evidence.clone();
    let outbox = parts.outbox.clone();
    actix_web::rt::spawn(keys::keep(parts.provider.clone(), parts.keeper.clone()));
    actix_web::rt::spawn(logouts::go_on(parts.provider.clone(), HttpBackChannel::new()?));
    actix_web::rt::spawn(app::keep_up(parts.metrics.clone()));
    let patience = Patience { head: HEAD, keep_alive: KEEP_ALIVE, last_answers: LAST_ANSWERS };
    let (server, address) = listener::listen(config.server.listen, patience, app::routes(parts), app::around)
        .map_err(|source| NotStarted::Listen { address: config.server.listen, source })?;
    stop_on_signal(server.handle()).map_err(NotStarted::Signals)?;
    let following = clients::follow(reload).map_err(NotStarted::Signals)?;
    actix_web::rt::spawn(async {
        if let Err(error) = following.await {
            tracing::error!(%error, "the clients are no longer read again");
        }
    });
    let following = clients::follow(webhooks).map_err(NotStarted::Signals)?;
    actix_web::rt::spawn(async {
        if let Err(error) = following.await {
            tracing::error!(%error, "the webhooks are no longer read again");
        }
    });
    if config.records.enabled {
        let Records { interval, follow_after, .. } = &config.records;
        let pace = later::Pace { interval: interval.duration(), follow_after: follow_after.duration() };
        actix_web::rt::spawn(later::go_on(journeys, pace));
    }
    if config.housekeeping.enabled {
        let (jobs, interval) = (housekeeping::jobs(config), config.housekeeping.interval.duration());
        actix_web::rt::spawn(housekeeping::keep_house(store.clone(), around.clock, jobs, interval));
        if let Some(room) = evidence {
            let kept = config.evidence.keep_after_decision.duration();
            actix_web::rt::spawn(housekeeping::sweep_evidence(room, kept, interval));
        }
    }
    let outbox = config.outbox.enabled.then(|| outbox.start(config.outbox.at_once.get()));
    Ok(Booted { server, store, outbox, address })
}

/// SIGTERM from whoever runs us, SIGINT from a terminal: either way the requests under way are answered first.
fn stop_on_signal(server: ServerHandle) -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    actix_web::rt::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        server.stop(true).await;
    });
    Ok(())
}

impl Booted {
    /// Answers requests until a signal stops it. What is being handed over by then is waited for.
    ///
    /// # Errors
    /// When the server fails.
    pub async fn run(self) -> io::Result<()> {
        let served = self.server.await;
        if let Some(outbox) = self.outbox {
            outbox.drain(Duration::from_secs(LAST_ANSWERS)).await;
        }
        if let Err(error) = self.store.settle().await {
            tracing::warn!(%error, "the next start reads SQLite's log first");
        }
        served
    }

    /// The line by which a person or a script learns that requests are answered now.
    pub fn ready_line(&self, config: &Config) -> String {
        let (issuer, listen) = (&config.server.issuer, self.address);
        match config.log.format {
            LogFormat::Json => {
                serde_json::json!({ "status": "ready", "issuer": issuer.to_string(), "listen": listen.to_string() })
                    .to_string()
            }
            LogFormat::Text => format!("Get an Identity is ready at {issuer}, listening on {listen}"),
        }
    }
}
