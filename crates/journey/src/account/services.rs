//! The services that the person has signed in to with their account.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::web::Data;
use identity::client::{Client, ClientId};
use identity::event::ServiceUsed;
use serde_json::{Value, json};
use store::StoreError;

use super::visitor::{Visitor, written};
use crate::Journeys;
use crate::handlers::Answer;

pub(super) async fn show(journeys: Data<Journeys>, request: HttpRequest) -> Answer {
    let visitor = match journeys.visitor(&request).await? {
        Ok(visitor) => visitor,
        Err(turned) => return Ok(turned),
    };
    let used = journeys.services_of(&visitor).await?;
    let services: Vec<Value> = used.iter().map(|used| row(used, journeys.clients.find(&used.client))).collect();
    let view = json!({ "services": services });
    Ok(journeys.account_page(&visitor, ("services", "Services that you have used"), view))
}

impl Journeys {
    /// The one that was used last comes first. Our own pages are none.
    pub(super) async fn services_of(&self, visitor: &Visitor) -> Result<Vec<ServiceUsed>, StoreError> {
        let account = visitor.account.id;
        let mut used: Vec<ServiceUsed> = self.store.read(move |db| db.events().services_of(account)).await?;
        used.retain(|used| used.client.as_str() != Client::OURSELVES);
        Ok(used)
    }
}

/// A service that has no file any more is called by its id, and has no address.
fn row(used: &ServiceUsed, client: Option<Arc<Client>>) -> Value {
    let id = ClientId::as_str(&used.client);
    json!({
        "name": client.as_ref().map_or(id, |client| &client.name),
        "url": client.as_ref().map(|client| client.service_url.as_str()),
        "first": written(used.first),
        "last": written(used.last),
        "once": used.first == used.last,
    })
}
