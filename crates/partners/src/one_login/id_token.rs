//! The ID token (OpenID Connect Core, section 3.1.3.7). `openidconnect` checks the signature, the issuer, the audience, the
//! time and the nonce; the vector of trust and the trustmark are One Login's own.

use std::str::FromStr;

use identity::clock::Time;
use identity::one_login::{Distrust, NotProved, Remembered, Subject};
use openidconnect::core::{
    CoreGenderClaim, CoreIdTokenVerifier, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
};
use openidconnect::{AdditionalClaims, ClaimsVerificationError, ClientId, IdToken, Nonce, SignatureVerificationError};
use serde::{Deserialize, Serialize};
use url::Url;

use super::published::Published;
use super::vot::Vot;
use super::{OneLoginClient, Settings};

type Token = IdToken<Trust, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

/// The claims that One Login adds.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Trust {
    vot: String,
    vtm: String,
}

impl AdditionalClaims for Trust {}

/// No key of theirs has the token's kid: they may have a new one.
struct UnknownKey;

impl OneLoginClient {
    pub(super) async fn subject_of(&self, id_token: &str, remembered: &Remembered) -> Result<Subject, NotProved> {
        let token = Token::from_str(id_token).map_err(|_| NotProved::Distrusted(Distrust::Malformed))?;
        let now = self.clock.now();
        let published = self.published(|_| true).await?;
        let checked = match check(&token, &published, &self.settings, (remembered, now)) {
            Ok(checked) => checked,
            Err(UnknownKey) => {
                let published = self.published(|_| false).await?;
                let again = check(&token, &published, &self.settings, (remembered, now));
                again.unwrap_or(Err(Distrust::Signature))
            }
        };
        checked.map_err(NotProved::Distrusted)
    }
}

fn check(
    token: &Token,
    published: &Published,
    settings: &Settings,
    (remembered, now): (&Remembered, Time),
) -> Result<Result<Subject, Distrust>, UnknownKey> {
    let client_id = ClientId::new(settings.client_id.clone());
    let verifier = CoreIdTokenVerifier::new_public_client(client_id, published.issuer.clone(), published.keys.clone())
        .set_allowed_algs([CoreJwsSigningAlgorithm::EcdsaP256Sha256, CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256])
        .set_time_fn(move || now);
    let claims = match token.claims(&verifier, &Nonce::new(remembered.nonce.clone())) {
        Ok(claims) => claims,
        Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
            return Err(UnknownKey);
        }
        Err(error) => return Ok(Err(fault(&error))),
    };
    let trust = claims.additional_claims();
    if !Vot::parse(&trust.vot).is_enough_for(remembered.level) {
        return Ok(Err(Distrust::Level));
    }
    if !is_trustmark_of(&trust.vtm, &settings.issuer) {
        return Ok(Err(Distrust::Trustmark));
    }
    Ok(Subject::parse(claims.subject().as_str()).map_err(|_| Distrust::Malformed))
}

/// The mark names the framework under which they vouch: it is published where they are.
pub(super) fn is_trustmark_of(vtm: &str, issuer: &Url) -> bool {
    Url::parse(vtm).is_ok_and(|vtm| vtm.origin() == issuer.origin() && vtm.path() == "/trustmark")
}

fn fault(error: &ClaimsVerificationError) -> Distrust {
    match error {
        ClaimsVerificationError::Expired(_) => Distrust::Expired,
        ClaimsVerificationError::InvalidAudience(_) => Distrust::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => Distrust::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => Distrust::Nonce,
        ClaimsVerificationError::SignatureVerification(_) => Distrust::Signature,
        _ => Distrust::Malformed,
    }
}
