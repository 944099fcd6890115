//! Whom a client keeps out: people whose teaching record has an open prohibition, if its file says so. A rule of ours, which
//! holds for those who matched long ago and for a live browser session too, so that no path yields a code.

use std::time::Duration;

use identity::account::Account;
use identity::client::Client;
use identity::clock::Time;

use crate::Provider;

/// The records have so long to answer. Then what they said last counts.
const BUDGET: Duration = Duration::from_secs(2);

/// Does this client keep this person out?
pub(super) async fn is_refused(provider: &Provider, client: &Client, account: &Account, now: Time) -> bool {
    if !client.blocks_prohibited {
        return false;
    }
    let Some(trn) = account.trn() else { return false };
    match actix_web::rt::time::timeout(BUDGET, provider.records.by_trn(trn)).await {
        // Of a record that has ended, a source may tell nothing more.
        Ok(Ok(Some(record))) if record.merged_into.is_none() => {
            record.is_prohibited(now.date_naive()) || !record.active && account.is_prohibited()
        }
        Ok(Ok(_)) => account.is_prohibited(),
        Ok(Err(error)) => {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, "the teaching records cannot be asked");
            account.is_prohibited()
        }
        Err(_) => {
            tracing::warn!("the teaching records did not answer in time");
            account.is_prohibited()
        }
    }
}
