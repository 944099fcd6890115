//! A client's secret (RFC 6749, section 2.3.1): by HTTP Basic or in the form, and never both ways at once.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use identity::secret::Plain;
use url::form_urlencoded;

use super::Failure;
use crate::error::OAuthError;
use crate::params::Params;

/// Who a client says it is.
#[derive(Debug, PartialEq)]
pub(super) struct Credentials {
    pub(super) client_id: String,
    pub(super) secret: Plain,
}

pub(super) fn credentials(authorization: Option<&[u8]>, params: &Params) -> Result<Credentials, Failure> {
    let in_form = params.get("client_id");
    match (authorization, params.contains("client_secret")) {
        (Some(_), true) => Err(OAuthError::invalid_request("the client authenticates in two ways at once").into()),
        (Some(header), false) => {
            let (client_id, secret) = basic(header).ok_or(Failure::UNAUTHENTICATED)?;
            if in_form.is_some_and(|in_form| in_form != client_id) {
                return Err(OAuthError::invalid_request("client_id is not the client that authenticates").into());
            }
            Ok(Credentials { client_id, secret: Plain::new(secret) })
        }
        (None, _) => {
            let client_id = in_form.ok_or(Failure::UNAUTHENTICATED)?.to_owned();
            let secret = params.get("client_secret").ok_or(Failure::UNAUTHENTICATED)?;
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
