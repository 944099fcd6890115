//! Runs a journey over what is known, looks up what it asks for, and runs it again until it rests.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use actix_web::rt::time::timeout;
use identity::account::Account;
use identity::clock::Time;
use identity::matching::{Decision, Identifiers, MatchPolicy, Policy, Verdict, decide};
use identity::record::{RecordsUnavailable, TeachingRecord};
use identity::trn::Trn;
use store::{Db, StoreError};

use crate::Journeys;
use crate::account::errands::walk;
use crate::ending::Ending;
use crate::known::{KnownAccount, KnownRecord};
use crate::load::Visit;
use crate::state::{Found, Lookup, State};
use crate::walk::{Progress, Rest, Walk};

/// The records have so long to answer, for all that a request asks of them; then the person goes on without.
const RECORDS_BUDGET: Duration = Duration::from_secs(5);

impl Journeys {
    /// Follows the journey to where it waits for the person or ends. Findings are added to the state, which is not saved.
    pub(crate) async fn follow(&self, visit: &mut Visit) -> Result<Progress<Ending>, StoreError> {
        let now = self.clock.now();
        visit.state.forget_unsure(now);
        let patience = Patience::in_view_of(visit.state.slow_at);
        loop {
            let progress = Walk::follow(walk, &visit.interaction.ask, &visit.state);
            let Rest::Finding(lookup) = progress.rest else { return Ok(progress) };
            let found = self.look_up(&lookup, &mut visit.state, now, &patience).await?;
            visit.state.keep(lookup, found, now);
            if patience.has_run_out() {
                visit.state.slow_at.get_or_insert(now);
            }
        }
    }

    async fn look_up(
        &self,
        lookup: &Lookup,
        state: &mut State,
        now: Time,
        patience: &Patience,
    ) -> Result<Found, StoreError> {
        match lookup.clone() {
            Lookup::AccountByEmail(email) => self.account(move |db| db.accounts().by_email(&email)).await,
            Lookup::AccountByMobile(mobile) => self.account(move |db| db.accounts().by_mobile(&mobile)).await,
            Lookup::AccountsLike(name, date_of_birth) => {
                let found = self.store.glance(move |db| db.accounts().alike(&name, date_of_birth)).await?;
                Ok(Found::Accounts(found.into_iter().map(|account| KnownAccount::of(account, None, &[])).collect()))
            }
            Lookup::AccountByTrn(trn) => self.account(move |db| db.accounts().by_trn(&trn)).await,
            Lookup::AccountByOneLogin(subject) => {
                let owner = move |db: &mut Db<'_>| match db.one_logins().by_subject(&subject)? {
                    Some(link) => db.accounts().by_id(link.account),
                    None => Ok(None),
                };
                self.account(owner).await
            }
            Lookup::AccountById(id) => self.account(move |db| db.accounts().by_id(id)).await,
            Lookup::Mailbox(email) => {
                let shared = self.shared_mailboxes.clone();
                let kind = self.store.glance(move |db| db.institution_domains().mailbox_kind(&email, &shared)).await?;
                Ok(Found::Mailbox(kind))
            }
            Lookup::Record(stated, policy) => {
                let (verdict, record) = self.search(&stated, policy, patience).await;
                // What the search says of the record stands, should the records not answer when asked about it.
                if let Some(record) = record {
                    let known = KnownRecord::of(&record, now.date_naive());
                    state.keep(Lookup::RecordByTrn(record.trn), Found::Record(Some(known)), now);
                }
                Ok(Found::Verdict(verdict))
            }
            Lookup::RecordByTrn(trn) => {
                let record = self.record(&trn, patience).await;
                Ok(Found::Record(record.map(|record| KnownRecord::of(&record, now.date_naive()))))
            }
        }
    }

    async fn account(
        &self,
        find: impl FnOnce(&mut Db<'_>) -> Result<Option<Account>, StoreError> + Send + 'static,
    ) -> Result<Found, StoreError> {
        let known = self.store.glance(move |db| {
            let Some(account) = find(db)? else { return Ok(None) };
            let search = db.record_searches().of_account(account.id)?;
            let requests = db.change_requests().pending_of_account(account.id)?;
            Ok::<_, StoreError>(Some(KnownAccount::of(account, search, &requests)))
        });
        Ok(Found::Account(known.await?.map(Box::new)))
    }

    /// What the stated identifiers point at, and the record if that is one; `Unsure` when the records do not answer in
    /// time.
    pub(crate) async fn search(
        &self,
        stated: &Identifiers,
        policy: MatchPolicy,
        patience: &Patience,
    ) -> (Verdict, Option<TeachingRecord>) {
        let policy = Policy::named(policy);
        let Some(candidates) = patience.wait_for(self.records.candidates(stated)).await else {
            return (Verdict::unsure(policy), None);
        };
        let verdict = decide(policy, stated, &candidates);
        let found = |record: &TeachingRecord| matches!(&verdict.decision, Decision::One(trn) if *trn == record.trn);
        let record = candidates.into_iter().find(found);
        (verdict, record)
    }

    /// The record of a TRN. Nothing when there is none, or when the records do not answer in time.
    pub(crate) async fn record(&self, trn: &Trn, patience: &Patience) -> Option<TeachingRecord> {
        let record = patience.wait_for(self.records.by_trn(trn)).await?;
        if record.is_none() {
            tracing::warn!("a linked teaching record is not among the records");
        }
        record
    }
}

/// How long one request still waits for the records, whatever it asks of them.
pub(crate) struct Patience {
    began: Instant,
    budget: Duration,
    in_vain: AtomicBool,
}

impl Patience {
    pub(crate) fn new() -> Patience {
        Patience { began: Instant::now(), budget: RECORDS_BUDGET, in_vain: AtomicBool::new(false) }
    }

    /// Somebody who has waited for slow records a moment ago does not wait again on the next page.
    pub(crate) fn in_view_of(slow_at: Option<Time>) -> Patience {
        let budget = if slow_at.is_some() { Duration::ZERO } else { RECORDS_BUDGET };
        Patience { budget, ..Patience::new() }
    }

    fn has_run_out(&self) -> bool {
        self.began.elapsed() >= self.budget
    }

    /// Was something not answered?
    pub(crate) fn was_in_vain(&self) -> bool {
        self.in_vain.load(Ordering::Relaxed)
    }

    /// The answer, if it comes in time.
    pub(crate) async fn wait_for<T>(&self, answer: impl Future<Output = Result<T, RecordsUnavailable>>) -> Option<T> {
        match timeout(self.budget.saturating_sub(self.began.elapsed()), answer).await {
            Ok(Ok(answer)) => return Some(answer),
            Ok(Err(error)) => {
                let error: &dyn std::error::Error = &error;
                tracing::warn!(error, "the teaching records cannot be asked");
            }
            Err(_) => tracing::warn!("the teaching records did not answer in time"),
        }
        self.in_vain.store(true, Ordering::Relaxed);
        None
    }
}
