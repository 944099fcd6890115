//! Ending a key at once, and what that means for those who hold what it signed.

use std::fmt;

use identity::signing_key::KeyState;
use oidc::{KeyKeeper, KeysError, Revoked};

use super::written;

/// What is told before anything is done.
pub(crate) const WARNING: &str = "\
Whatever this key signed stops verifying: people stay signed in, but services have to get new tokens for them. Nothing is
changed yet. To revoke it, give --yes.";

/// What was done.
#[derive(Debug)]
pub struct Revocation {
    kid: String,
    revoked: Revoked,
    known_in: String,
    cached_for: String,
}

impl Revocation {
    /// # Errors
    /// When the store does not answer.
    pub async fn of(kid: &str, keeper: &KeyKeeper) -> Result<Revocation, KeysError> {
        let revoked = keeper.revoke(kid).await?;
        let (known_in, cached_for) = (written(keeper.times.read_every), written(keeper.times.cached_for));
        Ok(Revocation { kid: kid.to_owned(), revoked, known_in, cached_for })
    }

    /// Is there a key of this id?
    pub fn is_of_a_key(&self) -> bool {
        self.revoked != Revoked::NotThere
    }
}

impl fmt::Display for Revocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Revocation { kid, revoked, known_in, cached_for } = self;
        match revoked {
            Revoked::NotThere => write!(f, "There is no key {kid}."),
            Revoked::Before => write!(f, "{kid} was gone before."),
            Revoked::Now { from, replaced_by } => {
                write!(f, "{kid} was {}, and is gone. Each server goes by it within {known_in};", from.as_str())?;
                write!(f, " services that keep our keys may take what it signed for {cached_for} more.")?;
                match replaced_by {
                    Some(other) => write!(f, "\n{other} signs from now on."),
                    None if *from == KeyState::Pending => f.write_str("\nIt has signed nothing."),
                    None => Ok(()),
                }
            }
        }
    }
}
