//! Who tells webhooks, the help desk and the register: part of every store that changes something, the server's as well as a command's.

use std::sync::Arc;

use identity::announcer::Announcer;
use identity::client::Clients;
use identity::webhook::Webhooks;

use crate::app::Surroundings;
use crate::config::{Config, DeliverTo};

pub(crate) fn announcer(
    config: &Config,
    clients: Clients,
    webhooks: Webhooks,
    around: &Surroundings,
) -> Arc<Announcer> {
    Arc::new(Announcer {
        clock: around.clock.clone(),
        random: around.random.clone(),
        key_ring: config.secrets.sealing_keys.ring().clone(),
        clients,
        webhooks,
        has_help_desk: config.help_desk.deliver_to != DeliverTo::Nowhere,
        has_register: config.records.tell_changes,
    })
}
