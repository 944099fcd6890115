//! `simulate`: stand-ins for the services that we call, on the same wire, for tests and for trying things out.

mod notify;
mod one_login;
mod records;
mod webhook;
mod zendesk;

use std::io::Write;
use std::net::SocketAddr;

use clap::{Args, Subcommand};
use partners::simulators::server::Running;
use partners::simulators::{Fault, Switch};

use super::Done;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The department's register of teachers.
    Records(records::Options),
    /// GOV.UK Notify: keeps the messages that it is sent, and shows them.
    Notify(notify::Options),
    /// Zendesk: keeps the tickets that it is sent.
    Zendesk(zendesk::Options),
    /// A relying service's webhook, at /hook: keeps what it is told, with the headers.
    Webhook(webhook::Options),
    /// GOV.UK One Login: anybody can be whoever they say.
    OneLogin(one_login::Options),
}

impl Command {
    pub(super) fn run(self) -> Done {
        match self {
            Command::Records(options) => options.run(),
            Command::Notify(options) => options.run(),
            Command::Zendesk(options) => options.run(),
            Command::Webhook(options) => options.run(),
            Command::OneLogin(options) => options.run(),
        }
    }
}

/// What every simulator is told.
#[derive(Debug, Args)]
struct Stand {
    /// The address and port to listen on.
    #[arg(long)]
    listen: SocketAddr,
    /// How it misbehaves: slow=SECONDS, resetting, failing, busy=SECONDS, html, huge, malformed or lying. PUT
    /// /simulator/fault changes it.
    #[arg(long, default_value = "none")]
    fault: Fault,
}

impl Stand {
    fn switch(&self) -> Switch {
        Switch::new(self.fault)
    }
}

/// Runs what `start` starts until a signal ends the process. Prints one line when it is ready.
fn serve(name: &str, start: impl FnOnce() -> std::io::Result<Running>) -> Done {
    actix_web::rt::System::new().block_on(async {
        let running = start()?;
        println!("The simulator of {name} is ready at {}", running.url());
        // Nobody may be reading any more; that is no reason not to serve.
        let _ = std::io::stdout().flush();
        Ok(actix_web::rt::signal::ctrl_c().await?)
    })
}
