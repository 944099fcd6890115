//! Refresh tokens (RFC 6749, section 1.5): a client that holds one gets new tokens without the person. Each is good for one
//! use and brings the next (RFC 9700, section 4.14.2), so that of a client and a thief the second to come is seen.

use chrono::Duration;

use crate::clock::Time;
use crate::grant::GrantId;
use crate::id::random_id;
use crate::secret::Hashed;

random_id! {
    RefreshTokenId
}

/// An answer may be lost on its way. For so long the token that it answered is taken once more, as long as nobody has used
/// what came of it.
pub const GRACE: Duration = Duration::seconds(30);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    pub id: RefreshTokenId,
    pub token: Hashed,
    pub grant: GrantId,
    /// The one that it was given for; nothing for the first.
    pub parent: Option<RefreshTokenId>,
    pub created_at: Time,
    pub used_at: Option<Time>,
}
