//! The page on which somebody says who they are, or that they do not want to.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::{Url, form_urlencoded};

use super::page;
use super::published::issuer;
use super::{Inside, Issued, Person, Untruth, refusal};

/// An authorization request, as far as anything of it is used later.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub client_id: String,
    pub redirect_uri: String,
    pub response_type: String,
    pub scope: String,
    pub state: String,
    pub nonce: String,
    pub code_challenge: String,
    pub code_challenge_method: String,
    pub vtr: String,
    pub claims: String,
}

impl Asked {
    fn read(pairs: &[(String, String)]) -> Asked {
        let get =
            |name: &str| pairs.iter().find(|(own, _)| own == name).map_or(String::new(), |(_, value)| value.clone());
        Asked {
            client_id: get("client_id"),
            redirect_uri: get("redirect_uri"),
            response_type: get("response_type"),
            scope: get("scope"),
            state: get("state"),
            nonce: get("nonce"),
            code_challenge: get("code_challenge"),
            code_challenge_method: get("code_challenge_method"),
            vtr: get("vtr"),
            claims: get("claims"),
        }
    }

    /// Is an identity asked for, and may it be told?
    pub(super) fn wants_identity(&self) -> bool {
        self.vtr.contains("P2") && self.claims.contains("coreIdentityJWT")
    }

    /// What the real one would refuse.
    fn fault(&self, inside: &Inside) -> Option<&'static str> {
        let vtr: Option<Vec<String>> = serde_json::from_str(&self.vtr).ok();
        let claims_fit = self.claims.is_empty() || serde_json::from_str::<Value>(&self.claims).is_ok();
        let checks = [
            (self.client_id == inside.registration.client_id, "client_id"),
            (Url::parse(&self.redirect_uri).is_ok(), "redirect_uri"),
            (self.response_type == "code", "response_type"),
            (self.scope.split(' ').any(|scope| scope == "openid"), "scope"),
            (!self.state.is_empty(), "state"),
            (!self.nonce.is_empty(), "nonce"),
            (self.code_challenge.len() == 43 && self.code_challenge_method == "S256", "code_challenge"),
            (vtr.is_some_and(|vtr| vtr.iter().all(|vector| vector.contains("Cl.Cm"))), "vtr"),
            (claims_fit, "claims"),
        ];
        checks.into_iter().find(|(fits, _)| !fits).map(|(_, name)| name)
    }
}

pub(super) async fn show(inside: Data<Inside>, request: HttpRequest) -> HttpResponse {
    let pairs = read(request.query_string().as_bytes());
    let asked = Asked::read(&pairs);
    if let Some(name) = asked.fault(&inside) {
        return refusal(StatusCode::BAD_REQUEST, "invalid_request", name);
    }
    if let Ok(url) = Url::parse(&format!("{}authorize?{}", issuer(&request), request.query_string())) {
        inside.told().asked.push(url);
    }
    let html = page::draw(request.query_string(), &inside.registration.people, asked.wants_identity());
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html)
}

/// The form, whose fields are those of a person, `untruth`, and `decline` where that button was pressed. The request stands
/// in the address still.
pub(super) async fn submit(inside: Data<Inside>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let asked = Asked::read(&read(request.query_string().as_bytes()));
    if let Some(name) = asked.fault(&inside) {
        return refusal(StatusCode::BAD_REQUEST, "invalid_request", name);
    }
    let fields = read(&body);
    let get = |name: &str| fields.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str());
    let mut back = Url::parse(&asked.redirect_uri).expect("it was checked a moment ago");
    if !get("decline").is_empty() {
        back.query_pairs_mut()
            .append_pair("error", "access_denied")
            .append_pair("error_description", "Access denied by resource owner or authorization server")
            .append_pair("state", &asked.state);
        return see_other(&back);
    }
    let person = Person {
        subject: get("subject").into(),
        email: get("email").into(),
        given_names: get("given_names").into(),
        family_name: get("family_name").into(),
        previous_family_name: get("previous_family_name").into(),
        date_of_birth: get("date_of_birth").into(),
    };
    let code = inside.random.token().expose().to_owned();
    back.query_pairs_mut().append_pair("code", &code).append_pair("state", &asked.state);
    let mut told = inside.told();
    if !get("untruth").is_empty() {
        told.untruth = Untruth::named(get("untruth"));
    }
    told.codes.insert(code, Issued { person, asked, at: inside.clock.now() });
    see_other(&back)
}

fn read(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).into_owned().collect()
}

fn see_other(to: &Url) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, to.as_str())).finish()
}
