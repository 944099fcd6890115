//! Everything a teacher sees while they sign in: the flows ([`journey`]), the pages ([`pages`]) and the shell that runs
//! them over HTTP.
//!
//! This crate must never know of the authorization server: the two meet in a stored interaction, which the one starts
//! and the other ends. Nor does it know SQL, or where teaching records come from.

mod account;
mod budgets;
mod client_address;
mod codes;
mod conclude;
mod ending;
mod evidence;
mod explore;
mod failure;
mod follow;
mod form;
mod granted;
mod handlers;
mod journey;
mod known;
mod known_browser;
mod later;
mod load;
mod matched;
pub mod messages;
mod metrics;
mod not_me;
mod notices;
mod one_login;
mod page;
mod pages;
mod passkeys;
mod posted;
mod record_seen;
mod render;
mod scribe;
mod sending;
mod state;
mod summary;
pub mod upload;
mod walk;

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::web::{self, ServiceConfig};
use chrono::Duration;
use govuk::{Link, PhaseBanner, Templates};
use identity::carrier::Courier;
use identity::client::Clients;
use identity::clock::Clock;
use identity::key_ring::KeyRing;
use identity::mailbox::SharedMailboxes;
use identity::random::Random;
use identity::record::Records;
use identity::secret::HashKey;
use include_dir::{Dir, include_dir};
use store::Store;
use url::Url;

pub use budgets::{CodeBudgets, Rates, TextRates};
pub use evidence::EvidenceRoom;
pub use explore::document as explored;
pub use known_browser::known_browser_cookie_name;
pub use metrics::describe_metrics;
pub use one_login::OneLoginWay;
pub use passkeys::WebAuthn;
pub use scribe::NotWritten;

/// All that the journeys need. Shared by every request, as `web::Data`; every clone shares the same.
#[derive(Clone)]
pub struct Journeys {
    pub store: Store,
    pub records: Arc<dyn Records>,
    pub clients: Clients,
    pub clock: Clock,
    pub random: Random,
    pub hash_key: HashKey,
    pub key_ring: KeyRing,
    pub templates: Templates,
    pub shared_mailboxes: Arc<SharedMailboxes>,
    /// Takes codes out of the outbox at once.
    pub courier: Arc<dyn Courier>,
    /// Nothing where nobody can send a file.
    pub evidence: Option<EvidenceRoom>,
    /// Nothing where GOV.UK One Login is not configured.
    pub one_login: Option<OneLoginWay>,
    pub settings: Settings,
}

#[derive(Clone, Debug)]
pub struct Settings {
    /// Is the issuer https? Then cookies are `Secure`, and their names say so.
    pub secure_cookies: bool,
    pub one_time_code_lifetime: Duration,
    pub code_budgets: CodeBudgets,
    /// Proxies whose word is taken for the address that a request comes from.
    pub trusted_proxies: Vec<IpAddr>,
    /// What keys are made for. None: there are no passkeys.
    pub passkeys: Option<WebAuthn>,
    /// How long a journey accepts answers.
    pub journey_lifetime: Duration,
    /// Development only: show the code that was sent on the page that asks for it.
    pub prefill_one_time_codes: bool,
    /// Where people see their account: under the issuer.
    pub account_url: Url,
    /// Where links in messages lead: the issuer, without a slash at its end.
    pub issuer: String,
    /// Where people who cannot go on find help.
    pub support_email: String,
    pub phase_banner: Option<PhaseBanner>,
    pub footer_links: Vec<Link>,
}

/// Mounts `/sign-in`, `/account`, `/not-me` and the way back from GOV.UK One Login.
pub fn configure(config: &mut ServiceConfig) {
    config.route("/not-me/{token}", web::get().to(not_me::show));
    config.route("/not-me/{token}", web::post().to(not_me::submit));
    config.route("/one-login/callback", web::get().to(one_login::come_back));
    config.configure(account::configure).service(
        web::scope("/sign-in/{id}")
            .route("", web::get().to(handlers::start))
            .route("/add-passkey", web::post().to(passkeys::offer::submit))
            .route("/add-passkey/challenge", web::post().to(passkeys::offer::challenge))
            .route("/one-login", web::post().to(one_login::begin))
            .route("/passkey", web::post().to(passkeys::sign_in::submit))
            .route("/passkey/challenge", web::post().to(passkeys::sign_in::challenge))
            .route("/{page}", web::get().to(handlers::show))
            .route("/{page}", web::post().to(handlers::submit)),
    );
}

/// Every page and message, ready to be drawn. They are compiled in, and a test draws each.
pub fn compiled_templates() -> Templates {
    Templates::new(templates()).expect("the templates are compiled in, and a test draws each")
}

/// The templates of the pages and messages: name and source.
pub fn templates() -> impl Iterator<Item = (String, String)> {
    static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/pages");
    static ACCOUNT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/account");
    static MESSAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/email");
    static TEXTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/sms");
    let in_folder = |folder: &'static str, dir: &'static Dir<'static>| {
        dir.files().map(move |file| {
            let name = format!("{folder}/{}", file.path().display());
            (name, file.contents_utf8().expect("a template is text").to_owned())
        })
    };
    let pages = in_folder("pages", &PAGES).chain(in_folder("account", &ACCOUNT));
    pages.chain(in_folder("email", &MESSAGES)).chain(in_folder("sms", &TEXTS))
}
