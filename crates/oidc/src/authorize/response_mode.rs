//! `response_mode` (OAuth 2.0 Multiple Response Type Encoding Practices, section 2.1; Form Post Response Mode; JARM, section
//! 2.3): how the answer travels, and whether it is signed. A code goes in the query unless the client says otherwise.

use identity::client::{Client, ClientId, SigningAlgorithm};
use serde::{Deserialize, Serialize};

use super::Asked;
use super::reply::ReplyTo;
use super::request::AuthorizationRequest;
use crate::error::OAuthError;
use crate::params::Params;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ResponseMode {
    Query,
    Fragment,
    FormPost,
}

/// To whom a signed answer is addressed, and what signs it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Signed {
    pub(super) audience: ClientId,
    pub(super) algorithm: SigningAlgorithm,
}

/// By their names on the wire, and whether they are signed.
const MODES: [(&str, ResponseMode, bool); 7] = [
    ("query", ResponseMode::Query, false),
    ("fragment", ResponseMode::Fragment, false),
    ("form_post", ResponseMode::FormPost, false),
    // JARM, section 2.3.4: the way that the response type has by itself.
    ("jwt", ResponseMode::Query, true),
    ("query.jwt", ResponseMode::Query, true),
    ("fragment.jwt", ResponseMode::Fragment, true),
    ("form_post.jwt", ResponseMode::FormPost, true),
];

pub(crate) const RESPONSE_MODES: [&str; MODES.len()] = {
    let mut names = [""; MODES.len()];
    let mut at = 0;
    while at < MODES.len() {
        names[at] = MODES[at].0;
        at += 1;
    }
    names
};

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    choose(asked.params, asked.client, &mut request.reply_to)
}

pub(super) fn choose(params: &Params, client: &Client, reply_to: &mut ReplyTo) -> Result<(), OAuthError> {
    let Some(sent) = params.get("response_mode") else { return Ok(()) };
    let known = MODES.into_iter().find(|(name, ..)| *name == sent);
    let (_, mode, signed) = known.ok_or_else(|| OAuthError::invalid_request("response_mode is not known"))?;
    reply_to.response_mode = mode;
    let algorithm = client.authorization_signed_response_alg;
    reply_to.signed = signed.then(|| Signed { audience: client.id.clone(), algorithm });
    Ok(())
}
