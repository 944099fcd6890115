//! A browser session: this browser's person, for single sign-on between services.

use crate::account::AccountId;
use crate::clock::Time;
use crate::device::Device;
use crate::id::random_id;
use crate::interaction::AuthenticationMethod;
use crate::secret::Hashed;

random_id! {
    /// The claim `sid` (OpenID Connect Back-Channel Logout 1.0, section 2.1).
    SessionId
}

#[derive(Clone, Debug, PartialEq)]
pub struct BrowserSession {
    pub id: SessionId,
    /// The keyed hash of the cookie.
    pub token: Hashed,
    pub account: AccountId,
    /// When the person last proved who they are: the claim `auth_time`. Using the session does not change it.
    pub authenticated_at: Time,
    pub methods: Vec<AuthenticationMethod>,
    pub expires_at: Time,
    pub ended_at: Option<Time>,
    /// What kind of browser it is, for its person to know it by. None: it did not say, or we do not know it.
    pub device: Option<Device>,
}
