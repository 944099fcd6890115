//! A new account, from the answers.

use identity::account::{Account, AccountId, LookupStatus, RecordSeen};
use identity::email::Email;
use identity::event::EventKind;
use identity::mobile::Mobile;
use identity::nino::Nino;
use store::Db;

use super::{Failed, Last};
use crate::ending::{Request, Search};
use crate::matched::LockedPortal;
use crate::state::{Answers, Known};

impl Last {
    pub(super) fn register(
        &self,
        db: &mut Db<'_>,
        (email, mobile): (&Email, Option<&Mobile>),
        search: Option<&Search>,
        requests: &[Request],
    ) -> Result<(AccountId, Option<LockedPortal>), Failed> {
        let account = self.new_account((email, mobile), search);
        db.accounts().create(&account)?;
        let verdict = search.map(|search| search.verdict.clone());
        self.scribe.event(db, account.id, EventKind::AccountRegistered { verdict })?;
        self.ask_for_changes(db, account.id, requests)?;
        let Some(search) = search else { return Ok((account.id, None)) };
        if search.status == LookupStatus::Found {
            return Ok((account.id, self.linked(db, &account, search)?));
        }
        self.unlinked(db, &account, search)?;
        Ok((account.id, None))
    }

    /// The official name is the record's, where there is one.
    fn new_account(&self, (email, mobile): (&Email, Option<&Mobile>), search: Option<&Search>) -> Account {
        let answers = &self.state.answers;
        let stated = answers.official_name.as_ref().expect("nobody is registered before they gave their name");
        let found = search.and_then(|search| Some((search.record.clone()?, &search.verdict)));
        let link = found.map(|(link, verdict)| link.matched_by(verdict, self.at));
        let record = self.seen.as_ref().map(|seen| &seen.now).filter(|_| link.is_some());
        Account {
            id: AccountId::new(&self.scribe.journeys.random),
            email: email.clone(),
            mobile: mobile.cloned(),
            official_name: record.map_or(&stated.name, |record| &record.name).clone(),
            preferred_name: answers.preferred_name.clone(),
            date_of_birth: answers.date_of_birth,
            nino: stated_nino(answers),
            lookup_status: search.map(|search| search.status),
            record: link,
            record_seen: record.map(|record| RecordSeen::of(record, self.at)),
            registered_with: Some(self.client.id.clone()),
            created_at: self.at,
            updated_at: self.at,
            last_signed_in_at: Some(self.at),
        }
    }
}

/// Only what the walk asked for counts: a number given before the person said that they have none does not.
pub(super) fn stated_nino(answers: &Answers) -> Option<Nino> {
    let nino = answers.nino.as_ref().filter(|_| answers.has_nino != Some(false));
    nino.and_then(Known::as_option).cloned()
}
