//! `tickets`: what waits for the help desk, and what it decides.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use identity::client::Clients;
use identity::random::Random;
use identity::record::TeachingRecord;
use identity::ticket::{Agent, Decision, Reference};
use identity::trn::Trn;
use identity::webhook::Webhooks;
use journey::messages::Post;
use store::{Store, StoreError, TicketFilter};

use super::{Done, Failure, configuration};
use crate::announcer::announcer;
use crate::app::Surroundings;
use crate::config::Config;
use crate::records::source;
use crate::tickets::{Answer, Around, List, Resolution, Shown, letters, resolve};
use crate::{app, clients, system, webhooks};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the open tickets, the newest first, one a line.
    List {
        /// Those that are closed, too.
        #[arg(long)]
        all: bool,
        /// At most so many.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Print all that a ticket says: what was stated, and how each candidate record compares with it.
    Show { reference: Reference },
    /// Close a ticket, and do what that comes to: link the record, or say that there is none. The person is told by email.
    Resolve {
        reference: Reference,
        #[command(flatten)]
        answer: AnswerOptions,
        /// Who decides: it is kept with the ticket and in the audit trail.
        #[arg(long, value_name = "NAME", value_parser = agent)]
        by: Agent,
    },
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct AnswerOptions {
    /// The record is that of this TRN.
    #[arg(long)]
    trn: Option<Trn>,
    /// There is no record of this person.
    #[arg(long)]
    no_record: bool,
    /// The person who asked for access to an account, or for it to be deleted, has been written to.
    #[arg(long)]
    answered: bool,
    /// The account is deleted, as its owner asked. Nothing brings it back.
    #[arg(long)]
    delete: bool,
}

impl AnswerOptions {
    fn answer(self) -> Answer {
        match self.trn {
            Some(trn) => Answer::Record(trn),
            None if self.no_record => Answer::NoRecord,
            None if self.delete => Answer::Delete,
            None => Answer::Answered,
        }
    }
}

/// What the service does by itself is told apart from what a person does.
pub(super) fn agent(typed: &str) -> Result<Agent, String> {
    match Agent::parse(typed) {
        Ok(agent) if agent.is_service() => Err("give the name of a person".into()),
        read => read.map_err(|error| error.to_string()),
    }
}

impl Command {
    pub(super) fn run(self, files: &[PathBuf]) -> Done {
        let config = configuration(files)?;
        let store = open_telling_store(&config)?;
        match self {
            Command::List { all, limit } => {
                let filter = if all { TicketFilter::All } else { TicketFilter::Open };
                println!("{}", store.transact_blocking(|db| List::read(db, filter, limit))?);
            }
            Command::Show { reference } => {
                println!("{}", store.transact_blocking(|db| Shown::read(db, &reference))?);
            }
            Command::Resolve { reference, answer, by } => {
                let resolution = Resolution { reference, answer: answer.answer(), by };
                let (templates, random) = (journey::compiled_templates(), Random::system());
                let account_url = app::account_url(&config);
                let post = Post {
                    templates: &templates,
                    key_ring: config.secrets.sealing_keys.ring(),
                    random: &random,
                    support_email: config.service.support_email.as_str(),
                    account_url: account_url.as_str(),
                };
                let letter = |account: &_, decision: &_, at| letters::about_decision(account, decision, &post, at);
                let record = match &resolution.answer {
                    Answer::Record(trn) => by_trn(&config, &store, trn)?,
                    _ => None,
                };
                let around = Around { clock: system::clock(), random: random.clone(), record, letter: &letter };
                let decision = resolve(&store, &resolution, &around)?;
                println!("Ticket {} is closed: {}.", resolution.reference, done(&decision));
            }
        }
        Ok(())
    }
}

/// The record of this TRN, as the source that is configured has it.
pub(super) fn by_trn(config: &Config, store: &Store, trn: &Trn) -> Result<Option<TeachingRecord>, Failure> {
    let source = source(&config.records, store)?;
    Ok(actix_web::rt::System::new().block_on(async { source.by_trn(trn).await })?)
}

/// A store whose changes are told to webhooks and to the help desk, as those of the server are.
pub(super) fn open_telling_store(config: &Config) -> Result<Store, Failure> {
    let clients = clients::load(&config.clients, config.server.profile).map_err(Failure::Configuration)?;
    let webhooks = webhooks::load(&config.webhooks, config.server.profile).map_err(Failure::Configuration)?;
    let around = Surroundings { clock: system::clock(), random: Random::system() };
    let announcer = announcer(config, Clients::new(clients), Webhooks::new(webhooks), &around);
    Ok(open_store(config)?.told_by(announcer))
}

pub(super) fn open_store(config: &Config) -> Result<Store, Failure> {
    let opened = || -> Result<Store, StoreError> {
        let store = app::open_store(config)?;
        actix_web::rt::System::new().block_on(store.migrate())?;
        Ok(store)
    };
    Ok(opened()?)
}

fn done(decision: &Decision) -> &'static str {
    match decision {
        Decision::Linked(_) | Decision::FoundByItself(_) => "the record is linked to the account",
        Decision::NoRecord => "the account has the status Failed",
        Decision::Answered => "it was answered",
        Decision::Deleted => "the account is deleted",
        Decision::Withdrawn => "the person took it back",
    }
}
