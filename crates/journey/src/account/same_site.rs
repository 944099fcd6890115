//! Forms of the account pages are taken from our own pages alone. The cookies are `SameSite=Lax`, so another site's POST
//! comes without them; this holds as well for a page of another host under the same domain.

use actix_web::Error;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, ORIGIN};
use actix_web::middleware::Next;
use actix_web::web::Data;
use govuk::Frame;
use identity::errand::ACCOUNT;
use serde_json::json;
use url::Url;

use crate::Journeys;
use crate::render::Sheet;

/// What the browser says of where a request comes from (W3C Fetch Metadata). `none`: from the person, who reloads a page.
const SITE: &str = "sec-fetch-site";

pub(super) async fn only(
    journeys: Data<Journeys>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, Error> {
    let is_safe = request.method().is_safe();
    if is_safe || is_from_us(request.headers(), &journeys.settings.account_url) {
        return next.call(request).await;
    }
    tracing::warn!("a form of the account pages came from another site");
    let title = "You cannot do this from another website";
    let view = json!({ "title": title, "account_url": ACCOUNT });
    let (template, frame) = ("account/another-site.html", Frame::new(title));
    let answer = journeys.page(Sheet { status: StatusCode::FORBIDDEN, template, frame, client: None }, &view);
    Ok(request.into_response(answer))
}

/// Old browsers say their origin alone, and programs neither.
fn is_from_us(headers: &HeaderMap, ours: &Url) -> bool {
    if let Some(site) = headers.get(SITE) {
        return site == "same-origin" || site == "none";
    }
    headers.get(ORIGIN).is_none_or(|origin| origin.as_bytes() == ours.origin().ascii_serialization().as_bytes())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn is_taken(headers: &[(&str, &str)]) -> bool {
        let mut request = TestRequest::post();
        for header in headers {
            request = request.insert_header(*header);
        }
        let ours = Url::parse("https://gai.example/account").unwrap();
        is_from_us(request.to_http_request().headers(), &ours)
    }

    #[test]
    fn what_the_browser_says_of_the_site_counts_first() {
        for (site, taken) in [("same-origin", true), ("none", true), ("same-site", false), ("cross-site", false)] {
            assert_eq!(is_taken(&[(SITE, site)]), taken, "{site}");
            assert_eq!(is_taken(&[(SITE, site), ("origin", "https://gai.example")]), taken, "{site}");
        }
    }

    #[test]
    fn the_origin_of_an_old_browser_is_ours_to_the_letter() {
        assert!(is_taken(&[]) && is_taken(&[("origin", "https://gai.example")]));
        for origin in ["null", "http://gai.example", "https://gai.example.evil.example", "https://evil.example"] {
            assert!(!is_taken(&[("origin", origin)]), "{origin}");
        }
    }
}
