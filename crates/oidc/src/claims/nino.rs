//! `ni_number`: the person's National Insurance number as they gave it, with the scope `trn` and for a strict client
//! alone, and only where it also gets the TRN. No other service has a use for it.

use identity::account::Account;
use identity::client::Client;
use identity::matching::MatchPolicy;
use serde::Serialize;

pub(super) const CLAIMS: [&str; 1] = ["ni_number"];

#[derive(Debug, PartialEq, Serialize)]
pub(super) struct NiNumber {
    ni_number: String,
}

impl NiNumber {
    pub(super) fn of(account: &Account, client: &Client) -> Option<NiNumber> {
        if client.match_policy != MatchPolicy::Strict || account.record_for(MatchPolicy::Strict).is_none() {
            return None;
        }
        Some(NiNumber { ni_number: account.nino.as_ref()?.as_str().into() })
    }
}
