//! Who takes out what: one way for each channel.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use identity::carrier::{Carried, Carrier, NotCarried};
use identity::outbox::Channel;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// What is wrong with a content that cannot be read.
#[derive(Debug)]
pub struct Unreadable;

/// A carrier with what it takes in JSON.
#[async_trait]
pub trait Way: Send + Sync {
    async fn carry(&self, id: Uuid, content: &[u8]) -> Result<Result<Carried, NotCarried>, Unreadable>;
}

/// A carrier that takes one type.
struct Typed<T>(Arc<dyn Carrier<T>>);

#[async_trait]
impl<T: DeserializeOwned + Send + Sync> Way for Typed<T> {
    async fn carry(&self, id: Uuid, content: &[u8]) -> Result<Result<Carried, NotCarried>, Unreadable> {
        // What is wrong with it would repeat what it says.
        let what = serde_json::from_slice(content).map_err(|_| Unreadable)?;
        Ok(self.0.carry(id, &what).await)
    }
}

/// The ways out. What has no way stays in the outbox.
#[derive(Default)]
pub struct Carriers(BTreeMap<Channel, Arc<dyn Way>>);

impl Carriers {
    /// Adds the way of a channel.
    #[must_use]
    pub fn with<T>(mut self, channel: Channel, carrier: Arc<dyn Carrier<T>>) -> Carriers
    where
        T: DeserializeOwned + Send + Sync + 'static,
    {
        self.0.insert(channel, Arc::new(Typed(carrier)));
        self
    }

    pub(super) fn of(&self, channel: Channel) -> Option<Arc<dyn Way>> {
        self.0.get(&channel).cloned()
    }

    pub(super) fn channels(&self) -> impl Iterator<Item = Channel> {
        self.0.keys().copied()
    }
}

/// Takes everything and does nothing: the outbox's own page shows what was sent.
#[derive(Clone, Copy, Debug)]
pub struct Kept;

#[async_trait]
impl<T: Sync> Carrier<T> for Kept {
    async fn carry(&self, _: Uuid, _: &T) -> Result<Carried, NotCarried> {
        Ok(Carried::default())
    }
}
