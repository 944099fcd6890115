//! Everything that the application works with, put together once at start.

use std::sync::Arc;

use actix_web::web::Data;
use identity::carrier::Carrier;
use identity::client::{Client, Clients};
use identity::clock::Clock;
use identity::errand;
use identity::help_desk::DeskItem;
use identity::key_life::KeyTimes;
use identity::outbox::Channel;
use identity::random::Random;
use identity::record::Records;
use identity::record_change::ChangeAsked;
use identity::secret::Plain;
use identity::trn::Trn;
use identity::webhook::{Notification, Webhooks};
use journey::{Journeys, Rates, TextRates, WebAuthn};
use metrics_exporter_prometheus::PrometheusHandle;
use oidc::{Discovery, Issuer, KeyKeeper, Keys, KeysError, Provider, PublishedKeys, Refusals, Secrets};
use partners::key_sets::HttpKeySets;
use partners::webhooks::HttpWebhooks;
use store::{PoolSettings, Store, StoreError};
use url::Url;

use super::oauth_pages::OauthPages;
use super::outbox::Outbox as OutboxPage;
use super::receipts::Receipts;
use super::{Site, metrics};
use crate::announcer::announcer;
use crate::config::{CodeBudgets, Config, Fault};
use crate::demo_client::sample_clients::secrets_known_to_all;
use crate::evidence::{self, NoRoom};
use crate::help_desk;
use crate::messages::{self, NoCarrier};
use crate::one_login::{self, NoWay};
use crate::outbox::{Outbox, OutboxCourier};
use crate::records::source;
use crate::register::{NotTold, register};
use crate::webhooks;

/// Cheap to clone: every clone shares the same things.
#[derive(Clone)]
pub struct Parts {
    pub store: Store,
    pub(super) site: Data<Site>,
    pub provider: Data<Provider>,
    pub journeys: Data<Journeys>,
    pub(crate) keeper: KeyKeeper,
    pub(super) outbox_page: Option<Data<OutboxPage>>,
    /// What takes messages out.
    pub outbox: Outbox,
    /// Nothing where nobody sends receipts.
    pub(super) receipts: Option<Data<Receipts>>,
    pub(crate) webhooks: Webhooks,
    pub(crate) metrics: PrometheusHandle,
}

/// Time and chance, which come from outside.
#[derive(Clone, Debug)]
pub struct Surroundings {
    pub clock: Clock,
    pub random: Random,
}

/// Why the application cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("the database cannot be opened: {0}")]
    Store(#[from] StoreError),
    #[error("{0}")]
    Keys(#[from] KeysError),
    #[error("{0}")]
    Evidence(#[from] NoRoom),
    #[error("the register cannot be told of changes: {0}")]
    Register(#[from] NotTold),
    #[error("{0}")]
    OneLogin(#[from] NoWay),
    #[error("{0}")]
    Messages(#[from] NoCarrier),
    #[error("the webhooks' files are wrong")]
    Webhooks(Vec<Fault>),
    #[error("{0}")]
    ToWebhooks(#[from] partners::webhooks::NotSetUp),
    #[error("{0}")]
    ToPartner(#[from] partners::http::NotSetUp),
}

/// Opens the database that the configuration names.
///
/// # Errors
/// When it does not answer.
pub fn open_store(config: &Config) -> Result<Store, StoreError> {
    let settings = PoolSettings { connections: config.database.connections.get(), ..PoolSettings::default() };
    Store::open(config.database.url.expose(), settings)
}

impl Parts {
    /// Brings the database up to date and makes the signing keys, where that has not been done.
    ///
    /// # Errors
    /// When the database does not answer, or has keys that the key ring does not open.
    pub async fn assemble(config: &Config, clients: Clients, around: Surroundings) -> Result<Parts, Failure> {
        let clients = clients.with_ourselves(ourselves(config));
        let webhooks = webhooks::load(&config.webhooks, config.server.profile).map_err(Failure::Webhooks)?;
        let webhooks = Webhooks::new(webhooks);
        let store = open_store(config)?.told_by(announcer(config, clients.clone(), webhooks.clone(), &around));
        let migrations = store.migrate().await?;
        tracing::info!(migrations, "the database is up to date");
        let ring = config.secrets.sealing_keys.ring();
        let keys = Keys::load_or_create(&store, ring, &around.clock, &around.random).await?;
        let site = Data::new(Site::new(config, around.random.clone()));
        let evidence = evidence::room(&config.evidence, &store, around.clock.clone(), around.random.clone())?;
        let issuer = config.server.issuer.url();
        let one_login = one_login::way(&config.one_login, issuer, around.clock.clone(), around.random.clone())?;
        let records = source(&config.records, &store)?;
        let provider = Data::new(Provider {
            issuer: Issuer::new(config.server.issuer.url()).expect("the configuration takes nothing else"),
            store: store.clone(),
            records: records.clone(),
            clients: clients.clone(),
            clock: around.clock.clone(),
            random: around.random.clone(),
            hash_key: config.secrets.hash_key.key().clone(),
            keys,
            secrets: Secrets::new(&around.random).refusing(secrets_known_to_all(config.server.profile)),
            published_keys: PublishedKeys::new(Arc::new(HttpKeySets::new())),
            discovery: Discovery::default(),
            refusals: Refusals::new(ring.clone()),
            settings: provider_settings(config),
            pages: Arc::new(OauthPages(site.clone())),
        });
        let keeper = key_keeper(config, &store, &around);
        let outbox_page = OutboxPage { store: store.clone(), key_ring: ring.clone() };
        let outbox = outbox(config, &webhooks, &provider, &around)?;
        Ok(Parts {
            journeys: Data::new(Journeys {
                evidence,
                one_login,
                ..journeys(config, &site, (&outbox, records), clients, around)
            }),
            keeper,
            store,
            site,
            provider,
            outbox_page: config.development.outbox.then(|| Data::new(outbox_page)),
            receipts: receipts(config, &outbox),
            outbox,
            webhooks,
            metrics: metrics::start(),
        })
    }
}

/// What moves signing keys on.
pub(crate) fn key_keeper(config: &Config, store: &Store, around: &Surroundings) -> KeyKeeper {
    KeyKeeper {
        store: store.clone(),
        ring: config.secrets.sealing_keys.ring().clone(),
        clock: around.clock.clone(),
        random: around.random.clone(),
        times: key_times(config),
    }
}

fn outbox(
    config: &Config,
    webhooks: &Webhooks,
    provider: &Data<Provider>,
    around: &Surroundings,
) -> Result<Outbox, Failure> {
    let store = &provider.store;
    let to_webhooks: Arc<dyn Carrier<Notification>> =
        Arc::new(HttpWebhooks::new(webhooks.clone(), around.clock.clone())?);
    let mut carriers = messages::carriers(config, store, &around.clock)?.with(Channel::Webhook, to_webhooks);
    if let Some(desk) = help_desk::desk(&config.help_desk, store)? {
        let desk: Arc<dyn Carrier<DeskItem>> = Arc::new(desk);
        carriers = carriers.with(Channel::HelpDesk, desk);
    }
    let signer = provider.clone();
    let token_of = Arc::new(move |trn: &Trn| Ok(oidc::register_token(&signer, trn)));
    if let Some(register) = register(config, store, around.clock.clone(), token_of)? {
        let register: Arc<dyn Carrier<ChangeAsked>> = Arc::new(register);
        carriers = carriers.with(Channel::Register, register);
    }
    Ok(Outbox {
        store: store.clone(),
        key_ring: config.secrets.sealing_keys.ring().clone(),
        clock: around.clock.clone(),
        random: around.random.clone(),
        carriers: Arc::new(carriers),
        patience: config.outbox.give_up_after.duration(),
    })
}

fn receipts(config: &Config, outbox: &Outbox) -> Option<Data<Receipts>> {
    let token = config.notify.callback_token.expose();
    let hash_key = config.secrets.hash_key.key().clone();
    (!token.is_empty()).then(|| Data::new(Receipts::new(outbox.clone(), hash_key, &Plain::new(token))))
}

/// The client of journeys that no service asked for.
fn ourselves(config: &Config) -> Client {
    Client::ourselves(config.service.account_name.as_str().into(), account_url(config))
}

pub(crate) fn account_url(config: &Config) -> Url {
    config.server.issuer.url().join(errand::ACCOUNT).expect("a path of ours is an address under the issuer")
}

fn provider_settings(config: &Config) -> oidc::Settings {
    oidc::Settings {
        authorization_code_lifetime: config.tokens.authorization_code.duration(),
        access_token_lifetime: config.tokens.access_token.duration(),
        refresh_token_lifetime: config.tokens.refresh_token.duration(),
        id_token_lifetime: config.tokens.id_token.duration(),
        browser_session_lifetime: config.sessions.lifetime.duration(),
        key_times: key_times(config),
        ..oidc::Settings::default()
    }
}

/// An ID token tells us whom a service means for as long as the browser session lasts, expired or not.
pub(crate) fn key_times(config: &Config) -> KeyTimes {
    let tokens = config.tokens.access_token.duration().max(config.tokens.id_token.duration());
    KeyTimes {
        cached_for: config.keys.jwks_max_age.duration(),
        read_every: config.keys.read_every.duration(),
        longest_token: tokens.max(config.sessions.lifetime.duration()),
        rotate_every: config.keys.enabled.then(|| config.keys.rotate_every.duration()),
    }
}

fn journeys(
    config: &Config,
    site: &Site,
    (outbox, records): (&Outbox, Arc<dyn Records>),
    clients: Clients,
    around: Surroundings,
) -> Journeys {
    let store = &outbox.store;
    Journeys {
        courier: Arc::new(OutboxCourier(outbox.clone())),
        store: store.clone(),
        records,
        clients,
        clock: around.clock,
        random: around.random,
        hash_key: config.secrets.hash_key.key().clone(),
        key_ring: config.secrets.sealing_keys.ring().clone(),
        templates: site.templates.clone(),
        shared_mailboxes: Arc::new(config.mailboxes.shared.list().clone()),
        evidence: None,
        one_login: None,
        settings: journey::Settings {
            secure_cookies: config.server.issuer.is_https(),
            one_time_code_lifetime: config.one_time_codes.lifetime.duration(),
            code_budgets: code_budgets(&config.code_budgets),
            trusted_proxies: config.server.trusted_proxies.clone(),
            passkeys: WebAuthn::of(config.server.issuer.url(), "Get an Identity"),
            journey_lifetime: config.journeys.lifetime.duration(),
            prefill_one_time_codes: config.development.prefill_one_time_codes,
            account_url: account_url(config),
            issuer: config.server.issuer.url().as_str().trim_end_matches('/').to_owned(),
            support_email: site.support_email.clone(),
            phase_banner: site.frame.phase_banner.clone(),
            footer_links: site.frame.footer_links.clone(),
        },
    }
}

fn code_budgets(budgets: &CodeBudgets) -> journey::CodeBudgets {
    journey::CodeBudgets {
        sending: Rates {
            address: budgets.send_per_address.rate(),
            known_browser: budgets.send_per_known_browser.rate(),
            journey: budgets.send_per_journey.rate(),
            prefix: budgets.send_per_prefix.rate(),
            global: budgets.send_in_all.rate(),
        },
        trying: Rates {
            address: budgets.try_per_address.rate(),
            known_browser: budgets.try_per_known_browser.rate(),
            journey: budgets.try_per_journey.rate(),
            prefix: budgets.try_per_prefix.rate(),
            global: budgets.try_in_all.rate(),
        },
        texts: TextRates { all: budgets.send_sms_in_all.rate(), abroad: budgets.send_sms_abroad_in_all.rate() },
    }
}
