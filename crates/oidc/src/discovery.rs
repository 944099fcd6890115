//! Discovery (OpenID Connect Discovery 1.0, section 3; RFC 8414): what this server can do, and where. It is put together
//! from the lists that the endpoints themselves work by, so that it never tells of what is not there.

use std::sync::OnceLock;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use identity::client::SigningAlgorithm;
use identity::scope::Scope;
use serde::Serialize;

use crate::authorize::{PROMPTS, RESPONSE_MODES, RESPONSE_TYPES};
use crate::client_request::{CLIENT_AUTHENTICATION_METHODS, CONFIDENTIAL_METHODS};
use crate::document::Document;
use crate::subject::SUBJECT_TYPES;
use crate::token::GRANT_TYPES;
use crate::{Provider, acr, claims, client_jwt, introspection, routes};

#[derive(Serialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    pushed_authorization_request_endpoint: String,
    userinfo_endpoint: String,
    revocation_endpoint: String,
    introspection_endpoint: String,
    jwks_uri: String,
    end_session_endpoint: String,
    service_documentation: String,
    backchannel_logout_supported: bool,
    backchannel_logout_session_supported: bool,
    scopes_supported: Vec<&'static str>,
    response_types_supported: Vec<&'static str>,
    response_modes_supported: Vec<&'static str>,
    authorization_signing_alg_values_supported: Vec<&'static str>,
    grant_types_supported: Vec<&'static str>,
    prompt_values_supported: Vec<&'static str>,
    acr_values_supported: [&'static str; 3],
    subject_types_supported: [&'static str; 2],
    id_token_signing_alg_values_supported: Vec<&'static str>,
    userinfo_signing_alg_values_supported: Vec<&'static str>,
    token_endpoint_auth_methods_supported: Vec<&'static str>,
    token_endpoint_auth_signing_alg_values_supported: Vec<String>,
    revocation_endpoint_auth_methods_supported: Vec<&'static str>,
    revocation_endpoint_auth_signing_alg_values_supported: Vec<String>,
    introspection_endpoint_auth_methods_supported: Vec<&'static str>,
    introspection_endpoint_auth_signing_alg_values_supported: Vec<String>,
    introspection_signing_alg_values_supported: Vec<&'static str>,
    dpop_signing_alg_values_supported: Vec<String>,
    claim_types_supported: [&'static str; 1],
    claims_supported: Vec<&'static str>,
    verified_claims_supported: bool,
    trust_frameworks_supported: [&'static str; 1],
    evidence_supported: [&'static str; 1],
    electronic_records_supported: [&'static str; 1],
    claims_in_verified_claims_supported: [&'static str; 6],
    code_challenge_methods_supported: [&'static str; 1],
    authorization_response_iss_parameter_supported: bool,
    claims_parameter_supported: bool,
    request_parameter_supported: bool,
    request_object_signing_alg_values_supported: Vec<String>,
    require_pushed_authorization_requests: bool,
    /// Has to be said: its absence means true.
    request_uri_parameter_supported: bool,
}

impl Metadata {
    fn of(provider: &Provider) -> Metadata {
        let address = |path| provider.issuer.address(path);
        Metadata {
            issuer: provider.issuer.to_string(),
            authorization_endpoint: address(routes::AUTHORIZE),
            token_endpoint: address(routes::TOKEN),
            pushed_authorization_request_endpoint: address(routes::PAR),
            userinfo_endpoint: address(routes::USERINFO),
            revocation_endpoint: address(routes::REVOCATION),
            introspection_endpoint: address(routes::INTROSPECTION),
            jwks_uri: address(routes::JWKS),
            end_session_endpoint: address(routes::END_SESSION),
            scopes_supported: Scope::ALL.into_iter().chain(Scope::OWN).map(Scope::as_str).collect(),
            service_documentation: address(routes::DOCUMENTATION),
            backchannel_logout_supported: true,
            // Our ID tokens and logout tokens have `sid`.
            backchannel_logout_session_supported: true,
            response_types_supported: RESPONSE_TYPES.to_vec(),
            response_modes_supported: RESPONSE_MODES.to_vec(),
            authorization_signing_alg_values_supported: SigningAlgorithm::ALL.map(SigningAlgorithm::as_str).to_vec(),
            grant_types_supported: GRANT_TYPES.to_vec(),
            prompt_values_supported: PROMPTS.to_vec(),
            acr_values_supported: acr::SUPPORTED,
            subject_types_supported: SUBJECT_TYPES,
            id_token_signing_alg_values_supported: SigningAlgorithm::ALL.map(SigningAlgorithm::as_str).to_vec(),
            userinfo_signing_alg_values_supported: SigningAlgorithm::ALL.map(SigningAlgorithm::as_str).to_vec(),
            token_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION_METHODS.to_vec(),
            token_endpoint_auth_signing_alg_values_supported: client_algorithms(),
            revocation_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION_METHODS.to_vec(),
            revocation_endpoint_auth_signing_alg_values_supported: client_algorithms(),
            introspection_endpoint_auth_methods_supported: CONFIDENTIAL_METHODS.to_vec(),
            introspection_endpoint_auth_signing_alg_values_supported: client_algorithms(),
            introspection_signing_alg_values_supported: introspection::SIGNING_ALGORITHMS
                .map(SigningAlgorithm::as_str)
                .to_vec(),
            dpop_signing_alg_values_supported: client_algorithms(),
            claim_types_supported: ["normal"],
            claims_supported: claims::supported(),
            verified_claims_supported: true,
            trust_frameworks_supported: [claims::TRUST_FRAMEWORK],
            evidence_supported: [claims::EVIDENCE],
            electronic_records_supported: [claims::RECORD_TYPE],
            claims_in_verified_claims_supported: claims::IN_VERIFIED_CLAIMS,
            code_challenge_methods_supported: ["S256"],
            authorization_response_iss_parameter_supported: true,
            claims_parameter_supported: true,
            request_parameter_supported: true,
            request_object_signing_alg_values_supported: client_algorithms(),
            require_pushed_authorization_requests: false,
            request_uri_parameter_supported: false,
        }
    }
}

/// What a client may sign with.
fn client_algorithms() -> Vec<String> {
    client_jwt::ALGORITHMS.map(|algorithm| format!("{algorithm:?}")).to_vec()
}

/// The document, which is put together when it is first asked for.
#[derive(Debug, Default)]
pub struct Discovery(OnceLock<Document>);

pub(crate) async fn get(request: HttpRequest, provider: Data<Provider>) -> HttpResponse {
    let document = provider.discovery.0.get_or_init(|| Document::json(&Metadata::of(&provider)));
    document.answer(&request, provider.settings.key_times.cached_for)
}

/// Every address that programs come to, by its name.
pub(crate) fn addresses(provider: &Provider) -> Vec<(String, String)> {
    let metadata = serde_json::to_value(Metadata::of(provider)).unwrap_or_default();
    let told = metadata.as_object().into_iter().flatten().filter_map(|(name, value)| {
        let is_address = name.ends_with("_endpoint") || name == "jwks_uri";
        is_address.then(|| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
    });
    let document = ("openid-configuration".to_owned(), provider.issuer.address(routes::OPENID_CONFIGURATION));
    std::iter::once(document).chain(told).collect()
}
