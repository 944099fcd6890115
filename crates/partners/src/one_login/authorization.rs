//! The authorization request (OpenID Connect Core, section 3.1.2.1; PKCE: RFC 7636).

use identity::one_login::{Level, Remembered};
use openidconnect::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::json;
use url::Url;

use super::Settings;
use super::published::Published;
use super::userinfo::CORE_IDENTITY;

pub(super) fn request(published: &Published, settings: &Settings, remembered: &Remembered) -> Url {
    let verifier = PkceCodeVerifier::new(remembered.verifier.clone());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    let vtr = json!([remembered.level.as_str()]).to_string();
    let mut url = published.authorization_endpoint.clone();
    let mut pairs = url.query_pairs_mut();
    pairs.append_pair("response_type", "code");
    pairs.append_pair("scope", "openid email");
    pairs.append_pair("client_id", &settings.client_id);
    pairs.append_pair("redirect_uri", settings.redirect_uri.as_str());
    pairs.append_pair("state", &remembered.state);
    pairs.append_pair("nonce", &remembered.nonce);
    pairs.append_pair("code_challenge", challenge.as_str());
    pairs.append_pair("code_challenge_method", "S256");
    pairs.append_pair("vtr", &vtr);
    // All our pages are in English.
    pairs.append_pair("ui_locales", "en");
    if remembered.level == Level::Identity {
        pairs.append_pair("claims", &json!({ "userinfo": { CORE_IDENTITY: null } }).to_string());
    }
    drop(pairs);
    url
}
