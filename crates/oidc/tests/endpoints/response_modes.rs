//! How answers travel to the client: query, fragment, form post.

use std::collections::BTreeMap;

use url::{Url, form_urlencoded};

use crate::world::*;

#[actix_web::test]
async fn a_query_that_the_callback_has_is_kept() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let request = asks("openid").with("redirect_uri", A_CALLBACK_WITH_QUERY);
    let answer = world.browser().brings_and_signs_in(&request, zoe).await;
    assert!(answer.location().unwrap().starts_with("https://service-a.example/callback?keep=this&code="));
    let request = redeem(&answer.code()).with("redirect_uri", A_CALLBACK_WITH_QUERY);
    assert_eq!(world.token(&request).await.status, 200);
}

#[actix_web::test]
async fn response_mode_fragment_puts_the_answer_behind_the_hash() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let request = asks("openid").with("response_mode", "fragment").with("state", "a b+c");
    let answer = world.browser().brings_and_signs_in(&request, zoe).await;
    let url = Url::parse(answer.location().unwrap()).unwrap();
    assert_eq!(url.query(), None);
    let params: BTreeMap<_, _> = form_urlencoded::parse(url.fragment().unwrap().as_bytes()).into_owned().collect();
    assert_eq!((params["state"].as_str(), params["iss"].as_str()), ("a b+c", ISSUER));
    assert_eq!(world.token(&redeem(&params["code"])).await.status, 200);
}

fn posted(answer: &Answer) -> BTreeMap<String, String> {
    assert_eq!((answer.status.as_u16(), answer.page().as_str()), (200, "form_post"));
    let body = answer.json();
    assert_eq!(body["redirect_uri"], A_CALLBACK);
    serde_json::from_value::<Params>(body["params"].clone()).unwrap().into_iter().collect()
}

#[actix_web::test]
async fn response_mode_form_post_gives_the_answer_to_the_page_that_posts_it() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let request = asks("openid").with("response_mode", "form_post").with("state", "\"<&>é");
    let answer = browser.brings_and_signs_in(&request, zoe).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    let params = posted(&answer);
    assert_eq!((params["state"].as_str(), params["iss"].as_str(), params.len()), ("\"<&>é", ISSUER, 3));
    assert_eq!(world.token(&redeem(&params["code"])).await.status, 200);
    assert!(browser.cookie("gai_session").is_some(), "the person is signed in by the same answer");
}

#[actix_web::test]
async fn errors_travel_as_the_client_asked_for_answers() {
    let world = World::new().await;
    let request = asks("openid").with("prompt", "none");
    let answer = world.browser().brings(&request.clone().with("response_mode", "form_post")).await;
    assert_eq!(posted(&answer)["error"], "login_required");
    assert_eq!(posted(&answer)["state"], "a-state");
    let answer = world.browser().brings(&request.clone().with("response_mode", "fragment")).await;
    assert!(answer.location().unwrap().starts_with(&format!("{A_CALLBACK}#error=login_required&")));
    let answer = world.browser().brings(&request.with("response_mode", "query")).await;
    assert!(answer.location().unwrap().starts_with(&format!("{A_CALLBACK}?error=login_required&")));
}
