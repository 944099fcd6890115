//! What came back, and what has to be in it. Whatever else comes back makes the count worth nothing, and so ends it.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, LOCATION};
use actix_web::web::Bytes;
use serde_json::Value;

pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// Where it leads to.
    pub(crate) fn location(&self) -> String {
        let location = self.headers.get(LOCATION).and_then(|location| location.to_str().ok());
        location.unwrap_or_else(|| panic!("it leads nowhere: {}", self.told())).to_owned()
    }

    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.told());
        serde_json::from_slice(&self.body).expect("it is JSON")
    }

    /// A page, or JSON that nobody here needs to understand, which would count as well.
    pub(crate) fn begins(&self, with: &str) {
        assert_eq!(self.status, StatusCode::OK, "{}", self.told());
        assert!(self.body.starts_with(with.as_bytes()), "{}", self.told());
    }

    fn told(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(&self.body))
    }
}

/// A text in the answer.
pub(crate) fn text(json: &Value, name: &str) -> String {
    json[name].as_str().unwrap_or_else(|| panic!("there is no {name} in {json}")).to_owned()
}
