//! Makes a page's view and frame, and the answer that carries it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use govuk::Frame;
use identity::client::Client;
use identity::errand::{ACCOUNT, Errand, ServiceLink};
use identity::interaction::Interaction;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::form::Form;
use crate::page::{Kind, Page, Shows};
use crate::sending::no_notes;
use crate::state::State;
use crate::summary::Row;
use crate::walk::{Progress, Rest};
use crate::{Journeys, Settings};

/// Under which address the pages of an interaction are: by what the person is here for.
pub(crate) fn base(interaction: &Interaction) -> String {
    let id = interaction.id;
    match interaction.ask.errand {
        Errand::SignIn | Errand::Account { .. } | Errand::Passkeys { .. } => format!("/sign-in/{id}"),
        Errand::Change { .. } => format!("{ACCOUNT}/changes/{id}"),
    }
}

/// The address of a page of one interaction.
pub(crate) fn address(interaction: &Interaction, path: &str) -> String {
    format!("{}/{path}", base(interaction))
}

/// Where "Back" leads from the first page: a change began at the account page.
pub(crate) fn before_the_first(interaction: &Interaction) -> Option<String> {
    match &interaction.ask.errand {
        Errand::SignIn | Errand::Account { .. } | Errand::Passkeys { .. } => None,
        errand @ Errand::Change { .. } => errand.account_page(),
    }
}

/// The account page, which says what this errand has changed.
pub(crate) fn changed_address(interaction: &Interaction) -> String {
    ServiceLink::carried_to(interaction.ask.errand.link(), &format!("{ACCOUNT}?done={}", interaction.id))
}

/// Where the authorization server takes the outcome up.
pub(crate) fn resume_address(id: &impl std::fmt::Display) -> String {
    format!("/oauth2/authorize/{id}")
}

/// A page of a running journey, with the form as the person left it.
pub(crate) struct Showing<'a, Ending> {
    /// Under which address the pages of this journey are.
    pub base: String,
    pub page: &'static Page,
    pub client: &'a Client,
    pub state: &'a State,
    pub progress: &'a Progress<Ending>,
    /// What was typed, when something is wrong with it.
    pub typed: Option<&'a Form>,
}

impl<Ending> Showing<'_, Ending> {
    /// What the template of the page may use.
    pub(crate) fn view(&self, settings: &Settings, ask: &identity::interaction::Ask, providers: Vec<String>) -> Value {
        let (fields, form, shows) = match &self.page.kind {
            Kind::Question(question) => (question.fields, (question.fill)(&self.state.answers, ask), question.shows),
            Kind::Code { .. } => (["one_time_code"].as_slice(), Form::default(), Shows::Form),
            Kind::Notice => ([].as_slice(), Form::default(), Shows::Form),
        };
        let given = self.progress.given.get(self.page.path).cloned().unwrap_or_default();
        // What the walk gave is where the form begins, until there is an answer.
        let form = given.form.filter(|_| form == Form::default()).unwrap_or(form);
        let form = self.typed.unwrap_or(&form);
        let form: Map<String, Value> = fields.iter().map(|field| ((*field).into(), form.get(field).into())).collect();
        json!({
            "title": self.page.title,
            "form": form,
            "given": given.facts,
            "base": self.base,
            "email": self.email(),
            "passkeys": settings.passkeys.is_some(),
            "passkey_offer": "",
            "one_login": false,
            "one_login_notice": "",
            "sending": no_notes(),
            "rows": if shows == Shows::Rows { self.rows() } else { vec![] },
            "training_providers": providers,
            "code_minutes": settings.one_time_code_lifetime.num_minutes(),
            "support_email": settings.support_email,
            "client_name": self.client.name,
        })
    }

    /// The address that a code went to; in part where the person has not shown that it is theirs.
    fn email(&self) -> String {
        match (&self.progress.rest, &self.page.kind) {
            (Rest::Proving(proof), Kind::Code { redacted: true }) => proof.address().redacted(),
            (Rest::Proving(proof), _) => proof.address().to_string(),
            _ => String::new(),
        }
    }

    /// The rows of every question on the trail, each with the way to change it.
    fn rows(&self) -> Vec<Value> {
        let mut rows = Vec::new();
        for (place, page) in self.progress.trail.iter().enumerate() {
            rows.extend(self.taken_after(place));
            for row in self.rows_of(page) {
                let change = json!({"href": format!("{}/{}", self.base, page.path), "text": "Change", "visually_hidden": row.change});
                rows.push(json!({"key": row.key, "value": row.value, "actions": [change]}));
            }
        }
        rows
    }

    fn rows_of(&self, page: &Page) -> Vec<Row> {
        match &page.kind {
            Kind::Question(question) => (question.rows)(&self.state.answers),
            Kind::Code { .. } | Kind::Notice => Vec::new(),
        }
    }

    /// What was verified elsewhere is shown with where it comes from, and cannot be changed.
    fn taken_after(&self, place: usize) -> Vec<Value> {
        let taken = self.progress.taken.iter().filter(|taken| taken.after == place);
        let rows = taken.flat_map(|taken| self.rows_of(taken.page));
        rows.map(|row| {
            let value = format!("{} (from GOV.UK One Login)", row.value);
            json!({"key": row.key, "value": value, "actions": []})
        })
        .collect()
    }
}

/// Where the service's name leads, when a link of its own says so.
pub(crate) fn way_back(link: Option<&ServiceLink>) -> Option<String> {
    link.map(|link| link.redirect_uri.to_string())
}

/// What a page is drawn on: all but its view.
pub struct Sheet<'a> {
    pub status: StatusCode,
    pub template: &'a str,
    pub frame: Frame,
    /// The service that the person came from, where it is known.
    pub client: Option<&'a Client>,
}

impl Journeys {
    /// A page's answer. It lets forms lead to the service's own addresses, since a browser holds the redirects that
    /// follow a form to the same rule as the form.
    pub fn page(&self, sheet: Sheet<'_>, view: &impl Serialize) -> HttpResponse {
        self.page_leading_to(&[], sheet, view)
    }

    /// A page whose forms may lead to these places, too.
    pub(crate) fn page_leading_to(&self, more: &[String], sheet: Sheet<'_>, view: &impl Serialize) -> HttpResponse {
        let Sheet { status, template, frame, client } = sheet;
        let frame = Frame {
            service_name: client.map(|client| client.name.clone()),
            service_url: frame.service_url.or_else(|| client.map(|client| client.service_url.to_string())),
            phase_banner: self.settings.phase_banner.clone(),
            footer_links: self.settings.footer_links.clone(),
            ..frame
        };
        let targets = form_targets(client);
        let targets: Vec<&str> = targets.iter().chain(more).map(String::as_str).collect();
        match self.templates.render(template, view, &frame) {
            Ok(html) => HttpResponse::build(status)
                .insert_header(("Content-Security-Policy", govuk::csp::policy(&targets)))
                .insert_header(("Cache-Control", "no-store"))
                .content_type("text/html; charset=utf-8")
                .body(html),
            Err(error) => Failure::Render(error).error_response(),
        }
    }
}

fn form_targets(client: Option<&Client>) -> Vec<String> {
    let mut targets = vec!["'self'".to_owned()];
    let Some(client) = client else { return targets };
    let registered = client.redirect_uris.iter().chain(&client.post_logout_redirect_uris);
    let addresses = registered.filter_map(|address| url::Url::parse(address).ok());
    // The service itself may send its person on from its redirect_uri to where it starts.
    for address in addresses.chain([client.service_url.clone()]) {
        let origin = address.origin().ascii_serialization();
        if !targets.contains(&origin) {
            targets.push(origin);
        }
    }
    targets
}
