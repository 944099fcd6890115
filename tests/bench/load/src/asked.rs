//! What a client asks with: new for each request, and found again in the answer.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::chance;
use crate::failure::Failure;

/// The request of authorize on both sides of what is new each time.
pub(crate) struct Authorize {
    pub before: String,
    pub after: String,
}

pub(crate) struct Asked {
    state: String,
    pub nonce: String,
    /// Of PKCE (RFC 7636), where the target wants it.
    pub verifier: Option<String>,
}

impl Asked {
    pub(crate) fn new(pkce: bool) -> Asked {
        Asked { state: chance::hex::<16>(), nonce: chance::hex::<16>(), verifier: pkce.then(chance::hex::<32>) }
    }

    /// Writes the request of authorize, without its cookies and the empty line at its end.
    pub(crate) fn write(&self, request: &mut Vec<u8>, authorize: &Authorize) {
        request.clear();
        for part in [&authorize.before, &self.state, "&nonce=", &self.nonce] {
            request.extend_from_slice(part.as_bytes());
        }
        if let Some(verifier) = &self.verifier {
            let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
            request.extend_from_slice(b"&code_challenge_method=S256&code_challenge=");
            request.extend_from_slice(challenge.as_bytes());
        }
        request.extend_from_slice(authorize.after.as_bytes());
    }

    /// The code in the address that the browser is sent back to; as it stands there, which is how a form has it too.
    pub(crate) fn code<'a>(&self, location: &'a str, redirect_uri: &str) -> Result<&'a str, Failure> {
        let query = location.strip_prefix(redirect_uri).and_then(|rest| rest.strip_prefix('?'));
        let query = query.ok_or(Failure::new("authorize: leads elsewhere than to the client"))?;
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        if value("state") != Some(&self.state) {
            return Err(Failure::new("authorize: answers with another state"));
        }
        value("code")
            .ok_or_else(|| Failure::of(format!("authorize: no code but {}", value("error").unwrap_or("nothing"))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACK: &str = "https://client.example/cb";

    #[test]
    fn a_code_counts_only_with_the_state_that_was_sent_and_at_the_address_of_the_client() {
        let asked = Asked::new(false);
        let state = &asked.state;
        assert_eq!(asked.code(&format!("{BACK}?code=a%2Fb&iss=x&state={state}"), BACK), Ok("a%2Fb"));
        for wrong in [
            format!("{BACK}?code=a&state=other"),
            format!("{BACK}?code=a"),
            format!("{BACK}.evil?code=a&state={state}"),
            format!("{BACK}?error=login_required&state={state}"),
        ] {
            assert!(asked.code(&wrong, BACK).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_request_has_a_challenge_where_the_target_wants_one() {
        let authorize = Authorize { before: "GET /a?state=".into(), after: "&z=1 HTTP/1.1\r\n".into() };
        let mut request = Vec::new();
        let plain = Asked::new(false);
        plain.write(&mut request, &authorize);
        let text = String::from_utf8(request.clone()).unwrap();
        assert_eq!(text, format!("GET /a?state={}&nonce={}&z=1 HTTP/1.1\r\n", plain.state, plain.nonce));
        let mut with = Asked::new(true);
        // The example of RFC 7636, appendix B.
        with.verifier = Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".into());
        with.write(&mut request, &authorize);
        let text = String::from_utf8(request).unwrap();
        assert!(text.contains("=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&z=1"), "{text}");
    }
}
