//! `changes`: requests to change an official name or a date of birth, and what the help desk decides.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use identity::random::Random;
use identity::record::TeachingRecord;
use identity::ticket::{Agent, Reference};
use journey::messages::Post;
use store::Store;

use super::tickets::{agent, by_trn, open_telling_store};
use super::{Done, Failure, configuration};
use crate::changes::{Answer, Around, Choice, List, Refusal, Shown, decide, letters, linked_record};
use crate::config::Config;
use crate::{app, evidence, system};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the requests that wait, those that have waited longest first, one a line.
    List {
        /// At most so many.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Print all that a request says, and what the account and the teaching record say now.
    Show { reference: Reference },
    /// Write the file that a request rests on to a new file.
    Evidence { reference: Reference, file: PathBuf },
    /// Say that the teaching record has been changed as was asked. The account follows, and the person is told by email.
    Approve {
        reference: Reference,
        /// Who decides: it is kept with the request and in the audit trail.
        #[arg(long, value_name = "NAME", value_parser = agent)]
        by: Agent,
    },
    /// Say no. The person is told by email, with the reason.
    Reject {
        reference: Reference,
        /// A sentence or two to the person.
        #[arg(long)]
        reason: String,
        /// Who decides: it is kept with the request and in the audit trail.
        #[arg(long, value_name = "NAME", value_parser = agent)]
        by: Agent,
    },
}

impl Command {
    pub(super) fn run(self, files: &[PathBuf]) -> Done {
        let config = configuration(files)?;
        let store = open_telling_store(&config)?;
        match self {
            Command::List { limit } => println!("{}", store.transact_blocking(|db| List::read(db, limit))?),
            Command::Show { reference } => {
                let record = record_of(&config, &store, &reference)?;
                println!("{}", store.transact_blocking(|db| Shown::read(db, &reference, record))?);
            }
            Command::Evidence { reference, file } => write_evidence(&config, &store, &reference, &file)?,
            Command::Approve { reference, by } => {
                decided(&config, &store, &Answer { reference, choice: Choice::Approve, by })?;
            }
            Command::Reject { reference, reason, by } => {
                decided(&config, &store, &Answer { reference, choice: Choice::Reject { reason }, by })?;
            }
        }
        Ok(())
    }
}

fn decided(config: &Config, store: &Store, answer: &Answer) -> Done {
    let (templates, random) = (journey::compiled_templates(), Random::system());
    let account_url = app::account_url(config);
    let post = Post {
        templates: &templates,
        key_ring: config.secrets.sealing_keys.ring(),
        random: &random,
        support_email: config.service.support_email.as_str(),
        account_url: account_url.as_str(),
    };
    let letter = |account: &_, request: &_, choice: &_, at| letters::about_choice(account, request, choice, &post, at);
    let record = if answer.choice == Choice::Approve { record_of(config, store, &answer.reference)? } else { None };
    decide(store, answer, &Around { clock: system::clock(), random: random.clone(), record, letter: &letter })?;
    println!("Request {} is decided, and the person is told.", answer.reference);
    Ok(())
}

/// What the source of the records has of whom the request is about.
fn record_of(config: &Config, store: &Store, reference: &Reference) -> Result<Option<TeachingRecord>, Failure> {
    match store.transact_blocking(|db| linked_record(db, reference))? {
        Some(trn) => by_trn(config, store, &trn),
        None => Ok(None),
    }
}

fn write_evidence(config: &Config, store: &Store, reference: &Reference, file: &Path) -> Done {
    let request = store.transact_blocking(|db| db.change_requests().by_reference(reference))?;
    let request = request.ok_or_else(|| Refusal::NoSuchRequest(reference.clone()))?;
    let files = evidence::files(&config.evidence, system::clock())?;
    let bytes = match (files, request.evidence.id) {
        (Some(files), Some(id)) => actix_web::rt::System::new().block_on(async { files.get(id).await })?,
        _ => None,
    };
    let Some(bytes) = bytes else { return Err(Failure::Other("The file is not there any more.".into())) };
    let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    out.write_all(&bytes)?;
    println!("A {} of {} bytes.", request.evidence.kind.in_words(), bytes.len());
    Ok(())
}
