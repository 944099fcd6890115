//! What the simulator says that is not so.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Untruth {
    #[default]
    None,
    /// Of the ID token: signed by somebody else.
    IdTokenSignature,
    /// Less was proved than was asked for.
    Vot,
    Vtm,
    Expired,
    Nonce,
    Audience,
    Issuer,
    /// Userinfo is about somebody else.
    Subject,
    /// Userinfo has an address that nobody confirmed.
    UnverifiedEmail,
    /// Of the identity: signed by somebody else.
    IdentitySignature,
    IdentityExpired,
    IdentityVot,
    IdentityAudience,
    IdentitySubject,
    /// There is none, although it was asked for.
    NoIdentity,
}

impl Untruth {
    /// Each with what the page calls it.
    pub(super) const ALL: [(Untruth, &'static str, &'static str); 16] = [
        (Untruth::None, "none", "Nothing: all is true"),
        (Untruth::IdTokenSignature, "id-token-signature", "ID token signed with a key that is not published"),
        (Untruth::Vot, "vot", "Less was proved than was asked for (vot)"),
        (Untruth::Vtm, "vtm", "Another trustmark (vtm)"),
        (Untruth::Expired, "expired", "ID token expired"),
        (Untruth::Nonce, "nonce", "Another nonce"),
        (Untruth::Audience, "audience", "ID token for another client"),
        (Untruth::Issuer, "issuer", "ID token of another issuer"),
        (Untruth::Subject, "subject", "Another subject in userinfo"),
        (Untruth::UnverifiedEmail, "unverified-email", "Email address not verified"),
        (Untruth::IdentitySignature, "identity-signature", "Identity signed with a key that is not published"),
        (Untruth::IdentityExpired, "identity-expired", "Identity expired"),
        (Untruth::IdentityVot, "identity-vot", "Identity proved less well than was asked for"),
        (Untruth::IdentityAudience, "identity-audience", "Identity for another client"),
        (Untruth::IdentitySubject, "identity-subject", "Identity of another subject"),
        (Untruth::NoIdentity, "no-identity", "No identity"),
    ];

    pub(super) fn named(name: &str) -> Untruth {
        let found = Untruth::ALL.into_iter().find(|(_, own, _)| *own == name);
        found.map_or(Untruth::None, |(untruth, ..)| untruth)
    }
}
