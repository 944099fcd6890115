//! GOV.UK One Login instead of an address: the way there, the way back, and what either comes to. What it proves enters the
//! walk as answers and proofs of its first page, and everything after that is as it is for a code.

mod callback;
mod start;
mod trouble;

use std::sync::Arc;

use identity::client::{Client, OneLoginOffer};
use identity::name::PreviousName;
use identity::one_login::{Level, OneLogin, Proved};

pub(crate) use callback::come_back;
pub(crate) use start::begin;
pub(crate) use trouble::Trouble;

use crate::Journeys;
use crate::ending::Ending;
use crate::page::{Page, Question};
use crate::pages::email::EmailPage;
use crate::pages::official_name::{OfficialName, Previous};
use crate::state::{Proof, State};
use crate::walk::Progress;

/// Where One Login is, for clients that offer it.
#[derive(Clone)]
pub struct OneLoginWay {
    pub client: Arc<dyn OneLogin>,
    /// What people prove there where their client's file does not say.
    pub level: Level,
    /// The origins to which a browser may be led from our page: every redirect on the way counts.
    pub leads_to: Vec<String>,
}

impl Journeys {
    /// The way, where this client offers it.
    pub(crate) fn one_login_for(&self, client: &Client) -> Option<&OneLoginWay> {
        self.one_login.as_ref().filter(|_| client.one_login == OneLoginOffer::Offered)
    }
}

/// Is the page on the trail on which people say who they are?
fn asks_who(progress: &Progress<Ending>) -> bool {
    progress.allows(Page::named(EmailPage::PATH))
}

/// Takes over what was proved. It stands in the place of whatever said before who they are.
pub(crate) fn enter(state: &mut State, proved: Proved) {
    let answers = &mut state.answers;
    answers.passkey = None;
    answers.lost_email = None;
    if let Some(identity) = &proved.identity {
        let previous = identity.previous_names.first();
        answers.official_name = Some(OfficialName {
            name: identity.name.clone(),
            previous: previous.map_or(Previous::No, |name| {
                Previous::Yes(PreviousName { first: Some(name.first.clone()), last: Some(name.last.clone()) })
            }),
        });
        answers.date_of_birth = Some(identity.date_of_birth);
    }
    if let Some(email) = &proved.email {
        answers.email = Some(email.clone());
        state.prove(Proof::Email(email.clone()));
    }
    state.answers.one_login = Some(proved);
}
