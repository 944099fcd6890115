//! Services of every setting: what each asks of us, and how it redeems the code that it gets.

use actix_web::test::TestRequest;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;
use tempfile::TempDir;

use crate::world::{VERIFIER, World, authorization_request_for};

/// The name of a setting, its client, and whether it asks about the teaching record.
pub(crate) const SETTINGS: [&str; 6] =
    ["demo-no-trn", "demo-trn-optional", "demo-trn-required", "strict-optional", "strict-required", "blocking"];

/// The three that are not among the sample clients, as files.
pub(crate) fn own_client_files() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (id, more) in [
        ("strict-optional", "trn = \"optional\"\nmatch_policy = \"strict\""),
        ("strict-required", "trn = \"required\"\nmatch_policy = \"strict\""),
        ("blocking", "trn = \"required\"\nblock_prohibited = true"),
    ] {
        let file = format!(
            "client_id = \"{id}\"\nname = \"The {id} service\"\nservice_url = \"http://localhost:8001/\"\n\
             plain_secret = \"{id}-secret\"\nredirect_uris = [\"http://localhost:8001/callback\"]\n\
             scopes = [\"openid\", \"email\", \"trn\"]\n{more}\n"
        );
        std::fs::write(folder.path().join(format!("{id}.toml")), file).unwrap();
    }
    folder
}

/// Where this service sends a person who signs in.
pub(crate) fn request_of(client: &str) -> String {
    let scope = if client == "demo-no-trn" { "openid email" } else { "openid email trn" };
    authorization_request_for(client, scope, &[])
}

impl World {
    /// The claims of the ID token that the service gets for a code.
    pub(crate) async fn redeems(&self, client: &str, code: &str) -> Value {
        let id_token = self.id_token(client, code).await;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(id_token.split('.').nth(1).unwrap()).unwrap()).unwrap()
    }

    pub(crate) async fn id_token(&self, client: &str, code: &str) -> String {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", "http://localhost:8001/callback")
            .append_pair("code_verifier", VERIFIER)
            .finish();
        let secret = format!("Basic {}", STANDARD.encode(format!("{client}:{client}-secret")));
        let request = TestRequest::post()
            .uri("/oauth2/token")
            .insert_header(("authorization", secret))
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .insert_header(("content-length", form.len()))
            .set_payload(form);
        let seen = self.asks(request).await;
        assert_eq!(seen.status, 200, "{}", seen.text);
        let answer: Value = serde_json::from_str(&seen.text).unwrap();
        answer["id_token"].as_str().unwrap().to_owned()
    }
}
