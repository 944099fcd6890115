//! The simulator of the register of teachers.

use std::path::PathBuf;

use clap::Args;
use partners::simulators::records::{RecordsServer, SAMPLE_KEY};

use super::{Done, Stand, serve};
use crate::records::import;

#[derive(Debug, Args)]
pub(in crate::commands) struct Options {
    #[command(flatten)]
    stand: Stand,
    /// The records that it answers from: an extract, as `records import` takes it. Without one there are none.
    #[arg(long, value_name = "FILE")]
    extract: Option<PathBuf>,
    /// The API key that it lets in.
    #[arg(long, default_value = SAMPLE_KEY)]
    api_key: String,
}

impl Options {
    pub(super) fn run(self) -> Done {
        let records = self.extract.as_deref().map(import::read).transpose()?.unwrap_or_default();
        serve("the register of teachers", || {
            Ok(RecordsServer::start(self.stand.listen, self.stand.switch(), &self.api_key, records)?.running)
        })
    }
}
