//! Input that no honest client sends: whatever it is, the answer is one of a spec's, and never a 500.

use actix_web::http::header::HeaderMap;
use actix_web::test::TestRequest;

use crate::world::*;

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// The HTTP library takes no longer address: see [`over_the_wire`](crate::over_the_wire) for what it says then.
const LONGEST_ADDRESS: usize = 65_000;

/// Every parameter that any endpoint reads, and one that none does.
const PARAMETERS: [&str; 25] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "response_mode",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "prompt",
    "max_age",
    "login_hint",
    "id_token_hint",
    "session_id",
    "request",
    "request_uri",
    "acr_values",
    "ui_locales",
    "claims",
    "grant_type",
    "code",
    "code_verifier",
    "client_secret",
    "post_logout_redirect_uri",
    "unheard-of",
];

fn awkward() -> Vec<String> {
    let long = |text: &str| text.repeat(10_000);
    let mut values: Vec<String> =
        ["", "\0", "a\0b", "😀", "\r\nSet-Cookie: a=b", "\u{202e}", "'\"<script>", "-1", "NaN"]
            .map(String::from)
            .into();
    values.extend([long("x"), long("9"), long("😀"), long("\0"), long(" "), long("a.")]);
    values
}

fn is_well_answered(answer: &Answer, what: &str) {
    assert!(answer.status.as_u16() < 500, "{what}: {answer:?}");
    assert_eq!(answer.headers.get("a"), HeaderMap::new().get("a"), "{what}");
    assert!(answer.header("set-cookie").is_empty() || answer.header("set-cookie").starts_with("gai_"), "{what}");
}

#[actix_web::test]
async fn no_parameter_of_an_authorization_request_brings_the_server_down() {
    let world = World::new().await;
    for name in PARAMETERS {
        for value in awkward() {
            let request = asks("openid trn").with(name, &value);
            let what = format!("{name}, {} bytes", value.len());
            if request.address().len() < LONGEST_ADDRESS {
                is_well_answered(&world.get(&request.address()).await, &what);
            }
            let post = TestRequest::post().uri("/oauth2/authorize").insert_header(FORM);
            is_well_answered(&world.send(post.set_payload(request.encoded())).await, &what);
        }
    }
}

#[actix_web::test]
async fn every_parameter_at_once_does_not_either() {
    let world = World::new().await;
    for value in awkward() {
        let all = PARAMETERS.iter().fold(asks("openid"), |request, name| request.with(name, &value));
        if all.address().len() < LONGEST_ADDRESS {
            is_well_answered(&world.get(&all.address()).await, "all");
        }
        let post = TestRequest::post().uri("/oauth2/authorize").insert_header(FORM);
        is_well_answered(&world.send(post.set_payload(all.encoded())).await, "all");
    }
}

#[actix_web::test]
async fn a_journey_that_a_long_request_began_ends_with_a_code() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let value = "é😀 ".repeat(500);
    let request = asks("openid").with("state", &value).with("nonce", &value).with("session_id", &value);
    let request = request.with("login_hint", &"x".repeat(10_000)).with("ui_locales", &"x".repeat(10_000));
    let answer = world.browser().brings_and_signs_in(&request, zoe).await;
    assert_eq!(answer.params()["state"], value);
    let claims = claims(&world, &world.token(&redeem(&answer.code())).await, A).await;
    assert_eq!(claims["nonce"], value.as_str());
}

#[actix_web::test]
async fn no_parameter_of_a_token_request_brings_the_server_down() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let code = browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    for name in ["grant_type", "code", "redirect_uri", "code_verifier"] {
        for value in awkward() {
            let answer = world.token(&redeem(&code).with(name, &value)).await;
            is_well_answered(&answer, name);
            assert!([400, 413].contains(&answer.status.as_u16()), "{name}: {answer:?}");
        }
    }
    assert_eq!(world.token(&redeem(&code)).await.status, 200);
}

#[actix_web::test]
async fn no_parameter_of_a_sign_out_brings_the_server_down() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    for name in ["id_token_hint", "client_id", "post_logout_redirect_uri", "state", "confirm"] {
        for value in awkward() {
            let form = vec![(name.to_owned(), value)];
            let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&form).finish();
            if query.len() < LONGEST_ADDRESS {
                is_well_answered(&browser.visits(&format!("/oauth2/end-session?{query}")).await, name);
            }
            is_well_answered(&browser.posts("/oauth2/end-session", &form).await, name);
        }
    }
}

#[actix_web::test]
async fn bytes_that_are_no_text_are_answered_like_anything_else() {
    let world = World::new().await;
    for bytes in [&b"\xff\xfe=\x00&%ff=%zz&&&="[..], b"=&=", b"%", &[0; 1000]] {
        for path in ["/oauth2/authorize", "/oauth2/token", "/oauth2/userinfo", "/oauth2/end-session"] {
            let post = TestRequest::post().uri(path).insert_header(FORM).set_payload(bytes.to_vec());
            is_well_answered(&world.send(post).await, path);
        }
    }
}

#[actix_web::test]
async fn a_body_of_ten_megabytes_is_too_large() {
    let world = World::new().await;
    let body = format!("client_id={A}&state={}", "x".repeat(10 * 1024 * 1024));
    for path in ["/oauth2/authorize", "/oauth2/token", "/oauth2/userinfo", "/oauth2/end-session"] {
        let post = TestRequest::post().uri(path).insert_header(FORM).set_payload(body.clone());
        let answer = world.send(post).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (413, None), "{path}");
    }
    let post = TestRequest::post().uri("/oauth2/token").insert_header(FORM);
    assert_eq!(world.send(post.set_payload(body)).await.oauth_error(), (413, "invalid_request".into()));
}

#[actix_web::test]
async fn parameters_that_fit_into_a_form_but_into_no_address_are_too_large_as_well() {
    let world = World::new().await;
    for path in ["/oauth2/authorize", "/oauth2/end-session"] {
        let body = asks("openid").with("ui_locales", &"\0".repeat(15_000)).encoded();
        let post = TestRequest::post().uri(path).insert_header(FORM).set_payload(body);
        let answer = world.send(post).await;
        assert_eq!((answer.status.as_u16(), answer.page().as_str()), (413, "request_error"), "{path}");
    }
}

#[actix_web::test]
async fn what_was_sent_is_on_no_error_page() {
    let world = World::new().await;
    let mark = "mark-that-must-not-come-back";
    for request in [asks("openid").with("client_id", mark), asks("openid").with("redirect_uri", mark)] {
        let answer = world.browser().brings(&request.with("state", mark)).await;
        assert!(!answer.body.contains(mark) && answer.status == 400);
        let reference = answer.json()["reference"].as_str().unwrap().to_owned();
        assert!(reference.len() == 11 && reference.chars().all(|c| c.is_ascii_digit() || c == '-'));
    }
}
