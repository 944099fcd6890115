use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName};
use actix_web::{App, test};

use super::{TABLE, configure, find, path};

async fn get(uri: &str, headers: &[(HeaderName, &str)]) -> (StatusCode, header::HeaderMap, Vec<u8>) {
    let app = test::init_service(App::new().configure(configure)).await;
    let mut request = test::TestRequest::get().uri(uri);
    for (name, value) in headers {
        request = request.insert_header((name.clone(), *value));
    }
    let response = test::call_service(&app, request.to_request()).await;
    let (status, headers) = (response.status(), response.headers().clone());
    (status, headers, test::read_body(response).await.to_vec())
}

fn text(headers: &header::HeaderMap, name: HeaderName) -> &str {
    headers.get(&name).map_or("", |value| value.to_str().expect("ASCII"))
}

#[actix_web::test]
async fn every_file_is_served_for_ever_under_its_hashed_name_and_with_its_type() {
    assert!(TABLE.len() >= 15, "only {} files are embedded", TABLE.len());
    for asset in TABLE {
        let (status, headers, body) = get(asset.path, &[]).await;
        assert_eq!(status, StatusCode::OK, "{}", asset.name);
        assert_eq!(text(&headers, header::CACHE_CONTROL), "public, max-age=31536000, immutable");
        assert_eq!(text(&headers, header::CONTENT_TYPE), asset.content_type);
        assert!(!headers.contains_key(header::CONTENT_ENCODING), "no encoding was asked for");
        assert_eq!(body, asset.identity);
    }
}

#[actix_web::test]
async fn text_is_sent_compressed_as_the_browser_prefers() {
    for (accepted, encoding) in [
        ("gzip, deflate, br", Some("br")),
        ("gzip", Some("gzip")),
        ("br;q=0, gzip;q=0.5", Some("gzip")),
        ("deflate", None),
        ("identity", None),
    ] {
        let (_, headers, body) = get(path("govuk-frontend.min.css"), &[(header::ACCEPT_ENCODING, accepted)]).await;
        let sent = headers.get(header::CONTENT_ENCODING).map(|value| value.to_str().expect("ASCII"));
        assert_eq!(sent, encoding, "for {accepted}");
        assert_eq!(text(&headers, header::VARY), "Accept-Encoding");
        assert_eq!(body.len() < 60_000, encoding.is_some(), "{accepted}: {} bytes", body.len());
    }
}

#[actix_web::test]
async fn a_known_file_is_not_sent_again() {
    let address = path("app.js");
    let (_, headers, _) = get(address, &[(header::ACCEPT_ENCODING, "br")]).await;
    let tag = text(&headers, header::ETAG).to_owned();
    let (status, _, body) = get(address, &[(header::ACCEPT_ENCODING, "br"), (header::IF_NONE_MATCH, &tag)]).await;
    assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
    let (status, _, _) = get(address, &[(header::IF_NONE_MATCH, &tag)]).await;
    assert_eq!(status, StatusCode::OK, "another encoding has another tag");
}

#[actix_web::test]
async fn any_other_name_is_not_found() {
    for uri in ["/assets/app.js", "/assets/", "/assets/..%2fCargo.toml", "/assets/app-0000000000000000.js"] {
        let (status, _, _) = get(uri, &[]).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{uri}");
    }
}

#[actix_web::test]
async fn the_favicon_is_also_where_browsers_look_for_it_unasked() {
    let (status, headers, body) = get("/favicon.ico", &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(text(&headers, header::CONTENT_TYPE), "image/x-icon");
    assert!(!text(&headers, header::CACHE_CONTROL).contains("immutable"));
    assert!(!body.is_empty());
}

#[::core::prelude::v1::test]
fn files_refer_to_each_other_by_hashed_names_that_exist() {
    for name in ["govuk-frontend.min.css", "app.js", "manifest.json"] {
        let text = std::str::from_utf8(find(name).expect("embedded").identity).expect("text");
        let references: Vec<&str> = text
            .split("/assets/")
            .skip(1)
            .map(|rest| rest.split(['"', '\'', ')']).next().expect("split gives at least one"))
            .collect();
        assert!(references.len() >= 2, "{name} refers to {references:?}");
        for reference in references {
            assert!(TABLE.iter().any(|asset| asset.path == format!("/assets/{reference}")), "{name}: {reference}");
        }
    }
}

#[::core::prelude::v1::test]
fn no_file_points_to_a_source_map() {
    for asset in TABLE {
        assert!(!String::from_utf8_lossy(asset.identity).contains("sourceMappingURL"), "{}", asset.name);
    }
}
