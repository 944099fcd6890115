//! A token request: a line for the header `Authorization`, a line for `DPoP`, and the form.

use actix_web::FromRequest;
use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use actix_web::test::TestRequest;
use actix_web::web::Payload;

use super::{Asker, grant, tokens};
use crate::access_token::AccessToken;
use crate::client_request::fuzzing::has_secret;
use crate::fuzzing::World;
use crate::params::Params;

/// Who has no code, no refresh token and no key of ours gets nothing. A client that a secret authenticates gets what its
/// file says, for what it says, and no more.
pub fn token_form(bytes: &[u8]) -> bool {
    let world = World::get();
    let mut lines = bytes.splitn(3, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let (authorization, proof, form) = (line(), line(), line());
    let params = Params::parse(form);
    let stated = Some(authorization).filter(|header| !header.is_empty());
    if stated.is_none() && !params.contains("client_secret") {
        sent(proof, form, world);
        return false;
    }
    // Whether the secret is right takes too long to ask a thousand times: it is taken for right.
    has_secret(stated, &params) && !params.any_repeated() && authenticated(&params, world)
}

fn sent(proof: &[u8], form: &[u8], world: &World) {
    let mut request = TestRequest::post().uri("/oauth2/token");
    request = request.insert_header((CONTENT_TYPE, "application/x-www-form-urlencoded"));
    if let (false, Ok(proof)) = (proof.is_empty(), HeaderValue::from_bytes(proof)) {
        request = request.insert_header(("DPoP", proof));
    }
    let (http, mut payload) = request.set_payload(form.to_vec()).to_http_parts();
    let payload = Payload::from_request(&http, &mut payload).into_inner().expect("a payload is there");
    assert!(http.headers().get(AUTHORIZATION).is_none());
    assert!(world.runs(tokens(&http, payload, &world.provider)).is_err(), "{}", String::from_utf8_lossy(form));
}

fn authenticated(params: &Params, world: &World) -> bool {
    let client = world.confidential();
    let asker = Asker { client: &client, jkt: None };
    let Ok(answer) = world.runs(grant(params, asker, &world.provider, world.now)) else { return false };
    assert_eq!(params.get("grant_type"), Some("client_credentials"));
    assert!(answer.id_token.is_none() && answer.refresh_token.is_none());
    let token = world.runs(AccessToken::read(&answer.access_token, &world.provider, world.now));
    let token = token.expect("the keys are known").expect("it is ours");
    assert!(token.sub == client.id.as_str() && token.grant.is_none());
    let allowed = client.own_scopes.to_string();
    assert!(token.scope.split(' ').all(|scope| allowed.split(' ').any(|own| own == scope)), "{}", token.scope);
    let asked = params.values_of("resource");
    assert!(asked.iter().all(|resource| client.resources.contains(resource) && token.is_for(resource)));
    assert_eq!(asked.is_empty(), token.is_for(world.provider.issuer.as_str()));
    true
}
