//! Zendesk, as much of it as we call: it keeps tickets, finds them by `external_id`, and knows the idempotency keys that it
//! has seen. `GET /simulator/received` lists the tickets.
//!
//! When it is lying, it makes tickets of which it does not say the id, and finds those of others.

mod routes;
mod tickets;

use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard};

use actix_web::web::Data;

use super::faults::Switch;
use super::server::Running;
use tickets::Desk;

pub use tickets::{Comment, Ticket};

/// Whom it lets in.
#[derive(Clone, Debug)]
pub struct Agent {
    pub email: String,
    pub token: String,
}

#[derive(Debug)]
pub struct Zendesk {
    pub running: Running,
    inside: Data<Inside>,
}

#[derive(Debug)]
pub(crate) struct Inside {
    agent: Agent,
    switch: Switch,
    desk: Mutex<Desk>,
}

impl Inside {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().expect("nothing panics under this lock")
    }
}

impl Zendesk {
    /// # Errors
    /// When the port is not free.
    pub fn start(listen: SocketAddr, switch: Switch, agent: Agent) -> io::Result<Zendesk> {
        let inside = Data::new(Inside { agent, switch: switch.clone(), desk: Mutex::default() });
        let shared = inside.clone();
        let running = Running::start(listen, switch, move |config| routes::mount(config, &shared))?;
        Ok(Zendesk { running, inside })
    }

    /// In the order in which they were made.
    #[must_use]
    pub fn tickets(&self) -> Vec<Ticket> {
        self.inside.desk().tickets()
    }

    /// As an agent does.
    pub fn delete(&self, id: u64) {
        self.inside.desk().delete(id);
    }

    /// As an agent does, or a rule of theirs.
    pub fn sets_status(&self, id: u64, status: &str) {
        self.inside.desk().sets_status(id, status);
    }

    /// As when all of them are suspended over there.
    pub fn refuses_requesters(&self) {
        self.inside.desk().refuses_requesters();
    }

    /// As after two hours.
    pub fn forgets_keys(&self) {
        self.inside.desk().forgets_keys();
    }
}
