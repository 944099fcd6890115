//! The answer to an authorization request (RFC 6749, sections 4.1.2 and 4.1.2.1): a code or an error, with the client's
//! `state` as it came and with our `iss` (RFC 9207), so that no client takes another provider's answer for ours.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use chrono::Duration;
use identity::secret::Plain;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::{Url, form_urlencoded};

use super::response_mode::{ResponseMode, Signed};
use crate::Provider;
use crate::error::OAuthError;
use crate::keys::TokenType;
use crate::response::see_other;

/// JARM, section 2.1 recommends ten minutes at most.
const SIGNED_LIFETIME: Duration = Duration::minutes(10);

/// Where answers to a request go, and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ReplyTo {
    /// One that the client registered.
    pub(super) redirect_uri: String,
    pub(super) response_mode: ResponseMode,
    pub(super) state: Option<String>,
    /// Is the answer signed (JARM)?
    #[serde(default)]
    pub(super) signed: Option<Signed>,
}

pub(super) enum Reply {
    Code(Plain),
    Error(OAuthError),
}

impl ReplyTo {
    pub(super) fn send(&self, provider: &Provider, reply: Reply) -> HttpResponse {
        let params = match &self.signed {
            Some(signed) => vec![("response".to_owned(), self.sign(signed, provider, reply))],
            None => self.params(provider, reply),
        };
        match self.response_mode {
            ResponseMode::Query => see_other(&with_query(&self.redirect_uri, &params)),
            ResponseMode::Fragment => see_other(&with_fragment(&self.redirect_uri, &params)),
            ResponseMode::FormPost => provider.pages.form_post(&self.redirect_uri, &params),
        }
    }

    /// JARM, section 2.1: what would have been sent, for the client alone and for a short time.
    fn sign(&self, signed: &Signed, provider: &Provider, reply: Reply) -> String {
        let mut claims: BTreeMap<String, Value> =
            self.params(provider, reply).into_iter().map(|(name, value)| (name, value.into())).collect();
        let now = provider.clock.now();
        claims.insert("aud".into(), signed.audience.as_str().into());
        claims.insert("iat".into(), now.timestamp().into());
        claims.insert("exp".into(), (now + SIGNED_LIFETIME).timestamp().into());
        provider.keys.sign(signed.algorithm, TokenType::AuthorizationResponse, &claims)
    }

    fn params(&self, provider: &Provider, reply: Reply) -> Vec<(String, String)> {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut params = match reply {
            Reply::Code(code) => vec![pair("code", code.expose())],
            Reply::Error(OAuthError { error, description }) => {
                vec![pair("error", error.as_str()), pair("error_description", description)]
            }
        };
        params.extend(self.state.iter().map(|state| pair("state", state)));
        params.push(pair("iss", provider.issuer.as_str()));
        params
    }
}

/// Adds to a query that the address may have already (RFC 6749, section 3.1.2).
pub(crate) fn with_query(address: &str, params: &[(String, String)]) -> String {
    match Url::parse(address) {
        Ok(mut url) => {
            url.query_pairs_mut().extend_pairs(params);
            url.into()
        }
        // Clients' files are read with their addresses checked, so this is one that no browser would follow anyway.
        Err(_) => address.into(),
    }
}

fn with_fragment(address: &str, params: &[(String, String)]) -> String {
    let fragment = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    format!("{address}#{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_added_to_the_query_that_is_there() {
        let params = [("state".to_owned(), "a b&c=~é".to_owned())];
        assert_eq!(
            with_query("https://a.example/cb?x=1", &params),
            "https://a.example/cb?x=1&state=a+b%26c%3D%7E%C3%A9"
        );
        assert_eq!(with_query("https://a.example/cb", &params), "https://a.example/cb?state=a+b%26c%3D%7E%C3%A9");
        assert_eq!(with_fragment("https://a.example/cb", &params), "https://a.example/cb#state=a+b%26c%3D%7E%C3%A9");
    }
}
