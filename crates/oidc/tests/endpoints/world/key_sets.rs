//! What clients publish at their addresses, in these tests.

use std::sync::Mutex;

use async_trait::async_trait;
use identity::client_authentication::{KeySets, NotFetched};
use url::Url;

/// One answer for every address, and how often it was asked for.
#[derive(Default)]
pub(crate) struct TestKeySets(Mutex<(Option<String>, usize)>);

impl TestKeySets {
    pub(crate) fn publish(&self, text: Option<String>) {
        self.0.lock().unwrap().0 = text;
    }

    pub(crate) fn asked(&self) -> usize {
        self.0.lock().unwrap().1
    }
}

#[async_trait]
impl KeySets for TestKeySets {
    async fn fetch(&self, _: &Url) -> Result<String, NotFetched> {
        let mut now = self.0.lock().unwrap();
        now.1 += 1;
        now.0.clone().ok_or_else(|| NotFetched("nobody answers".into()))
    }
}
