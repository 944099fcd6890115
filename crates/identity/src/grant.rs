//! A grant: what one authorization_code stands for, before and after it was redeemed.

use crate::account::AccountId;
use crate::browser_session::SessionId;
use crate::claims_request::ClaimsRequest;
use crate::client::ClientId;
use crate::clock::Time;
use crate::id::random_id;
use crate::scope::Scopes;
use crate::secret::Hashed;

random_id! {
    GrantId
}

#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    pub id: GrantId,
    /// The keyed hash of the authorization_code (RFC 6749, section 4.1.2).
    pub code: Hashed,
    pub client_id: ClientId,
    pub account: AccountId,
    pub session: SessionId,
    pub redirect_uri: String,
    pub scopes: Scopes,
    pub nonce: Option<String>,
    /// What the client asked for by name.
    pub claims: ClaimsRequest,
    /// The S256 challenge (RFC 7636, section 4.2), when the request had one.
    pub code_challenge: Option<String>,
    /// The thumbprint (RFC 7638) of the key that has to be proved with what the grant brings (RFC 9449, section 10).
    pub dpop_jkt: Option<String>,
    /// What the access tokens are meant for (RFC 8707); nothing where that is this server.
    pub resources: Vec<String>,
    /// When and how the person proved who they are, as of this request.
    pub authenticated_at: Time,
    pub methods: Vec<crate::interaction::AuthenticationMethod>,
    pub created_at: Time,
    pub code_expires_at: Time,
    pub redeemed_at: Option<Time>,
    /// From then on nothing that was issued from it works any more.
    pub revoked_at: Option<Time>,
}
