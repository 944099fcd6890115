//! What One Login tells of a person (OpenID Connect Core, section 5.3).

use identity::email::Email;
use identity::one_login::{Distrust, NotProved};
use serde::Deserialize;

use super::published::Published;
use super::{OneLoginClient, unavailable};
use crate::http::{CallError, Repeat};

/// The claim that holds the identity: a JWT of its own.
pub(super) const CORE_IDENTITY: &str = "https://vocab.account.gov.uk/v1/coreIdentityJWT";

#[derive(Deserialize)]
pub(super) struct Userinfo {
    pub sub: String,
    email: Option<String>,
    #[serde(default)]
    email_verified: bool,
    #[serde(rename = "https://vocab.account.gov.uk/v1/coreIdentityJWT")]
    pub core_identity: Option<String>,
}

impl Userinfo {
    /// An address that nobody can write to is as good as none.
    pub(super) fn verified_email(&self) -> Option<Email> {
        let email = self.email.as_ref().filter(|_| self.email_verified)?;
        Email::parse(email).ok()
    }
}

impl OneLoginClient {
    pub(super) async fn userinfo(&self, published: &Published, access_token: &str) -> Result<Userinfo, NotProved> {
        let endpoint = &published.userinfo_endpoint;
        let call = self
            .provider
            .call("userinfo", Repeat::Yes, |client| client.get(endpoint.clone()).bearer_auth(access_token));
        let answer = call.await.map_err(unavailable)?;
        match answer.status {
            200 => answer.json().map_err(|_| NotProved::Distrusted(Distrust::Userinfo)),
            status => Err(unavailable(CallError::Failed(status))),
        }
    }
}
