//! What follows from a match, whenever it comes about: a letter about what the record says otherwise, and the lock of the
//! self-service portal.

use identity::account::{Account, AccountId};
use identity::change_request::Subject;
use identity::email::Email;
use identity::event::{EventKind, LeftLocked};
use identity::matching::{Agreement, Identifiers, Verdict};
use identity::record::{TeachingRecord, Unlocking};
use identity::secret::{Hashed, Plain, Purpose};
use identity::trn::Trn;
use store::{Db, StoreError};

use crate::Journeys;
use crate::follow::Patience;
use crate::messages::DetailsDiffer;
use crate::scribe::{NotWritten, Scribe};

/// A portal account that may be unlocked, once the link to its record is written.
pub(crate) struct LockedPortal {
    scribe: Scribe,
    account: AccountId,
    trn: Trn,
}

impl Scribe {
    /// The record of this account was found just now, with what was stated.
    pub(crate) fn matched(
        &self,
        db: &mut Db<'_>,
        account: &Account,
        record: &TeachingRecord,
        (stated, verdict): (&Identifiers, &Verdict),
    ) -> Result<Option<LockedPortal>, NotWritten> {
        let letter = self.details_that_differ(db, account, record, (stated, verdict))?;
        if let Some(letter) = letter.filter(DetailsDiffer::says_something) {
            self.letter(db, &letter, &account.email)?;
        }
        Ok(self.portal(db, account, record)?)
    }

    /// What the record says otherwise than the person did, but for what they have asked support to change.
    fn details_that_differ(
        &self,
        db: &mut Db<'_>,
        account: &Account,
        record: &TeachingRecord,
        (stated, verdict): (&Identifiers, &Verdict),
    ) -> Result<Option<DetailsDiffer>, StoreError> {
        let Some(compared) = verdict.matched() else { return Ok(None) };
        let differs = |agreement| agreement == Agreement::Disagreed;
        let renamed = stated.name.as_ref().is_some_and(|stated| stated.current.key() != record.name.key());
        let reborn = differs(compared.date_of_birth);
        let pending = if renamed || reborn { db.change_requests().pending_of_account(account.id)? } else { Vec::new() };
        let asked = |subject| pending.iter().any(|request| request.wanted.subject() == subject);
        let renamed = renamed && !asked(Subject::OfficialName);
        let reborn = reborn && !asked(Subject::DateOfBirth);
        Ok(Some(DetailsDiffer {
            addressee: self.addressee(account),
            official_name: renamed.then(|| record.name.clone()),
            date_of_birth: reborn.then_some(record.date_of_birth),
            nino: record.nino.clone().filter(|_| differs(compared.nino)),
            email: record.emails.first().cloned().filter(|_| differs(compared.email)),
        }))
    }

    /// Three conditions decide whether the self-service portal account is unlocked; if not, the trail has the reason.
    fn portal(
        &self,
        db: &mut Db<'_>,
        account: &Account,
        record: &TeachingRecord,
    ) -> Result<Option<LockedPortal>, StoreError> {
        let finder = finder(&self.journeys, &account.email);
        let found_other = db.record_finders().found_other(&finder, &record.trn)?;
        db.record_finders().note(&finder, &record.trn)?;
        if !record.portal_locked {
            return Ok(None);
        }
        let reason = if record.has_open_alert(self.at().date_naive()) {
            LeftLocked::Alert
        } else if found_other {
            LeftLocked::OtherRecord
        } else {
            return Ok(Some(LockedPortal { scribe: self.clone(), account: account.id, trn: record.trn.clone() }));
        };
        self.event(db, account.id, EventKind::PortalLeftLocked { reason })?;
        Ok(None)
    }
}

fn finder(journeys: &Journeys, email: &Email) -> Hashed {
    journeys.hash_key.hash(Purpose::RecordFinder, "", &Plain::new(email.canonical()))
}

impl Journeys {
    /// Asks for the unlocking and notes what came of it. Whatever that is, the person goes on.
    pub(crate) async fn unlock_portal(&self, locked: Option<LockedPortal>, patience: &Patience) {
        let Some(LockedPortal { scribe, account, trn }) = locked else { return };
        let kind = match patience.wait_for(self.records.unlock_portal(&trn)).await {
            Some(Unlocking::Unlocked) => EventKind::PortalUnlocked,
            Some(Unlocking::WasNotLocked) => return,
            None => EventKind::PortalLeftLocked { reason: LeftLocked::NoAnswer },
        };
        if let Err(error) = self.store.transact(move |db| scribe.event(db, account, kind)).await {
            tracing::error!(error = &error as &dyn std::error::Error, "the unlocking of a portal account is not noted");
        }
    }
}
