//! `try`: where to go and what to type, for whoever has just started everything on their own machine.

use std::path::PathBuf;

use clap::Args;
use url::Url;

use super::{Done, configuration};
use crate::records::sample::personas::PERSONAS;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The address of the demo service.
    #[arg(long, default_value = "http://localhost:8001")]
    demo_url: Url,
}

impl Options {
    pub(super) fn run(self, files: &[PathBuf]) -> Done {
        let config = configuration(files)?;
        let issuer = &config.server.issuer;
        println!("\nThe provider              {issuer}");
        if config.development.outbox {
            println!("Messages that it sends    {issuer}/dev/outbox");
        }
        println!("The demo service          {}", self.demo_url.as_str().trim_end_matches('/'));
        println!("\nStart at the demo service. Three people to try:\n");
        // The first three are the ones to try first, as PERSONAS says.
        PERSONAS.iter().take(3).for_each(|persona| println!("{persona}\n"));
        println!("More of them: get-an-identity sample-records --personas");
        Ok(())
    }
}
