//! Who is let in: whoever signs a JWT with the key, at a time that is ours within 30 seconds.

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use identity::clock::Time;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use uuid::Uuid;

use super::request::Refused;
use crate::messages::notify::ApiKey;

const SKEW: i64 = 30;

#[derive(Deserialize)]
struct Claims {
    iss: Uuid,
    iat: i64,
}

pub(super) fn check(key: &ApiKey, request: &HttpRequest, now: Time) -> Result<(), Refused> {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let refused = |status, message| Refused::new(status, "AuthError", message);
    let token = header.ok_or_else(|| refused(401, "Unauthorized: authentication token must be provided"))?;
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    validation.required_spec_claims.clear();
    let secret = DecodingKey::from_secret(key.secret().expose().as_bytes());
    let claims = jsonwebtoken::decode::<Claims>(token, &secret, &validation)
        .map_err(|_| refused(403, "Invalid token: API key not found"))?
        .claims;
    if claims.iss != key.service() {
        return Err(refused(403, "Invalid token: service not found"));
    }
    if (now.timestamp() - claims.iat).abs() > SKEW {
        return Err(refused(403, "Error: Your system clock must be accurate to within 30 seconds"));
    }
    Ok(())
}
