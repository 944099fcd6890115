//! `verified_claims` (OpenID Connect for Identity Assurance 1.0): claims as the teaching record has them, and how we know
//! that the record is this person's. Only what was asked for is told. What we do not hold is left out; where what we hold
//! does not meet what the client demands of the verification, the whole is left out (section 5.7). Neither is an error.

mod held;
mod pick;

use identity::account::Account;
use identity::claims_request::VerifiedRequest;
use identity::client::Client;
use identity::clock::Time;
use serde_json::{Map, Value, json};

pub(super) const NAME: &str = "verified_claims";

pub(crate) use held::{CLAIMS, EVIDENCE, RECORD_TYPE, TRUST_FRAMEWORK};

/// Each request that can be met. Needs the scope `trn`, and a record that was found well enough for this client.
pub(super) fn of(account: &Account, client: &Client, requests: &[VerifiedRequest], now: Time) -> Option<Value> {
    if requests.is_empty() || !client.scopes.want_record() {
        return None;
    }
    let link = account.record_for(client.match_policy)?;
    let (verification, claims) = (held::verification(link), held::claims(account, link, client));
    let mut met: Vec<Value> = requests.iter().filter_map(|request| one(&verification, &claims, request, now)).collect();
    if met.len() > 1 { Some(Value::Array(met)) } else { met.pop() }
}

/// Somebody who asks for claims and gets none of them gets no verification either.
fn one(verification: &Value, held: &Map<String, Value>, request: &VerifiedRequest, now: Time) -> Option<Value> {
    let verification = pick::pick(verification, &request.verification, now).ok()?;
    let asked = request.claims.iter();
    let claims = asked
        .filter_map(|(name, asked)| Some((name.clone(), held.get(name).filter(|claim| asked.allows(claim))?.clone())));
    let claims: Map<String, Value> = claims.collect();
    let nothing = claims.is_empty() && !request.claims.is_empty();
    (!nothing).then(|| json!({ "verification": verification, "claims": claims }))
}

#[cfg(test)]
mod tests;
