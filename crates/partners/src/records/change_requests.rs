//! `POST /v3/person/name-changes` and `date-of-birth-changes`. The register lets the person in whose record it is, by a token
//! that we issue for them: signing it is the affair of whoever has our keys.

use std::error::Error as Cause;
use std::sync::Arc;

use async_trait::async_trait;
use identity::carrier::{Carried, Carrier, NotCarried, Refusal};
use identity::change_request::Wanted;
use identity::record_change::RecordChangeRequest;
use identity::secret::Plain;
use identity::trn::Trn;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::http::{Address, NotSetUp, Partner, Repeat};

const VERSION: (&str, &str) = ("X-Api-Version", "20250627");

/// Makes a token for the holder of this TRN.
pub type TokenOf = dyn Fn(&Trn) -> Result<Plain, Box<dyn Cause + Send + Sync>> + Send + Sync;

pub struct RecordChanges {
    partner: Partner,
    token_of: Arc<TokenOf>,
}

impl RecordChanges {
    /// # Errors
    /// When the register cannot be called at all.
    pub fn new(address: Address, token_of: Arc<TokenOf>) -> Result<RecordChanges, NotSetUp> {
        Ok(RecordChanges { partner: Partner::new("record-changes", address)?, token_of })
    }
}

#[async_trait]
impl Carrier<RecordChangeRequest> for RecordChanges {
    /// The wire has no place for an idempotency key: support at the register may see a request twice.
    async fn carry(&self, _: Uuid, what: &RecordChangeRequest) -> Result<Carried, NotCarried> {
        let token = (self.token_of)(&what.trn).map_err(NotCarried::Later)?;
        let (path, body) = shape(what);
        let (url, body) = (self.partner.url(path), body.to_string());
        let make = |client: &reqwest::Client| {
            let request = client.post(url.clone()).bearer_auth(token.expose()).header(VERSION.0, VERSION.1);
            request.header(CONTENT_TYPE, "application/json").body(body.clone())
        };
        let answer = self.partner.call("change", Repeat::No, make).await?;
        match answer.status {
            200..300 => Ok(Carried::default()),
            400 | 422 => Err(NotCarried::Refused(Refusal::Content)),
            status => Err(NotCarried::later(format!("the register answered with {status}"))),
        }
    }
}

fn shape(request: &RecordChangeRequest) -> (&'static str, Value) {
    let mut body = json!({
        "emailAddress": request.email.as_str(),
        "evidenceFileName": request.evidence.as_str(),
        "evidenceFileUrl": request.evidence_url,
    });
    match &request.wanted {
        Wanted::OfficialName(name) => {
            body["firstName"] = name.first.as_str().into();
            if let Some(middle) = &name.middle {
                body["middleName"] = middle.as_str().into();
            }
            body["lastName"] = name.last.as_str().into();
            ("v3/person/name-changes", body)
        }
        Wanted::DateOfBirth(born) => {
            body["dateOfBirth"] = born.date().format("%Y-%m-%d").to_string().into();
            ("v3/person/date-of-birth-changes", body)
        }
    }
}
