//! GOV.UK One Login: another service that can say who somebody is. What it proves, and how it is asked.

use std::error::Error as Cause;
use std::fmt;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use crate::account::AccountId;
use crate::clock::Time;
use crate::date_of_birth::DateOfBirth;
use crate::email::Email;
use crate::interaction::InteractionId;
use crate::name::PersonName;
use crate::random::Random;
use crate::secret::{Hashed, Plain};

/// What [`Remembered`] is sealed for.
pub const SEAL_PURPOSE: &str = "one login";

/// How much a person proves there: one of its vectors of trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// That they hold an address, with a second factor.
    #[serde(rename = "Cl.Cm")]
    Credential,
    /// Their name and date of birth besides.
    #[serde(rename = "P2.Cl.Cm")]
    Identity,
}

impl Level {
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Credential => "Cl.Cm",
            Level::Identity => "P2.Cl.Cm",
        }
    }
}

/// What One Login calls a person, to us and for ever.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Subject(String);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a subject has 1 to 255 printable characters of ASCII")]
pub struct NotASubject;

impl Subject {
    /// OpenID Connect Core, section 2 limits a `sub`.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Subject, NotASubject> {
        let fits = (1..=255).contains(&text.len()) && text.chars().all(|c| c.is_ascii_graphic());
        if fits { Ok(Subject(text.into())) } else { Err(NotASubject) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Subject {
    type Error = NotASubject;

    fn try_from(text: String) -> Result<Self, NotASubject> {
        Subject::parse(&text)
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> String {
        subject.0
    }
}

/// What has to be remembered of a request until its answer comes. Its `Debug` shows none of the secrets.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    pub state: String,
    pub nonce: String,
    /// The code_verifier of PKCE (RFC 7636).
    pub verifier: String,
    pub level: Level,
}

impl Remembered {
    pub fn new(level: Level, random: &Random) -> Remembered {
        let token = || random.token().expose().to_owned();
        Remembered { state: token(), nonce: token(), verifier: token(), level }
    }
}

impl fmt::Debug for Remembered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remembered").field("level", &self.level).finish_non_exhaustive()
    }
}

/// Who came back, as far as One Login vouches for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proved {
    pub subject: Subject,
    /// None: the address was not confirmed there.
    pub email: Option<Email>,
    /// Always there when it was asked for.
    pub identity: Option<VerifiedIdentity>,
}

/// A name and a date of birth that were checked against documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedIdentity {
    pub name: PersonName,
    /// The latest first.
    pub previous_names: Vec<PersonName>,
    pub date_of_birth: DateOfBirth,
}

/// Whoever signs in there with this subject signs in to this account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneLoginLink {
    pub id: Uuid,
    pub subject: Subject,
    pub account: AccountId,
    pub linked_at: Time,
    pub last_used_at: Time,
}

/// A browser that was sent there, and what has to be remembered of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneLoginState {
    /// The hash of the parameter `state`.
    pub state: Hashed,
    pub interaction: InteractionId,
    pub sealed: String,
    pub expires_at: Time,
}

/// Why nothing is proved.
#[derive(Debug, thiserror::Error)]
pub enum NotProved {
    /// No answer in time, or none that helps: it may work later.
    #[error("GOV.UK One Login cannot be asked")]
    Unavailable(#[source] Box<dyn Cause + Send + Sync>),
    /// The code is not known there, or not any more.
    #[error("the authorization_code was refused")]
    CodeRefused,
    #[error("what GOV.UK One Login says cannot be trusted: {0}")]
    Distrusted(Distrust),
}

/// What is wrong with an answer that came in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Distrust {
    #[error("the ID token is malformed")]
    Malformed,
    #[error("the ID token is not signed by a key of theirs")]
    Signature,
    #[error("the ID token is of another issuer")]
    Issuer,
    #[error("the ID token is for somebody else")]
    Audience,
    #[error("the ID token has expired")]
    Expired,
    #[error("the ID token belongs to another request")]
    Nonce,
    #[error("less was proved than was asked for")]
    Level,
    #[error("the trustmark is another one's")]
    Trustmark,
    #[error("the ID token and userinfo are about two people")]
    Subject,
    #[error("userinfo cannot be read")]
    Userinfo,
    #[error("there is no identity")]
    IdentityMissing,
    #[error("the identity is malformed")]
    IdentityMalformed,
    #[error("the identity is not signed by a key of theirs")]
    IdentitySignature,
    #[error("the identity is of another issuer, for another client, or about somebody else")]
    IdentityOfAnother,
    #[error("the identity has expired")]
    IdentityExpired,
    #[error("the identity was proved less well than was asked for")]
    IdentityLevel,
}

impl Distrust {
    /// The word for it in metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Distrust::Malformed => "malformed",
            Distrust::Signature => "signature",
            Distrust::Issuer => "issuer",
            Distrust::Audience => "audience",
            Distrust::Expired => "expired",
            Distrust::Nonce => "nonce",
            Distrust::Level => "level",
            Distrust::Trustmark => "trustmark",
            Distrust::Subject => "subject",
            Distrust::Userinfo => "userinfo",
            Distrust::IdentityMissing => "identity_missing",
            Distrust::IdentityMalformed => "identity_malformed",
            Distrust::IdentitySignature => "identity_signature",
            Distrust::IdentityOfAnother => "identity_of_another",
            Distrust::IdentityExpired => "identity_expired",
            Distrust::IdentityLevel => "identity_level",
        }
    }
}

/// The way to One Login and back.
#[async_trait]
pub trait OneLogin: Send + Sync {
    /// Where the browser is to be sent.
    ///
    /// # Errors
    /// When One Login does not say where that is.
    async fn authorize(&self, remembered: &Remembered) -> Result<Url, NotProved>;

    /// Who came back with this authorization_code.
    ///
    /// # Errors
    /// When that is not proved, down to the last detail.
    async fn redeem(&self, code: &Plain, remembered: &Remembered) -> Result<Proved, NotProved>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_has_secrets_of_its_own_and_shows_none() {
        let random = Random::seeded(1);
        let remembered = Remembered::new(Level::Identity, &random);
        let secrets = [&remembered.state, &remembered.nonce, &remembered.verifier];
        assert!(secrets.iter().all(|secret| secret.len() >= 43 && !format!("{remembered:?}").contains(*secret)));
        assert_ne!(remembered, Remembered::new(Level::Identity, &random));
        assert!(remembered.state != remembered.nonce && remembered.nonce != remembered.verifier);
    }

    #[test]
    fn a_subject_is_printable_and_not_empty() {
        assert_eq!(Subject::parse("urn:fdc:gov.uk:2022:56P4").unwrap().as_str(), "urn:fdc:gov.uk:2022:56P4");
        for wrong in ["", "with space", "with\ncontrol", &"x".repeat(256)] {
            assert_eq!(Subject::parse(wrong), Err(NotASubject));
        }
    }

    #[test]
    fn a_level_is_written_as_the_wire_has_it() {
        for level in [Level::Credential, Level::Identity] {
            assert_eq!(serde_json::to_value(level).unwrap(), level.as_str());
        }
        assert!(Level::Identity > Level::Credential);
    }
}
