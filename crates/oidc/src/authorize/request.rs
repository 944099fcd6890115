//! The authorization request, once every rule has been checked. It is kept with the interaction, in JSON, while the
//! person is on their journey.

use identity::claims_request::ClaimsRequest;
use identity::client::{Client, ClientId, TrnRequirement};
use identity::email::Email;
use identity::errand::Errand;
use identity::interaction::Ask;
use identity::scope::Scopes;
use serde::{Deserialize, Serialize};

use super::prompt::Prompt;
use super::reply::ReplyTo;
use super::response_mode::ResponseMode;
use crate::id_token::IdTokenHint;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AuthorizationRequest {
    pub(super) client_id: ClientId,
    pub(super) reply_to: ReplyTo,
    pub(super) scopes: Scopes,
    pub(super) nonce: Option<String>,
    pub(super) code_challenge: Option<String>,
    pub(super) prompts: Vec<Prompt>,
    /// In seconds.
    pub(super) max_age: Option<u32>,
    pub(super) login_hint: Option<Email>,
    /// Whom `id_token_hint` speaks of.
    /// The thumbprint of the key that the code is bound to (RFC 9449, section 10).
    #[serde(default)]
    pub(super) dpop_jkt: Option<String>,
    /// What the access tokens are meant for (RFC 8707).
    #[serde(default)]
    pub(super) resources: Vec<String>,
    pub(super) hint: Option<IdTokenHint>,
    #[serde(default)]
    pub(super) claims: ClaimsRequest,
    /// The client's own name for its visitor, for the audit trail.
    pub(super) session_id: Option<String>,
}

impl AuthorizationRequest {
    /// Nothing but who asks and where to answer; the steps fill in the rest.
    pub(super) fn new(client: &Client, redirect_uri: String) -> AuthorizationRequest {
        AuthorizationRequest {
            client_id: client.id.clone(),
            reply_to: ReplyTo { redirect_uri, response_mode: ResponseMode::Query, state: None, signed: None },
            scopes: Scopes::default(),
            nonce: None,
            code_challenge: None,
            prompts: Vec::new(),
            max_age: None,
            login_hint: None,
            dpop_jkt: None,
            resources: Vec::new(),
            hint: None,
            claims: ClaimsRequest::default(),
            session_id: None,
        }
    }

    /// Is the person's teaching record wanted? A client that requires one wants it whatever scopes it names.
    pub(super) fn wants_record(&self, client: &Client) -> bool {
        match client.trn {
            TrnRequirement::NotAsked => false,
            TrnRequirement::Optional => self.scopes.want_record(),
            TrnRequirement::Required => true,
        }
    }

    pub(super) fn ask(&self, client: &Client) -> Ask {
        Ask {
            wants_record: self.wants_record(client),
            mobile: client.mobile,
            landing_page: client.landing_page,
            trn: client.trn,
            match_policy: client.match_policy,
            blocks_prohibited: client.blocks_prohibited,
            raises_tickets: client.raises_tickets,
            session: None,
            login_hint: self.login_hint.clone(),
            takes_evidence: false,
            errand: Errand::SignIn,
        }
    }
}
