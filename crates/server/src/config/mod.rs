//! The configuration: one struct a section, its fields already the types that the program works with.
//!
//! The embedded `config/default.toml` has every setting; files given on the command line go over it, the later over the
//! earlier, and the environment over both. A configuration is either whole, or a list of all that is wrong with it.

mod clients;
mod code_budgets;
mod database;
mod development;
mod evidence;
mod fault;
mod help_desk;
mod housekeeping;
mod keys;
mod layers;
mod lifetime;
mod lifetimes;
mod log;
mod mailboxes;
mod messages;
mod minimums;
mod notify;
mod one_login;
mod outbox;
mod production;
pub(crate) mod read;
mod records;
mod secrets;
mod server;
mod service;
mod smtp;
#[cfg(test)]
mod tests;
mod webhooks;

use std::path::Path;

pub use clients::ClientSettings;
pub use code_budgets::{CodeBudgets, RateSetting};
pub use database::{Database, DatabaseUrl};
pub use development::Development;
pub use evidence::{Clamd, Endpoint, Evidence, KeepIn, ScannerKind, Secret};
pub use fault::Fault;
pub use help_desk::{CustomField, DeliverTo, HelpDesk};
pub use housekeeping::Housekeeping;
pub use keys::Keys;
pub(crate) use layers::{Layers, Setting, toml};
pub use lifetime::Lifetime;
pub use lifetimes::{Journeys, OneTimeCodes, Sessions, Tokens};
pub use log::{Log, LogFormat, LogLevel};
pub use mailboxes::{Mailboxes, SharedList};
pub use messages::{EmailBy, Messages, SmsBy};
pub use notify::Notify;
pub use one_login::OneLogin;
pub use outbox::Outbox;
pub use records::{Records, RecordsFrom};
pub use secrets::{HashKeySetting, SealingKeys, Secrets};
pub use server::{Issuer, Profile, Server};
pub use service::{PageUrl, Service};
pub use smtp::{Smtp, SmtpSecurity};
pub use webhooks::WebhookSettings;

/// Every setting with its default and what it means.
pub const DEFAULTS: &str = include_str!("../../../../config/default.toml");

#[derive(Clone, Debug)]
pub struct Config {
    pub server: Server,
    pub database: Database,
    pub clients: ClientSettings,
    pub secrets: Secrets,
    pub one_time_codes: OneTimeCodes,
    pub code_budgets: CodeBudgets,
    pub journeys: Journeys,
    pub sessions: Sessions,
    pub tokens: Tokens,
    pub keys: Keys,
    pub service: Service,
    pub mailboxes: Mailboxes,
    pub records: Records,
    pub outbox: Outbox,
    pub messages: Messages,
    pub notify: Notify,
    pub smtp: Smtp,
    pub help_desk: HelpDesk,
    pub webhooks: WebhookSettings,
    pub evidence: Evidence,
    pub one_login: OneLogin,
    pub housekeeping: Housekeeping,
    pub development: Development,
    pub log: Log,
}

impl Config {
    /// Reads the files, the later over the earlier, and the variables `GAI__SECTION__KEY` over them.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn load(
        files: &[impl AsRef<Path>],
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Config, Vec<Fault>> {
        let mut layers = Layers::of(files, environment);
        let mut refusals = production::refusals(&layers);
        refusals.extend(minimums::refusals(&layers));
        layers.faults.extend(refusals);
        let config = Config::read(&mut layers);
        let faults = layers.finish();
        match config {
            Some(config) if faults.is_empty() => Ok(config),
            _ => Err(faults),
        }
    }

    /// Where the clients are and what to hold them to, as far as a configuration that may be wrong elsewhere says it. A
    /// profile that cannot be read is taken for the strictest.
    pub fn clients_of(
        files: &[impl AsRef<Path>],
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Option<(ClientSettings, Profile)> {
        let mut layers = Layers::of(files, environment);
        let profile = layers.peek("server", "profile").map_or(Profile::Production, |(profile, _)| profile);
        Some((ClientSettings::read(layers.section("clients"))?, profile))
    }

    /// Reads every section before it gives up, so that no fault hides another.
    fn read(layers: &mut Layers) -> Option<Config> {
        let server = Server::read(layers.section("server"));
        let database = Database::read(layers.section("database"));
        let clients = ClientSettings::read(layers.section("clients"));
        let secrets = Secrets::read(layers.section("secrets"));
        let one_time_codes = OneTimeCodes::read(layers.section("one_time_codes"));
        let code_budgets = CodeBudgets::read(layers.section("code_budgets"));
        let journeys = Journeys::read(layers.section("journeys"));
        let sessions = Sessions::read(layers.section("sessions"));
        let tokens = Tokens::read(layers.section("tokens"));
        let keys = Keys::read(layers.section("keys"));
        let service = Service::read(layers.section("service"));
        let mailboxes = Mailboxes::read(layers.section("mailboxes"));
        let records = Records::read(layers.section("records"));
        let outbox = Outbox::read(layers.section("outbox"));
        let messages = Messages::read(layers.section("messages"));
        let notify = Notify::read(layers.section("notify"));
        let smtp = Smtp::read(layers.section("smtp"));
        let help_desk = HelpDesk::read(layers.section("help_desk"));
        let webhooks = WebhookSettings::read(layers.section("webhooks"));
        let evidence = Evidence::read(layers.section("evidence"));
        let one_login = OneLogin::read(layers.section("one_login"));
        let housekeeping = Housekeeping::read(layers.section("housekeeping"));
        let development = Development::read(layers.section("development"));
        let log = Log::read(layers.section("log"));
        Some(Config {
            server: server?,
            database: database?,
            clients: clients?,
            secrets: secrets?,
            one_time_codes: one_time_codes?,
            code_budgets: code_budgets?,
            journeys: journeys?,
            sessions: sessions?,
            tokens: tokens?,
            keys: keys?,
            service: service?,
            mailboxes: mailboxes?,
            records: records?,
            outbox: outbox?,
            messages: messages?,
            notify: notify?,
            smtp: smtp?,
            help_desk: help_desk?,
            webhooks: webhooks?,
            evidence: evidence?,
            one_login: one_login?,
            housekeeping: housekeeping?,
            development: development?,
            log: log?,
        })
    }
}
