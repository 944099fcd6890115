//! Runs a journey over what is known, looks up what it asks for, and runs it again until it rests.

use std::time::Duration;

use identity::account::Account;
use identity::clock::Time;
use identity::interaction::Ask;
use identity::matching::{Policy, Verdict, decide};
use identity::record::Records;
use store::{Store, StoreError};

use crate::journey::{Ending, person};
use crate::state::{Found, KnownAccount, Lookup, State};
use crate::walk::{Progress, Rest, Walk};

/// The records source has so long to answer; then the verdict is `Unsure` and the person goes on.
const RECORDS_BUDGET: Duration = Duration::from_secs(5);

/// Follows the journey to where it waits for the person or ends. Findings are added to the state, which is not saved.
pub(crate) async fn follow(
    store: &Store,
    records: &dyn Records,
    ask: &Ask,
    state: &mut State,
    now: Time,
) -> Result<Progress<Ending>, StoreError> {
    loop {
        let progress = Walk::follow(person, ask, state);
        let Rest::Finding(lookup) = progress.rest else { return Ok(progress) };
        let found = look_up(store, records, &lookup).await?;
        state.keep(lookup, found, now);
    }
}

async fn look_up(store: &Store, records: &dyn Records, lookup: &Lookup) -> Result<Found, StoreError> {
    let account = match lookup.clone() {
        Lookup::AccountByEmail(email) => store.read(move |db| db.accounts().by_email(&email)).await?,
        Lookup::AccountByTrn(trn) => store.read(move |db| db.accounts().by_trn(&trn)).await?,
        Lookup::Record(stated, policy) => {
            let policy = Policy::named(policy);
            let answer = actix_web::rt::time::timeout(RECORDS_BUDGET, records.candidates(&stated)).await;
            let verdict = match answer {
                Ok(Ok(candidates)) => decide(policy, &stated, &candidates),
                Ok(Err(error)) => {
                    tracing::warn!(%error, "the teaching records cannot be asked");
                    Verdict::unsure(policy)
                }
                Err(_) => {
                    tracing::warn!("the teaching records did not answer in time");
                    Verdict::unsure(policy)
                }
            };
            return Ok(Found::Verdict(verdict));
        }
    };
    Ok(Found::Account(account.map(known)))
}

fn known(account: Account) -> KnownAccount {
    KnownAccount {
        id: account.id,
        email: account.email,
        name: account.official_name,
        date_of_birth: account.date_of_birth,
        lookup_status: account.lookup_status,
    }
}
