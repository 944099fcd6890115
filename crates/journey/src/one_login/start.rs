//! The button that leads to GOV.UK One Login.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use identity::one_login::{OneLoginState, Remembered, SEAL_PURPOSE};
use identity::passkey::CeremonyOwner;
use identity::secret::{Hashed, Plain, Purpose};
use store::{Db, StoreError};

use super::{Trouble, asks_who};
use crate::Journeys;
use crate::budgets::TooSoon;
use crate::handlers::{Answer, see_other, to_frontier};
use crate::load::Visit;
use crate::metrics;
use crate::page::Question;
use crate::pages::email::EmailPage;
use crate::render::address;

/// Remembers who is sent there, and sends them. Nothing of the journey changes.
pub(crate) async fn begin(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>) -> Answer {
    let mut visit = match journeys.visit(&request, &id).await? {
        Ok(visit) => visit,
        Err(refusal) => return Ok(journeys.refuse(refusal).await?),
    };
    let progress = journeys.follow(&mut visit).await?;
    let Some(way) = journeys.one_login_for(&visit.client).filter(|_| asks_who(&progress)) else {
        return Ok(to_frontier(&visit, &progress));
    };
    let remembered = Remembered::new(visit.client.one_login_level.unwrap_or(way.level), &journeys.random);
    // Before One Login is asked anything: what is counted is that somebody wants to.
    if let Err(TooSoon { .. }) = journeys.remember(&visit, &remembered).await? {
        return Ok(back(&visit, Trouble::TooSoon));
    }
    match way.client.authorize(&remembered).await {
        Ok(there) => Ok(see_other(there.as_str())),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "nobody can be sent to GOV.UK One Login");
            Ok(back(&visit, Trouble::from(&error)))
        }
    }
}

/// To the page that they came from, which says why.
pub(super) fn back(visit: &Visit, trouble: Trouble) -> HttpResponse {
    metrics::count_one_login(trouble.as_str());
    see_other(&format!("{}?one-login={}", address(&visit.interaction, EmailPage::PATH), trouble.as_str()))
}

impl Journeys {
    pub(super) fn hash_of_state(&self, state: &str) -> Hashed {
        self.hash_key.hash(Purpose::OneLoginState, "", &Plain::new(state))
    }

    async fn remember(&self, visit: &Visit, remembered: &Remembered) -> Result<Result<(), TooSoon>, StoreError> {
        let json = serde_json::to_vec(remembered).expect("it is plain data");
        let interaction = &visit.interaction;
        let state = OneLoginState {
            state: self.hash_of_state(&remembered.state),
            interaction: interaction.id,
            sealed: self.key_ring.seal(SEAL_PURPOSE, &json, &self.random),
            expires_at: interaction.created_at + self.settings.journey_lifetime,
        };
        let now = self.clock.now();
        let counts = self.counts_of_challenge(&visit.asker, &CeremonyOwner::Interaction(interaction.id));
        let begin = move |db: &mut Db<'_>| -> Result<Result<(), TooSoon>, StoreError> {
            if let Err(too_soon) = counts.take(db, now)? {
                return Ok(Err(too_soon));
            }
            db.one_logins().begin(&state).map(Ok)
        };
        let begun = self.store.transact(begin).await?;
        if let Err(too_soon) = begun {
            metrics::count_refusal(too_soon);
        }
        Ok(begun)
    }
}
