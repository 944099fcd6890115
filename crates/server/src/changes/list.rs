//! The list of requests that wait, one a line, without what anybody wants.

use std::fmt;

use identity::change_request::ChangeRequest;
use store::{Db, StoreError};

use super::{minute, subject};

#[derive(Debug)]
pub struct List {
    requests: Vec<ChangeRequest>,
    has_more: bool,
}

impl List {
    pub fn read(db: &mut Db<'_>, limit: u32) -> Result<List, StoreError> {
        // One more than is shown, to know whether there are more.
        let mut requests = db.change_requests().pending(limit.saturating_add(1))?;
        let has_more = requests.len() > limit as usize;
        requests.truncate(limit as usize);
        Ok(List { requests, has_more })
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.requests.is_empty() {
            return f.write_str("No request waits.");
        }
        write!(f, "{:<15} {:<17} {:<14} SERVICE", "REFERENCE", "ASKED (UTC)", "TO CHANGE")?;
        for request in &self.requests {
            let client = request.client.as_ref().map_or("-", |client| client.as_str());
            let (asked, subject) = (minute(request.created_at), subject(request));
            write!(f, "\n{:<15} {asked:<17} {subject:<14} {client}", request.reference.as_str())?;
        }
        if self.has_more {
            f.write_str("\nThere are more: ask for them with --limit.")?;
        }
        Ok(())
    }
}
