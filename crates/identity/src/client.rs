//! A client: one relying service, as its file under config/clients/ describes it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, RwLock};

use serde::{Deserialize, Serialize};
use url::Url;

use crate::client_authentication::{ClientAuthentication, PublicKeys};
use crate::client_secret::ClientSecretHash;
use crate::matching::MatchPolicy;
use crate::one_login::Level;
use crate::scope::Scopes;

/// The `client_id` (RFC 6749, section 2.2): 1 to 100 of the characters `a-z`, `0-9`, `-`, `_` and `.`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClientId(String);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a client id has 1 to 100 of the characters a-z, 0-9, hyphen, underscore and full stop")]
pub struct NotAClientId;

impl ClientId {
    pub fn parse(text: &str) -> Result<ClientId, NotAClientId> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
        if (1..=100).contains(&text.len()) && text.chars().all(fits) {
            Ok(ClientId(text.into()))
        } else {
            Err(NotAClientId)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ClientId {
    type Error = NotAClientId;

    fn try_from(text: String) -> Result<Self, NotAClientId> {
        ClientId::parse(&text)
    }
}

impl From<ClientId> for String {
    fn from(id: ClientId) -> String {
        id.0
    }
}

/// What a client does with people of whom we find no teaching record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrnRequirement {
    /// The client never asks for a TRN: no question about it is put to the person.
    NotAsked,
    /// The person goes on without one; the claim `trn_lookup_status` says why there is none.
    Optional,
    /// No TRN, no authorization_code.
    Required,
}

/// Does a client want a mobile number of everybody who registers?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MobileRequirement {
    /// People are asked, and may go on without one.
    #[default]
    Optional,
    Required,
}

/// Does a client offer its people to sign in with GOV.UK One Login, where this server has it?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OneLoginOffer {
    #[default]
    Off,
    Offered,
}

/// The algorithm that signs a client's ID tokens (RFC 7518, section 3.1; for EdDSA, here always with Ed25519, RFC 8037).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SigningAlgorithm {
    #[default]
    RS256,
    ES256,
    PS256,
    EdDSA,
}

impl SigningAlgorithm {
    pub const ALL: [SigningAlgorithm; 4] =
        [SigningAlgorithm::RS256, SigningAlgorithm::ES256, SigningAlgorithm::PS256, SigningAlgorithm::EdDSA];

    pub fn as_str(self) -> &'static str {
        match self {
            SigningAlgorithm::RS256 => "RS256",
            SigningAlgorithm::ES256 => "ES256",
            SigningAlgorithm::PS256 => "PS256",
            SigningAlgorithm::EdDSA => "EdDSA",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub id: ClientId,
    /// The service's name as people know it.
    pub name: String,
    /// Where the service starts: the way back for a person whose journey cannot go on.
    pub service_url: Url,
    /// One, or two while the client changes from one to the other.
    pub secrets: Vec<ClientSecretHash>,
    /// Compared character by character (RFC 9700, section 4.1.3), so kept exactly as written.
    pub redirect_uris: Vec<String>,
    pub post_logout_redirect_uris: Vec<String>,
    /// Where the client hears of sign-outs (OpenID Connect Back-Channel Logout 1.0, section 2.2).
    pub backchannel_logout_uri: Option<Url>,
    pub scopes: Scopes,
    pub mobile: MobileRequirement,
    /// Do people choose first whether to create an account or to sign in?
    pub landing_page: bool,
    pub trn: TrnRequirement,
    pub match_policy: MatchPolicy,
    /// Are people whom a prohibition bars from teaching kept out?
    pub blocks_prohibited: bool,
    /// Does a search for a record that stays undecided become a ticket for the help desk?
    pub raises_tickets: bool,
    pub id_token_signed_response_alg: SigningAlgorithm,
    /// Signs the answers of userinfo; without it they are plain JSON.
    pub userinfo_signed_response_alg: Option<SigningAlgorithm>,
    /// The host by whose services together a person is known, and by nobody else (OpenID Connect Core, section 8.1).
    /// None: the client knows people by the id of their account.
    pub pairwise_sector: Option<String>,
    /// Must an authorization request carry a PKCE challenge (RFC 7636)? On unless the client's file turns it off.
    pub pkce_required: bool,
    pub authentication: ClientAuthentication,
    /// What verifies the JWTs that the client signs.
    pub public_keys: PublicKeys,
    /// Is everything held to the FAPI 2.0 Security Profile?
    pub is_fapi: bool,
    /// Are authorization requests taken only when they were pushed (RFC 9126)?
    pub par_required: bool,
    /// Are authorization requests taken only as signed request objects (RFC 9101)?
    pub request_object_required: bool,
    /// Are tokens given only to who proves a key (RFC 9449)?
    pub dpop_required: bool,
    /// Signs authorization responses of the response modes that end in `jwt` (JARM).
    pub authorization_signed_response_alg: SigningAlgorithm,
    /// What the client may have access tokens for, besides this server (RFC 8707).
    pub resources: Vec<String>,
    /// What the client may have in its own name, by client_credentials.
    pub own_scopes: Scopes,
    pub one_login: OneLoginOffer,
    /// What people prove there; None: what the server's configuration says.
    pub one_login_level: Option<Level>,
}

impl Client {
    /// The id of [`Client::ourselves`], which no file may take.
    pub const OURSELVES: &str = "get-an-identity";

    /// Can it keep no secret (RFC 6749, section 2.1)?
    pub fn is_public(&self) -> bool {
        self.authentication == ClientAuthentication::None
    }

    pub fn is_ourselves(&self) -> bool {
        self.id.as_str() == Client::OURSELVES
    }

    /// The least that a client is. It has no secret, no redirect_uri and no scope: what it has beyond, its file says.
    pub fn new(id: ClientId, name: String, service_url: Url) -> Client {
        Client {
            id,
            name,
            service_url,
            secrets: Vec::new(),
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            backchannel_logout_uri: None,
            scopes: Scopes::default(),
            mobile: MobileRequirement::default(),
            landing_page: false,
            trn: TrnRequirement::NotAsked,
            match_policy: MatchPolicy::default(),
            blocks_prohibited: false,
            raises_tickets: true,
            id_token_signed_response_alg: SigningAlgorithm::default(),
            userinfo_signed_response_alg: None,
            pairwise_sector: None,
            pkce_required: true,
            authentication: ClientAuthentication::default(),
            public_keys: PublicKeys::default(),
            is_fapi: false,
            par_required: false,
            request_object_required: false,
            dpop_required: false,
            authorization_signed_response_alg: SigningAlgorithm::default(),
            resources: Vec::new(),
            own_scopes: Scopes::default(),
            one_login: OneLoginOffer::default(),
            one_login_level: None,
        }
    }

    /// Ourselves, as the client of a journey that no service asked for. Nobody is ever authorized for it.
    pub fn ourselves(name: String, account_url: Url) -> Client {
        let id = ClientId(Client::OURSELVES.into());
        Client { raises_tickets: false, ..Client::new(id, name, account_url) }
    }
}

/// All clients, as the files last read well had them. A reload replaces them at once for every reader.
#[derive(Clone, Debug, Default)]
pub struct Clients {
    files: Arc<RwLock<Arc<ById>>>,
    /// The one that no reload touches.
    ourselves: Option<Arc<Client>>,
}

type ById = BTreeMap<ClientId, Arc<Client>>;

impl Clients {
    pub fn new(clients: Vec<Client>) -> Clients {
        let all = Clients::default();
        all.replace(clients);
        all
    }

    /// The same clients, and ourselves.
    #[must_use]
    pub fn with_ourselves(self, client: Client) -> Clients {
        Clients { ourselves: Some(Arc::new(client)), ..self }
    }

    pub fn replace(&self, clients: Vec<Client>) {
        let clients = clients.into_iter().map(|client| (client.id.clone(), Arc::new(client))).collect();
        *self.files.write().expect("nothing panics under this lock") = Arc::new(clients);
    }

    pub fn find(&self, id: &ClientId) -> Option<Arc<Client>> {
        let ourselves = self.ourselves.as_ref().filter(|client| client.id == *id);
        ourselves.or(self.files.read().expect("nothing panics under this lock").get(id)).cloned()
    }

    /// Ourselves, as a client.
    pub fn ourselves(&self) -> Option<Arc<Client>> {
        self.ourselves.clone()
    }

    /// Every client that has a file, in the order of their ids.
    pub fn all(&self) -> Vec<Arc<Client>> {
        self.files.read().expect("nothing panics under this lock").values().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn we_are_a_client_of_our_own_that_no_reload_takes_away() {
        let ourselves = Client::ourselves("Our account".into(), Url::parse("https://gai.example/account").unwrap());
        let clients = Clients::default().with_ourselves(ourselves.clone());
        let again = clients.clone();
        clients.replace(Vec::new());
        let id = ClientId::parse(Client::OURSELVES).unwrap();
        assert_eq!(again.find(&id).as_deref(), Some(&ourselves));
        assert!(again.all().is_empty());
        assert!(ourselves.redirect_uris.is_empty() && ourselves.secrets.is_empty());
    }

    #[test]
    fn a_client_id_is_short_and_plain() {
        assert!(ClientId::parse("register-for-npq").is_ok());
        for text in ["", "Register", "a b", "a/b", "é", &"a".repeat(101)] {
            assert_eq!(ClientId::parse(text), Err(NotAClientId), "{text}");
        }
    }
}
