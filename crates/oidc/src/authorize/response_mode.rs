//! `response_mode` (OAuth 2.0 Multiple Response Type Encoding Practices, section 2.1; Form Post Response Mode): how the
//! answer travels. A code goes in the query unless the client says otherwise.

use serde::{Deserialize, Serialize};

use super::Asked;
use super::request::AuthorizationRequest;
use crate::error::OAuthError;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ResponseMode {
    Query,
    Fragment,
    FormPost,
}

impl ResponseMode {
    pub(crate) const ALL: [ResponseMode; 3] = [ResponseMode::Query, ResponseMode::Fragment, ResponseMode::FormPost];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            ResponseMode::Query => "query",
            ResponseMode::Fragment => "fragment",
            ResponseMode::FormPost => "form_post",
        }
    }
}

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    if let Some(sent) = asked.params.get("response_mode") {
        let known = ResponseMode::ALL.into_iter().find(|mode| mode.as_str() == sent);
        request.reply_to.response_mode =
            known.ok_or_else(|| OAuthError::invalid_request("response_mode is not known"))?;
    }
    Ok(())
}
