//! Userinfo, with the identity where it was asked for.

use actix_web::http::StatusCode;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;
use identity::clock::Time;
use serde_json::{Value, json};

use super::published::{controller, issuer};
use super::{Inside, Issued, Switch, TOKEN_LIFETIME, Untruth, refusal};

const CORE_IDENTITY: &str = "https://vocab.account.gov.uk/v1/coreIdentityJWT";

pub(super) async fn tell(inside: Data<Inside>, switch: Data<Switch>, request: HttpRequest) -> HttpResponse {
    let bearer = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let now = inside.clock.now();
    let issued = bearer.and_then(|token| inside.told().tokens.get(token).cloned());
    let Some(issued) = issued.filter(|issued| now - issued.at < TOKEN_LIFETIME) else {
        return refusal(StatusCode::UNAUTHORIZED, "invalid_token", "the access token is old or another's");
    };
    let untruth = inside.untruth(&switch);
    let person = &issued.person;
    let sub = if untruth == Untruth::Subject { "urn:fdc:gov.uk:2022:another" } else { &person.subject };
    let mut told = json!({
        "sub": sub,
        "email": person.email,
        "email_verified": untruth != Untruth::UnverifiedEmail,
    });
    if issued.asked.wants_identity() && untruth != Untruth::NoIdentity {
        told[CORE_IDENTITY] = inside.core_identity(&issued, &request, untruth, now).into();
    }
    HttpResponse::Ok().json(told)
}

impl Inside {
    fn core_identity(&self, issued: &Issued, request: &HttpRequest, untruth: Untruth, now: Time) -> String {
        let lie = |about: Untruth, lie: &str, truth: &str| Value::from(if untruth == about { lie } else { truth });
        let (issuer, controller, person) = (issuer(request), controller(request), &issued.person);
        let lifetime = if untruth == Untruth::IdentityExpired { -Duration::hours(1) } else { Duration::minutes(30) };
        let claims = json!({
            "sub": lie(Untruth::IdentitySubject, "urn:fdc:gov.uk:2022:another", &person.subject),
            "iss": issuer,
            "aud": lie(Untruth::IdentityAudience, "another-client", &issued.asked.client_id),
            "nbf": now.timestamp(),
            "iat": now.timestamp(),
            "exp": (now + lifetime).timestamp(),
            "vot": lie(Untruth::IdentityVot, "P1", "P2"),
            "vtm": format!("{issuer}trustmark"),
            "vc": {
                "type": ["VerifiableCredential", "IdentityCheckCredential"],
                "credentialSubject": person.credential(),
            },
        });
        let told = self.told();
        let key = if untruth == Untruth::IdentitySignature { &told.keys.nobodys } else { &told.keys.identity };
        key.signs(&format!("{controller}#{}", told.keys.identity.kid), &claims)
    }
}
