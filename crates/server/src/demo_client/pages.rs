//! The pages of the demo service: what each shows, and how it is sent.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ContentType, X_CONTENT_TYPE_OPTIONS};
use govuk::{Frame, PhaseBanner, Templates};
use serde::Serialize;
use serde_json::{Map, Value};

use super::fault::Fault;
use super::jwt;
use super::sample_clients::SAMPLE_CLIENTS;
use super::sessions::SignedIn;

const SERVICE: &str = "Demo service";

const TEMPLATES: [(&str, &str); 4] = [
    ("demo/start.html", include_str!("../../../../templates/demo/start.html")),
    ("demo/signed_in.html", include_str!("../../../../templates/demo/signed_in.html")),
    ("demo/signed_out.html", include_str!("../../../../templates/demo/signed_out.html")),
    ("demo/problem.html", include_str!("../../../../templates/demo/problem.html")),
];

#[derive(Serialize)]
struct Start<'a> {
    issuer: &'a str,
    clients: Vec<Choice>,
    signed_in: bool,
}

/// A client that the person may choose.
#[derive(Serialize)]
struct Choice {
    id: &'static str,
    name: &'static str,
    about: &'static str,
}

#[derive(Serialize)]
struct Claims {
    client: &'static str,
    claims: Vec<Row>,
    userinfo: Vec<Row>,
    tokens: Vec<Token>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct Token {
    name: &'static str,
    raw: String,
    /// Both empty when the token cannot be laid open.
    header: Vec<Row>,
    payload: Vec<Row>,
}

#[derive(Serialize)]
struct SignedOut {
    /// The provider brought back what was sent to it.
    state_matches: bool,
}

#[derive(Serialize)]
struct Problem {
    error: String,
    description: Option<String>,
    /// The error is the provider's own word, and not a sentence of ours.
    is_refusal: bool,
}

pub(super) struct Pages(Templates);

impl Pages {
    pub(super) fn new() -> Self {
        let sources = TEMPLATES.map(|(name, source)| (name.to_owned(), source.to_owned()));
        Self(Templates::new(sources).expect("the templates are part of the binary, and a test draws each"))
    }

    pub(super) fn start(&self, issuer: &str, signed_in: bool) -> HttpResponse {
        let clients = SAMPLE_CLIENTS.iter().map(|c| Choice { id: c.id, name: c.name, about: c.about }).collect();
        let view = Start { issuer, clients, signed_in };
        self.page(StatusCode::OK, "demo/start.html", &view, "Try to sign in")
    }

    pub(super) fn signed_in(&self, signed_in: &SignedIn) -> HttpResponse {
        let view = Claims {
            client: signed_in.client.id,
            claims: rows(&signed_in.claims),
            userinfo: signed_in.userinfo.as_object().map(rows).unwrap_or_default(),
            tokens: vec![token("ID token", &signed_in.id_token), token("Access token", &signed_in.access_token)],
        };
        self.page(StatusCode::OK, "demo/signed_in.html", &view, "You have signed in")
    }

    pub(super) fn signed_out(&self, state_matches: bool) -> HttpResponse {
        let view = SignedOut { state_matches };
        self.page(StatusCode::OK, "demo/signed_out.html", &view, "You have signed out")
    }

    pub(super) fn problem(&self, fault: &Fault) -> HttpResponse {
        let (description, is_refusal) = match fault {
            Fault::Refused { description, .. } => (description.clone(), true),
            _ => (None, false),
        };
        let view = Problem { error: fault.to_string(), description, is_refusal };
        self.page(fault.status(), "demo/problem.html", &view, "You have not signed in")
    }

    fn page(&self, status: StatusCode, name: &str, view: &impl Serialize, title: &str) -> HttpResponse {
        let banner = PhaseBanner {
            tag: "Demo".to_owned(),
            text: "This service is for trying the sign-in. It keeps nothing.".to_owned(),
            feedback: None,
        };
        let frame = Frame::new(title).service(SERVICE, Some("/".to_owned())).phase_banner(banner);
        match self.0.render(name, view, &frame) {
            Ok(html) => HttpResponse::build(status)
                .insert_header((CONTENT_SECURITY_POLICY, govuk::csp::policy(&[])))
                .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
                .insert_header((CACHE_CONTROL, "no-store"))
                .insert_header(ContentType::html())
                .body(html),
            Err(error) => {
                tracing::error!(%error, "a page of the demo service cannot be drawn");
                HttpResponse::InternalServerError().finish()
            }
        }
    }
}

fn rows(object: &Map<String, Value>) -> Vec<Row> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    object.iter().map(|(name, value)| Row { name: name.clone(), value: text(value) }).collect()
}

fn token(name: &'static str, raw: &str) -> Token {
    let opened = jwt::open(raw);
    let (header, payload) = opened.map(|it| (rows(&it.header), rows(&it.payload))).unwrap_or_default();
    Token { name, raw: raw.to_owned(), header, payload }
}
