//! `grant_type=client_credentials` (RFC 6749, section 4.4): an access token in the client's own name, for what its file says
//! that it may do. There is no person in it, and so no ID token and nothing to refresh.

use identity::client::Client;
use identity::clock::Time;
use identity::scope::Scopes;

use super::{TokenResponse, resource};
use crate::Provider;
use crate::access_token::{AccessToken, Terms};
use crate::client_request::Failure;
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;

pub(super) const GRANT_TYPE: &str = "client_credentials";

pub(super) fn issue(
    params: &Params,
    client: &Client,
    jkt: Option<String>,
    provider: &Provider,
    now: Time,
) -> Result<TokenResponse, Failure> {
    if client.is_public() || client.own_scopes == Scopes::default() {
        let description = "this client may not have tokens in its own name";
        return Err(OAuthError::new(ErrorCode::UnauthorizedClient, description).into());
    }
    let scopes = scopes(params, client)?;
    let resources = resource::asked(params, &client.resources)?;
    // Without a resource the token is for this server: it is not for all that the client may name.
    let resources = if params.contains("resource") { resources } else { Vec::new() };
    let token = AccessToken::own(client, Terms { scopes: &scopes, jkt, resources }, provider, now);
    Ok(TokenResponse::own(&token, provider))
}

/// Section 4.4.2: all that the client may do, unless it asks for less.
fn scopes(params: &Params, client: &Client) -> Result<Scopes, Failure> {
    let Some(asked) = params.get("scope") else { return Ok(client.own_scopes.clone()) };
    let invalid =
        || OAuthError::new(ErrorCode::InvalidScope, "scope holds one that this client may not have for itself");
    let scopes = Scopes::parse(asked).map_err(|_| invalid())?;
    if scopes.is_subset(&client.own_scopes) { Ok(scopes) } else { Err(invalid().into()) }
}
