//! What came back, and what there is in it to look at.

use std::collections::BTreeMap;

use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, LOCATION};
use actix_web::test::read_body;
use identity::interaction::InteractionId;
use serde_json::Value;
use url::{Url, form_urlencoded};

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(super) async fn of(response: ServiceResponse) -> Answer {
        let (status, headers) = (response.status(), response.headers().clone());
        let body = String::from_utf8(read_body(response).await.to_vec()).unwrap();
        Answer { status, headers, body }
    }

    /// The header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION).map(|value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{self:?} has no JSON"))
    }

    /// Which page of ours it is (see `TestPages`).
    pub(crate) fn page(&self) -> String {
        assert_eq!(self.location(), None);
        self.json()["page"].as_str().unwrap().into()
    }

    /// The parameters of the address that the browser is sent to.
    pub(crate) fn params(&self) -> BTreeMap<String, String> {
        assert_eq!(self.status, 303, "{self:?}");
        let url = Url::parse(self.location().unwrap()).unwrap();
        form_urlencoded::parse(url.query().unwrap_or_default().as_bytes()).into_owned().collect()
    }

    pub(crate) fn code(&self) -> String {
        self.params().remove("code").unwrap_or_else(|| panic!("{self:?} has no code"))
    }

    /// The `error` that the client is sent.
    pub(crate) fn error(&self) -> String {
        let params = self.params();
        assert!(!params.contains_key("code"));
        params.get("error").cloned().unwrap_or_default()
    }

    /// The interaction whose journey the browser is sent to.
    pub(crate) fn interaction(&self) -> InteractionId {
        assert_eq!(self.status, 303, "{self:?}");
        let id = self.location().and_then(|location| location.strip_prefix("/sign-in/"));
        id.unwrap_or_else(|| panic!("{self:?} leads to no journey")).parse().unwrap()
    }

    /// The `error` in JSON, with its status.
    pub(crate) fn oauth_error(&self) -> (u16, String) {
        let error = self.json()["error"].as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), error)
    }

    #[track_caller]
    pub(crate) fn is_an_error_page_without_redirect(&self) {
        assert_eq!((self.status.as_u16(), self.location(), self.page().as_str()), (400, None, "request_error"));
    }
}
