//! The simulator of Zendesk.

use clap::Args;
use partners::simulators::zendesk::{Agent, Zendesk};

use super::{Done, Stand, serve};

#[derive(Debug, Args)]
pub(in crate::commands) struct Options {
    #[command(flatten)]
    stand: Stand,
    /// Whom it lets in: the address of the agent whom the token belongs to.
    #[arg(long, default_value = "desk@example.com")]
    email: String,
    #[arg(long, default_value = "simulated")]
    token: String,
}

impl Options {
    pub(super) fn run(self) -> Done {
        let agent = Agent { email: self.email, token: self.token };
        serve("Zendesk", || Ok(Zendesk::start(self.stand.listen, self.stand.switch(), agent)?.running))
    }
}
