//! Signing in through everything at once: authorization server, journey, outbox and the headers around them.

use crate::world::{World, authorization_request};

const EMAIL: &str = "morgan.newcombe@example.com";

/// From the service's request to the answer to the last page of the journey.
async fn signs_in(world: &World, more: &[(&str, &str)]) -> (String, crate::world::Seen) {
    let first = world.visits(&authorization_request("demo-no-trn", more)).await;
    assert_eq!(first.status, 303);
    let (start, seen) = world.follows(first).await;
    assert!(start.ends_with("/start"), "{start}");
    let email = world.submits(&start, &[("intent", "create")]).await.location().unwrap().to_owned();
    assert!(email.ends_with("/email"), "{email}");
    let policy = seen.header("content-security-policy").to_owned();
    assert!(policy.contains("form-action 'self' http://localhost:8001"), "{policy}");
    let base = email.strip_suffix("/email").unwrap();
    let (code_page, _) = world.follows(world.submits(&email, &[("email", EMAIL)]).await).await;
    assert!(code_page.ends_with("/email-code"), "{code_page}");
    let code = world.outbox(EMAIL).await[0]["one_time_code"].as_str().unwrap().to_owned();
    let proved = world.submits(&code_page, &[("one_time_code", &code)]).await;
    assert_eq!(proved.location(), Some(format!("{base}/mobile").as_str()));
    let skipped = world.submits(&format!("{base}/mobile"), &[("without", "true")]).await;
    assert_eq!(skipped.location(), Some(format!("{base}/official-name").as_str()));
    let name = [("first_name", "Morgan"), ("last_name", "Newcombe"), ("has_previous_name", "no")];
    world.submits(&format!("{base}/official-name"), &name).await;
    world.submits(&format!("{base}/preferred-name"), &[("preferred_name", "Mo")]).await;
    let born = [("date_of_birth-day", "17"), ("date_of_birth-month", "8"), ("date_of_birth-year", "1991")];
    let last = world.submits(&format!("{base}/date-of-birth"), &born).await;
    assert_eq!(last.location(), Some(format!("{base}/check-answers").as_str()));
    let (finished, created) = world.follows(world.submits(&format!("{base}/check-answers"), &[]).await).await;
    assert_eq!(finished, format!("{base}/finished"));
    assert!(created.text.contains("You have created your account"), "{}", created.text);
    let resume = format!("/oauth2/authorize/{}", base.rsplit('/').next().unwrap());
    let back = world.visits(&resume).await;
    (resume, back)
}

#[actix_web::test]
async fn a_person_comes_from_a_service_and_goes_back_with_a_code() {
    let world = World::new(&[]).await;
    let (_, back) = signs_in(&world, &[]).await;
    let location = back.location().unwrap();
    assert!(location.starts_with("http://localhost:8001/callback?code="), "{location}");
    assert_eq!(back.header("cache-control"), "no-store");

    // The browser session answers the next request by itself.
    let again = world.visits(&authorization_request("demo-no-trn", &[])).await;
    assert!(again.location().unwrap().starts_with("http://localhost:8001/callback?code="));
}

#[actix_web::test]
async fn form_post_is_a_page_that_may_send_its_form_to_the_service() {
    let world = World::new(&[]).await;
    let (_, page) = signs_in(&world, &[("response_mode", "form_post")]).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("action=\"http://localhost:8001/callback\""), "{}", page.text);
    assert!(page.text.contains("name=\"state\" value=\"a state\""), "{}", page.text);
    assert!(page.header("content-security-policy").ends_with("form-action http://localhost:8001"));
    assert_eq!((page.header("cache-control"), page.header("referrer-policy")), ("no-store", "no-referrer"));
}

#[actix_web::test]
async fn signing_out_without_a_token_asks_first() {
    let world = World::new(&[]).await;
    signs_in(&world, &[]).await;
    let question = world.visits("/oauth2/end-session?client_id=demo-no-trn").await;
    assert!(question.text.contains("Do you want to sign out?"), "{}", question.text);
    let done = world.submits("/oauth2/end-session", &[("client_id", "demo-no-trn"), ("confirm", "yes")]).await;
    assert!(done.text.contains("You have signed out"), "{}", done.text);
    let again = world.visits(&authorization_request("demo-no-trn", &[])).await;
    assert!(again.location().unwrap().starts_with("/sign-in/"));
}

#[actix_web::test]
async fn a_request_of_nobody_we_know_ends_on_a_page_of_ours() {
    let world = World::new(&[]).await;
    let seen = world.visits(&authorization_request("nobody", &[])).await;
    assert_eq!((seen.status.as_u16(), seen.location()), (400, None));
    assert!(seen.text.contains("We cannot sign you in from here"), "{}", seen.text);
    assert!(!seen.text.contains("nobody"));
}
