//! A passkey is offered to whoever has none, beside their details, on the last page before they go on to the service.
//! Nobody has to take it.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use identity::account::{Account, AccountId};
use identity::clock::Time;
use identity::passkey::CeremonyOwner;
use store::StoreError;

use super::ceremony::{Trouble, no_challenge};
use super::make::{LATELY, Making, suggested_name, words};
use crate::Journeys;
use crate::account::errands::walk;
use crate::ending::Ending;
use crate::form::Form;
use crate::handlers::{Answer, see_other, start};
use crate::load::Visit;
use crate::page::{Page, Question};
use crate::pages::your_details::YourDetails;
use crate::render::address;
use crate::scribe::Scribe;
use crate::walk::{Progress, Rest, Walk};

/// What a page says of passkeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    Nothing,
    Make,
    /// One was made on this page.
    Made,
}

impl Offer {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Offer::Nothing => "",
            Offer::Make => "make",
            Offer::Made => "made",
        }
    }
}

/// Somebody on the page with an offer.
struct Offered {
    account: Account,
    visit: Visit,
    progress: Progress<Ending>,
}

pub(crate) async fn challenge(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>) -> Answer {
    let Some(Offered { account, visit, .. }) = journeys.offered(&request, &id).await? else {
        return Ok(no_challenge(StatusCode::BAD_REQUEST, Trouble::Expired));
    };
    let owner = CeremonyOwner::Interaction(visit.interaction.id);
    Ok(journeys.challenge_to_make(&visit.asker, &account, owner).await?)
}

pub(crate) async fn submit(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>, body: Bytes) -> Answer {
    let Some(Offered { account, visit, progress }) = journeys.offered(&request, &id).await? else {
        // Wherever the journey is now.
        return start(journeys, request, id).await;
    };
    let owner = CeremonyOwner::Interaction(visit.interaction.id);
    let making = Making { account: account.id, owner, name: suggested_name(&request) };
    let scribe = Scribe::new(journeys.get_ref().clone(), journeys.clock.now(), Some(visit.client.clone()));
    match journeys.keep_passkey(making, &Form::read(&body), scribe).await? {
        Ok(()) => Ok(see_other(&address(&visit.interaction, YourDetails::PATH))),
        Err(trouble) => {
            let (page, errors) = (Page::named(YourDetails::PATH), trouble.errors(words));
            journeys.show(&visit, &progress, page, Some((&Form::default(), errors))).await
        }
    }
}

impl Journeys {
    /// Who is on a page with an offer, and has proved lately that the account is theirs.
    async fn offered(&self, request: &HttpRequest, id: &str) -> Result<Option<Offered>, StoreError> {
        let Ok(mut visit) = self.visit(request, id).await? else { return Ok(None) };
        let progress = self.follow(&mut visit).await?;
        let Some(account) = self.owner_of_the_details(&visit, &progress) else { return Ok(None) };
        let account = self.store.read(move |db| db.accounts().by_id(account)).await?;
        Ok(account.map(|account| Offered { account, visit, progress }))
    }

    fn owner_of_the_details(&self, visit: &Visit, progress: &Progress<Ending>) -> Option<AccountId> {
        progress.frontier().filter(|page| page.path == YourDetails::PATH && progress.rest == Rest::Page)?;
        let mut state = visit.state.clone();
        state.answers.details_seen = Some(true);
        let ask = &visit.interaction.ask;
        let Rest::End(Ending::SignIn { account, .. }) = Walk::follow(walk, ask, &state).rest else { return None };
        let session = ask.session.as_ref().filter(|session| session.account == account);
        let proved_at = session.map_or(visit.interaction.created_at, |session| session.authenticated_at);
        self.is_lately(proved_at).then_some(account)
    }

    fn is_lately(&self, at: Time) -> bool {
        self.settings.passkeys.is_some() && self.clock.now() - at < LATELY
    }

    /// What the page with the details says.
    pub(crate) async fn offer_with_details(
        &self,
        visit: &Visit,
        progress: &Progress<Ending>,
    ) -> Result<Offer, StoreError> {
        match self.owner_of_the_details(visit, progress) {
            Some(account) => self.offer(account, visit.interaction.created_at).await,
            None => Ok(Offer::Nothing),
        }
    }

    async fn offer(&self, account: AccountId, since: Time) -> Result<Offer, StoreError> {
        let passkeys = self.store.read(move |db| db.passkeys().of_account(account)).await?;
        Ok(match passkeys.last() {
            None => Offer::Make,
            Some(newest) if newest.created_at >= since => Offer::Made,
            Some(_) => Offer::Nothing,
        })
    }
}
