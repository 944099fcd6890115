//! The token by which the register of teachers lets somebody in to their own record: made by us, who know whose it is.

use chrono::Duration;
use identity::client::SigningAlgorithm;
use identity::secret::Plain;
use identity::trn::Trn;
use serde::Serialize;

use crate::keys::TokenType;
use crate::provider::Provider;

const LIFETIME: Duration = Duration::hours(1);
const SCOPE: &str = "dqt:read";

#[derive(Serialize)]
struct RegisterToken<'a> {
    iss: &'a str,
    iat: i64,
    exp: i64,
    scope: &'a str,
    trn: &'a str,
}

/// A token for the holder of this TRN, good for an hour.
pub fn register_token(provider: &Provider, trn: &Trn) -> Plain {
    let now = provider.clock.now();
    let claims = RegisterToken {
        iss: provider.issuer.as_str(),
        iat: now.timestamp(),
        exp: (now + LIFETIME).timestamp(),
        scope: SCOPE,
        trn: trn.as_str(),
    };
    Plain::new(provider.keys.sign(SigningAlgorithm::RS256, TokenType::Register, &claims))
}
