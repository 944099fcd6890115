//! `[server]`: what the provider calls itself and where it listens.

use std::net::{IpAddr, SocketAddr};

use serde::Deserialize;
use url::Url;

use super::read::section;

section! {
    pub Server {
        profile: Profile,
        /// The issuer identifier (OpenID Connect Discovery, section 3), and so the address that browsers use.
        issuer: Issuer,
        listen: SocketAddr,
        /// Proxies in front of us whose `X-Request-Id` and `X-Forwarded-For` we believe.
        trusted_proxies: Vec<IpAddr>,
        max_body_bytes: usize,
    }
}

/// What the server is run for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Refuses everything that is only safe while nobody real signs in.
    Production,
    Development,
    Test,
}

/// An `http` or `https` origin: no path, query, fragment or credentials.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Issuer(Url);

impl Issuer {
    pub fn url(&self) -> &Url {
        &self.0
    }

    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }
}

impl std::fmt::Display for Issuer {
    /// Without a slash at the end, as it stands in a token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl TryFrom<String> for Issuer {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let url = Url::parse(&text).map_err(|_| "is not a URL")?;
        let origin = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let bare = url.username().is_empty() && url.password().is_none();
        match url.scheme() {
            "http" | "https" if origin && bare => Ok(Issuer(url)),
            "http" | "https" => Err("should be an origin alone: no path, query, fragment or credentials"),
            _ => Err("should be an http or https URL"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_an_origin_and_nothing_more() {
        let issuer = Issuer::try_from("http://localhost:8000".to_owned()).unwrap();
        assert_eq!(issuer.to_string(), "http://localhost:8000");
        let wrong = [
            "",
            "localhost",
            "ftp://a.example",
            "https://a.example/x",
            "https://a.example/?q",
            "https://u:p@a.example",
        ];
        for text in wrong {
            assert!(Issuer::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
