//! The tickets, and what was asked under which idempotency key.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ticket {
    pub id: u64,
    pub external_id: Option<String>,
    pub subject: String,
    pub status: String,
    pub requester: Value,
    pub tags: Vec<String>,
    pub custom_fields: Value,
    /// Not part of a ticket on the wire, but what one wants to see.
    pub comments: Vec<Comment>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    pub body: String,
    #[serde(default = "yes")]
    pub public: bool,
}

fn yes() -> bool {
    true
}

/// What is sent to make a ticket, or to change one.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Draft {
    #[serde(default)]
    pub(super) external_id: Option<String>,
    #[serde(default)]
    pub(super) subject: Option<String>,
    #[serde(default)]
    pub(super) comment: Option<Comment>,
    #[serde(default)]
    pub(super) status: Option<String>,
    #[serde(default)]
    pub(super) requester: Value,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) custom_fields: Value,
}

#[derive(Debug, Default)]
pub(super) struct Desk {
    tickets: BTreeMap<u64, Ticket>,
    made: u64,
    /// The body that came first with a key, and the ticket that it made.
    keys: HashMap<String, (Vec<u8>, u64)>,
    refuses_requesters: bool,
}

/// What came of making a ticket.
pub(super) enum Made {
    New(Ticket),
    Again(Ticket),
    OtherUnderTheKey,
    Invalid(&'static str),
}

/// What came of changing one.
pub(super) enum Changed {
    To(Ticket),
    NotThere,
    Invalid(&'static str),
}

impl Desk {
    pub(super) fn tickets(&self) -> Vec<Ticket> {
        self.tickets.values().cloned().collect()
    }

    pub(super) fn get(&self, id: u64) -> Option<Ticket> {
        self.tickets.get(&id).cloned()
    }

    pub(super) fn delete(&mut self, id: u64) {
        self.tickets.remove(&id);
    }

    pub(super) fn sets_status(&mut self, id: u64, status: &str) {
        if let Some(ticket) = self.tickets.get_mut(&id) {
            status.clone_into(&mut ticket.status);
        }
    }

    pub(super) fn refuses_requesters(&mut self) {
        self.refuses_requesters = true;
    }

    pub(super) fn forgets_keys(&mut self) {
        self.keys.clear();
    }

    pub(super) fn make(&mut self, key: Option<&str>, bytes: &[u8], draft: Draft) -> Made {
        if let Some((first, id)) = key.and_then(|key| self.keys.get(key)) {
            let same = first == bytes;
            return match self.tickets.get(id) {
                Some(ticket) if same => Made::Again(ticket.clone()),
                _ => Made::OtherUnderTheKey,
            };
        }
        let (Some(comment), Some(subject)) = (draft.comment, draft.subject) else {
            return Made::Invalid("Description: cannot be blank");
        };
        if self.refuses_requesters || !draft.requester["email"].as_str().is_some_and(|email| email.contains('@')) {
            return Made::Invalid("Requester: Email is not properly formatted");
        }
        self.made += 1;
        let ticket = Ticket {
            id: 35_400 + self.made,
            external_id: draft.external_id,
            subject,
            status: draft.status.unwrap_or_else(|| "new".into()),
            requester: draft.requester,
            tags: draft.tags,
            custom_fields: draft.custom_fields,
            comments: vec![comment],
        };
        self.tickets.insert(ticket.id, ticket.clone());
        if let Some(key) = key {
            self.keys.insert(key.into(), (bytes.to_vec(), ticket.id));
        }
        Made::New(ticket)
    }

    pub(super) fn change(&mut self, id: u64, draft: Draft) -> Changed {
        let Some(ticket) = self.tickets.get_mut(&id) else { return Changed::NotThere };
        if ticket.status == "closed" {
            return Changed::Invalid("Status: closed prevents ticket update");
        }
        ticket.status = draft.status.unwrap_or_else(|| ticket.status.clone());
        ticket.comments.extend(draft.comment);
        Changed::To(ticket.clone())
    }
}
