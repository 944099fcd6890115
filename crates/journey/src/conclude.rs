//! The end of a journey: the account, the event, the last state and the outcome are written together or not at all.

use identity::account::{Account, AccountId};
use identity::client::TrnRequirement;
use identity::clock::Time;
use identity::event::{Event, EventKind};
use identity::interaction::{AuthenticationMethod, Interaction, Outcome};
use store::{Constraint, Db, StoreError};

use crate::Journeys;
use crate::journey::{Ending, Search};
use crate::load::Visit;
use crate::state::{Known, State};

/// What became of an ending.
#[derive(Debug, PartialEq)]
pub enum Concluded {
    Done(Outcome),
    /// Somebody took the address or the record in the meantime: a finding is wrong, and the walk has to be run again.
    Contradicted,
    /// Somebody else went on with this journey at the same moment.
    Outrun,
}

enum Failed {
    Contradicted,
    Outrun,
    Store(StoreError),
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Failed {
        match error {
            StoreError::Unique(Constraint::AccountEmail | Constraint::AccountTrn) => Failed::Contradicted,
            error => Failed::Store(error),
        }
    }
}

/// What is written at the end, made before the transaction begins.
struct Last {
    interaction: Interaction,
    state: String,
    ending: Ending,
    new_account: Option<Account>,
    nino: Option<identity::nino::Nino>,
    at: Time,
    events: [uuid::Uuid; 2],
}

impl Journeys {
    pub async fn conclude(&self, visit: &Visit, ending: Ending) -> Result<Concluded, StoreError> {
        let at = self.clock.now();
        let new_account = match &ending {
            Ending::Register(search) => Some(self.new_account(visit, search.as_ref(), at)),
            Ending::SignIn(_) | Ending::Settle(..) => None,
        };
        let last = Last {
            interaction: visit.interaction.clone(),
            state: serde_json::to_string(&visit.state).expect("a state is plain data"),
            ending,
            new_account,
            nino: stated_nino(&visit.state),
            at,
            events: [self.random.uuid(), self.random.uuid()],
        };
        match self.store.transact(move |db| last.write(db)).await {
            Ok(outcome) => Ok(Concluded::Done(outcome)),
            Err(Failed::Contradicted) => Ok(Concluded::Contradicted),
            Err(Failed::Outrun) => Ok(Concluded::Outrun),
            Err(Failed::Store(error)) => Err(error),
        }
    }

    fn new_account(&self, visit: &Visit, search: Option<&Search>, at: Time) -> Account {
        let answers = &visit.state.answers;
        let name = answers.official_name.as_ref().expect("nobody is registered before they gave their name");
        Account {
            id: AccountId::new(&self.random),
            email: answers.email.clone().expect("nobody is registered before they proved an address"),
            official_name: name.name.clone(),
            preferred_name: answers.preferred_name.clone(),
            date_of_birth: answers.date_of_birth,
            nino: stated_nino(&visit.state),
            lookup_status: search.map(|search| search.status),
            record: search.and_then(|search| search.record.clone()),
            registered_with: Some(visit.client.id.clone()),
            created_at: at,
            updated_at: at,
            last_signed_in_at: Some(at),
        }
    }
}

/// Only what the walk asked for counts: a number given before the person said that they have none does not.
fn stated_nino(state: &State) -> Option<identity::nino::Nino> {
    let answers = &state.answers;
    let nino = answers.nino.as_ref().filter(|_| answers.has_nino == Some(true));
    nino.and_then(Known::as_option).cloned()
}

impl Last {
    fn write(self, db: &mut Db<'_>) -> Result<Outcome, Failed> {
        let account = match &self.ending {
            Ending::SignIn(id) => *id,
            Ending::Register(search) => self.register(db, search.as_ref())?,
            Ending::Settle(id, search) => {
                self.settle(db, *id, search)?;
                *id
            }
        };
        db.accounts().record_sign_in(account, self.at)?;
        self.record(db, self.events[1], account, EventKind::SignedIn)?;
        let outcome = self.outcome(db, account)?;
        let Interaction { id, version, .. } = &self.interaction;
        if db.interactions().finish(id, *version, &self.state, &outcome)? { Ok(outcome) } else { Err(Failed::Outrun) }
    }

    fn register(&self, db: &mut Db<'_>, search: Option<&Search>) -> Result<AccountId, Failed> {
        let account = self.new_account.as_ref().expect("it was made for this ending");
        db.accounts().create(account)?;
        let verdict = search.map(|search| search.verdict.clone());
        self.record(db, self.events[0], account.id, EventKind::AccountRegistered { verdict })?;
        Ok(account.id)
    }

    fn settle(&self, db: &mut Db<'_>, id: AccountId, search: &Search) -> Result<(), Failed> {
        let Search { status, record, verdict } = search;
        db.accounts().settle_record(id, *status, record.as_ref(), self.nino.as_ref(), self.at)?;
        self.record(db, self.events[0], id, EventKind::RecordLookedUp { verdict: verdict.clone() })
    }

    fn record(&self, db: &mut Db<'_>, id: uuid::Uuid, account: AccountId, kind: EventKind) -> Result<(), Failed> {
        let client = Some(self.interaction.client_id.clone());
        Ok(db.events().record(&Event { id, at: self.at, kind, account, client })?)
    }

    /// A client that requires a TRN gets no code for somebody without one.
    fn outcome(&self, db: &mut Db<'_>, id: AccountId) -> Result<Outcome, Failed> {
        let required = self.interaction.ask.wants_record && self.interaction.ask.trn == TrnRequirement::Required;
        let linked = |account: Option<Account>| account.is_some_and(|account| account.trn().is_some());
        if required && !linked(db.accounts().by_id(id)?) {
            return Ok(Outcome::WithoutTrn { account: id });
        }
        Ok(Outcome::SignedIn { account: id, at: self.at, methods: vec![AuthenticationMethod::Otp] })
    }
}
