//! Finds the interaction that a request is about, and refuses those that may not go on.

use std::sync::Arc;

use actix_web::HttpRequest;
use identity::client::Client;
use identity::clock::Time;
use identity::cookie_names;
use identity::errand::Errand;
use identity::interaction::{Ask, Interaction, InteractionId};
use identity::secret::{Plain, Purpose};
use store::{Db, StoreError};

use crate::Journeys;
use crate::budgets::Asker;
use crate::one_login::Trouble;
use crate::state::State;

/// An interaction that this browser may go on with.
pub struct Visit {
    pub interaction: Interaction,
    pub client: Arc<Client>,
    pub state: State,
    pub asker: Asker,
    /// Why they are back from GOV.UK One Login with nothing.
    pub(crate) one_login_trouble: Option<Trouble>,
}

/// Why a page cannot be used, each with a page of its own.
pub enum Refusal {
    /// No such interaction, or not one of this browser's. The client, where we know which it was, is the way back.
    NotYours(Option<Arc<Client>>),
    Expired(Arc<Client>),
    /// It has ended: what there is to see is the last page.
    Finished(Box<Interaction>, Arc<Client>),
    /// Whoever changes something has to be signed in, and is not any more.
    SignedOut(Errand),
}

impl Journeys {
    pub async fn visit(&self, request: &HttpRequest, id: &str) -> Result<Result<Visit, Refusal>, StoreError> {
        let Ok(id) = id.parse::<InteractionId>() else { return Ok(Err(Refusal::NotYours(None))) };
        let now = self.clock.now();
        let Some(mut interaction) = self.store.glance(move |db| interaction(db, &id, now)).await? else {
            return Ok(Err(Refusal::NotYours(None)));
        };
        let client = self.clients.find(&interaction.client_id);
        let Some(client) = client.filter(|_| self.is_browser_of(request, &interaction)) else {
            return Ok(Err(Refusal::NotYours(self.clients.find(&interaction.client_id))));
        };
        if interaction.outcome.is_some() {
            return Ok(Err(Refusal::Finished(Box::new(interaction), client)));
        }
        if now - interaction.created_at >= self.settings.journey_lifetime {
            return Ok(Err(Refusal::Expired(client)));
        }
        interaction.ask.takes_evidence = self.evidence.is_some();
        let Ask { errand, session, .. } = &interaction.ask;
        if matches!(errand, Errand::Change { .. }) && session.is_none() {
            return Ok(Err(Refusal::SignedOut(errand.clone())));
        }
        let state = match interaction.state.as_str() {
            "" => State::default(),
            // A state that a newer or older version wrote: the questions are asked again, which is safe.
            json => serde_json::from_str(json).unwrap_or_default(),
        };
        let one_login_trouble = Trouble::told(request.query_string());
        Ok(Ok(Visit { interaction, client, state, asker: self.asker(request), one_login_trouble }))
    }

    fn is_browser_of(&self, request: &HttpRequest, interaction: &Interaction) -> bool {
        request.cookie(cookie_names::browser(self.settings.secure_cookies)).is_some_and(|cookie| {
            let token = Plain::new(cookie.value());
            self.hash_key.hash(Purpose::BrowserBinding, "", &token).matches(&interaction.browser)
        })
    }
}

/// The interaction. A browser session that has ended since it began counts for nothing: the person signs in as if there
/// had been none, and whoever comes after them at the same browser sees nothing of theirs.
fn interaction(db: &mut Db<'_>, id: &InteractionId, now: Time) -> Result<Option<Interaction>, StoreError> {
    let Some(mut interaction) = db.interactions().by_id(id)? else { return Ok(None) };
    if let Some(session) = &interaction.ask.session
        && !db.browser_sessions().is_live(session.id, now)?
    {
        interaction.ask.session = None;
    }
    Ok(Some(interaction))
}
