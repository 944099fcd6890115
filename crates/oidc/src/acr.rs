//! How well a person proved who they are: the claim `acr` (OpenID Connect Core, section 2; OpenID Connect Extended
//! Authentication Profile ACR Values 1.0, section 2).

use identity::interaction::AuthenticationMethod;

/// A one-time code: one factor, which a false page could ask for and pass on.
const ONE_TIME_CODE: &str = "urn:get-an-identity:acr:one-time-code";
/// Phishing-resistant: a passkey answers our own pages and no others. Not `phrh`, since we do not ask what keeps the key.
const PHISHING_RESISTANT: &str = "phr";

pub(crate) const SUPPORTED: [&str; 2] = [ONE_TIME_CODE, PHISHING_RESISTANT];

pub(crate) fn of(methods: &[AuthenticationMethod]) -> &'static str {
    if methods.contains(&AuthenticationMethod::Pop) { PHISHING_RESISTANT } else { ONE_TIME_CODE }
}
