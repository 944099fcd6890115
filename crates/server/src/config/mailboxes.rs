//! `[mailboxes]`: which addresses are nobody's own.

use std::path::Path;

use identity::mailbox::SharedMailboxes;
use serde::Deserialize;

use super::read::section;

/// The list that there is without a file of one's own.
const SHARED: &str = include_str!("../../../../config/shared-mailboxes.txt");

section! {
    pub Mailboxes {
        /// The mailboxes that several people read.
        shared: SharedList,
    }
}

/// A file in the format of config/shared-mailboxes.txt, or that one when no path is given.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct SharedList(SharedMailboxes);

impl SharedList {
    pub fn list(&self) -> &SharedMailboxes {
        &self.0
    }
}

impl TryFrom<String> for SharedList {
    type Error = String;

    fn try_from(path: String) -> Result<Self, String> {
        if path.is_empty() {
            return read(SHARED);
        }
        match std::fs::read_to_string(Path::new(&path)) {
            Ok(text) => read(&text),
            Err(error) => Err(format!("is a file that cannot be read: {error}")),
        }
    }
}

fn read(text: &str) -> Result<SharedList, String> {
    SharedMailboxes::parse(text).map(SharedList).map_err(|error| format!("is a file with a fault: {error}"))
}
