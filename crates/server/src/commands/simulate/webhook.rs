//! A service's endpoint for webhooks, at /hook.

use clap::Args;
use partners::simulators::webhook::Webhook;

use super::{Done, Stand, serve};

#[derive(Debug, Args)]
pub(in crate::commands) struct Options {
    #[command(flatten)]
    stand: Stand,
}

impl Options {
    pub(super) fn run(self) -> Done {
        serve("a webhook", || Ok(Webhook::start(self.stand.listen, self.stand.switch())?.running))
    }
}
