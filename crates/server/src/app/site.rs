//! What every page that the server itself shows has in common: the templates and the frame.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ContentType};
use govuk::{Frame, Link, PhaseBanner, Templates};
use identity::client::Client;
use serde_json::{Value, json};

use crate::config::{Config, Service};

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../../templates/", $name)))),*]
    };
}

const TEMPLATES: [(&str, &str); 14] = templates![
    "home.html",
    "dev/outbox.html",
    "errors/bad-request.html",
    "errors/help.html",
    "errors/not-found.html",
    "errors/problem.html",
    "errors/too-large.html",
    "errors/too-slow.html",
    "errors/unavailable.html",
    "oauth/confirm-sign-out.html",
    "oauth/documentation.html",
    "oauth/form-post.html",
    "oauth/request-error.html",
    "oauth/signed-out.html",
];

/// Shared by every request, as `web::Data`.
#[derive(Debug)]
pub struct Site {
    /// Those of the journeys too: what all of them use is kept once.
    pub(super) templates: Templates,
    pub(super) frame: Frame,
    pub(super) support_email: String,
    /// Is the issuer https?
    pub(super) secure: bool,
    pub(super) max_body_bytes: usize,
    pub(super) trusted_proxies: Vec<std::net::IpAddr>,
    pub(super) random: identity::random::Random,
}

/// A page to draw; `view` holds what its template uses beside `title` and `support_email`.
pub(super) struct Page<'a> {
    pub(super) status: StatusCode,
    pub(super) template: &'a str,
    pub(super) title: &'a str,
    /// The service that the person came from, where it is known.
    pub(super) client: Option<&'a Client>,
    pub(super) view: Value,
    pub(super) policy: String,
}

impl Site {
    pub fn new(config: &Config, random: identity::random::Random) -> Site {
        let own = TEMPLATES.map(|(name, source)| (name.to_owned(), source.to_owned()));
        let all = own.into_iter().chain(journey::templates());
        Site {
            templates: Templates::new(all).expect("the templates are compiled in, and a test draws each"),
            frame: frame(&config.service),
            support_email: config.service.support_email.to_string(),
            secure: config.server.issuer.is_https(),
            max_body_bytes: config.server.max_body_bytes,
            trusted_proxies: config.server.trusted_proxies.clone(),
            random,
        }
    }

    pub(super) fn draw(&self, page: Page<'_>) -> HttpResponse {
        let Page { status, template, title, client, mut view, policy } = page;
        view["title"] = json!(title);
        view["support_email"] = json!(self.support_email);
        view["client_name"] = json!(client.map(|client| client.name.as_str()));
        view["client_url"] = json!(client.map(|client| client.service_url.as_str()));
        let frame = Frame {
            title: title.to_owned(),
            service_name: client.map(|client| client.name.clone()),
            service_url: client.map(|client| client.service_url.to_string()),
            ..self.frame.clone()
        };
        match self.templates.render(template, &view, &frame) {
            Ok(html) => HttpResponse::build(status)
                .insert_header((CONTENT_SECURITY_POLICY, policy))
                .insert_header((CACHE_CONTROL, "no-store"))
                .insert_header(ContentType::html())
                .body(html),
            Err(error) => {
                tracing::error!(%error, "a page cannot be drawn");
                HttpResponse::InternalServerError()
                    .insert_header(ContentType::html())
                    .body("<!DOCTYPE html><title>Sorry, there is a problem with the service</title>")
            }
        }
    }
}

/// The frame of every page: the banner and the footer.
pub(super) fn frame(service: &Service) -> Frame {
    let banner = (!service.phase.is_empty()).then(|| PhaseBanner {
        tag: service.phase.clone(),
        text: service.phase_text.clone(),
        feedback: Some(Link::new("Give your feedback by email", format!("mailto:{}", service.support_email))),
    });
    let pages = [
        ("Accessibility statement", &service.accessibility_url),
        ("Cookies", &service.cookies_url),
        ("Privacy notice", &service.privacy_url),
    ];
    let links = pages.into_iter().filter_map(|(text, page)| Some(Link::new(text, page.url()?.as_str())));
    Frame { phase_banner: banner, footer_links: links.collect(), ..Frame::default() }
}
