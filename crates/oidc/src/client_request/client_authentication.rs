//! Client authentication (RFC 6749, section 2.3.1): the secret by HTTP Basic or in the form, and never both ways at once.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{self, Data};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use identity::client::{Client, ClientId};
use identity::secret::Plain;
use url::form_urlencoded;

use super::Failure;
use crate::Provider;
use crate::error::OAuthError;
use crate::params::Params;

pub(crate) const METHODS: [&str; 2] = ["client_secret_basic", "client_secret_post"];

/// Who a client says it is.
#[derive(Debug, PartialEq)]
struct Credentials {
    client_id: String,
    secret: Plain,
}

pub(super) async fn authenticate(
    http: &HttpRequest,
    params: &Params,
    provider: &Data<Provider>,
) -> Result<Arc<Client>, Failure> {
    let authorization = http.headers().get(AUTHORIZATION).map(|value| value.as_bytes());
    let Credentials { client_id, secret } = credentials(authorization, params)?;
    let client = ClientId::parse(&client_id).ok().and_then(|id| provider.clients.find(&id));
    let (verifier, asked) = (provider.clone(), client.clone());
    // An argon2id takes milliseconds of a core, which is too long for a thread that serves many requests in turns.
    let verified = web::block(move || verifier.secrets.verify(asked.as_deref(), &secret)).await;
    let verified = verified.map_err(|error| Failure::Unavailable(Box::new(error)))?;
    client.filter(|_| verified).ok_or(Failure::Unauthenticated)
}

fn credentials(authorization: Option<&[u8]>, params: &Params) -> Result<Credentials, Failure> {
    let in_form = params.get("client_id");
    match (authorization, params.contains("client_secret")) {
        (Some(_), true) => Err(OAuthError::invalid_request("the client authenticates in two ways at once").into()),
        (Some(header), false) => {
            let (client_id, secret) = basic(header).ok_or(Failure::Unauthenticated)?;
            if in_form.is_some_and(|in_form| in_form != client_id) {
                return Err(OAuthError::invalid_request("client_id is not the client that authenticates").into());
            }
            Ok(Credentials { client_id, secret: Plain::new(secret) })
        }
        (None, _) => {
            let client_id = in_form.ok_or(Failure::Unauthenticated)?.to_owned();
            let secret = params.get("client_secret").ok_or(Failure::Unauthenticated)?;
            Ok(Credentials { client_id, secret: Plain::new(secret) })
        }
    }
}

/// RFC 7617, with both halves form-encoded before they are put together.
fn basic(header: &[u8]) -> Option<(String, String)> {
    let (scheme, encoded) = std::str::from_utf8(header).ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (client_id, secret) = decoded.split_once(':')?;
    Some((form_decoded(client_id), form_decoded(secret)))
}

fn form_decoded(text: &str) -> String {
    // As the one value of a form. A bare `&` or `=` of a client that forgot to encode is part of it.
    let one = text.replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(one.as_bytes()).next().map(|(value, _)| value.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(credentials: &str) -> String {
        format!("Basic {}", STANDARD.encode(credentials))
    }

    #[test]
    fn both_halves_of_basic_are_form_decoded() {
        let header = header("a-service:p%40ss+w%3Ard%25");
        assert_eq!(basic(header.as_bytes()), Some(("a-service".into(), "p@ss w:rd%".into())));
    }

    #[test]
    fn a_secret_may_hold_colons_and_what_a_form_would_split_at() {
        assert_eq!(basic(header("id:a:b&c=d").as_bytes()), Some(("id".into(), "a:b&c=d".into())));
        assert_eq!(basic(header("id:").as_bytes()), Some(("id".into(), String::new())));
    }

    #[test]
    fn what_is_not_basic_is_no_credentials() {
        for header in ["Basic", "Basic !", "Bearer abc", "", &header("no colon")] {
            assert_eq!(basic(header.as_bytes()), None, "{header}");
        }
        assert_eq!(basic(&[0xff, b' ', 0xff]), None);
    }
}
