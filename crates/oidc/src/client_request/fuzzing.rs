//! How clients say who they are.

use std::sync::Arc;

use actix_web::test::TestRequest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use identity::client::Client;
use url::form_urlencoded::byte_serialize;

use super::{assertion, secret};
use crate::params::Params;
use crate::{Provider, routes};

/// The client that this assertion authenticates.
pub(crate) async fn by_assertion(jwt: &str, provider: &Provider) -> Option<Arc<Client>> {
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    let pairs = [("client_assertion_type", kind), ("client_assertion", jwt)];
    let params = Params::of(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let http = TestRequest::post().uri(routes::TOKEN).to_http_request();
    assertion::authenticate(&http, &params, provider).await.ok()
}

/// Are there an id and a secret? Encoded as they should be, they are read as the same.
pub(crate) fn has_secret(authorization: Option<&[u8]>, params: &Params) -> bool {
    let Ok(found) = secret::credentials(authorization, params) else { return false };
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let both = format!("{}:{}", encoded(&found.client_id), encoded(found.secret.expose()));
    let header = format!("Basic {}", STANDARD.encode(both));
    let again = secret::credentials(Some(header.as_bytes()), &Params::default());
    assert!(again.is_ok_and(|again| again == found), "{found:?}");
    true
}
