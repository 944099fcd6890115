//! Scopes: what a relying service may ask for (RFC 6749, section 3.3; OpenID Connect Core, section 5.4).

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    #[serde(rename = "openid")]
    Openid,
    #[serde(rename = "profile")]
    Profile,
    #[serde(rename = "email")]
    Email,
    #[serde(rename = "phone")]
    Phone,
    #[serde(rename = "trn")]
    Trn,
    /// The older name of `trn`, which some services still send.
    #[serde(rename = "dqt:read")]
    DqtRead,
    /// Refresh tokens (OpenID Connect Core, section 11).
    #[serde(rename = "offline_access")]
    OfflineAccess,
    /// What calling services may do with people's accounts, in their own name.
    #[serde(rename = "user:read")]
    UserRead,
    #[serde(rename = "user:write")]
    UserWrite,
    #[serde(rename = "trn_token:write")]
    TrnTokenWrite,
}

impl Scope {
    /// What a person's sign-in may bring.
    pub const ALL: [Scope; 7] =
        [Scope::Openid, Scope::Profile, Scope::Email, Scope::Phone, Scope::Trn, Scope::DqtRead, Scope::OfflineAccess];

    /// What a client may have in its own name, by client_credentials.
    pub const OWN: [Scope; 3] = [Scope::UserRead, Scope::UserWrite, Scope::TrnTokenWrite];

    pub fn is_own(self) -> bool {
        Scope::OWN.contains(&self)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Openid => "openid",
            Scope::Profile => "profile",
            Scope::Email => "email",
            Scope::Phone => "phone",
            Scope::Trn => "trn",
            Scope::DqtRead => "dqt:read",
            Scope::OfflineAccess => "offline_access",
            Scope::UserRead => "user:read",
            Scope::UserWrite => "user:write",
            Scope::TrnTokenWrite => "trn_token:write",
        }
    }

    pub fn parse(word: &str) -> Option<Scope> {
        Scope::ALL.into_iter().chain(Scope::OWN).find(|scope| scope.as_str() == word)
    }
}

/// A set of scopes; on the wire words with spaces between, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(BTreeSet<Scope>);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no scope of that name here")]
pub struct UnknownScope;

impl Scopes {
    pub fn parse(text: &str) -> Result<Scopes, UnknownScope> {
        text.split(' ').filter(|word| !word.is_empty()).map(|word| Scope::parse(word).ok_or(UnknownScope)).collect()
    }

    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    pub fn is_subset(&self, of: &Scopes) -> bool {
        self.0.is_subset(&of.0)
    }

    pub fn iter(&self) -> impl Iterator<Item = Scope> + '_ {
        self.0.iter().copied()
    }

    /// Does the service want to know which teaching record is the person's?
    pub fn want_record(&self) -> bool {
        self.contains(Scope::Trn) || self.contains(Scope::DqtRead)
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<T: IntoIterator<Item = Scope>>(scopes: T) -> Self {
        Scopes(scopes.into_iter().collect())
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|scope| scope.as_str()).collect();
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_scopes_and_extra_spaces_do_not_matter() {
        assert_eq!(Scopes::parse("trn  openid"), Scopes::parse("openid trn"));
        assert_eq!(Scopes::parse("trn openid").unwrap().to_string(), "openid trn");
    }

    #[test]
    fn an_unknown_scope_is_refused() {
        assert_eq!(Scopes::parse("openid everything"), Err(UnknownScope));
    }

    #[test]
    fn either_name_of_the_trn_scope_wants_the_record() {
        assert!(Scopes::parse("openid trn").unwrap().want_record());
        assert!(Scopes::parse("openid dqt:read").unwrap().want_record());
        assert!(!Scopes::parse("openid email profile").unwrap().want_record());
    }
}
