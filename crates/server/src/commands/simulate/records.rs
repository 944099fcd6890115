//! The simulator of the register of teachers.

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
        serve("the register of teachers", || Running::start(self.stand.listen, self.stand.switch(), |_| {}))
    }
}
