//! The issuer: the one name by which every token, response and client knows this provider.

use std::fmt;

use url::Url;

/// The issuer identifier (OpenID Connect Discovery 1.0, section 3): scheme, host and perhaps a port, nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    text: String,
    https: bool,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("an issuer is https://host or http://host, perhaps with a port, and without path, query or user")]
pub struct NotAnIssuer;

impl Issuer {
    /// Clients compare the issuer character by character, so it is kept without the slash that a URL type adds.
    pub fn new(url: &Url) -> Result<Issuer, NotAnIssuer> {
        let web = matches!(url.scheme(), "http" | "https") && url.has_host();
        let text = url.origin().ascii_serialization();
        if web && url.as_str() == format!("{text}/") {
            Ok(Issuer { text, https: url.scheme() == "https" })
        } else {
            Err(NotAnIssuer)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Is it served over https, so that cookies can be kept to it?
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// The absolute address of one of our paths.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.text)
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issuer(text: &str) -> Result<String, NotAnIssuer> {
        Issuer::new(&Url::parse(text).unwrap()).map(|issuer| issuer.to_string())
    }

    #[test]
    fn an_issuer_has_no_slash_at_its_end() {
        assert_eq!(issuer("http://localhost:8000/").as_deref(), Ok("http://localhost:8000"));
        assert_eq!(issuer("https://identity.example").as_deref(), Ok("https://identity.example"));
    }

    #[test]
    fn an_issuer_is_nothing_but_scheme_host_and_port() {
        for text in
            ["https://a.example/path", "https://a.example/?q", "https://me@a.example/", "ftp://a.example/", "data:x"]
        {
            assert_eq!(issuer(text), Err(NotAnIssuer), "{text}");
        }
    }
}
