//! What every answer carries, told of an application whose routes fail in every way that there is.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::body::to_bytes;
use actix_web::dev::{Payload, Service};
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::middleware::from_fn;
use actix_web::test::{TestRequest, init_service};
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpMessage, HttpRequest, HttpResponse};
use futures_util::stream;
use identity::random::Random;
use journey::upload;
use tracing_subscriber::fmt::MakeWriter;

use super::*;
use crate::config::Config;

const TEST_SETTINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/test.toml");

pub(super) fn site(settings: &[(&str, &str)]) -> Data<Site> {
    let settings = settings.iter().map(|(name, value)| (name.to_string(), value.to_string()));
    let config = Config::load(&[TEST_SETTINGS], settings).unwrap();
    Data::new(Site::new(&config, Random::seeded(1)))
}

struct Seen {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Seen {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

async fn ask(site: Data<Site>, request: TestRequest) -> Seen {
    let app = App::new()
        .app_data(site)
        .app_data(body::already_read())
        .route("/fine", web::get().to(async || HttpResponse::Ok().body("fine")))
        .service(web::resource("/echo").route(web::post().to(async |body: Bytes| HttpResponse::Ok().body(body))))
        .service(web::resource("/name-evidence").route(web::post().to(async |request: HttpRequest, body: Bytes| {
            let too_large = request.extensions().contains::<upload::TooLarge>();
            HttpResponse::Ok().body(format!("{} {too_large}", body.len()))
        })))
        .route("/panics/{whom}", web::get().to(panics))
        .route("/oauth2/token", web::post().to(panics))
        .route("/plain", web::get().to(async || HttpResponse::BadRequest().body("asha@example.com is wrong")))
        .route(
            "/away",
            web::get().to(async || HttpResponse::ServiceUnavailable().insert_header(("retry-after", "5")).finish()),
        )
        .route("/slow", web::get().to(async || HttpResponse::RequestTimeout().finish()))
        .route("/oauth2/userinfo", web::get().to(async || HttpResponse::Unauthorized().finish()))
        .route("/json", web::get().to(async || HttpResponse::BadRequest().json("own words")))
        .route("/own", web::get().to(async || HttpResponse::Ok().insert_header(("cache-control", "public")).finish()))
        .wrap(from_fn(envelope::around));
    let answer = match init_service(app).await.call(request.to_request()).await {
        Ok(answer) => answer.into_parts().1,
        Err(error) => error.error_response(),
    };
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = to_bytes(answer.into_body()).await.unwrap();
    Seen { status, headers, text: String::from_utf8(body.to_vec()).unwrap() }
}

async fn get(address: &str) -> Seen {
    ask(site(&[]), TestRequest::get().uri(address)).await
}

async fn panics() -> HttpResponse {
    panic!("asha@example.com");
}

#[actix_web::test]
async fn each_error_without_words_becomes_a_page_with_the_reference_of_the_request() {
    for (address, status, words) in [
        ("/nowhere", 404, "Page not found"),
        ("/plain", 400, "You cannot use this page in this way"),
        ("/away", 503, "Sorry, the service is unavailable"),
        ("/slow", 408, "We did not get your answer"),
        ("/panics/asha", 500, "Sorry, there is a problem with the service"),
        ("/echo", 405, "You cannot use this page in this way"),
    ] {
        let seen = get(address).await;
        assert_eq!(seen.status, status, "{address}");
        assert!(seen.text.contains(&format!("<h1 class=\"govuk-heading-l\">{words}</h1>")), "{address}: {}", seen.text);
        assert!(
            seen.text.contains(seen.header("x-request-id")) && seen.header("x-request-id").len() == 14,
            "{address}"
        );
        assert!(!seen.text.contains("asha"), "{address}");
        assert_eq!(seen.header("content-type"), "text/html; charset=utf-8");
    }
    assert_eq!(get("/away").await.header("retry-after"), "5");
}

#[actix_web::test]
async fn programs_get_their_own_kind_of_error() {
    let token = ask(site(&[]), TestRequest::post().uri("/oauth2/token").set_payload("grant_type=x")).await;
    assert_eq!((token.status.as_u16(), token.header("content-type")), (500, "application/json"));
    assert!(token.text.contains("server_error"), "{}", token.text);
    let json = TestRequest::get().uri("/nowhere").insert_header(("accept", "application/json"));
    assert_eq!(ask(site(&[]), json).await.text, "");
    let browser = TestRequest::get().uri("/nowhere").insert_header(("accept", "text/html,application/xml;q=0.9"));
    assert!(ask(site(&[]), browser).await.text.contains("Page not found"));
    assert_eq!(get("/json").await.text, "\"own words\"");
    assert_eq!(get("/oauth2/userinfo").await.text, "");
    assert_eq!(get("/assets/nothing.css").await.text, "");
}

#[actix_web::test]
async fn every_answer_carries_the_headers_and_keeps_those_that_it_chose() {
    for address in ["/fine", "/nowhere", "/panics/x", "/json"] {
        let seen = get(address).await;
        let policy = seen.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-store"),
            ("strict-transport-security", ""),
        ] {
            assert_eq!(seen.header(name), value, "{address} {name}");
        }
        assert!(seen.header("permissions-policy").contains("camera=()"));
    }
    assert_eq!(get("/own").await.header("cache-control"), "public");
    let secure = site(&[("GAI__SERVER__ISSUER", "https://identity.example")]);
    let seen = ask(secure, TestRequest::get().uri("/fine")).await;
    assert_eq!(seen.header("strict-transport-security"), "max-age=31536000");
}

#[actix_web::test]
async fn a_page_that_takes_a_file_has_room_for_one_and_answers_itself_when_it_is_too_large() {
    let site = site(&[("GAI__SERVER__MAX_BODY_BYTES", "10")]);
    for (size, text) in
        [(upload::MAX_BODY, format!("{} false", upload::MAX_BODY)), (upload::MAX_BODY + 1, "0 true".to_owned())]
    {
        let request = TestRequest::post().uri("/name-evidence").insert_header(("content-length", size));
        let seen = ask(site.clone(), request.set_payload(vec![b'x'; size])).await;
        assert_eq!((seen.status.as_u16(), seen.text), (200, text));
    }
}

#[actix_web::test]
async fn a_body_is_handed_on_whole_up_to_the_limit_and_refused_past_it() {
    let site = site(&[("GAI__SERVER__MAX_BODY_BYTES", "1000")]);
    let post = |size: usize| {
        let body = vec![b'x'; size];
        TestRequest::post().uri("/echo").insert_header(("content-length", size)).set_payload(body)
    };
    let seen = ask(site.clone(), post(1_000)).await;
    assert_eq!((seen.status.as_u16(), seen.text.len()), (200, 1_000));
    for size in [1_001, 10_000_000] {
        let seen = ask(site.clone(), post(size)).await;
        assert_eq!(seen.status, 413);
        assert!(seen.text.contains("Your answer is too long"), "{}", seen.text);
    }
    let token =
        TestRequest::post().uri("/oauth2/token").insert_header(("content-length", 2_000)).set_payload(vec![0; 2_000]);
    let seen = ask(site, token).await;
    assert_eq!((seen.status.as_u16(), seen.header("content-type")), (413, "application/json"));
}

#[actix_web::test]
async fn who_does_not_send_what_they_announced_is_not_waited_for() {
    let mut request = TestRequest::post().uri("/echo").insert_header(("content-length", 10)).to_srv_request();
    request.set_payload(Payload::Stream { payload: Box::pin(stream::pending()) });
    let read = body::read(&mut request, 1_000, Duration::from_millis(20)).await;
    assert_eq!(read, Err(StatusCode::REQUEST_TIMEOUT));
}

#[actix_web::test]
async fn only_a_proxy_of_ours_may_name_a_request() {
    let trusting = [("GAI__SERVER__TRUSTED_PROXIES", "10.0.0.1")];
    let named = |from: &str, id: &str| {
        let peer = format!("{from}:4000").parse().unwrap();
        TestRequest::get().uri("/fine").peer_addr(peer).insert_header(("x-request-id", id))
    };
    let id = async |request| ask(site(&trusting), request).await.header("x-request-id").to_owned();
    assert_eq!(id(named("10.0.0.1", "abc-1.2_3")).await, "abc-1.2_3");
    assert_ne!(id(named("10.0.0.2", "abc")).await, "abc");
    assert_ne!(id(named("10.0.0.1", "a b")).await, "a b");
    assert_ne!(id(named("10.0.0.1", &"a".repeat(65))).await, "a".repeat(65));
}

/// What was logged.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Lines;

    fn make_writer(&self) -> Lines {
        self.clone()
    }
}

#[actix_web::test]
async fn the_log_has_the_route_and_the_reference_and_nothing_of_the_address_or_of_a_panic() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt().with_writer(lines.clone()).with_ansi(false).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    crate::log::quiet_panics();
    let seen = get("/panics/asha@example.com?token=hunter2").await;
    let log = lines.text();
    for part in
        ["route=\"/panics/{whom}\"", "status=500", "a thread panicked", "app/tests.rs", seen.header("x-request-id")]
    {
        assert!(log.contains(part), "{part}: {log}");
    }
    assert!(!log.contains("asha") && !log.contains("hunter2"), "{log}");
    assert_eq!(log.matches("milliseconds=").count(), 1, "{log}");
}
