//! `webhooks`: who is told what becomes of accounts.

use std::error::Error;
use std::path::PathBuf;

use clap::Subcommand;
use identity::random::Random;
use identity::webhook::{Notification, Payload, WebhookName, Webhooks};
use partners::webhooks::HttpWebhooks;

use super::{Done, Failure, configuration};
use crate::system;
use crate::webhooks::{self, List};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List every webhook, one a line: name, whether it is enabled, host, and what it is told.
    List,
    /// Send a webhook a message that says nothing, signed like any other, to see whether it takes it.
    Ping {
        /// Its file's name without the ending.
        name: String,
    },
}

impl Command {
    pub(super) fn run(self, files: &[PathBuf]) -> Done {
        let config = configuration(files)?;
        let all = webhooks::load(&config.webhooks, config.server.profile).map_err(Failure::Configuration)?;
        match self {
            Command::List => {
                println!("{}", List(&all));
                Ok(())
            }
            Command::Ping { name } => ping(&Webhooks::new(all), &WebhookName::parse(&name)?),
        }
    }
}

fn ping(all: &Webhooks, name: &WebhookName) -> Done {
    let webhook = all.find(name).ok_or_else(|| Failure::Other(format!("There is no webhook {name}.")))?;
    if !webhook.enabled {
        return Err(Failure::Other(format!("The webhook {name} is not enabled: nothing was sent.")));
    }
    let (clock, id) = (system::clock(), Random::system().uuid());
    let body = Payload::ping(id, clock.now()).to_body();
    let notification = Notification { webhook: name.clone(), id, body };
    let told = actix_web::rt::System::new().block_on(async {
        let way = HttpWebhooks::new(all.clone(), clock)?;
        Ok::<_, Failure>(way.tell(&webhook, &notification).await)
    })?;
    match told {
        Ok(_) => {
            println!("The webhook {name} took notification {id}.");
            Ok(())
        }
        Err(error) => {
            let (mut why, mut cause) = (Vec::new(), error.source());
            while let Some(this) = cause {
                why.push(this.to_string());
                cause = this.source();
            }
            Err(Failure::Other(format!("The webhook {name} did not take notification {id}: {}.", why.join(": "))))
        }
    }
}
