//! The cases, a file for each family of tables.

pub(crate) mod account_details;
pub(crate) mod accounts;
pub(crate) mod browser_sessions;
pub(crate) mod change_requests;
pub(crate) mod code_budgets;
pub(crate) mod elections;
pub(crate) mod events;
pub(crate) mod evidence_files;
pub(crate) mod facts;
pub(crate) mod grants;
pub(crate) mod housekeeping;
pub(crate) mod institution_domains;
pub(crate) mod interactions;
pub(crate) mod likeness;
pub(crate) mod logout_notices;
pub(crate) mod one_logins;
pub(crate) mod one_time_codes;
pub(crate) mod outbox;
pub(crate) mod passkey_ceremonies;
pub(crate) mod passkeys;
pub(crate) mod pushed_requests;
pub(crate) mod record_finders;
pub(crate) mod record_searches;
pub(crate) mod records;
pub(crate) mod refresh_tokens;
pub(crate) mod refused_requests;
pub(crate) mod rows_that_cannot_be;
pub(crate) mod sealed;
pub(crate) mod signing_keys;
pub(crate) mod size;
pub(crate) mod spent_ids;
pub(crate) mod tickets;
pub(crate) mod times;
pub(crate) mod transactions;
pub(crate) mod undeliverable_addresses;

use store::{Constraint, Db, Store, StoreError};

/// The rule that `work` would have broken.
pub(crate) async fn broken<T: Send + std::fmt::Debug + 'static>(
    store: &Store,
    work: impl FnOnce(&mut Db<'_>) -> Result<T, StoreError> + Send + 'static,
) -> Constraint {
    match store.transact(work).await {
        Err(StoreError::Unique(rule)) => rule,
        other => panic!("a rule should have been broken, but: {other:?}"),
    }
}

/// Runs `work` in as many transactions as there are `nodes`, all at the same moment, and gives what each came to.
pub(crate) async fn at_once<T: Send + 'static>(
    nodes: &[Store],
    work: impl Fn(usize, &mut Db<'_>) -> Result<T, StoreError> + Clone + Send + 'static,
) -> Vec<Result<T, StoreError>> {
    let line = std::sync::Arc::new(tokio::sync::Barrier::new(nodes.len()));
    let runs = nodes.iter().cloned().enumerate().map(|(number, node)| {
        let (line, work) = (line.clone(), work.clone());
        tokio::spawn(async move {
            line.wait().await;
            node.transact(move |db| work(number, db)).await
        })
    });
    let runs: Vec<_> = runs.collect();
    let mut results = Vec::new();
    for run in runs {
        results.push(run.await.expect("no transaction panics"));
    }
    results
}
