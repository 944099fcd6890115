//! GOV.UK One Login as its documentation has it: OpenID Connect with PKCE and private_key_jwt, vectors of trust, and an
//! identity in a JWT of its own that is signed with keys from another place. Nothing is believed that is not checked.

mod assertion;
mod authorization;
mod cache;
mod core_identity;
mod did;
mod id_token;
mod names;
mod published;
mod token;
mod userinfo;
mod vot;

use std::future::Future;
use std::time::Duration;

use async_trait::async_trait;
use identity::clock::Clock;
use identity::one_login::{Distrust, Level, NotProved, OneLogin, Proved, Remembered};
use identity::random::Random;
use identity::secret::Plain;
use tokio::time::timeout;
use url::Url;

pub use assertion::{ClientKey, NotAKey};

use crate::http::{Address, CallError, NotSetUp, Partner};
use cache::Cache;
use did::Controller;
use published::Published;

/// What we have agreed on with One Login.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Ends with a slash.
    pub issuer: Url,
    /// Where the keys are that sign identities: the address whose `.well-known/did.json` has them. Ends with a slash.
    pub identity_base: Url,
    pub client_id: String,
    pub key: ClientKey,
    pub redirect_uri: Url,
    /// For all that one step of a sign-in asks of them.
    pub time_budget: Duration,
    /// Certificates in PEM that are trusted besides those of the public authorities.
    pub authorities: Vec<u8>,
}

pub struct OneLoginClient {
    settings: Settings,
    provider: Partner,
    controller: Partner,
    published: Cache<Published>,
    controllers: Cache<Controller>,
    clock: Clock,
    random: Random,
}

impl OneLoginClient {
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(settings: Settings, clock: Clock, random: Random) -> Result<OneLoginClient, NotSetUp> {
        let address = |base: &Url| Address {
            authorities: settings.authorities.clone(),
            ..Address::new(base.clone(), settings.time_budget)
        };
        Ok(OneLoginClient {
            provider: Partner::new("one-login", address(&settings.issuer))?,
            controller: Partner::new("one-login-identity", address(&settings.identity_base))?,
            published: Cache::default(),
            controllers: Cache::default(),
            settings,
            clock,
            random,
        })
    }

    /// Whatever has to be asked, a person waits no longer than this.
    async fn in_time<T>(&self, work: impl Future<Output = Result<T, NotProved>> + Send) -> Result<T, NotProved> {
        timeout(self.settings.time_budget, work).await.unwrap_or_else(|_| Err(unavailable(CallError::Late)))
    }

    async fn proved(&self, code: &Plain, remembered: &Remembered) -> Result<Proved, NotProved> {
        let published = self.published(|_| true).await?;
        let tokens = self.exchange(&published, code, remembered).await?;
        let subject = self.subject_of(&tokens.id_token, remembered).await?;
        let about = self.userinfo(&published, &tokens.access_token).await?;
        if about.sub != subject.as_str() {
            return Err(NotProved::Distrusted(Distrust::Subject));
        }
        let identity = match (remembered.level, &about.core_identity) {
            (Level::Credential, _) => None,
            (Level::Identity, None) => return Err(NotProved::Distrusted(Distrust::IdentityMissing)),
            (Level::Identity, Some(jwt)) => Some(self.core_identity(jwt, &subject).await?),
        };
        Ok(Proved { email: about.verified_email(), subject, identity })
    }
}

#[async_trait]
impl OneLogin for OneLoginClient {
    async fn authorize(&self, remembered: &Remembered) -> Result<Url, NotProved> {
        let published = self.in_time(self.published(|_| true)).await?;
        Ok(authorization::request(&published, &self.settings, remembered))
    }

    async fn redeem(&self, code: &Plain, remembered: &Remembered) -> Result<Proved, NotProved> {
        self.in_time(self.proved(code, remembered)).await
    }
}

impl std::fmt::Debug for OneLoginClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OneLoginClient(..)")
    }
}

fn unavailable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> NotProved {
    NotProved::Unavailable(cause.into())
}
