//! `client_id` (RFC 6749, sections 2.2 and 4.1.2.1): it has to name a client that we know. If it does not, the person is
//! told, and the browser is sent nowhere.

use std::sync::Arc;

use identity::client::{Client, ClientId};

use crate::Provider;
use crate::params::Params;

pub(super) fn find(params: &Params, provider: &Provider) -> Result<Arc<Client>, &'static str> {
    let id = params.get("client_id").ok_or("client_id is missing, empty or repeated")?;
    let id = ClientId::parse(id).map_err(|_| "client_id is not one that we could have given")?;
    provider.clients.find(&id).ok_or("client_id names no client")
}
