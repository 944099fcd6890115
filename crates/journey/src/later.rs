//! What is done later, without the person: searches are repeated, and accounts follow their records.

use identity::account::{Account, AccountId, RecordLink};
use identity::clock::Time;
use identity::event::EventKind;
use identity::matching::{Decision, Verdict};
use identity::search::RecordSearch;
use identity::trn::Trn;
use store::{Constraint, Db, StoreError, Turn};

use crate::Journeys;
use crate::follow::Patience;
use crate::matched::LockedPortal;
use crate::messages::RecordFound;
use crate::record_seen::Seen;
use crate::scribe::{NotWritten, Scribe};

/// Accounts or searches that one round takes up.
const ROUND: u32 = 100;

/// What a round has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Taken up, whatever came of it.
    pub looked_at: usize,
    /// Linked to a record, or changed with it.
    pub changed: usize,
}

impl Round {
    /// Is there more than one round takes up?
    pub fn is_full(&self) -> bool {
        self.looked_at >= ROUND as usize
    }
}

impl Journeys {
    /// Repeats the searches that are due. Who is found is linked and told, and their ticket closes by itself.
    ///
    /// # Errors
    /// When the database fails. When the records do, the searches are put off.
    pub async fn repeat_searches(&self) -> Result<Round, NotWritten> {
        let now = self.clock.now();
        let due =
            self.store.read(move |db| db.record_searches().due(now, ROUND)).await.map_err(|error: StoreError| error)?;
        let mut round = Round::default();
        for search in due {
            let patience = Patience::new();
            let (verdict, _) = self.search(&search.stated, search.policy, &patience).await;
            let unsure = verdict.decision == Decision::Unsure;
            round.looked_at += 1;
            let seen = match &verdict.decision {
                Decision::One(trn) => self.see(trn, &patience).await,
                _ => None,
            };
            let (found, locked) = self.repeat(search, (verdict, seen), now).await?;
            self.unlock_portal(locked, &patience).await;
            round.changed += usize::from(found);
            if unsure {
                // The source would not answer the others either: they keep their turn.
                break;
            }
        }
        Ok(round)
    }

    async fn repeat(
        &self,
        search: RecordSearch,
        (verdict, seen): (Verdict, Option<Seen>),
        now: Time,
    ) -> Result<(bool, Option<LockedPortal>), NotWritten> {
        let scribe = Scribe::new(self.clone(), now, None);
        self.store
            .transact(move |db| {
                let again = search.clone().again(&verdict.decision, now);
                if !db.record_searches().put_off(&search, &again)? {
                    return Ok((false, None));
                }
                match &verdict.decision {
                    Decision::One(trn) => scribe.link(db, &search, trn, (&verdict, seen.as_ref())),
                    _ => Ok((false, None)),
                }
            })
            .await
    }

    /// Looks at the records that have not been looked at since `before`, and lets their accounts follow them; those that
    /// come `after` one, in their turn. Gives the last of the round, to go on after.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn follow_records(&self, before: Time, after: Option<Turn>) -> Result<(Round, Option<Turn>), NotWritten> {
        let due = self.store.read(move |db| db.accounts().with_record_unseen_since(before, after, ROUND)).await;
        let due: Vec<Account> = due.map_err(|error: StoreError| error)?;
        let last = due.last().map(Turn::from);
        let mut round = Round::default();
        for account in due {
            round.looked_at += 1;
            let Some(trn) = account.trn() else { continue };
            let patience = Patience::new();
            match self.see(trn, &patience).await {
                Some(seen) => round.changed += usize::from(self.follow_one(account.id, seen).await?),
                // The source would not answer about the others either: they keep their turn.
                None if patience.was_in_vain() => break,
                None => {}
            }
        }
        Ok((round, last))
    }

    async fn follow_one(&self, id: AccountId, seen: Seen) -> Result<bool, NotWritten> {
        let scribe = Scribe::new(self.clone(), self.clock.now(), None);
        self.store
            .transact(move |db| {
                // Somebody else may have followed it since.
                let Some(current) = db.accounts().by_id(id)? else { return Ok(false) };
                scribe.follow_record(db, &current, &seen)?;
                let after = db.accounts().by_id(id)?;
                Ok(after.is_some_and(|after| after.record != current.record || after.updated_at != current.updated_at))
            })
            .await
    }
}

impl Scribe {
    /// Links the record that a repeated search has found: whether it did, and the portal account that may be unlocked.
    /// What another account holds is left to support.
    fn link(
        &self,
        db: &mut Db<'_>,
        search: &RecordSearch,
        trn: &Trn,
        (verdict, seen): (&Verdict, Option<&Seen>),
    ) -> Result<(bool, Option<LockedPortal>), NotWritten> {
        let Some(account) = db.accounts().by_id(search.account)? else { return Ok((false, None)) };
        let link = RecordLink::searched(trn.clone(), search.policy).matched_by(verdict, self.at());
        let name = seen.map_or(&account.official_name, |seen| &seen.now.name);
        match db.accounts().assign_record(account.id, &link, name, self.at()) {
            Ok(true) => {}
            Ok(false) | Err(StoreError::Unique(Constraint::AccountTrn)) => return Ok((false, None)),
            Err(error) => return Err(error.into()),
        }
        self.event(db, account.id, EventKind::RecordLookedUp { verdict: verdict.clone() })?;
        let Some(linked) = db.accounts().by_id(account.id)? else { return Ok((false, None)) };
        self.found_by_itself(db, &linked)?;
        let letter = RecordFound { addressee: self.addressee(&linked), trn: link.trn };
        self.letter(db, &letter, &linked.email)?;
        let Some(seen) = seen else { return Ok((true, None)) };
        self.follow_record(db, &linked, seen)?;
        Ok((true, self.matched(db, &linked, &seen.now, (&search.stated, verdict))?))
    }
}
