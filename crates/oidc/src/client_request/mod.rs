//! A request of a client's program to an endpoint of its own: a form, read once, from a client that proves who it is.

mod assertion;
mod client_authentication;
mod failure;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
mod secret;

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::web::{Data, Payload};
use identity::client::Client;

use crate::error::OAuthError;
use crate::params::Params;
use crate::{Provider, body};

pub(crate) use client_authentication::{CONFIDENTIAL_METHODS, METHODS as CLIENT_AUTHENTICATION_METHODS};
pub(crate) use failure::Failure;

/// Every parameter stands in the form once (RFC 6749, section 3.2).
pub(crate) async fn read(
    http: &HttpRequest,
    payload: Payload,
    provider: &Data<Provider>,
) -> Result<(Params, Arc<Client>), Failure> {
    let params = body::form(http, payload).await?;
    if params.any_repeated() {
        return Err(OAuthError::invalid_request("a parameter was sent more than once").into());
    }
    let client = client_authentication::authenticate(http, &params, provider).await?;
    Ok((params, client))
}
