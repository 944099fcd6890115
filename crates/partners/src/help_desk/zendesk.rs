//! Zendesk, by its Ticketing API. A ticket of ours is found there by its reference, which is the `external_id`, so that
//! there are never two, whatever becomes of an answer: an idempotency key alone is forgotten after two hours.

use async_trait::async_trait;
use identity::carrier::{Carried, Carrier, NotCarried, Refusal};
use identity::help_desk::{DeskItem, Opened, Solved};
use identity::ticket::Reference;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, RequestBuilder};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use crate::http::{Address, Answer, CallError, NotSetUp, Partner, Repeat};

const TICKETS: &str = "api/v2/tickets.json";

/// How we are known there, and what our tickets are marked with.
#[derive(Clone)]
pub struct ZendeskSettings {
    /// Of the agent whom the token belongs to.
    pub email: String,
    pub token: String,
    pub tags: Vec<String>,
    /// The id of a field of their own, and what stands in it.
    pub custom_field: Option<(u64, String)>,
}

pub struct Zendesk {
    partner: Partner,
    settings: ZendeskSettings,
}

/// As much as we want to know of a ticket over there.
#[derive(Deserialize)]
struct Ticket {
    id: u64,
    external_id: Option<String>,
    #[serde(default)]
    status: String,
}

#[derive(Deserialize)]
struct One {
    ticket: Ticket,
}

#[derive(Deserialize)]
struct Many {
    tickets: Vec<Ticket>,
}

impl Ticket {
    fn is_of(&self, reference: &Reference) -> bool {
        self.external_id.as_deref() == Some(reference.as_str())
    }

    fn is_done(&self) -> bool {
        matches!(self.status.as_str(), "solved" | "closed")
    }

    fn carried(&self) -> Carried {
        Carried { reference: Some(self.id.to_string()) }
    }
}

impl Zendesk {
    /// # Errors
    /// When it cannot be called at all.
    pub fn new(address: Address, settings: ZendeskSettings) -> Result<Zendesk, NotSetUp> {
        Ok(Zendesk { partner: Partner::new("zendesk", address)?, settings })
    }

    async fn open(&self, id: Uuid, opened: &Opened) -> Result<Carried, NotCarried> {
        if let Some(present) = self.find(&opened.reference).await? {
            return Ok(present.carried());
        }
        let (url, body) = (self.partner.url(TICKETS), self.ticket_of(opened).to_string());
        let make = |client: &Client| {
            let request = client.post(url.clone()).header("Idempotency-Key", id.to_string());
            self.signed_in(request).header(CONTENT_TYPE, "application/json").body(body.clone())
        };
        let made: One = taken(&self.partner.call("open", Repeat::Yes, make).await?)?.json()?;
        Ok(ours(made.ticket, &opened.reference)?.carried())
    }

    /// What nobody may see but agents is said in an internal note; and nobody but us is told of it by email.
    fn ticket_of(&self, opened: &Opened) -> Value {
        let fields = self.settings.custom_field.iter().map(|(id, value)| json!({ "id": id, "value": value }));
        json!({ "ticket": {
            "external_id": opened.reference.as_str(),
            "subject": opened.subject,
            "comment": { "body": opened.comment, "public": false },
            "requester": { "name": opened.requester.name, "email": opened.requester.email.as_str() },
            "tags": self.settings.tags,
            "custom_fields": fields.collect::<Vec<_>>(),
        } })
    }

    async fn solve(&self, solved: &Solved) -> Result<Carried, NotCarried> {
        let ticket = match &solved.known_as {
            Some(known_as) => self.get(known_as, &solved.reference).await?,
            // Its opening may still be under way.
            None => self.find(&solved.reference).await?.ok_or_else(|| NotCarried::later("it is not open there yet"))?,
        };
        // A note is not added twice, and none can be added once the ticket is closed.
        if ticket.is_done() {
            return Ok(ticket.carried());
        }
        let change = json!({ "ticket": {
            "status": "solved",
            "comment": { "body": solved.comment, "public": false },
        } });
        let (url, body) = (self.url_of(&ticket.id.to_string()), change.to_string());
        let make = |client: &Client| {
            self.signed_in(client.put(url.clone())).header(CONTENT_TYPE, "application/json").body(body.clone())
        };
        // Not repeated at once: the next attempt looks first.
        existing(&self.partner.call("solve", Repeat::No, make).await?)?;
        Ok(ticket.carried())
    }

    async fn get(&self, known_as: &str, reference: &Reference) -> Result<Ticket, NotCarried> {
        let url = self.url_of(known_as);
        let make = |client: &Client| self.signed_in(client.get(url.clone()));
        let one: One = existing(&self.partner.call("get", Repeat::Yes, make).await?)?.json()?;
        ours(one.ticket, reference)
    }

    async fn find(&self, reference: &Reference) -> Result<Option<Ticket>, NotCarried> {
        let mut url = self.partner.url(TICKETS);
        url.query_pairs_mut().append_pair("external_id", reference.as_str());
        let make = |client: &Client| self.signed_in(client.get(url.clone()));
        let many: Many = taken(&self.partner.call("find", Repeat::Yes, make).await?)?.json()?;
        Ok(many.tickets.into_iter().find(|ticket| ticket.is_of(reference)))
    }

    fn url_of(&self, known_as: &str) -> Url {
        self.partner.url(&format!("api/v2/tickets/{known_as}.json"))
    }

    fn signed_in(&self, request: RequestBuilder) -> RequestBuilder {
        request.basic_auth(format!("{}/token", self.settings.email), Some(&self.settings.token))
    }
}

#[async_trait]
impl Carrier<DeskItem> for Zendesk {
    async fn carry(&self, id: Uuid, what: &DeskItem) -> Result<Carried, NotCarried> {
        match what {
            DeskItem::Opened(opened) => self.open(id, opened).await,
            DeskItem::Solved(solved) => self.solve(solved).await,
        }
    }
}

impl std::fmt::Debug for Zendesk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Zendesk(..)")
    }
}

/// The ticket, when it is the one that was meant: nobody else's is solved.
fn ours(ticket: Ticket, reference: &Reference) -> Result<Ticket, NotCarried> {
    if ticket.is_of(reference) { Ok(ticket) } else { Err(NotCarried::later("Zendesk answered with another ticket")) }
}

/// The answer, when it is one to what was asked.
fn taken(answer: &Answer) -> Result<&Answer, NotCarried> {
    match answer.status {
        _ if answer.is_success() => Ok(answer),
        413 | 422 => Err(NotCarried::Refused(Refusal::Content)),
        status => {
            // Nothing that a person stated: an operator has to look at the settings.
            if matches!(status, 401 | 403) {
                tracing::error!(status, "Zendesk does not let us in: look at help_desk.email and help_desk.token");
            }
            Err(CallError::Failed(status).into())
        }
    }
}

/// The same about a ticket that was there before. Somebody may have deleted it, and then there is nothing left to do.
fn existing(answer: &Answer) -> Result<&Answer, NotCarried> {
    if answer.status == 404 { Err(NotCarried::Refused(Refusal::Content)) } else { taken(answer) }
}
