//! The server that is loaded, as a file describes it: any OpenID Connect provider, whoever wrote it.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use url::form_urlencoded::byte_serialize;
use url::{Position, Url};

use crate::refusal::Refusal;

/// What a scenario needs and the file does not say, is null or missing: then that scenario is refused.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Target {
    pub name: String,
    /// To the letter, as ID tokens have it. All other addresses are paths at its host.
    pub issuer: String,
    pub discovery: Option<String>,
    pub jwks: Option<String>,
    pub authorize: Option<String>,
    pub token: Option<String>,
    pub userinfo: Option<String>,
    pub introspection: Option<String>,
    pub client: Option<Client>,
    #[serde(default)]
    pub pkce: bool,
    /// Cookie headers of browsers in which somebody is signed in, each of a session of its own.
    #[serde(default)]
    pub browsers: Vec<String>,
    /// For a server that gives no refresh token without a page in between: one for each connection.
    #[serde(default)]
    pub refresh_tokens: Vec<String>,
    /// Put at the end of the query of authorize.
    #[serde(default)]
    pub extra_authorize: String,
    pub client_credentials_scope: Option<String>,
    pub journey: Option<Journey>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Client {
    pub id: String,
    pub secret: String,
    pub redirect_uri: String,
    pub scope: String,
    /// The scope that brings a refresh token.
    pub offline_scope: Option<String>,
}

/// The pages of a sign-in, which only our own server has.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Journey {
    /// Who has an account.
    pub accounts: PathBuf,
    /// Who has a teaching record and no account.
    pub new_people: PathBuf,
}

impl Target {
    pub(crate) fn read(path: &Path) -> Result<Target, Refusal> {
        let text = fs::read(path).map_err(|error| Refusal::Unreadable(path.into(), error.to_string()))?;
        serde_json::from_slice(&text).map_err(|error| Refusal::Unreadable(path.into(), error.to_string()))
    }

    /// Where to connect, and what the header Host says.
    pub(crate) fn host(&self) -> Result<(SocketAddr, String), Refusal> {
        let no_address = || Refusal::NoAddress(self.issuer.clone());
        let url = Url::parse(&self.issuer).ok().filter(|url| url.scheme() == "http").ok_or_else(no_address)?;
        let found = url.socket_addrs(|| None).map_err(|_| no_address())?;
        let address = found.into_iter().next().ok_or_else(no_address)?;
        Ok((address, url[Position::BeforeHost..Position::AfterPort].to_owned()))
    }
}

impl Client {
    /// The header by which it proves who it is (RFC 6749, section 2.3.1).
    pub(crate) fn basic(&self) -> String {
        let [id, secret] = [&self.id, &self.secret].map(|text| encoded(text));
        format!("Authorization: Basic {}\r\n", STANDARD.encode(format!("{id}:{secret}")))
    }
}

/// As in a query or a form.
pub(crate) fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}
