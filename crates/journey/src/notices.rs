//! Pages that end or refuse: they ask nothing.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use govuk::Frame;
use identity::account::{AccountId, LookupStatus};
use identity::client::Client;
use identity::interaction::{Interaction, Outcome};
use serde_json::{Value, json};
use store::StoreError;

use crate::Journeys;
use crate::budgets::{Act, TooSoon};
use crate::load::{Refusal, Visit};
use crate::page::Page;
use crate::render::{Sheet, address, resume_address};
use crate::state::State;

impl Journeys {
    pub async fn refuse(&self, refusal: Refusal) -> Result<HttpResponse, StoreError> {
        match refusal {
            Refusal::NotYours(client) => Ok(self.cannot_use_this_page(client.as_deref())),
            Refusal::Expired(client) => Ok(self.expired(&client)),
            Refusal::Finished(interaction, client) => self.finished(&interaction, &client).await,
        }
    }

    fn cannot_use_this_page(&self, client: Option<&Client>) -> HttpResponse {
        let view = json!({
            "title": "You cannot use this page",
            "client_name": client.map(|client| client.name.as_str()),
            "client_url": client.map(|client| client.service_url.as_str()),
        });
        let status = if client.is_some() { StatusCode::FORBIDDEN } else { StatusCode::NOT_FOUND };
        self.notice(status, "cannot-use-this-page", &view, client)
    }

    fn expired(&self, client: &Client) -> HttpResponse {
        let view = json!({
            "title": "You have to start again",
            "journey_hours": self.settings.journey_lifetime.num_hours(),
            "client_name": client.name,
            "client_url": client.service_url.as_str(),
        });
        self.notice(StatusCode::GONE, "expired", &view, Some(client))
    }

    /// The last page: for who comes back to it, and for who may not go on.
    async fn finished(&self, interaction: &Interaction, client: &Client) -> Result<HttpResponse, StoreError> {
        let continue_url = resume_address(&interaction.id);
        match &interaction.outcome {
            Some(Outcome::WithoutTrn { account }) => self.without_trn(*account, client, &continue_url).await,
            Some(Outcome::Blocked) => Ok(self.blocked(client, &continue_url)),
            Some(Outcome::AskedSupport { reference }) => {
                let view = self.way_back("Ask for help with your account", client, &continue_url);
                let view = with(view, "reference", reference.as_str());
                Ok(self.notice(StatusCode::OK, "asked-support", &view, Some(client)))
            }
            Some(Outcome::SignedIn { .. }) if is_registration(interaction) => {
                let view = self.way_back("You have created your account", client, &continue_url);
                Ok(self.notice(StatusCode::OK, "account-created", &view, Some(client)))
            }
            Some(Outcome::SignedIn { .. }) | None => {
                let view = json!({ "title": "You have finished signing in", "continue_url": continue_url });
                Ok(self.notice(StatusCode::OK, "finished", &view, Some(client)))
            }
        }
    }

    /// Why there is no way on to a client that requires a TRN: somebody is looking, there is none, or what we have is not
    /// enough for this client.
    async fn without_trn(&self, id: AccountId, client: &Client, back: &str) -> Result<HttpResponse, StoreError> {
        let (account, ticket) = self
            .store
            .read(move |db| Ok::<_, StoreError>((db.accounts().by_id(id)?, db.tickets().open_of_account(id)?)))
            .await?;
        let status = account.and_then(|account| account.lookup_status);
        let (template, title) = match (status, &ticket) {
            (Some(LookupStatus::Pending), Some(_)) => ("checks-under-way", "We are checking your details"),
            (Some(LookupStatus::None | LookupStatus::Failed) | None, _) => {
                ("not-eligible", "You cannot use this service")
            }
            (Some(LookupStatus::Pending | LookupStatus::Found), _) => {
                ("contact-support", "You need to contact support")
            }
        };
        let reference = ticket.map(|ticket| ticket.reference.to_string()).unwrap_or_default();
        let view = with(self.way_back(title, client, back), "reference", &reference);
        Ok(self.notice(StatusCode::OK, template, &view, Some(client)))
    }

    /// The client keeps this person out.
    pub fn blocked(&self, client: &Client, back: &str) -> HttpResponse {
        let view = self.way_back("You cannot use this service", client, back);
        self.notice(StatusCode::OK, "blocked", &view, Some(client))
    }

    /// What every page has that leads back to the service without a code.
    fn way_back(&self, title: &str, client: &Client, back: &str) -> Value {
        json!({
            "title": title,
            "support_email": self.settings.support_email,
            "client_name": client.name,
            "continue_url": back,
        })
    }

    /// Everything is answered, but the end was not written: somebody pulled the plug between the two.
    pub fn finish(&self, client: &Client) -> HttpResponse {
        self.notice(StatusCode::OK, "finish", &json!({ "title": "You can now continue" }), Some(client))
    }

    pub fn too_many_codes(&self, client: &Client) -> HttpResponse {
        let view = json!({ "title": "You have entered too many wrong codes" });
        self.notice(StatusCode::TOO_MANY_REQUESTS, "too-many-codes", &view, Some(client))
    }

    /// Nothing was sent or compared, and all that was answered is kept. The way on is the code page, at a later time.
    pub(crate) fn too_soon(&self, visit: &Visit, code_page: &Page, too_soon: TooSoon) -> HttpResponse {
        let (name, title) = match too_soon.act {
            Act::Send => ("too-many-sent", "We cannot send you a code yet"),
            Act::Try => ("too-many-tries", "You cannot enter a code yet"),
        };
        // Rounded up: who comes when we said is not sent away again.
        let seconds = (too_soon.again_at - self.clock.now()).num_milliseconds().max(1).unsigned_abs().div_ceil(1000);
        let view = json!({
            "title": title,
            "wait": wait(seconds.div_ceil(60)),
            "code_page": address(&visit.interaction.id, code_page.path),
            "support_email": self.settings.support_email,
        });
        let mut answer = self.notice(StatusCode::TOO_MANY_REQUESTS, name, &view, Some(&visit.client));
        answer.headers_mut().insert(RETRY_AFTER, seconds.into());
        answer
    }

    /// The title of the view is the document's too.
    fn notice(&self, status: StatusCode, name: &str, view: &Value, client: Option<&Client>) -> HttpResponse {
        let title = view["title"].as_str().unwrap_or_default();
        let template = format!("pages/{name}.html");
        self.page(Sheet { status, template: &template, frame: Frame::new(title), client }, view)
    }
}

fn is_registration(interaction: &Interaction) -> bool {
    serde_json::from_str::<State>(&interaction.state).is_ok_and(|state| state.registered)
}

fn with(mut view: Value, name: &str, value: &str) -> Value {
    view[name] = value.into();
    view
}

fn wait(minutes: u64) -> String {
    if minutes == 1 { "1 minute".into() } else { format!("{minutes} minutes") }
}
