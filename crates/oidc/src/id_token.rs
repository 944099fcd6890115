//! ID tokens (OpenID Connect Core, section 2).

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use identity::account::{Account, AccountId};
use identity::client::{Client, ClientId, SigningAlgorithm};
use identity::clock::Time;
use identity::grant::Grant;
use serde::{Deserialize, Serialize};

use crate::claims::{self, Claims};
use crate::keys::{Expected, TokenType};
use crate::{Provider, acr, subject};

#[derive(Debug, Serialize)]
pub(crate) struct IdToken {
    iss: String,
    sub: String,
    aud: String,
    exp: i64,
    iat: i64,
    auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
    acr: &'static str,
    amr: Vec<&'static str>,
    sid: String,
    at_hash: String,
    #[serde(flatten)]
    claims: Claims,
}

impl IdToken {
    /// `access_token` is the one that goes out with it.
    pub(crate) fn of(
        (grant, account): (&Grant, &Account),
        client: &Client,
        access_token: &str,
        provider: &Provider,
        now: Time,
    ) -> IdToken {
        IdToken {
            iss: provider.issuer.to_string(),
            sub: subject::of(account.id, client, provider),
            aud: client.id.to_string(),
            exp: (now + provider.settings.id_token_lifetime).timestamp(),
            iat: now.timestamp(),
            auth_time: grant.authenticated_at.timestamp(),
            nonce: grant.nonce.clone(),
            acr: acr::of(&grant.methods),
            amr: grant.methods.iter().map(|method| method.as_str()).collect(),
            at_hash: at_hash(access_token, client.id_token_signed_response_alg),
            sid: subject::session(grant.session, client, provider),
            claims: claims::in_id_token((account, client), &grant.scopes, &grant.claims.id_token, now),
        }
    }

    /// Signed with the algorithm that the client registered.
    pub(crate) fn sign(&self, client: &Client, provider: &Provider) -> String {
        provider.keys.sign(client.id_token_signed_response_alg, TokenType::IdToken, self)
    }
}

/// OpenID Connect Core, section 3.1.3.6: the left half of the hash that the algorithm of the ID token works with. For
/// Ed25519 that is SHA-512 (RFC 8032, section 5.1).
fn at_hash(access_token: &str, algorithm: SigningAlgorithm) -> String {
    let hash = match algorithm {
        SigningAlgorithm::RS256 | SigningAlgorithm::ES256 | SigningAlgorithm::PS256 => &digest::SHA256,
        SigningAlgorithm::EdDSA => &digest::SHA512,
    };
    let hash = digest::digest(hash, access_token.as_bytes());
    URL_SAFE_NO_PAD.encode(&hash.as_ref()[..hash.as_ref().len() / 2])
}

/// Whom an ID token of ours speaks of, and to whom, when a client sends it back as a hint. An expired one will do
/// (OpenID Connect Core, section 3.1.2.1; RP-Initiated Logout 1.0, section 4).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct IdTokenHint {
    sub: String,
    pub(crate) aud: ClientId,
}

impl IdTokenHint {
    pub(crate) fn verify(token: &str, provider: &Provider) -> Option<IdTokenHint> {
        let expected = Expected { token_type: TokenType::IdToken, issuer: provider.issuer.as_str(), audience: None };
        provider.keys.verify(token, &expected)
    }

    /// Does it speak of this person? A pairwise `sub` leads nowhere, so the person's own is compared. A client may have
    /// been another kind of client when the token was issued.
    pub(crate) fn is_of(&self, account: AccountId, provider: &Provider) -> bool {
        let pairwise = |client: &Client| self.sub == subject::of(account, client, provider);
        self.sub == account.to_string() || provider.clients.find(&self.aud).is_some_and(|client| pairwise(&client))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_hash_is_half_the_hash_of_the_algorithm() {
        // The SHA-256 of nothing begins with e3b0c442 98fc1c14 9afbf4c8 996fb924.
        for algorithm in [SigningAlgorithm::RS256, SigningAlgorithm::ES256, SigningAlgorithm::PS256] {
            assert_eq!(at_hash("", algorithm), "47DEQpj8HBSa-_TImW-5JA");
        }
        // The SHA-512 of nothing begins with cf83e135 7eefb8bd f1542850 d66d8007 d620e405 0b5715dc 83f4a921 d36ce9ce.
        assert_eq!(at_hash("", SigningAlgorithm::EdDSA), "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg_SpIdNs6c4");
    }
}
