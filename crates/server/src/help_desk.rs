//! The way to the help desk's own system. What it calls a ticket is written down with the ticket, and looked up before one is
//! solved.

use async_trait::async_trait;
use identity::carrier::{Carried, Carrier, NotCarried};
use identity::help_desk::{DeskItem, Solved};
use partners::help_desk::{Zendesk, ZendeskSettings};
use partners::http::{Address, NotSetUp};
use store::Store;
use uuid::Uuid;

use crate::config::{DeliverTo, HelpDesk};

/// A carrier that remembers.
pub struct Desk<C> {
    pub store: Store,
    pub carrier: C,
}

/// The help desk that is configured, if one is.
///
/// # Errors
/// When it cannot be called at all.
pub fn desk(settings: &HelpDesk, store: &Store) -> Result<Option<Desk<Zendesk>>, NotSetUp> {
    let (DeliverTo::Zendesk, Some(base)) = (settings.deliver_to, settings.base_url.url()) else { return Ok(None) };
    let time_budget = settings.time_budget.duration().to_std().unwrap_or_default();
    let account = ZendeskSettings {
        email: settings.email.clone(),
        token: settings.token.expose().to_owned(),
        tags: settings.tags.clone(),
        custom_field: settings.custom_field.pair(),
    };
    let carrier = Zendesk::new(Address::new(base.clone(), time_budget), account)?;
    Ok(Some(Desk { store: store.clone(), carrier }))
}

#[async_trait]
impl<C: Carrier<DeskItem>> Carrier<DeskItem> for Desk<C> {
    /// Should we be killed before the id is written down, the same id comes again, and what it is called over there with it.
    async fn carry(&self, id: Uuid, what: &DeskItem) -> Result<Carried, NotCarried> {
        let ticket = what.ticket();
        let DeskItem::Solved(solved) = what else {
            let carried = self.carrier.carry(id, what).await?;
            if let Some(help_desk_id) = carried.reference.clone() {
                let noted = self.store.transact(move |db| db.tickets().note_help_desk_id(ticket, &help_desk_id));
                noted.await.map_err(NotCarried::later)?;
            }
            return Ok(carried);
        };
        // The ticket may be gone with its account; then what it was called went with the item.
        let found = self.store.read(move |db| db.tickets().help_desk_id(ticket)).await.map_err(NotCarried::later)?;
        let known_as = found.or_else(|| solved.known_as.clone());
        self.carrier.carry(id, &DeskItem::Solved(Solved { known_as, ..solved.clone() })).await
    }
}
