//! `sample-records`: invents an extract of teaching records.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::Done;
use crate::records::sample::personas::PERSONAS;
use crate::records::sample::{self, Plan};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// How many people to invent, besides the named personas.
    #[arg(long, default_value_t = 5_000)]
    people: u64,
    /// Decides everything about them: the same seed makes the same file.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where to write the extract; without it, standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print who the named personas are, with the answers to type, instead of an extract.
    #[arg(long, conflicts_with_all = ["people", "seed", "out"])]
    personas: bool,
}

impl Options {
    pub(super) fn run(self) -> Done {
        if self.personas {
            PERSONAS.iter().for_each(|persona| println!("{persona}\n"));
            return Ok(());
        }
        let plan = Plan { people: self.people, seed: self.seed };
        let Some(path) = &self.out else {
            sample::write(&plan, BufWriter::new(io::stdout().lock()), |_| {})?;
            return Ok(());
        };
        let style = ProgressStyle::with_template("{wide_bar} {human_pos} records {eta} left")?;
        let bar = ProgressBar::new(self.people).with_style(style);
        let mut out = BufWriter::new(File::create(path)?);
        let rows = sample::write(&plan, &mut out, |rows| bar.set_position(rows))?;
        out.flush()?;
        bar.finish_and_clear();
        println!("Invented {rows} teaching records in {}.", path.display());
        Ok(())
    }
}
