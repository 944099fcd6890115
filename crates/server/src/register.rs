//! The way to the register of teachers for what people ask to be changed. All but the request's id is looked up when it goes out.

use std::sync::Arc;

use async_trait::async_trait;
use identity::carrier::{Carried, Carrier, NotCarried, Refusal};
use identity::change_request::{ChangeRequest, ChangeState};
use identity::clock::Clock;
use identity::evidence::EvidenceStore;
use identity::record_change::{ChangeAsked, RecordChangeRequest};
use partners::http::{Address, NotSetUp};
use partners::records::{RecordChanges, TokenOf};
use store::Store;
use uuid::Uuid;

use crate::config::Config;
use crate::evidence::{self, NoRoom};

/// Why the register cannot be told of changes.
#[derive(Debug, thiserror::Error)]
pub enum NotTold {
    #[error("{0}")]
    Evidence(#[from] NoRoom),
    #[error("{0}")]
    Partner(#[from] NotSetUp),
}

/// A carrier that finds out what there is to be told.
pub struct Register<C> {
    pub store: Store,
    pub files: Arc<dyn EvidenceStore>,
    pub carrier: C,
}

/// The register, where the configuration wants it to be told.
///
/// # Errors
/// When it, or the place of the evidence, cannot be called at all.
pub fn register(
    config: &Config,
    store: &Store,
    clock: Clock,
    token_of: Arc<TokenOf>,
) -> Result<Option<Register<RecordChanges>>, NotTold> {
    let (true, Some(base)) = (config.records.tell_changes, config.records.api_base.url()) else { return Ok(None) };
    let Some(files) = evidence::files(&config.evidence, clock)? else { return Ok(None) };
    let time_budget = config.records.api_timeout.duration().to_std().unwrap_or_default();
    let carrier = RecordChanges::new(Address::new(base.clone(), time_budget), token_of)?;
    Ok(Some(Register { store: store.clone(), files, carrier }))
}

impl<C> Register<C> {
    /// Nothing when the person has taken it back, it is decided, or their account is gone: nobody has to hear of it any more.
    async fn find(&self, asked: &ChangeAsked) -> Result<Option<RecordChangeRequest>, NotCarried> {
        let id = asked.request;
        let found = self.store.read(move |db| {
            let Some(request) = db.change_requests().by_id(id)? else { return Ok(None) };
            let account = db.accounts().by_id(request.account)?;
            Ok::<_, store::StoreError>(account.map(|account| (request, account)))
        });
        let Some((request, account)) = found.await.map_err(NotCarried::later)? else { return Ok(None) };
        if request.state != ChangeState::Pending {
            return Ok(None);
        }
        let evidence_url = self.address(&request)?;
        let Some(trn) = account.trn().cloned() else { return Ok(None) };
        let (email, ChangeRequest { wanted, evidence, .. }) = (account.email, request);
        Ok(Some(RecordChangeRequest { trn, email, wanted, evidence: evidence.name, evidence_url }))
    }

    fn address(&self, request: &ChangeRequest) -> Result<String, NotCarried> {
        let address = request.evidence.id.and_then(|id| self.files.address(id));
        address.ok_or(NotCarried::Refused(Refusal::Content))
    }
}

#[async_trait]
impl<C: Carrier<RecordChangeRequest>> Carrier<ChangeAsked> for Register<C> {
    async fn carry(&self, id: Uuid, what: &ChangeAsked) -> Result<Carried, NotCarried> {
        match self.find(what).await? {
            Some(request) => self.carrier.carry(id, &request).await,
            None => Ok(Carried::default()),
        }
    }
}
