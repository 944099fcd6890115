//! A carrier that knows which addresses take no messages: it notes those that are refused, and brings letters to none of
//! them. A code is brought all the same: somebody waits for it, and is told what we know.

use std::error::Error;
use std::sync::Arc;

use async_trait::async_trait;
use identity::address::Address;
use identity::carrier::{Carried, Carrier, NotCarried, Refusal};
use identity::clock::Clock;
use identity::message::Message;
use identity::outbox::Channel;
use identity::secret::{HashKey, Hashed};
use store::{Store, StoreError};
use uuid::Uuid;

pub struct Known {
    pub channel: Channel,
    pub carrier: Arc<dyn Carrier<Message>>,
    pub store: Store,
    pub hash_key: HashKey,
    pub clock: Clock,
}

#[async_trait]
impl Carrier<Message> for Known {
    async fn carry(&self, id: Uuid, message: &Message) -> Result<Carried, NotCarried> {
        let Some(address) = Address::of_message(self.channel, &message.to) else {
            return Err(NotCarried::Refused(Refusal::Address));
        };
        let hash = address.undeliverable_hash(&self.hash_key);
        if message.one_time_code.is_none() && self.bounces(&hash).await.map_err(NotCarried::later)? {
            return Err(NotCarried::Refused(Refusal::Bounces));
        }
        let outcome = self.carrier.carry(id, message).await;
        if matches!(outcome, Err(NotCarried::Refused(Refusal::Address))) {
            self.note(hash).await;
        }
        outcome
    }
}

impl Known {
    async fn bounces(&self, address: &Hashed) -> Result<bool, StoreError> {
        let address = address.clone();
        self.store.glance(move |db| db.undeliverable_addresses().is_noted(&address)).await
    }

    /// That it was refused is worth more than that it was noted.
    async fn note(&self, address: Hashed) {
        let now = self.clock.now();
        let noted = self.store.transact(move |db| db.undeliverable_addresses().note(&address, now));
        if let Err(error) = noted.await {
            let error: &dyn Error = &error;
            tracing::warn!(error, "an address that takes no messages was not noted");
        }
    }
}
