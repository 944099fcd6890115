//! What follows from a search in a journey: letters when a record was found; a ticket and another search when not.

use identity::account::{Account, LookupStatus};
use identity::matching::Verdict;
use identity::search::RecordSearch;
use store::Db;

use super::{Failed, Last};
use crate::ending::Search;
use crate::matched::LockedPortal;
use crate::messages::TrnTold;

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
        match &self.seen {
            Some(seen) => Ok(self.scribe.matched(db, account, &seen.now, (&search.stated, &search.verdict))?),
            None => Ok(None),
        }
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
}
