//! `serve`: the provider itself.

use std::io::Write;
use std::path::PathBuf;

use identity::random::Random;

use super::{Done, Failure, configuration};
use crate::app::{self, Surroundings};
use crate::config::EmailBy;
use crate::serve::{self, NotStarted};
use crate::{log, system};

pub(super) fn run(files: &[PathBuf]) -> Done {
    let config = configuration(files)?;
    log::start(&config.log);
    if config.messages.email == EmailBy::Outbox && !config.development.outbox {
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
