//! Reading the clients again while the server runs. Requests in flight keep the client that they found; the next ones
//! find the new. A bad edit changes nothing but the log.

use std::io;
use std::time::Duration;

use identity::client::Clients;
use tokio::signal::unix::{SignalKind, signal};

use super::Snapshot;
use crate::config::{ClientSettings, Fault, Profile};

/// How often the files are looked at. They are few and small, and reading them is the one way that never misses a change.
const INTERVAL: Duration = Duration::from_secs(1);

/// The clients in use, and the files that they were last read from.
#[derive(Debug)]
pub struct Reload {
    settings: ClientSettings,
    profile: Profile,
    clients: Clients,
    last: Snapshot,
}

/// What a look at the files found.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    Unchanged,
    /// So many clients are in use now.
    Replaced(usize),
    /// The new files are wrong; the clients that were in use still are.
    Refused(Vec<Fault>),
}

impl Reload {
    /// Reads the clients for the first time.
    ///
    /// # Errors
    /// Everything that is wrong in the files.
    pub fn start(settings: &ClientSettings, profile: Profile) -> Result<Reload, Vec<Fault>> {
        let last = Snapshot::take(&settings.directories);
        let clients = Clients::new(last.clients(profile)?);
        Ok(Reload { settings: settings.clone(), profile, clients, last })
    }

    /// The clients in use: a handle that sees every reload.
    pub fn clients(&self) -> Clients {
        self.clients.clone()
    }

    /// Looks at the files, and takes the clients from them if they have changed, or in any case when `forced`.
    pub fn look(&mut self, forced: bool) -> Seen {
        let now = Snapshot::take(&self.settings.directories);
        if now == self.last && !forced {
            return Seen::Unchanged;
        }
        let read = now.clients(self.profile);
        self.last = now;
        match read {
            Ok(clients) => {
                let count = clients.len();
                self.clients.replace(clients);
                Seen::Replaced(count)
            }
            Err(faults) => Seen::Refused(faults),
        }
    }
}

/// What is read again from its files while the server runs.
pub trait Follow: Send + 'static {
    /// Is it read again without being asked?
    fn is_automatic(&self) -> bool;

    /// Looks at the files, reads them if they have changed, or in any case when `forced`, and tells the log.
    fn look_again(&mut self, forced: bool);
}

impl Follow for Reload {
    fn is_automatic(&self) -> bool {
        self.settings.reload
    }

    fn look_again(&mut self, forced: bool) {
        say(&self.look(forced));
    }
}

/// Looks once a second when the settings say so, and at every SIGHUP; the future never ends by itself. A SIGHUP that comes
/// once this has returned kills nobody, whether or not the future runs yet.
///
/// # Errors
/// When the system does not let us hear the signal.
pub fn follow<F: Follow>(mut reload: F) -> io::Result<impl Future<Output = io::Result<()>> + use<F>> {
    let mut hangup = signal(SignalKind::hangup())?;
    Ok(async move {
        let mut ticks = tokio::time::interval(INTERVAL);
        loop {
            let forced = tokio::select! {
                _ = hangup.recv() => true,
                _ = ticks.tick(), if reload.is_automatic() => false,
            };
            // Files and argon2id are slow: not on a thread that answers requests.
            let looked = tokio::task::spawn_blocking(move || {
                reload.look_again(forced);
                reload
            });
            reload = looked.await.map_err(io::Error::other)?;
        }
    })
}

fn say(seen: &Seen) {
    match seen {
        Seen::Unchanged => {}
        Seen::Replaced(count) => tracing::info!(clients = count, "the clients were read again"),
        Seen::Refused(faults) => {
            for fault in faults {
                tracing::error!(%fault, "the clients' files are wrong");
            }
            tracing::error!(faults = faults.len(), "the clients stay as they were");
        }
    }
}
