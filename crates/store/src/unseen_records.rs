//! Accounts whose record was not looked at lately: first those whose record nobody has looked at, then the others, the longest ago
//! first. Each server asks every minute, and nearly always there is none, so that the answer has to come from an index.

use diesel::prelude::*;
use identity::account::{Account, AccountId};
use identity::clock::Time;

use crate::accounts::{AccountRow, Accounts, live};
use crate::error::StoreError;
use crate::kept::kept;
use crate::schema::accounts;
use crate::time::{Moment, stored};

/// Where an account stands among those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    seen_at: Option<Time>,
    account: AccountId,
}

impl From<&Account> for Turn {
    fn from(account: &Account) -> Turn {
        Turn { seen_at: account.record_seen.as_ref().map(|seen| seen.at), account: account.id }
    }
}

impl Accounts<'_> {
    /// Accounts with a record that nobody has looked at since `time`, in their turn; those that come `after` one.
    pub fn with_record_unseen_since(
        &mut self,
        time: Time,
        after: Option<Turn>,
        limit: u32,
    ) -> Result<Vec<Account>, StoreError> {
        let mut rows = match after {
            None => self.never_seen(String::new(), limit)?,
            Some(Turn { seen_at: None, account }) => self.never_seen(account.to_string(), limit)?,
            Some(_) => Vec::new(),
        };
        let left = limit - rows.len() as u32;
        if left > 0 {
            let seen_last = after.and_then(|turn| Some((turn.seen_at?, turn.account.to_string())));
            let (since, after) = seen_last.unwrap_or((Time::UNIX_EPOCH, String::new()));
            rows.extend(self.seen_between(stored(since), after, stored(time), left)?);
        }
        rows.into_iter().map(Account::try_from).collect()
    }

    fn never_seen(&mut self, after: String, limit: u32) -> QueryResult<Vec<AccountRow>> {
        kept!(
            live()
                .filter(accounts::trn.is_not_null())
                .filter(accounts::record_seen_at.is_null())
                .filter(accounts::id.gt(after))
                // As in the index: PostgreSQL would not take the second by itself as an order of it.
                .order((accounts::record_seen_at, accounts::id))
                .limit(limit.into())
        )
        .load(self.0)
    }

    /// Those seen `since` come after an account that was seen then as well.
    fn seen_between(
        &mut self,
        since: Moment,
        after: String,
        until: Moment,
        limit: u32,
    ) -> QueryResult<Vec<AccountRow>> {
        let seen_at = accounts::record_seen_at;
        kept!(
            live()
                .filter(accounts::trn.is_not_null())
                .filter(seen_at.ge(since))
                .filter(seen_at.lt(until))
                .filter(seen_at.gt(since).or(accounts::id.gt(after)))
                .order((seen_at, accounts::id))
                .limit(limit.into())
        )
        .load(self.0)
    }
}
