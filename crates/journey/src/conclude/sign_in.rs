//! Somebody we know: what this sign-in found out about their record, and what they changed.

use identity::account::{AccountId, DetailChanges, LookupStatus};
use identity::event::{Detail, EventKind};
use store::Db;

use super::{Failed, Last};
use crate::ending::{Elevation, News, Search};
use crate::matched::LockedPortal;
use crate::messages::RecordFound;

impl Last {
    pub(super) fn sign_in(
        &mut self,
        db: &mut Db<'_>,
        id: AccountId,
        news: &News,
        changes: &DetailChanges,
    ) -> Result<Option<LockedPortal>, Failed> {
        self.change_details(db, id, changes)?;
        if let Some(elevation) = &news.elevation {
            self.elevate(db, id, elevation)?;
        }
        let locked = match &news.search {
            Some(search) => self.settle(db, id, search, news.quiet)?,
            None => None,
        };
        self.correct_search(db, id, changes)?;
        if let Some(seen) = &self.seen
            && let Some(account) = db.accounts().by_id(id)?
        {
            self.sight = self.scribe.followed(db, &account, seen)?;
        }
        Ok(locked)
    }

    /// Writes what a search for the record of an existing account came to.
    fn settle(
        &self,
        db: &mut Db<'_>,
        id: AccountId,
        search: &Search,
        quiet: bool,
    ) -> Result<Option<LockedPortal>, Failed> {
        // Support, or a search that was repeated, has linked a record since this one was made: that stands.
        if db.accounts().by_id(id)?.is_none_or(|account| account.record.is_some()) {
            return Ok(None);
        }
        let Search { status, record, verdict, stated, .. } = search;
        let link = record.clone().map(|link| link.matched_by(verdict, self.at));
        db.accounts().settle_record(id, *status, link.as_ref(), stated.nino.as_ref(), self.at)?;
        self.scribe.event(db, id, EventKind::RecordLookedUp { verdict: verdict.clone() })?;
        let Some(account) = db.accounts().by_id(id)? else { return Ok(None) };
        if *status != LookupStatus::Found {
            self.unlinked(db, &account, search)?;
            return Ok(None);
        }
        self.scribe.found_by_itself(db, &account)?;
        if quiet && let Some(trn) = account.trn() {
            let letter = RecordFound { addressee: self.scribe.addressee(&account), trn: trn.clone() };
            self.scribe.letter(db, &letter, &account.email)?;
        }
        self.linked(db, &account, search)
    }

    /// The NINO that was stated is kept, whatever came of it.
    fn elevate(&self, db: &mut Db<'_>, id: AccountId, elevation: &Elevation) -> Result<(), Failed> {
        let stated = DetailChanges { nino: elevation.stated.nino.clone(), ..DetailChanges::default() };
        db.accounts().change_details(id, &stated, self.at)?;
        let raised = match &elevation.link {
            Some(link) => {
                let link = link.clone().matched_by(&elevation.verdict, self.at);
                db.accounts().raise_level(id, &link, self.at)?
            }
            None => false,
        };
        self.scribe.event(db, id, EventKind::LevelSearched { verdict: elevation.verdict.clone(), raised })?;
        Ok(())
    }

    /// Somebody who is still searched for is searched with what they have put right.
    pub(super) fn correct_search(&self, db: &mut Db<'_>, id: AccountId, changes: &DetailChanges) -> Result<(), Failed> {
        if *changes == DetailChanges::default() {
            return Ok(());
        }
        let search = db.record_searches().of_account(id)?;
        if let Some(corrected) = search.and_then(|search| search.corrected(changes, self.at)) {
            db.record_searches().put(&corrected)?;
        }
        Ok(())
    }

    /// Says which details are others now.
    pub(super) fn change_details(
        &self,
        db: &mut Db<'_>,
        id: AccountId,
        changes: &DetailChanges,
    ) -> Result<Vec<Detail>, Failed> {
        if *changes == DetailChanges::default() {
            return Ok(Vec::new());
        }
        let Some(before) = db.accounts().by_id(id)? else { return Ok(Vec::new()) };
        db.accounts().change_details(id, changes, self.at)?;
        let Some(after) = db.accounts().by_id(id)? else { return Ok(Vec::new()) };
        Ok(self.scribe.details_changed(db, &before, &after)?)
    }
}
