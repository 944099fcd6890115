//! The identity: a verifiable credential in a JWT, about the same person as the ID token, for us and nobody else.

use chrono::DateTime;
use identity::date_of_birth::DateOfBirth;
use identity::one_login::{Distrust, NotProved, Subject, VerifiedIdentity};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;

use super::OneLoginClient;
use super::id_token::is_trustmark_of;
use super::names::{Name, current, previous};
use super::vot::Vot;

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    sub: String,
    exp: i64,
    nbf: Option<i64>,
    vot: String,
    vtm: String,
    vc: Credential,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credential {
    credential_subject: CredentialSubject,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CredentialSubject {
    name: Vec<Name>,
    birth_date: Vec<BirthDate>,
}

#[derive(Deserialize)]
struct BirthDate {
    value: String,
}

impl OneLoginClient {
    pub(super) async fn core_identity(&self, jwt: &str, subject: &Subject) -> Result<VerifiedIdentity, NotProved> {
        let claims = self.signed_by_them(jwt).await?;
        self.checked(&claims, subject).map_err(NotProved::Distrusted)
    }

    async fn signed_by_them(&self, jwt: &str) -> Result<Claims, NotProved> {
        let distrusted = NotProved::Distrusted;
        let header = decode_header(jwt).map_err(|_| distrusted(Distrust::IdentityMalformed))?;
        let kid = header.kid.filter(|_| header.alg == Algorithm::ES256);
        let kid = kid.ok_or_else(|| distrusted(Distrust::IdentitySignature))?;
        let controller = self.controller(&kid).await?;
        let key = controller.key(&kid).and_then(|key| DecodingKey::from_jwk(key).ok());
        let key = key.ok_or_else(|| distrusted(Distrust::IdentitySignature))?;
        // The library would take the time from the machine: what the claims say is checked by us.
        let mut validation = Validation::new(Algorithm::ES256);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        validation.validate_aud = false;
        match decode::<Claims>(jwt, &key, &validation) {
            Ok(token) => Ok(token.claims),
            Err(error) => Err(distrusted(match error.kind() {
                jsonwebtoken::errors::ErrorKind::InvalidSignature => Distrust::IdentitySignature,
                _ => Distrust::IdentityMalformed,
            })),
        }
    }

    fn checked(&self, claims: &Claims, subject: &Subject) -> Result<VerifiedIdentity, Distrust> {
        let bare = |text: &str| text.trim_end_matches('/').to_owned();
        let for_us = match &claims.aud {
            Audience::One(one) => *one == self.settings.client_id,
            Audience::Several(several) => matches!(&several[..], [one] if *one == self.settings.client_id),
        };
        let by_them = bare(&claims.iss) == bare(self.settings.identity_base.as_str());
        if !for_us || !by_them || claims.sub != subject.as_str() {
            return Err(Distrust::IdentityOfAnother);
        }
        let now = self.clock.now();
        let at = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(Distrust::IdentityMalformed);
        let has_begun = claims.nbf.map(at).transpose()?.is_none_or(|from| from <= now);
        if !has_begun || at(claims.exp)? <= now {
            return Err(Distrust::IdentityExpired);
        }
        if !Vot::parse(&claims.vot).is_identity() {
            return Err(Distrust::IdentityLevel);
        }
        if !is_trustmark_of(&claims.vtm, &self.settings.issuer) {
            return Err(Distrust::Trustmark);
        }
        let told = &claims.vc.credential_subject;
        // Several dates are several people, or one of whom nothing is known.
        let [BirthDate { value }] = &told.birth_date[..] else { return Err(Distrust::IdentityMalformed) };
        let date_of_birth = value.parse().map(DateOfBirth::new).map_err(|_| Distrust::IdentityMalformed)?;
        let today = now.date_naive();
        let name = current(&told.name, today).ok_or(Distrust::IdentityMalformed)?;
        Ok(VerifiedIdentity { previous_names: previous(&told.name, today), name, date_of_birth })
    }
}
