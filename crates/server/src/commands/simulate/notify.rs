//! The simulator of GOV.UK Notify.

use clap::Args;
use partners::simulators::server::Running;

use super::{Done, Stand, serve};

#[derive(Debug, Args)]
pub(in crate::commands) struct Options {
    #[command(flatten)]
    stand: Stand,
}

impl Options {
    pub(super) fn run(self) -> Done {
        serve("GOV.UK Notify", || Running::start(self.stand.listen, self.stand.switch(), |_| {}))
    }
}
