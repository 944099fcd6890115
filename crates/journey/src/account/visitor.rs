//! Who is at the account pages: the person of this browser's session, and the service that sent them, if one did.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use govuk::Frame;
use govuk::form::Errors;
use identity::account::Account;
use identity::browser_session::BrowserSession;
use identity::client::Client;
use identity::clock::Time;
use identity::cookie_names;
use identity::errand::{ACCOUNT, Errand, ServiceLink};
use identity::secret::{Plain, Purpose};
use serde_json::{Value, json};
use store::StoreError;

use super::link;
use crate::Journeys;
use crate::failure::Failure;
use crate::render::{Sheet, way_back};

/// The pages that every other may lead to, by the names that the templates have for them.
const WAYS: [(&str, &str); 7] = [
    ("passkeys_url", "/passkeys"),
    ("one_login_url", "/one-login"),
    ("devices_url", "/devices"),
    ("services_url", "/services"),
    ("download_url", "/download"),
    ("delete_url", "/delete"),
    ("sign_out_url", "/sign-out"),
];

pub(super) struct Visitor {
    pub account: Account,
    pub session: BrowserSession,
    pub link: Option<ServiceLink>,
    /// The service that sent them, or ourselves.
    pub client: Arc<Client>,
}

/// An account page, but for what its template tells.
pub(super) struct Drawn<'a> {
    pub status: StatusCode,
    pub name: &'a str,
    pub title: &'a str,
    pub errors: Errors,
}

/// The answer to somebody who may not see an account page, or not yet.
pub(super) type Turned = HttpResponse;

impl Journeys {
    /// Whoever is not signed in proves who they are first, and comes to the account page.
    pub(super) async fn visitor(&self, request: &HttpRequest) -> Result<Result<Visitor, Turned>, Failure> {
        let (link, client) = match link::read(request.query_string(), &self.clients) {
            Ok(Some((link, client))) => (Some(link), client),
            Ok(None) => (None, self.ourselves()),
            Err(error) => {
                tracing::warn!(%error, "a link to the account pages is refused");
                return Ok(Err(self.bad_link()));
            }
        };
        match self.signed_in(request).await? {
            Some((session, account)) => Ok(Ok(Visitor { account, session, link, client })),
            None => Ok(Err(self.begin_sign_in(request, (Errand::Account { link }, &client)).await?)),
        }
    }

    /// The client of a journey that no service asked for.
    pub(super) fn ourselves(&self) -> Arc<Client> {
        self.clients.ourselves().expect("whoever puts the journeys together makes us a client")
    }

    async fn signed_in(&self, request: &HttpRequest) -> Result<Option<(BrowserSession, Account)>, StoreError> {
        let Some(cookie) = request.cookie(cookie_names::session(self.settings.secure_cookies)) else {
            return Ok(None);
        };
        let token = self.hash_key.hash(Purpose::BrowserSession, "", &Plain::new(cookie.value()));
        let now = self.clock.now();
        let read = self.store.glance(move |db| {
            let Some(session) = db.browser_sessions().by_token(&token, now)? else { return Ok(None) };
            let account = db.accounts().by_id(session.account)?;
            Ok::<_, StoreError>(account.map(|account| (session, account)))
        });
        read.await
    }

    /// A page of the account area: its template gets the view, and the ways on to the others.
    pub(super) fn account_page(&self, visitor: &Visitor, (name, title): (&str, &str), view: Value) -> HttpResponse {
        self.draw_account_page(visitor, Drawn { status: StatusCode::OK, name, title, errors: Errors::default() }, view)
    }

    pub(super) fn draw_account_page(&self, visitor: &Visitor, drawn: Drawn<'_>, view: Value) -> HttpResponse {
        let Drawn { status, name, title, errors } = drawn;
        let back = (name != "account").then(|| visitor.way_to(""));
        let mut frame = Frame::new(title).back_link(back).errors(&errors);
        frame.service_url = way_back(visitor.link.as_ref());
        let template = format!("account/{name}.html");
        let sheet = Sheet { status, template: &template, frame, client: Some(&visitor.client) };
        self.page(sheet, &self.with_ways_on(visitor, title, view))
    }

    fn with_ways_on(&self, visitor: &Visitor, title: &str, mut view: Value) -> Value {
        view["title"] = title.into();
        view["support_email"] = self.settings.support_email.as_str().into();
        for (name, path) in WAYS {
            view[name] = visitor.way_to(path).into();
        }
        view["service"] = visitor
            .link
            .as_ref()
            .map_or(Value::Null, |link| json!({ "name": visitor.client.name, "url": link.redirect_uri.as_str() }));
        view
    }

    fn bad_link(&self) -> HttpResponse {
        let title = "You cannot use this link";
        let view = json!({ "title": title, "account_url": ACCOUNT });
        let template = "account/bad-link.html";
        self.page(Sheet { status: StatusCode::BAD_REQUEST, template, frame: Frame::new(title), client: None }, &view)
    }
}

impl Visitor {
    /// The address of an account page, with the service's link carried along.
    pub(super) fn way_to(&self, path: &str) -> String {
        ServiceLink::carried_to(self.link.as_ref(), &format!("{ACCOUNT}{path}"))
    }
}

/// A moment, as these pages write it.
pub(super) fn written(time: Time) -> String {
    time.format("%-d %B %Y at %H:%M UTC").to_string()
}
