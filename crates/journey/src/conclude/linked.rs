//! What follows from a search: letters and the portal when a record was found; a ticket and another search when not.

use identity::account::{Account, LookupStatus};
use identity::email::Email;
use identity::event::{EventKind, LeftLocked};
use identity::matching::{Agreement, Verdict};
use identity::record::TeachingRecord;
use identity::search::RecordSearch;
use identity::secret::{Plain, Purpose};
use identity::trn::Trn;
use store::Db;

use super::{Failed, Last};
use crate::Journeys;
use crate::ending::Search;
use crate::follow::Patience;
use crate::messages::{DetailsDiffer, TrnTold};
use crate::scribe::Scribe;

/// A portal account that may be unlocked, once the link to its record is written.
pub(super) struct LockedPortal {
    scribe: Scribe,
    account: identity::account::AccountId,
    trn: Trn,
}

impl Last {
    /// The record of this account was found just now.
    pub(super) fn linked(
        &self,
        db: &mut Db<'_>,
        account: &Account,
        search: &Search,
    ) -> Result<Option<LockedPortal>, Failed> {
        if let Some(trn) = search.trn_to_tell() {
            let stated = search.stated.trn.clone();
            let letter = TrnTold { addressee: self.scribe.addressee(account), trn: trn.clone(), stated };
            self.scribe.letter(db, &letter, &account.email)?;
        }
        let Some(record) = self.seen.as_ref().map(|seen| &seen.now) else { return Ok(None) };
        if let Some(letter) = self.details_that_differ(account, record, search) {
            self.scribe.letter(db, &letter, &account.email)?;
        }
        self.portal(db, account, record)
    }

    /// The record of this account is not known: it is searched again, and by a person where the outcome is open.
    pub(super) fn unlinked(&self, db: &mut Db<'_>, account: &Account, search: &Search) -> Result<(), Failed> {
        let Search { stated, policy, verdict: Verdict { decision, .. }, .. } = search;
        let again = RecordSearch::after(account.id, stated.clone(), *policy, decision, self.at);
        db.record_searches().put(&again)?;
        if search.status == LookupStatus::Pending && self.interaction.ask.raises_tickets {
            self.raise_ticket(db, account, search)?;
        }
        Ok(())
    }

    /// What the record says otherwise than the person did.
    fn details_that_differ(
        &self,
        account: &Account,
        record: &TeachingRecord,
        search: &Search,
    ) -> Option<DetailsDiffer> {
        let compared = search.verdict.matched()?;
        let differs = |agreement| agreement == Agreement::Disagreed;
        let renamed = search.stated.name.as_ref().is_some_and(|stated| stated.current.key() != record.name.key());
        let letter = DetailsDiffer {
            addressee: self.scribe.addressee(account),
            official_name: renamed.then(|| record.name.clone()),
            date_of_birth: differs(compared.date_of_birth).then_some(record.date_of_birth),
            nino: record.nino.clone().filter(|_| differs(compared.nino)),
            email: record.emails.first().cloned().filter(|_| differs(compared.email)),
        };
        letter.says_something().then_some(letter)
    }

    /// Three conditions decide whether the self-service portal account is unlocked; if not, the trail has the reason.
    fn portal(
        &self,
        db: &mut Db<'_>,
        account: &Account,
        record: &TeachingRecord,
    ) -> Result<Option<LockedPortal>, Failed> {
        let finder = finder(&self.scribe.journeys, &account.email);
        let found_other = db.record_finders().found_other(&finder, &record.trn)?;
        db.record_finders().note(&finder, &record.trn)?;
        if !record.portal_locked {
            return Ok(None);
        }
        let reason = if record.has_open_alert(self.at.date_naive()) {
            LeftLocked::Alert
        } else if found_other {
            LeftLocked::OtherRecord
        } else {
            let locked = LockedPortal { scribe: self.scribe.clone(), account: account.id, trn: record.trn.clone() };
            return Ok(Some(locked));
        };
        self.scribe.event(db, account.id, EventKind::PortalLeftLocked { reason })?;
        Ok(None)
    }
}

fn finder(journeys: &Journeys, email: &Email) -> identity::secret::Hashed {
    journeys.hash_key.hash(Purpose::RecordFinder, "", &Plain::new(email.canonical()))
}

impl Journeys {
    /// Asks for the unlocking and notes what came of it. Whatever that is, the person goes on.
    pub(super) async fn unlock_portal(&self, locked: Option<LockedPortal>, patience: &Patience) {
        let Some(LockedPortal { scribe, account, trn }) = locked else { return };
        let kind = match patience.wait_for(self.records.unlock_portal(&trn)).await {
            Some(()) => EventKind::PortalUnlocked,
            None => EventKind::PortalLeftLocked { reason: LeftLocked::NoAnswer },
        };
        if let Err(error) = self.store.transact(move |db| scribe.event(db, account, kind)).await {
            tracing::error!(error = &error as &dyn std::error::Error, "the unlocking of a portal account is not noted");
        }
    }
}
