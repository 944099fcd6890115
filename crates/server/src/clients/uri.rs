//! The addresses in a client's file, and in a webhook's.

use url::{Host, Url};

use crate::config::Profile;

/// Checks an address that we send browsers to: absolute (RFC 6749, section 3.1.2), without a fragment or credentials, and
/// in production over TLS unless it never leaves the machine (RFC 8252, section 7.3).
pub(crate) fn check(text: &str, profile: Profile) -> Result<Url, &'static str> {
    // The parser would quietly drop or encode these, and addresses are compared as written.
    if text.chars().any(|c| !c.is_ascii_graphic()) {
        return Err("should have no spaces and only ASCII characters");
    }
    let url = Url::parse(text).map_err(|_| "is not an absolute URL")?;
    if !["https", "http"].contains(&url.scheme()) {
        return Err("should be an http or https URL");
    }
    if text.contains('#') {
        return Err("should have no fragment");
    }
    if text.contains('*') {
        return Err("should have no wildcard: addresses are compared as written");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("should have no user name or password");
    }
    if url.scheme() == "http" && profile == Profile::Production && !is_loopback(&url) {
        return Err("should be https in production");
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_absolute_web_addresses_are_taken() {
        for text in ["https://a.example/cb", "http://localhost:8001/callback", "https://a.example/cb?keep=this"] {
            assert!(check(text, Profile::Production).is_ok(), "{text}");
        }
        let wrong = [
            "",
            "/callback",
            "a.example/cb",
            "https://",
            "https://a.example/#x",
            "https://a.example/#",
            "javascript:alert(1)",
            "https://*.a.example/",
            "https://a:b@a.example/",
            "https://a.example/ x",
            "https://a.example/\n",
            "ftp://a.example/",
        ];
        for text in wrong {
            assert!(check(text, Profile::Development).is_err(), "{text:?}");
        }
    }

    #[test]
    fn plain_http_stays_on_the_machine_in_production() {
        for text in ["http://127.0.0.1/cb", "http://[::1]:8001/cb", "http://localhost/cb"] {
            assert!(check(text, Profile::Production).is_ok(), "{text}");
        }
        for text in ["http://a.example/cb", "http://10.0.0.1/cb", "http://localhost.a.example/cb"] {
            assert!(check(text, Profile::Production).is_err(), "{text}");
            assert!(check(text, Profile::Development).is_ok(), "{text}");
        }
    }
}
