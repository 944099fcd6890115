//! Coming back from a journey: once, with the browser that started, with an outcome.

use chrono::Duration;
use identity::account::AccountId;
use identity::interaction::Outcome;

use crate::world::*;

#[actix_web::test]
async fn a_browser_without_its_cookie_gets_an_error_page_and_the_outcome_waits() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let interaction = browser.brings(&asks("openid")).await.interaction();
    browser.proves_to_be(interaction, zoe).await;
    let cookie = browser.cookie("gai_browser").unwrap();
    browser.loses_cookie("gai_browser");
    browser.resumes(interaction).await.is_an_error_page_without_redirect();
    for wrong in ["", "nonsense", &"a".repeat(43)] {
        browser.has_cookie("gai_browser", wrong);
        browser.resumes(interaction).await.is_an_error_page_without_redirect();
    }
    assert_eq!(browser.cookie("gai_session"), None);
    browser.has_cookie("gai_browser", &cookie);
    browser.resumes(interaction).await.code();
}

#[actix_web::test]
async fn another_browser_cannot_take_up_the_outcome() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let (browser, other) = (world.browser(), world.browser());
    let interaction = browser.brings(&asks("openid")).await.interaction();
    other.brings(&asks("openid")).await.interaction();
    browser.proves_to_be(interaction, zoe).await;
    other.resumes(interaction).await.is_an_error_page_without_redirect();
    assert_eq!(other.cookie("gai_session"), None);
}

#[actix_web::test]
async fn coming_back_twice_leads_to_the_service_and_brings_no_second_code() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let interaction = browser.brings(&asks("openid")).await.interaction();
    browser.proves_to_be(interaction, zoe).await;
    let code = browser.resumes(interaction).await.code();
    let session = browser.cookie("gai_session").unwrap();
    for _ in 0..2 {
        let answer = browser.resumes(interaction).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, Some("https://service-a.example/")));
    }
    assert!(world.knows_session(&session).await);
    assert_eq!(world.token(&redeem(&code)).await.status, 200);
}

#[actix_web::test]
async fn of_two_returns_at_once_one_brings_a_code() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let interaction = browser.brings(&asks("openid")).await.interaction();
    browser.proves_to_be(interaction, zoe).await;
    let (one, other) = tokio::join!(browser.resumes(interaction), browser.resumes(interaction));
    let codes = [&one, &other].into_iter().filter(|answer| answer.params().contains_key("code")).count();
    assert_eq!(codes, 1, "{one:?} {other:?}");
}

#[actix_web::test]
async fn coming_back_before_the_end_leads_to_the_journey() {
    let world = World::new().await;
    let browser = world.browser();
    let interaction = browser.brings(&asks("openid")).await.interaction();
    assert_eq!(browser.resumes(interaction).await.interaction(), interaction);
}

#[actix_web::test]
async fn two_tabs_are_two_journeys_and_each_answers_its_own_request() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let first = browser.brings(&asks("openid").with("state", "first")).await.interaction();
    let cookie = browser.cookie("gai_browser");
    let second = browser.brings(&asks("openid").of(B).with("state", "second")).await.interaction();
    assert!(first != second && cookie == browser.cookie("gai_browser"), "both tabs share the browser's cookie");

    browser.proves_to_be(second, zoe).await;
    let answer = browser.resumes(second).await;
    assert_eq!(answer.params()["state"], "second");
    assert_eq!(world.token(&redeem(&answer.code()).of(B)).await.status, 200);
    let session = browser.cookie("gai_session").unwrap();

    browser.proves_to_be(first, zoe).await;
    let answer = browser.resumes(first).await;
    assert_eq!(answer.params()["state"], "first");
    assert_eq!(world.token(&redeem(&answer.code())).await.status, 200);
    assert!(!world.knows_session(&session).await, "a browser has one session");
}

#[actix_web::test]
async fn without_the_trn_that_the_client_requires_there_is_no_code() {
    let world = World::new().await;
    let amir = world.has(Person::Amir).await;
    let request = asks("openid trn").of(REQUIRES_TRN);
    let browser = world.browser();
    let interaction = browser.brings(&request).await.interaction();
    browser.ends(interaction, Outcome::WithoutTrn { account: amir }).await;
    let answer = browser.resumes(interaction).await;
    assert_eq!((answer.error(), answer.params()["state"].as_str()), ("access_denied".into(), "a-state"));
    assert!(answer.location().unwrap().starts_with(&callback(REQUIRES_TRN)));
    assert_eq!(browser.cookie("gai_session"), None);
    let again = browser.resumes(interaction).await;
    assert_eq!(again.location(), Some("https://service-that-requires-a-trn.example/"));
}

#[actix_web::test]
async fn a_client_that_requires_a_trn_gets_no_code_whatever_the_outcome_says() {
    let world = World::new().await;
    let amir = world.has(Person::Amir).await;
    let browser = world.browser();
    let answer = browser.brings_and_signs_in(&asks("openid trn").of(REQUIRES_TRN), amir).await;
    assert_eq!(answer.error(), "access_denied");
    browser.brings(&asks("openid trn")).await.code();
}

#[actix_web::test]
async fn a_person_with_a_trn_gets_a_code_for_a_client_that_requires_one() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid trn").of(REQUIRES_TRN), zoe).await.code();
    let answer = world.token(&redeem(&code).of(REQUIRES_TRN)).await;
    assert_eq!(claims(&world, &answer, REQUIRES_TRN).await["trn"], "1234567");
}

#[actix_web::test]
async fn an_outcome_that_nobody_fetched_for_an_hour_signs_nobody_in() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let interaction = browser.brings(&asks("openid")).await.interaction();
    browser.proves_to_be(interaction, zoe).await;
    world.passes(Duration::hours(1) + Duration::seconds(1));
    assert_eq!(browser.resumes(interaction).await.location(), Some("https://service-a.example/"));
    assert_eq!(browser.cookie("gai_session"), None);
}

#[actix_web::test]
async fn an_address_that_was_taken_from_the_clients_file_meanwhile_gets_nothing() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let interaction = browser.brings(&asks("openid")).await.interaction();
    browser.proves_to_be(interaction, zoe).await;
    let mut client = (*world.provider.clients.all()[0]).clone();
    client.redirect_uris.retain(|uri| uri != A_CALLBACK);
    world.provider.clients.replace(vec![client]);
    browser.resumes(interaction).await.is_an_error_page_without_redirect();
    world.provider.clients.replace(vec![]);
    browser.resumes(interaction).await.is_an_error_page_without_redirect();
}

#[actix_web::test]
async fn an_outcome_for_an_account_that_is_gone_signs_nobody_in() {
    let world = World::new().await;
    let nobody = AccountId::new(&world.provider.random);
    let browser = world.browser();
    let interaction = browser.brings(&asks("openid")).await.interaction();
    browser.proves_to_be(interaction, nobody).await;
    browser.resumes(interaction).await.is_an_error_page_without_redirect();
}

#[actix_web::test]
async fn an_interaction_that_never_was_is_an_error_page() {
    let world = World::new().await;
    let browser = world.browser();
    browser.brings(&asks("openid")).await.interaction();
    for id in ["x", "%00", "%F0%9F%98%80", "11111111-1111-4111-8111-111111111111", &"1".repeat(10_000)] {
        browser.visits(&format!("/oauth2/authorize/{id}")).await.is_an_error_page_without_redirect();
    }
}

#[actix_web::test]
async fn cookies_are_out_of_reach_for_scripts_and_other_sites_and_over_https_for_other_hosts() {
    for (issuer, prefix, secure) in [(ISSUER, "", false), ("https://identity.example", "__Host-", true)] {
        let world = World::at(issuer).await;
        let zoe = world.has(Person::Zoe).await;
        let browser = world.browser();
        let answer = browser.brings(&asks("openid")).await;
        let interaction = answer.interaction();
        browser.proves_to_be(interaction, zoe).await;
        for (name, answer) in [("gai_browser", answer), ("gai_session", browser.resumes(interaction).await)] {
            let cookie = answer.header("set-cookie");
            assert!(cookie.starts_with(&format!("{prefix}{name}=")), "{cookie}");
            let attributes: Vec<&str> = cookie.split("; ").skip(1).collect();
            assert_eq!(attributes.contains(&"Secure"), secure);
            for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
                assert!(attributes.contains(&attribute), "{cookie}");
            }
            assert!(!cookie.contains("Domain"));
        }
    }
}
