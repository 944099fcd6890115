//! `code_challenge` (RFC 7636; RFC 9700, section 2.1.1): the hash of a secret that only who redeems the code will know.
//! S256 is the one method. A client has to send it unless its file says that it need not.

use aws_lc_rs::constant_time;

use super::Asked;
use super::request::AuthorizationRequest;
use crate::error::OAuthError;
use crate::sha256;

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let method = asked.params.get("code_challenge_method");
    request.code_challenge = match asked.params.get("code_challenge") {
        // Section 4.3: without a method the challenge would be the secret itself.
        Some(_) if method != Some("S256") => {
            return Err(OAuthError::invalid_request("code_challenge_method has to be S256"));
        }
        Some(challenge) if !sha256::is_one(challenge) => {
            return Err(OAuthError::invalid_request("code_challenge is not a SHA-256 in base64url"));
        }
        Some(challenge) => Some(challenge.into()),
        None if method.is_some() => return Err(OAuthError::invalid_request("code_challenge is missing")),
        None if asked.client.pkce_required => return Err(OAuthError::invalid_request("code_challenge is required")),
        None => None,
    };
    Ok(())
}

/// Does the verifier belong to the challenge (section 4.6)? Compared in a time that does not tell where they differ.
pub(crate) fn matches(verifier: &str, challenge: &str) -> bool {
    let hash = sha256::of(verifier.as_bytes());
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let well_formed = (43..=128).contains(&verifier.len()) && verifier.bytes().all(unreserved);
    constant_time::verify_slices_are_equal(hash.as_bytes(), challenge.as_bytes()).is_ok() && well_formed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_rfc_matches() {
        // RFC 7636, appendix B.
        let (verifier, challenge) =
            ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(matches(verifier, challenge) && sha256::is_one(challenge));
        assert!(!matches(&verifier.replace('d', "e"), challenge));
    }

    #[test]
    fn a_verifier_is_43_to_128_unreserved_characters() {
        let challenge = |verifier: &str| sha256::of(verifier.as_bytes());
        let whole_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
        assert!(matches(whole_alphabet, &challenge(whole_alphabet)));
        for verifier in ["a".repeat(42), "a".repeat(129), format!("{} ", "a".repeat(50)), "é".repeat(30)] {
            assert!(!matches(&verifier, &challenge(&verifier)), "{verifier}");
        }
    }
}
