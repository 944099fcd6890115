//! A passkey is offered to whoever has none, on the last page before they go on to the service: beside their details, or
//! once they have an account. Nobody has to take it.

use actix_web::HttpRequest;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use identity::account::{Account, AccountId};
use identity::client::Client;
use identity::clock::Time;
use identity::interaction::{AuthenticationMethod, Interaction, Outcome};
use identity::passkey::CeremonyOwner;
use store::StoreError;

use super::ceremony::{Trouble, no_challenge};
use super::make::{LATELY, Making, suggested_name, words};
use crate::Journeys;
use crate::account::errands::walk;
use crate::ending::Ending;
use crate::form::Form;
use crate::handlers::{Answer, see_other, start};
use crate::load::{Refusal, Visit};
use crate::page::{Page, Question};
use crate::pages::your_details::YourDetails;
use crate::render::address;
use crate::scribe::Scribe;
use crate::state::Proof;
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

/// Somebody on a page with an offer.
struct Offered {
    account: Account,
    place: Place,
}

enum Place {
    /// Beside their details.
    Details(Box<Visit>, Box<Progress<Ending>>),
    /// The journey that made the account is over, and the person has not gone on yet.
    New(Box<Interaction>, Arc<Client>),
}

impl Place {
    fn interaction(&self) -> &Interaction {
        match self {
            Place::Details(visit, _) => &visit.interaction,
            Place::New(interaction, _) => interaction,
        }
    }

    fn client(&self) -> Arc<Client> {
        match self {
            Place::Details(visit, _) => visit.client.clone(),
            Place::New(_, client) => client.clone(),
        }
    }

    fn proves(&self, account: &Account) -> bool {
        match self {
            Place::Details(visit, _) => has_proved(visit, account),
            // It was made with an address that was proved.
            Place::New(..) => true,
        }
    }

    fn path(&self) -> &'static str {
        match self {
            Place::Details(..) => YourDetails::PATH,
            Place::New(..) => "finished",
        }
    }
}

pub(crate) async fn challenge(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>) -> Answer {
    let Some(Offered { account, place }) = journeys.offered(&request, &id).await? else {
        return Ok(no_challenge(StatusCode::BAD_REQUEST, Trouble::Expired));
    };
    let owner = CeremonyOwner::Interaction(place.interaction().id);
    Ok(journeys.challenge_to_make(&journeys.asker(&request), &account, owner).await?)
}

pub(crate) async fn submit(journeys: Data<Journeys>, request: HttpRequest, id: Path<String>, body: Bytes) -> Answer {
    let Some(Offered { account, place }) = journeys.offered(&request, &id).await? else {
        // Wherever the journey is now.
        return start(journeys, request, id).await;
    };
    let owner = CeremonyOwner::Interaction(place.interaction().id);
    let making = Making { account: account.id, owner, name: suggested_name(&request) };
    let scribe = Scribe::new(journeys.get_ref().clone(), journeys.clock.now(), Some(place.client()));
    match journeys.keep_passkey(making, &Form::read(&body), scribe).await? {
        Ok(()) => Ok(see_other(&address(place.interaction(), place.path()))),
        Err(trouble) => {
            let errors = trouble.errors(words);
            match &place {
                Place::Details(visit, progress) => {
                    let page = Page::named(YourDetails::PATH);
                    journeys.show(visit, progress, page, Some((&Form::default(), errors))).await
                }
                Place::New(interaction, client) => Ok(journeys.finished(interaction, client, &errors).await?),
            }
        }
    }
}

/// Has the person proved the address of the account, or shown a passkey of theirs? A number alone is not enough: those are
/// handed on, and a passkey would stay.
fn has_proved(visit: &Visit, account: &Account) -> bool {
    let session = visit.interaction.ask.session.as_ref().filter(|session| session.account == account.id);
    let by_session = session.is_some_and(|session| !session.methods.contains(&AuthenticationMethod::Sms));
    let by_passkey = visit.state.answers.passkey == Some(account.id);
    by_session || by_passkey || visit.state.has(&Proof::Email(account.email.clone()))
}

impl Journeys {
    /// Who is on a page with an offer, and has proved lately that the account is theirs.
    async fn offered(&self, request: &HttpRequest, id: &str) -> Result<Option<Offered>, StoreError> {
        let (id, place) = match self.visit(request, id).await? {
            Ok(mut visit) => {
                let progress = self.follow(&mut visit).await?;
                let Some(id) = self.owner_of_the_details(&visit, &progress) else { return Ok(None) };
                (id, Place::Details(Box::new(visit), Box::new(progress)))
            }
            Err(Refusal::Finished(interaction, client)) => match self.owner_of_the_new(&interaction).await? {
                Some(id) => (id, Place::New(interaction, client)),
                None => return Ok(None),
            },
            Err(_) => return Ok(None),
        };
        let account = self.store.glance(move |db| db.accounts().by_id(id)).await?;
        Ok(account.filter(|account| place.proves(account)).map(|account| Offered { account, place }))
    }

    /// The owner of the account that this journey has made. Once the authorization server has taken the journey up it is
    /// over: whoever comes back to its last page may be somebody else.
    async fn owner_of_the_new(&self, interaction: &Interaction) -> Result<Option<AccountId>, StoreError> {
        let Some(Outcome::SignedIn { account, at, .. }) = interaction.outcome else { return Ok(None) };
        if interaction.resumed_at.is_some() || !self.is_lately(at) {
            return Ok(None);
        }
        let (began, account) =
            (interaction.created_at, self.store.glance(move |db| db.accounts().by_id(account)).await?);
        Ok(account.filter(|account| account.created_at >= began).map(|account| account.id))
    }

    /// What the last page of a journey says that made an account.
    pub(crate) async fn offer_with_new(&self, interaction: &Interaction) -> Result<Offer, StoreError> {
        match self.owner_of_the_new(interaction).await? {
            Some(account) => self.offer(account, interaction.created_at).await,
            None => Ok(Offer::Nothing),
        }
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
        let Some(id) = self.owner_of_the_details(visit, progress) else { return Ok(Offer::Nothing) };
        let account = self.store.glance(move |db| db.accounts().by_id(id)).await?;
        match account.filter(|account| has_proved(visit, account)) {
            Some(account) => self.offer(account.id, visit.interaction.created_at).await,
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
