//! How well a person proved who they are: the claim `acr` (OpenID Connect Core, section 2; OpenID Connect Extended
//! Authentication Profile ACR Values 1.0, section 2).

use identity::interaction::AuthenticationMethod;

/// A one-time code: one factor, which a false page could ask for and pass on.
const ONE_TIME_CODE: &str = "urn:get-an-identity:acr:one-time-code";
/// Phishing-resistant: a passkey answers our own pages and no others. Not `phrh`, since we do not ask what keeps the key.
const PHISHING_RESISTANT: &str = "phr";

/// GOV.UK One Login vouches for two factors.
const ONE_LOGIN: &str = "urn:get-an-identity:acr:gov-uk-one-login";

pub(crate) const SUPPORTED: [&str; 3] = [ONE_TIME_CODE, PHISHING_RESISTANT, ONE_LOGIN];

pub(crate) fn of(methods: &[AuthenticationMethod]) -> &'static str {
    let has = |method| methods.contains(&method);
    match () {
        () if has(AuthenticationMethod::Pop) => PHISHING_RESISTANT,
        () if has(AuthenticationMethod::Mfa) => ONE_LOGIN,
        () => ONE_TIME_CODE,
    }
}
