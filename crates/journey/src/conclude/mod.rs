//! The end of a journey: the account, the events, the letters, the last state and the outcome are written together or not
//! at all.

mod by_mobile;
mod change;
mod claim;
mod linked;
mod one_login;
mod register;
mod request;
mod sign_in;
mod support;

use std::sync::Arc;

use identity::account::{AccountId, RecordSeen};
use identity::client::{Client, TrnRequirement};
use identity::clock::Time;
use identity::event::EventKind;
use identity::interaction::{AuthenticationMethod, Interaction, Outcome};
use identity::matching::MatchPolicy;
use store::{Constraint, Db, StoreError};

use crate::Journeys;
use crate::ending::Ending;
use crate::follow::Patience;
use crate::load::Visit;
use crate::matched::LockedPortal;
use crate::record_seen::Seen;
use crate::scribe::{NotWritten, Scribe};
use crate::state::State;

/// What became of an ending.
#[derive(Debug, PartialEq)]
pub enum Concluded {
    Done(Outcome, Created),
    /// Somebody took the address or the record in the meantime: a finding is wrong, and the walk has to be run again.
    Contradicted,
    /// Somebody else went on with this journey at the same moment.
    Outrun,
}

/// Has the person got a new account? Then they are told before they go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Created {
    Yes,
    No,
}

/// Why the transaction of an ending was rolled back.
enum Failed {
    Contradicted,
    Outrun,
    Other(NotWritten),
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Failed {
        match error {
            StoreError::Unique(
                Constraint::AccountEmail
                | Constraint::AccountMobile
                | Constraint::AccountTrn
                | Constraint::OneLoginSubject,
            ) => Failed::Contradicted,
            error => Failed::Other(error.into()),
        }
    }
}

impl From<NotWritten> for Failed {
    fn from(error: NotWritten) -> Failed {
        match error {
            NotWritten::Store(error) => error.into(),
            error => Failed::Other(error),
        }
    }
}

/// All that an ending is written from.
struct Last {
    scribe: Scribe,
    interaction: Interaction,
    client: Arc<Client>,
    state: State,
    /// The record that the account is linked to from now on, as it is now.
    seen: Option<Seen>,
    /// What of it is written down with the sign-in.
    sight: Option<RecordSeen>,
    at: Time,
}

impl Journeys {
    pub async fn conclude(&self, visit: &Visit, ending: Ending) -> Result<Concluded, NotWritten> {
        let at = self.clock.now();
        let patience = Patience::in_view_of(visit.state.slow_at);
        let last = Last {
            scribe: Scribe::new(self.clone(), at, Some(visit.client.clone())),
            interaction: visit.interaction.clone(),
            client: visit.client.clone(),
            state: visit.state.clone(),
            seen: self.record_at_the_end_of(&visit.state, &ending, &patience).await,
            sight: None,
            at,
        };
        let created = if matches!(ending, Ending::Register { .. }) { Created::Yes } else { Created::No };
        match self.store.transact(move |db| last.write(db, ending)).await {
            Ok((outcome, locked)) => {
                self.unlock_portal(locked, &patience).await;
                Ok(Concluded::Done(outcome, created))
            }
            Err(Failed::Contradicted) => Ok(Concluded::Contradicted),
            Err(Failed::Outrun) => Ok(Concluded::Outrun),
            Err(Failed::Other(error)) => Err(error),
        }
    }

    async fn record_at_the_end_of(&self, state: &State, ending: &Ending, patience: &Patience) -> Option<Seen> {
        let found = match ending {
            Ending::Register { search, .. } => search.as_ref(),
            Ending::Claim { search, .. } => Some(search),
            Ending::SignIn { news, .. } => news.search.as_ref(),
            Ending::AskSupport { .. } | Ending::Blocked(_) | Ending::Change { .. } => return None,
        };
        let link = match (found.and_then(|search| search.record.as_ref()), ending) {
            (Some(link), _) => Some(link),
            // As it was found on the way: a link that is another by now is left to whoever follows records by night.
            (None, Ending::SignIn { account, .. }) => state.account(*account)?.record.as_ref(),
            (None, _) => None,
        };
        self.see(&link?.trn, patience).await
    }
}

impl Last {
    fn write(mut self, db: &mut Db<'_>, ending: Ending) -> Result<(Outcome, Option<LockedPortal>), Failed> {
        let mut locked = None;
        let outcome = match &ending {
            Ending::SignIn { account, news, changes, requests } => {
                // First, so that the address which the account has had until now is told, whatever is changed.
                if let Some(mobile) = &news.by_mobile {
                    self.signed_in_by_mobile(db, *account, mobile)?;
                }
                self.ask_for_changes(db, *account, requests)?;
                locked = self.sign_in(db, *account, news, changes)?;
                self.signed_in(db, *account, news.by_mobile.is_some())?
            }
            Ending::Register { email, mobile, search, requests } => {
                let (account, portal) = self.register(db, (email, mobile.as_ref()), search.as_ref(), requests)?;
                locked = portal;
                self.state.registered = true;
                self.signed_in(db, account, false)?
            }
            Ending::Claim { account, email, search } => {
                locked = self.claim(db, *account, email, search)?;
                self.signed_in(db, *account, false)?
            }
            Ending::AskSupport { holder, email, search } => self.ask_support(db, *holder, email, search)?,
            Ending::Blocked(account) => {
                if let Some(account) = account {
                    self.scribe.event(db, *account, EventKind::Blocked)?;
                }
                Outcome::Blocked
            }
            Ending::Change { account, changes, request } => self.change(db, *account, (changes, request.as_ref()))?,
        };
        let Interaction { id, version, .. } = &self.interaction;
        let state = serde_json::to_string(&self.state).expect("a state is plain data");
        let finished = db.interactions().finish(id, *version, &state, &outcome)?;
        if finished { Ok((outcome, locked)) } else { Err(Failed::Outrun) }
    }

    /// A client that requires a TRN gets no code for somebody without one, or with one that was not found well enough.
    fn signed_in(&self, db: &mut Db<'_>, id: AccountId, by_mobile: bool) -> Result<Outcome, Failed> {
        // A new account was made with it.
        if !self.state.registered {
            db.accounts().record_sign_in(id, self.sight.as_ref(), self.at)?;
        }
        let by_one_login = !by_mobile && self.signed_in_by_one_login(db, id)?;
        self.scribe.event(db, id, EventKind::SignedIn)?;
        let ask = &self.interaction.ask;
        let needs_record = ask.wants_record && ask.trn == TrnRequirement::Required;
        if needs_record && !has_record(db, id, ask.match_policy)? {
            return Ok(Outcome::WithoutTrn { account: id });
        }
        let (at, methods) = match &ask.session {
            Some(session) if session.account == id => (session.authenticated_at, session.methods.clone()),
            _ if by_mobile => (self.at, vec![AuthenticationMethod::Otp, AuthenticationMethod::Sms]),
            _ if by_one_login => (self.at, vec![AuthenticationMethod::Mfa]),
            _ if self.state.answers.passkey == Some(id) => (self.at, AuthenticationMethod::PASSKEY.to_vec()),
            _ => (self.at, vec![AuthenticationMethod::Otp]),
        };
        Ok(Outcome::SignedIn { account: id, at, methods })
    }
}

/// Has the account a record that was found well enough?
fn has_record(db: &mut Db<'_>, id: AccountId, policy: MatchPolicy) -> Result<bool, StoreError> {
    Ok(db.accounts().by_id(id)?.is_some_and(|account| account.record_for(policy).is_some()))
}
