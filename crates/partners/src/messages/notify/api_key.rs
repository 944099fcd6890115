//! A key of Notify's API: a name, the id of the service and the secret, with hyphens between them. Each call carries a JWT
//! that is signed with the secret and that works for 30 seconds.

use std::str::FromStr;

use identity::clock::Time;
use identity::secret::Plain;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use uuid::Uuid;

/// How long a UUID is.
const UUID: usize = 36;

#[derive(Clone, Debug)]
pub struct ApiKey {
    service: Uuid,
    secret: Plain,
}

/// Why a text is no key. It repeats nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("should be NAME-SERVICEID-SECRET, as Notify shows it once")]
pub struct NoApiKey;

#[derive(Serialize)]
struct Claims {
    iss: Uuid,
    iat: i64,
}

impl ApiKey {
    pub(crate) fn service(&self) -> Uuid {
        self.service
    }

    pub(crate) fn secret(&self) -> &Plain {
        &self.secret
    }

    /// What a call at this moment carries.
    pub(crate) fn token(&self, at: Time) -> String {
        let claims = Claims { iss: self.service, iat: at.timestamp() };
        let secret = EncodingKey::from_secret(self.secret.expose().as_bytes());
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &secret)
            .expect("an HMAC can be made with any secret")
    }
}

impl FromStr for ApiKey {
    type Err = NoApiKey;

    fn from_str(text: &str) -> Result<ApiKey, NoApiKey> {
        let (before, secret) = last_uuid(text)?;
        let (name, service) = last_uuid(before)?;
        if name.is_empty() {
            return Err(NoApiKey);
        }
        // As it is written: it is the text that is the secret, not the number.
        let service = service.parse().map_err(|_| NoApiKey)?;
        Ok(ApiKey { service, secret: Plain::new(secret) })
    }
}

/// What stands before the hyphen before the UUID at the end, and that.
fn last_uuid(text: &str) -> Result<(&str, &str), NoApiKey> {
    let at = text.len().checked_sub(UUID).ok_or(NoApiKey)?;
    let (before, last) = text.split_at_checked(at).ok_or(NoApiKey)?;
    Uuid::try_parse(last).map_err(|_| NoApiKey)?;
    Ok((before.strip_suffix('-').ok_or(NoApiKey)?, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = "26785a09-ab16-4eb0-8407-a37497a57506";
    const SECRET: &str = "3d844edf-8d35-48ac-975b-e847b4f122b0";

    #[test]
    fn a_key_is_a_name_with_or_without_hyphens_a_service_and_a_secret() {
        for name in ["live", "my-key-2", "my_test_key", "a b"] {
            let key: ApiKey = format!("{name}-{SERVICE}-{SECRET}").parse().unwrap();
            assert_eq!((key.service.to_string().as_str(), key.secret.expose()), (SERVICE, SECRET));
        }
    }

    #[test]
    fn what_is_no_key_is_refused_and_no_debug_shows_a_secret() {
        let almost = format!("live-{SERVICE}");
        let texts = ["", "live", SECRET, &almost, &format!("{SERVICE}-{SECRET}"), &format!("live-{SERVICE}-{SECRET}x")];
        for text in texts {
            assert_eq!(text.parse::<ApiKey>().unwrap_err(), NoApiKey, "{text}");
        }
        assert!(format!("live{SERVICE}-{SECRET}").parse::<ApiKey>().is_err());
        assert!(format!("é{}", &SECRET[1..]).parse::<ApiKey>().is_err());
        let key: ApiKey = format!("live-{SERVICE}-{SECRET}").parse().unwrap();
        assert!(!format!("{key:?}").contains("3d844edf"));
    }
}
