//! The provider: everything that the endpoints work with, put together once at start.

use std::sync::Arc;

use chrono::Duration;
use identity::client::{Clients, SigningAlgorithm};
use identity::clock::Clock;
use identity::key_life::KeyTimes;
use identity::random::Random;
use identity::record::Records;
use identity::secret::HashKey;
use store::Store;

use crate::{Issuer, Keys, Pages, PublishedKeys, Refusals, Secrets};

/// Put into the app's data as `web::Data<Provider>`.
pub struct Provider {
    pub issuer: Issuer,
    pub store: Store,
    pub records: Arc<dyn Records>,
    pub clients: Clients,
    pub clock: Clock,
    pub random: Random,
    pub hash_key: HashKey,
    pub keys: Keys,
    pub secrets: Secrets,
    pub published_keys: PublishedKeys,
    pub refusals: Refusals,
    pub settings: Settings,
    pub pages: Arc<dyn Pages>,
}

/// What an operator may turn.
#[derive(Clone, Debug)]
pub struct Settings {
    /// RFC 6749, section 4.1.2 allows ten minutes at most; FAPI 2.0 one.
    pub authorization_code_lifetime: Duration,
    pub access_token_lifetime: Duration,
    pub id_token_lifetime: Duration,
    /// How long a refresh token that nobody uses stays good. Each use brings a new one.
    pub refresh_token_lifetime: Duration,
    /// How long a browser stays signed in, counted from the last proof of who it is.
    pub browser_session_lifetime: Duration,
    /// Among them how long clients may keep the discovery document and the keys (`Cache-Control: max-age`).
    pub key_times: KeyTimes,
    /// Signs access tokens for resources. RFC 9068, section 2.1: every resource server understands RS256.
    pub access_token_signing_alg: SigningAlgorithm,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            authorization_code_lifetime: Duration::seconds(60),
            access_token_lifetime: Duration::hours(1),
            id_token_lifetime: Duration::hours(1),
            refresh_token_lifetime: Duration::days(30),
            browser_session_lifetime: Duration::hours(12),
            key_times: KeyTimes {
                cached_for: Duration::minutes(10),
                read_every: Duration::seconds(10),
                longest_token: Duration::hours(12),
                rotate_every: Some(Duration::days(90)),
            },
            access_token_signing_alg: SigningAlgorithm::RS256,
        }
    }
}
