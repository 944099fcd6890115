//! A courier that does as it is told.

use std::sync::Mutex;

use async_trait::async_trait;
use identity::carrier::{Courier, Fate};
use uuid::Uuid;

pub(crate) struct Post {
    fate: Mutex<Fate>,
    hurried: Mutex<Vec<Uuid>>,
}

impl Default for Post {
    fn default() -> Post {
        Post { fate: Mutex::new(Fate::Carried), hurried: Mutex::default() }
    }
}

impl Post {
    /// From now on this becomes of every code.
    pub(crate) fn turns(&self, fate: Fate) {
        *self.fate.lock().unwrap() = fate;
    }

    /// The codes that it was asked to hurry, the first first.
    pub(crate) fn hurried(&self) -> Vec<Uuid> {
        self.hurried.lock().unwrap().clone()
    }
}

#[async_trait]
impl Courier for Post {
    async fn hurry(&self, id: Uuid) -> Fate {
        self.hurried.lock().unwrap().push(id);
        *self.fate.lock().unwrap()
    }
}
