//! DPoP (RFC 9449): a client proves, with each request, a key of its own; the tokens that it gets work with that key only,
//! so that a stolen one is worth nothing.

#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
mod nonce;
mod proof;

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use identity::clock::Time;
use identity::secret::{Plain, Purpose};
use serde::{Deserialize, Serialize};

use crate::Provider;
use crate::client_jwt::ALGORITHMS;
use crate::client_request::Failure;
use crate::error::{ErrorCode, OAuthError};

const HEADER: &str = "DPoP";
const NONCE_HEADER: HeaderName = HeaderName::from_static("dpop-nonce");

/// The claim that binds a token to a key (RFC 7800, section 3.1; RFC 9449, section 6.1).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Confirmation {
    /// The key's thumbprint (RFC 7638).
    pub(crate) jkt: String,
}

/// Why a proof is not taken.
#[derive(Debug)]
pub(crate) enum Unproved {
    /// Section 8: the client has to try again with the nonce that comes along.
    UseNonce,
    Because(&'static str),
    Unavailable(store::StoreError),
}

impl Unproved {
    /// Nothing when it is our own fault.
    pub(crate) fn error(&self) -> Option<OAuthError> {
        match self {
            Unproved::UseNonce => {
                Some(OAuthError::new(ErrorCode::UseDpopNonce, "the DPoP proof has to hold the nonce of DPoP-Nonce"))
            }
            Unproved::Because(why) => Some(OAuthError::new(ErrorCode::InvalidDpopProof, why)),
            Unproved::Unavailable(_) => None,
        }
    }
}

impl From<Unproved> for Failure {
    fn from(unproved: Unproved) -> Failure {
        match (unproved.error(), unproved) {
            (Some(error), _) => error.into(),
            (None, Unproved::Unavailable(error)) => error.into(),
            (None, _) => unreachable!("what is not our fault is told"),
        }
    }
}

/// The thumbprint of the key that this request proves; nothing when it brings no proof. With an access token the proof is
/// for that token.
pub(crate) async fn proved(
    http: &HttpRequest,
    access_token: Option<&str>,
    provider: &Provider,
    now: Time,
) -> Result<Option<String>, Unproved> {
    let mut headers = http.headers().get_all(HEADER);
    let Some(header) = headers.next() else { return Ok(None) };
    if headers.next().is_some() {
        return Err(Unproved::Because("there is more than one DPoP header"));
    }
    let jwt = header.to_str().map_err(|_| Unproved::Because("the DPoP header is no JWT"))?;
    let proof = proof::Proof::read(jwt).map_err(Unproved::Because)?;
    let address = provider.issuer.address(http.path());
    proof.check((http.method().as_str(), &address), access_token, now).map_err(Unproved::Because)?;
    if !proof.nonce().is_some_and(|sent| nonce::is_good(sent, provider, now)) {
        return Err(Unproved::UseNonce);
    }
    let id = provider.hash_key.hash(Purpose::DpopProof, proof.jkt(), &Plain::new(proof.jti()));
    let expires_at = now + proof::LONGEST_KEPT;
    let first = provider.store.stroke(move |db| db.spent_ids().spend(&id, expires_at)).await;
    if !first.map_err(Unproved::Unavailable)? {
        return Err(Unproved::Because("the DPoP proof was used before: see jti"));
    }
    Ok(Some(proof.into_jkt()))
}

/// Adds the nonce for the next proof to the answer of whoever proves keys (section 8.2).
pub(crate) fn with_nonce(http: &HttpRequest, provider: &Provider, mut response: HttpResponse) -> HttpResponse {
    if http.headers().contains_key(HEADER) {
        let nonce = HeaderValue::from_str(&nonce::current(provider, provider.clock.now()));
        response.headers_mut().insert(NONCE_HEADER, nonce.expect("a nonce is digits and base64url"));
    }
    response
}

/// What a proof may be signed with, as challenges say it (section 7.1).
pub(crate) fn algorithms() -> String {
    ALGORITHMS.map(|algorithm| format!("{algorithm:?}")).join(" ")
}
