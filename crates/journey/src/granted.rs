//! A teaching record says by now what support was asked to change: nothing is left to decide.

use identity::account::Account;
use identity::change_request::{ChangeDecision, Subject};
use identity::event::EventKind;
use identity::record::TeachingRecord;
use identity::ticket::Agent;
use store::Db;

use crate::messages::ChangeMade;
use crate::scribe::{NotWritten, Scribe};

impl Scribe {
    /// Closes what this account waits for and the record has, and tells its owner.
    pub(crate) fn granted(&self, db: &mut Db<'_>, account: &Account, now: &TeachingRecord) -> Result<(), NotWritten> {
        let pending = db.change_requests().pending_of_account(account.id)?;
        for request in pending.into_iter().filter(|request| request.wanted.is_in(now)) {
            let (decision, by) = (ChangeDecision::Approved, Agent::service());
            if !db.change_requests().decide(request.id, decision, &by, self.at())? {
                continue;
            }
            let official_name = request.wanted.subject() == Subject::OfficialName;
            let reference = request.reference.to_string();
            let letter = ChangeMade { addressee: self.addressee(account), official_name, reference };
            self.event(db, account.id, EventKind::ChangeDecided { reference: request.reference, decision, by })?;
            self.letter(db, &letter, &account.email)?;
        }
        Ok(())
    }
}
