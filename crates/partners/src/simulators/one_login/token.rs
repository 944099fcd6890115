//! The token endpoint: a code once, for whoever has its verifier and our client's key.

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;
use identity::clock::Time;
use jsonwebtoken::{Algorithm, Validation, decode};
use openidconnect::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::published::issuer;
use super::{CODE_LIFETIME, Inside, Issued, Switch, TOKEN_LIFETIME, Untruth, refusal};

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub(super) async fn exchange(
    inside: Data<Inside>,
    switch: Data<Switch>,
    request: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let get = |name: &str| pairs.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str());
    let (issuer, now) = (issuer(&request), inside.clock.now());
    let by_key = get("client_assertion_type") == JWT_BEARER;
    if !by_key || !inside.is_client(get("client_assertion"), &format!("{issuer}token"), now) {
        return refusal(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "private_key_jwt is not ours, not now or not for us",
        );
    }
    if get("grant_type") != "authorization_code" {
        return refusal(StatusCode::BAD_REQUEST, "unsupported_grant_type", "authorization_code only");
    }
    // Taken, whatever comes of it.
    let issued = inside.told().codes.remove(get("code"));
    let verifier = PkceCodeVerifier::new(get("code_verifier").into());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    let fits = |issued: &Issued| {
        let fresh = now - issued.at < CODE_LIFETIME;
        let same = issued.asked.redirect_uri == get("redirect_uri");
        fresh && same && issued.asked.code_challenge == challenge.as_str()
    };
    let Some(issued) = issued.filter(fits) else {
        return refusal(StatusCode::BAD_REQUEST, "invalid_grant", "the code is used, old or another's");
    };
    let untruth = inside.untruth(&switch);
    let access_token = inside.random.token().expose().to_owned();
    let id_token = inside.id_token(&issued, &issuer, untruth, now);
    inside.told().tokens.insert(access_token.clone(), issued);
    HttpResponse::Ok().json(json!({
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": TOKEN_LIFETIME.num_seconds(),
        "id_token": id_token,
    }))
}

impl Inside {
    /// RFC 7523, section 3.
    fn is_client(&self, assertion: &str, audience: &str, now: Time) -> bool {
        let mut validation = Validation::new(Algorithm::ES256);
        validation.validate_exp = false;
        validation.set_audience(&[audience]);
        let Ok(token) = decode::<Value>(assertion, &self.client_key, &validation) else { return false };
        let claims = token.claims;
        let ours = |name: &str| claims[name] == self.registration.client_id.as_str();
        let lives = claims["exp"].as_i64().is_some_and(|exp| exp > now.timestamp());
        ours("iss") && ours("sub") && lives && claims["jti"].is_string()
    }

    fn id_token(&self, issued: &Issued, issuer: &str, untruth: Untruth, now: Time) -> String {
        let lie = |about: Untruth, lie: Value, truth: Value| if untruth == about { lie } else { truth };
        let asked = &issued.asked;
        let lifetime = if untruth == Untruth::Expired { -Duration::hours(1) } else { TOKEN_LIFETIME };
        let claims = json!({
            "sub": issued.person.subject,
            "iss": lie(Untruth::Issuer, "https://issuer.example/".into(), issuer.into()),
            "aud": lie(Untruth::Audience, "another-client".into(), asked.client_id.as_str().into()),
            "nonce": lie(Untruth::Nonce, "another".into(), asked.nonce.as_str().into()),
            "exp": (now + lifetime).timestamp(),
            "iat": now.timestamp(),
            "auth_time": now.timestamp(),
            "vot": lie(Untruth::Vot, "Cl".into(), "Cl.Cm".into()),
            "vtm": lie(Untruth::Vtm, "https://issuer.example/trustmark".into(), format!("{issuer}trustmark").into()),
            "sid": self.random.uuid(),
        });
        let told = self.told();
        let key = if untruth == Untruth::IdTokenSignature { &told.keys.nobodys } else { &told.keys.id_token };
        key.signs(&told.keys.id_token.kid, &claims)
    }
}
