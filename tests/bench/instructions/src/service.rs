//! The relying service of clients/counted.toml: what it asks of the provider, without a person.

use actix_web::test::TestRequest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::Url;

use crate::answer::{Answer, text};
use crate::browser::form;
use crate::world::World;

const CLIENT: &str = "counted";
const SECRET: &str = "counted-secret";
const CALLBACK: &str = "http://localhost:8001/callback";
/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// What a code or a refresh token was good for.
pub(crate) struct Tokens {
    pub access: String,
    pub refresh: String,
}

/// Where it sends a person who is to sign in.
pub(crate) fn request() -> String {
    let mut url = Url::parse("http://localhost:8000/oauth2/authorize").expect("it is an address");
    url.query_pairs_mut()
        .append_pair("client_id", CLIENT)
        .append_pair("redirect_uri", CALLBACK)
        .append_pair("response_type", "code")
        .append_pair("scope", "openid profile email trn offline_access")
        .append_pair("state", "a state")
        .append_pair("nonce", "a nonce")
        .append_pair("code_challenge", CHALLENGE)
        .append_pair("code_challenge_method", "S256");
    format!("{}?{}", url.path(), url.query().unwrap_or_default())
}

/// The code with which a person comes back; nothing where the address is none of the service's.
pub(crate) fn code(address: &str) -> Option<String> {
    let query = address.strip_prefix(CALLBACK)?.strip_prefix('?')?;
    let mut answered = url::form_urlencoded::parse(query.as_bytes());
    let code = answered.find(|(name, _)| name == "code").unwrap_or_else(|| panic!("there is no code in {query}"));
    Some(code.1.into_owned())
}

pub(crate) async fn redeems(world: &World, code: String) -> Tokens {
    let fields = [
        ("grant_type", "authorization_code".to_owned()),
        ("code", code),
        ("redirect_uri", CALLBACK.to_owned()),
        ("code_verifier", VERIFIER.to_owned()),
    ];
    tokens(&posts(world, "/oauth2/token", &fields).await)
}

pub(crate) async fn refreshes(world: &World, token: &str) -> Tokens {
    let fields = [("grant_type", "refresh_token".to_owned()), ("refresh_token", token.to_owned())];
    tokens(&posts(world, "/oauth2/token", &fields).await)
}

pub(crate) async fn asks_in_its_own_name(world: &World) {
    let fields = [("grant_type", "client_credentials".to_owned()), ("scope", "user:read".to_owned())];
    text(&posts(world, "/oauth2/token", &fields).await.json(), "access_token");
}

pub(crate) async fn introspects(world: &World, token: &str) {
    posts(world, "/oauth2/introspect", &[("token", token.to_owned())]).await.begins("{\"active\":true,");
}

pub(crate) async fn asks_about_the_person(world: &World, token: &str) {
    let request =
        TestRequest::get().uri("/oauth2/userinfo").insert_header(("authorization", format!("Bearer {token}")));
    world.asks(request).await.begins("{");
}

pub(crate) async fn reads(world: &World, address: &str) {
    world.asks(TestRequest::get().uri(address)).await.begins("{");
}

async fn posts(world: &World, address: &str, fields: &[(&str, String)]) -> Answer {
    let secret = format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{SECRET}")));
    let request = TestRequest::post().uri(address).insert_header(("authorization", secret));
    world.asks(form(request, fields)).await
}

fn tokens(answer: &Answer) -> Tokens {
    let answer = answer.json();
    text(&answer, "id_token");
    Tokens { access: text(&answer, "access_token"), refresh: text(&answer, "refresh_token") }
}
