//! `serve`: the provider itself.

use std::io::Write;
use std::path::PathBuf;

use identity::random::Random;

use super::{Done, Failure, configuration};
use crate::app::{self, Surroundings};
use crate::config::Profile;
use crate::serve::{self, NotStarted};
use crate::{log, system};

/// Said rather than pretending that a code was sent.
pub(super) const NO_DELIVERY: &str = "\
No email delivery is configured: this version can only keep messages in its outbox, as the development and test profiles
do. In production people would wait for codes that never come, so the server does not start.";

pub(super) fn run(files: &[PathBuf]) -> Done {
    let config = configuration(files)?;
    log::start(&config.log);
    if config.server.profile == Profile::Production {
        return Err(Failure::Other(NO_DELIVERY.into()));
    }
    if !config.development.outbox {
        tracing::warn!("development.outbox is off: messages are kept, but nobody can read them");
    }
    let around = Surroundings { clock: system::clock(), random: Random::system() };
    actix_web::rt::System::new().block_on(async {
        let booted = serve::boot(&config, around).await.map_err(|error| match error {
            NotStarted::Clients(faults) | NotStarted::Parts(app::Failure::Webhooks(faults)) => {
                Failure::Configuration(faults)
            }
            other => Failure::from(other),
        })?;
        println!("{}", booted.ready_line(&config));
        // Nobody may be reading any more; that is no reason not to serve.
        let _ = std::io::stdout().flush();
        Ok(booted.run().await?)
    })
}
