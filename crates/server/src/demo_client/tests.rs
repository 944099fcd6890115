//! The demo service in process, without a provider: signing in for real is for the browser tests.

use actix_web::cookie::Cookie;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{App, test, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use identity::random::Random;
use identity::secret::Plain;
use serde_json::{Value, json};

use super::sample_clients::{SAMPLE_CLIENTS, secrets_known_to_all};
use super::sessions::{Attempt, SignedIn};
use super::*;
use crate::config::Profile;

const BROWSER: &str = "a-browser";

/// A demo service whose provider is not there: nothing listens on port 1.
fn demo() -> web::Data<Demo> {
    let base_url = Url::parse("http://localhost:8001").unwrap();
    let provider = Provider::new("http://127.0.0.1:1", &base_url).unwrap();
    web::Data::new(Demo { provider, sessions: Sessions::default(), pages: Pages::new(), random: Random::seeded(1) })
}

async fn visit(demo: &web::Data<Demo>, address: &str) -> ServiceResponse {
    let app = test::init_service(App::new().app_data(demo.clone()).configure(routes::configure)).await;
    let request = test::TestRequest::get().uri(address).cookie(Cookie::new("demo_service", BROWSER));
    test::call_service(&app, request.to_request()).await
}

async fn text(response: ServiceResponse) -> String {
    String::from_utf8(test::read_body(response).await.to_vec()).unwrap()
}

fn attempt(state: &str) -> Attempt {
    let (nonce, pkce_verifier) = ("nonce".to_owned(), "verifier".to_owned());
    Attempt { client: &SAMPLE_CLIENTS[0], state: state.to_owned(), nonce, pkce_verifier }
}

fn signed_in() -> SignedIn {
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = json!({ "sub": "somebody", "trn": "1234567", "email_verified": true });
    let id_token = format!("{}.{}.c2ln", part(json!({ "alg": "RS256", "kid": "a-key" })), part(claims.clone()));
    SignedIn {
        client: &SAMPLE_CLIENTS[0],
        claims: claims.as_object().unwrap().clone(),
        userinfo: json!({ "sub": "somebody", "name": "<b>Bo</b>" }),
        id_token,
        access_token: "opaque".to_owned(),
    }
}

#[actix_web::test]
async fn the_start_page_offers_every_sample_client() {
    let page = text(visit(&demo(), "/").await).await;
    for client in SAMPLE_CLIENTS {
        assert!(page.contains(&format!("href=\"/sign-in?client={}\"", client.id)), "{}", client.id);
    }
}

#[actix_web::test]
async fn in_production_the_secret_of_a_sample_client_is_nobodys() {
    let known: Vec<_> = secrets_known_to_all(Profile::Production);
    assert!(SAMPLE_CLIENTS.iter().all(|client| known.contains(&Plain::new(client.secret))));
    assert!(secrets_known_to_all(Profile::Development).is_empty());
}

#[actix_web::test]
async fn a_client_that_is_not_a_sample_is_not_found() {
    for address in ["/sign-in", "/sign-in?client=register-for-npq"] {
        assert_eq!(visit(&demo(), address).await.status(), StatusCode::NOT_FOUND, "{address}");
    }
}

#[actix_web::test]
async fn a_provider_that_is_away_is_told_and_not_waited_for() {
    let response = visit(&demo(), "/sign-in?client=demo-no-trn").await;
    assert_eq!(response.status(), StatusCode::BAD_GATEWAY);
    assert!(text(response).await.contains("could not be reached"));
}

#[actix_web::test]
async fn the_provider_s_refusal_is_shown_in_its_own_words() {
    let demo = demo();
    demo.sessions.with(BROWSER, |session| session.begin(attempt("mine")));
    let refusal = "/callback?state=mine&error=access_denied&error_description=No+TRN%3Cb%3E";
    let page = text(visit(&demo, refusal).await).await;
    assert!(page.contains("access_denied") && page.contains("No TRN&lt;b&gt;"), "{page}");
}

#[actix_web::test]
async fn an_answer_is_taken_once_and_only_with_its_state() {
    let demo = demo();
    demo.sessions.with(BROWSER, |session| session.begin(attempt("mine")));
    for (address, status) in [
        ("/callback?code=stolen", StatusCode::BAD_REQUEST),
        ("/callback?state=another&code=stolen", StatusCode::BAD_REQUEST),
        ("/callback?state=mine&error=access_denied", StatusCode::OK),
        ("/callback?state=mine&error=access_denied", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(visit(&demo, address).await.status(), status, "{address}");
    }
}

#[actix_web::test]
async fn an_answer_of_another_issuer_is_refused() {
    let demo = demo();
    demo.sessions.with(BROWSER, |session| session.begin(attempt("mine")));
    let response = visit(&demo, "/callback?state=mine&code=c&iss=https%3A%2F%2Fevil.example").await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert!(text(response).await.contains("another issuer"));
}

#[actix_web::test]
async fn every_claim_and_token_of_a_sign_in_is_shown() {
    let demo = demo();
    demo.sessions.with(BROWSER, |session| session.signed_in = Some(signed_in()));
    let page = text(visit(&demo, "/signed-in").await).await;
    for word in ["1234567", "email_verified", "a-key", "&lt;b&gt;Bo", "opaque", "not a JSON Web Token"] {
        assert!(page.contains(word), "{word}");
    }
}

#[actix_web::test]
async fn a_script_reads_what_the_page_shows() {
    let demo = demo();
    assert_eq!(visit(&demo, "/tokens.json").await.status(), StatusCode::NOT_FOUND);
    demo.sessions.with(BROWSER, |session| session.signed_in = Some(signed_in()));
    let tokens: Value = test::read_body_json(visit(&demo, "/tokens.json").await).await;
    assert_eq!(tokens["client"], "demo-trn-optional");
    assert_eq!((&tokens["claims"]["trn"], &tokens["claims"]["email_verified"]), (&json!("1234567"), &json!(true)));
    assert_eq!((&tokens["userinfo"]["sub"], &tokens["access_token"]), (&json!("somebody"), &json!("opaque")));
}

#[actix_web::test]
async fn signing_out_is_confirmed_only_when_the_state_comes_back() {
    let demo = demo();
    demo.sessions.with(BROWSER, |session| session.sign_out_state = Some("sent".to_owned()));
    assert!(text(visit(&demo, "/signed-out?state=forged").await).await.contains("did not bring back"));
    demo.sessions.with(BROWSER, |session| session.sign_out_state = Some("sent".to_owned()));
    assert!(text(visit(&demo, "/signed-out?state=sent").await).await.contains("and at the provider"));
}

#[actix_web::test]
async fn signing_out_without_having_signed_in_leads_to_the_start() {
    let response = visit(&demo(), "/sign-out").await;
    assert_eq!(response.headers().get(LOCATION).unwrap(), "/");
}
