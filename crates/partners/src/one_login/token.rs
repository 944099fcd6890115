//! The token request (RFC 6749, section 4.1.3).

use identity::one_login::{NotProved, Remembered};
use identity::secret::Plain;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde::Deserialize;
use url::form_urlencoded;

use super::published::Published;
use super::{OneLoginClient, unavailable};
use crate::http::{Answer, CallError, Repeat};

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

#[derive(Deserialize)]
pub(super) struct Tokens {
    pub id_token: String,
    pub access_token: String,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

impl OneLoginClient {
    pub(super) async fn exchange(
        &self,
        published: &Published,
        code: &Plain,
        remembered: &Remembered,
    ) -> Result<Tokens, NotProved> {
        let endpoint = &published.token_endpoint;
        let (client_id, now) = (&self.settings.client_id, self.clock.now());
        let assertion = self.settings.key.assertion(client_id, endpoint.as_str(), now, &self.random);
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code.expose())
            .append_pair("redirect_uri", self.settings.redirect_uri.as_str())
            .append_pair("code_verifier", &remembered.verifier)
            .append_pair("client_id", client_id)
            .append_pair("client_assertion_type", JWT_BEARER)
            .append_pair("client_assertion", assertion.expose())
            .finish();
        // A code is good for one use: whether the first attempt used it nobody knows.
        let call = self.provider.call("token", Repeat::No, |client| {
            let request = client.post(endpoint.clone()).header(ACCEPT, "application/json");
            request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form.clone())
        });
        let answer = call.await.map_err(unavailable)?;
        if answer.is_success() { answer.json().map_err(unavailable) } else { Err(refused(&answer)) }
    }
}

/// RFC 6749, section 5.2. Only a refused code is the person's to mend; everything else is ours.
fn refused(answer: &Answer) -> NotProved {
    match answer.json::<Refusal>() {
        Ok(Refusal { error }) if error == "invalid_grant" => NotProved::CodeRefused,
        Ok(Refusal { error }) if error == "invalid_client" => unavailable("they do not know us: invalid_client"),
        _ => unavailable(CallError::Failed(answer.status)),
    }
}
