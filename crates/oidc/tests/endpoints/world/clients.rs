//! The relying services of these tests.

use identity::client::{Client, ClientId, SigningAlgorithm, TrnRequirement};
use identity::client_authentication::{ClientAuthentication, PublicKeys};
use identity::client_secret::ClientSecretHash;
use identity::matching::MatchPolicy;
use identity::random::Random;
use identity::scope::{Scope, Scopes};
use identity::secret::Plain;
use url::Url;

use super::key_set;

/// May ask for everything and needs nothing.
pub(crate) const A: &str = "service-a";
pub(crate) const A_CALLBACK: &str = "https://service-a.example/callback";
/// Has a query of its own.
pub(crate) const A_CALLBACK_WITH_QUERY: &str = "https://service-a.example/callback?keep=this";
/// What it may have tokens for.
pub(crate) const API: &str = "https://api.service-a.example/";
pub(crate) const OTHER_API: &str = "https://other-api.service-a.example/";
pub(crate) const A_SIGNED_OUT: &str = "https://service-a.example/signed-out";
/// Never asks for a TRN, wants ES256, and may leave PKCE out.
pub(crate) const B: &str = "service-b";
/// Takes nobody without a TRN.
pub(crate) const REQUIRES_TRN: &str = "service-that-requires-a-trn";
/// Relies only on a record that was found by a number. It does not want to hear of sign-outs.
pub(crate) const STRICT: &str = "service-that-is-strict";

pub(crate) fn callback(client: &str) -> String {
    format!("https://{client}.example/callback")
}

pub(crate) fn secret(client: &str) -> String {
    format!("the secret of {client}: p@ss & w%rd+é")
}

/// Keeps out people with an open prohibition.
pub(crate) const BLOCKS: &str = "service-that-keeps-people-out";

/// Signs what it sends, with keys that its file has.
pub(crate) const KEYED: &str = "service-with-keys";
/// Signs what it sends, with keys that it publishes.
pub(crate) const PUBLISHES: &str = "service-that-publishes-keys";
/// Runs in a browser, and so keeps no secret.
pub(crate) const PUBLIC: &str = "service-in-a-browser";
/// Is held to FAPI 2.0.
pub(crate) const FAPI: &str = "service-of-fapi";

/// Has to sign its authorization requests.
pub(crate) const SIGNS: &str = "service-that-signs-requests";

/// Took over a secret that everybody knows.
pub(crate) const SAMPLE: &str = "service-with-a-sample-secret";

/// Those that have no secret.
fn without_secrets(random: &Random) -> [Client; 5] {
    let without = |id, authentication, public_keys| Client {
        secrets: Vec::new(),
        own_scopes: [Scope::TrnTokenWrite].into_iter().filter(|_| id == KEYED).collect(),
        authentication,
        public_keys,
        ..client(id, random)
    };
    let address = Url::parse("https://service-that-publishes-keys.example/jwks").unwrap();
    let fapi = Client {
        is_fapi: true,
        par_required: true,
        dpop_required: true,
        id_token_signed_response_alg: SigningAlgorithm::ES256,
        authorization_signed_response_alg: SigningAlgorithm::ES256,
        ..without(FAPI, ClientAuthentication::PrivateKeyJwt, PublicKeys::Inline(key_set()))
    };
    [
        without(KEYED, ClientAuthentication::PrivateKeyJwt, PublicKeys::Inline(key_set())),
        without(PUBLISHES, ClientAuthentication::PrivateKeyJwt, PublicKeys::At(address)),
        without(PUBLIC, ClientAuthentication::None, PublicKeys::None),
        fapi,
        Client {
            request_object_required: true,
            ..without(SIGNS, ClientAuthentication::PrivateKeyJwt, PublicKeys::Inline(key_set()))
        },
    ]
}

pub(super) fn all(random: &Random) -> Vec<Client> {
    let standard = [Scope::Openid, Scope::Profile, Scope::Email].into_iter().collect::<Scopes>();
    let b = Client {
        scopes: standard,
        trn: TrnRequirement::NotAsked,
        id_token_signed_response_alg: SigningAlgorithm::ES256,
        pkce_required: false,
        ..client(B, random)
    };
    let requires = Client { trn: TrnRequirement::Required, ..client(REQUIRES_TRN, random) };
    let strict = Client { match_policy: MatchPolicy::Strict, backchannel_logout_uri: None, ..client(STRICT, random) };
    let mut a = client(A, random);
    a.redirect_uris.push(A_CALLBACK_WITH_QUERY.into());
    a.resources = vec![API.into(), OTHER_API.into()];
    a.own_scopes = [Scope::UserRead, Scope::UserWrite].into_iter().collect();
    let blocks = Client { blocks_prohibited: true, ..client(BLOCKS, random) };
    let with_secrets = vec![a, b, requires, strict, blocks, client(SAMPLE, random)];
    with_secrets.into_iter().chain(without_secrets(random)).collect()
}

fn client(id: &str, random: &Random) -> Client {
    let address = Url::parse(&format!("https://{id}.example/")).unwrap();
    Client {
        secrets: vec![ClientSecretHash::of(&Plain::new(secret(id)), random)],
        redirect_uris: vec![callback(id)],
        post_logout_redirect_uris: vec![format!("https://{id}.example/signed-out")],
        backchannel_logout_uri: Some(super::backchannel_logout_uri(id)),
        scopes: Scope::ALL.into_iter().collect(),
        trn: TrnRequirement::Optional,
        ..Client::new(ClientId::parse(id).unwrap(), format!("The service {id}"), address)
    }
}
