//! `prompt` (OpenID Connect Core, section 3.1.2.1): `none`, no page may be shown, and it stands alone; `login`, the person
//! proves again who they are; `select_account` comes to the same, since whoever signs in names the account. `consent` is
//! accepted and changes nothing: what each service may know is agreed with the services, not asked of people.

use serde::{Deserialize, Serialize};

use super::Asked;
use super::request::AuthorizationRequest;
use crate::error::OAuthError;

pub(crate) const PROMPTS: [&str; 3] = ["none", "login", "select_account"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Prompt {
    None,
    Login,
    SelectAccount,
    Consent,
}

pub(super) fn check(asked: &Asked<'_>, request: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    let words = asked.params.get("prompt").unwrap_or_default();
    let words = words.split(' ').filter(|word| !word.is_empty());
    let prompts: Option<Vec<Prompt>> = words.map(parse).collect();
    let prompts = prompts.ok_or_else(|| OAuthError::invalid_request("prompt holds a word that is not known"))?;
    if prompts.contains(&Prompt::None) && prompts.len() > 1 {
        return Err(OAuthError::invalid_request("prompt none stands alone"));
    }
    request.prompts = prompts;
    Ok(())
}

fn parse(word: &str) -> Option<Prompt> {
    match word {
        "none" => Some(Prompt::None),
        "login" => Some(Prompt::Login),
        "select_account" => Some(Prompt::SelectAccount),
        "consent" => Some(Prompt::Consent),
        _ => None,
    }
}
