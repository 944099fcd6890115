//! What an operator, a journey or time changes while a test runs.

use std::sync::Arc;

use identity::account::{AccountId, MatchLevel, RecordLink};
use identity::client::Client;

use super::World;

impl World {
    /// The client's file is changed, and read again.
    pub(crate) fn changes_client(&self, id: &str, change: impl Fn(&mut Client)) {
        let clients = self.provider.clients.all().into_iter().map(Arc::unwrap_or_clone);
        let changed = clients.map(|mut client| {
            if client.id.as_str() == id {
                change(&mut client);
            }
            client
        });
        let changed = changed.collect();
        self.provider.clients.replace(changed);
    }

    /// The record that is linked was found again, by more than it was.
    pub(crate) async fn raises_level(&self, account: AccountId) {
        let now = self.provider.clock.now();
        let raised = self.provider.store.transact(move |db| {
            let link = db.accounts().by_id(account)?.and_then(|account| account.record).expect("a record is linked");
            let link = RecordLink { level: MatchLevel::Medium, policy: "strict/1".into(), ..link };
            db.accounts().raise_level(account, &link, now)
        });
        assert!(raised.await.is_ok_and(|raised: bool| raised));
    }
}
