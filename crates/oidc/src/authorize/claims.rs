//! `claims` (OpenID Connect Core, section 5.5): what the client asks for by name. Most of it is answered later, or left
//! out where there is nothing to tell; two wishes say who may sign in, and how. With a `sub` for the ID token nobody else
//! will do (section 3.1.2.2); an essential `acr` that is not met is a sign-in that failed (section 5.5.1.1).

use identity::account::AccountId;
use identity::claims_request::{Asked as AskedClaim, ClaimsRequest};
use identity::client::Client;
use identity::interaction::AuthenticationMethod;

use super::request::AuthorizationRequest;
use super::{Asked, text};
use crate::error::{ErrorCode, OAuthError};
use crate::{Provider, acr, subject};

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let wrong = "claims is longer than 4096 bytes, or has control characters or bytes that are no UTF-8";
    let Some(sent) = text::optional(asked, "claims", wrong)? else { return Ok(()) };
    let wrong = |_| OAuthError::invalid_request("claims is not JSON in the form of OpenID Connect Core, section 5.5");
    request.claims = ClaimsRequest::parse(&sent).map_err(wrong)?;
    if acr::SUPPORTED.iter().any(|acr| request.takes_acr(acr)) { Ok(()) } else { Err(unmet()) }
}

/// No way of signing in that there is, or none that the person took, is one that the client asked for.
pub(super) fn unmet() -> OAuthError {
    let description = "the person did not prove who they are in a way that claims asks for as essential";
    OAuthError::new(ErrorCode::UnmetAuthenticationRequirements, description)
}

impl AuthorizationRequest {
    /// May it be this person? Whom the client expects, it says by `sub` or by `id_token_hint`.
    pub(super) fn may_be(&self, account: AccountId, client: &Client, provider: &Provider) -> bool {
        let hinted = self.hint.as_ref().is_none_or(|hint| hint.is_of(account, provider));
        let sub = || subject::of(account, client, provider).into();
        hinted && self.in_id_token("sub").is_none_or(|asked| asked.allows(&sub()))
    }

    /// Will this way of proving who one is do?
    pub(super) fn takes(&self, methods: &[AuthenticationMethod]) -> bool {
        self.takes_acr(acr::of(methods))
    }

    fn takes_acr(&self, acr: &str) -> bool {
        let essential = self.in_id_token("acr").filter(|asked| asked.essential);
        essential.is_none_or(|asked| asked.allows(&acr.into()))
    }

    fn in_id_token(&self, name: &str) -> Option<&AskedClaim> {
        self.claims.id_token.by_name.get(name)
    }
}
