//! The account pages through everything at once: sign-in, session, changes, and the way back to a service.

use actix_web::test::TestRequest;
use serde_json::Value;

use crate::person::Person;
use crate::world::{Seen, World, authorization_request};

pub(crate) const ACCOUNT: &str = "/account";
pub(crate) const EMAIL: &str = "morgan.newcombe@example.com";
pub(crate) const MORGAN: Person =
    Person { email: EMAIL, name: ("Morgan", "Newcombe"), nino: None, claims_trn: false, claims_qts: false };
const LINK: &str = "client_id=demo-no-trn&redirect_uri=http%3A%2F%2Flocalhost%3A8001%2Fback%3Fa%3Db\
                    &sign_out_uri=http%3A%2F%2Flocalhost%3A8001%2Fbye";

impl World {
    /// Goes to an account page, and signs in on the way.
    pub(crate) async fn signs_in_to(&self, address: &str) -> (String, Seen) {
        self.signs_somebody_in_to(address, &MORGAN).await
    }

    pub(crate) async fn signs_somebody_in_to(&self, address: &str, person: &Person) -> (String, Seen) {
        let first = self.visits(address).await;
        assert!(first.location().unwrap().starts_with("/sign-in/"), "{:?}", first.location());
        self.goes_on_as(person, first).await
    }

    async fn signs_in_from(&self, seen: Seen) -> (String, Seen) {
        self.goes_on_as(&MORGAN, seen).await
    }

    async fn goes_on_as(&self, person: &Person, mut seen: Seen) -> (String, Seen) {
        loop {
            let location = seen.location().unwrap_or_else(|| panic!("{}", seen.text)).to_owned();
            if location.starts_with("/account") {
                return (location.clone(), self.visits(&location).await);
            }
            seen = person.answers(self, &location).await;
        }
    }

    async fn code(&self, to: &str) -> String {
        self.outbox(to).await[0]["one_time_code"].as_str().unwrap().to_owned()
    }
}

#[actix_web::test]
async fn who_is_not_signed_in_signs_in_and_comes_to_their_account() {
    let world = World::new(&[]).await;
    let (address, page) = world.signs_in_to("/account").await;
    assert_eq!((address.as_str(), page.status.as_u16()), ("/account", 200));
    for words in ["Your account", "Get an Identity account", EMAIL, "14 March 1985", "Change<span"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert_eq!(page.header("cache-control"), "no-store");
    // The same session answers services.
    let service = world.visits(&authorization_request("demo-no-trn", &[])).await;
    assert!(service.location().unwrap().starts_with("http://localhost:8001/callback?code="));
}

#[actix_web::test]
async fn the_account_client_authorizes_nobody() {
    let world = World::new(&[]).await;
    let refused = world.visits(&authorization_request("get-an-identity", &[])).await;
    assert_eq!((refused.status.as_u16(), refused.location()), (400, None));
}

#[actix_web::test]
async fn a_sign_in_to_the_account_is_taken_up_once() {
    let world = World::new(&[]).await;
    let first = world.visits("/account").await;
    let id = first.location().unwrap().rsplit('/').next().unwrap().to_owned();
    world.signs_in_from(first).await;
    let again = world.visits(&format!("/oauth2/authorize/{id}")).await;
    assert_eq!(again.location(), Some("/account"));
    assert!(!again.headers.contains_key("set-cookie"));
}

#[actix_web::test]
async fn a_service_that_links_here_is_named_and_led_back_to_from_every_page() {
    let world = World::new(&[]).await;
    let (address, page) = world.signs_in_to(&format!("/account?{LINK}")).await;
    assert_eq!(address, format!("/account?{LINK}"));
    let back = "href=\"http://localhost:8001/back?a=b\"";
    assert!(page.text.contains(back), "{}", page.text);
    let change = world.visits(&format!("/account/change/preferred-name?{LINK}")).await.text;
    assert!(change.contains(back), "{change}");
    for path in ["/devices", "/sign-out"] {
        let way = format!("/account{path}?{}", LINK.replace('&', "&amp;"));
        assert!(page.text.contains(&way), "{way}: {}", page.text);
        assert!(world.visits(&format!("/account{path}?{LINK}")).await.text.contains(back));
    }
    let changed = world.submits(&format!("/account/change/preferred-name?{LINK}"), &[("preferred_name", "Mo")]).await;
    let done = changed.location().unwrap().to_owned();
    assert!(done.starts_with("/account?done=") && done.ends_with(LINK), "{done}");
    let page = world.visits(&done).await;
    assert!(page.text.contains("You have changed your preferred name") && page.text.contains(back), "{}", page.text);
    let out = world.submits(&format!("/account/sign-out?{LINK}"), &[]).await;
    assert_eq!(out.location(), Some("http://localhost:8001/bye"));
    let again = world.visits(&format!("/account?{LINK}")).await;
    assert!(again.location().unwrap().starts_with("/sign-in/"), "the session has ended");
}

#[actix_web::test]
async fn a_link_that_leads_elsewhere_is_refused_signed_in_or_not() {
    let world = World::new(&[]).await;
    let elsewhere = LINK.replace("8001%2Fback", "8002%2Fback");
    let refused = world.visits(&format!("/account?{elsewhere}")).await;
    assert_eq!(refused.status, 400);
    world.signs_in_to("/account").await;
    for page in ["", "/devices", "/sign-out", "/change/email"] {
        let refused = world.visits(&format!("/account{page}?{elsewhere}")).await;
        assert_eq!((refused.status.as_u16(), refused.location()), (400, None), "{page}");
        assert!(refused.text.contains("You cannot use this link") && !refused.text.contains("8002"));
    }
    let refused = world.submits(&format!("/account/sign-out?{elsewhere}"), &[]).await;
    assert_eq!(refused.status, 400);
    assert_eq!(world.visits("/account").await.status, 200, "still signed in");
}

#[actix_web::test]
async fn no_form_of_another_site_is_taken() {
    let world = World::new(&[]).await;
    world.signs_in_to("/account").await;
    for path in ["/sign-out", "/devices", "/change/preferred-name", "/changes/1/change-email"] {
        for header in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
            let request = TestRequest::post().uri(&format!("/account{path}")).insert_header(header);
            let request = request.set_form([("preferred_name", "Evil"), ("all_others", "true")]);
            assert_eq!(world.asks(request).await.status, 403, "{path}");
        }
    }
    assert!(!world.visits("/account").await.text.contains("Evil"));
}

#[actix_web::test]
async fn an_address_is_changed_by_a_code_and_both_are_told() {
    let world = World::new(&[]).await;
    world.signs_in_to("/account").await;
    let new = "morgan.new@example.org";
    assert!(world.visits("/account/change/email").await.text.contains("Change your email address"));
    let asked = world.submits("/account/change/email", &[("email", new)]).await;
    let code_page = asked.location().unwrap().to_owned();
    assert!(code_page.starts_with("/account/changes/") && code_page.ends_with("/change-email-code"), "{code_page}");
    let wrong = world.submits(&code_page, &[("one_time_code", "12345")]).await;
    assert_eq!(wrong.status, 400);
    let changed = world.submits(&code_page, &[("one_time_code", &world.code(new).await)]).await;
    let page = world.visits(changed.location().unwrap()).await;
    assert!(page.text.contains("You have changed your email address") && page.text.contains(new), "{}", page.text);
    for told in [EMAIL, new] {
        let letters = world.outbox(told).await;
        assert!(letters.iter().any(|letter| letter["template"] == "email-changed"), "{told}");
    }
}

#[actix_web::test]
async fn a_device_is_signed_out_from_another() {
    let world = World::new(&[]).await;
    world.signs_in_to("/account").await;
    let phone = world.takes_another_browser();
    let first = world.asks(TestRequest::get().uri("/account")).await;
    world.signs_in_from(first).await;
    let devices = world.visits("/account/devices").await.text;
    assert!(devices.contains("Firefox on Linux, this device") && devices.contains("A browser that we do not know"));
    assert!(devices.contains("with a code by email"), "{devices}");
    world.submits("/account/devices", &[("all_others", "true")]).await;
    assert!(world.visits("/account/devices").await.text.contains("You are not signed in anywhere else"));
    world.goes_back_to(phone);
    assert!(world.visits("/account").await.location().unwrap().starts_with("/sign-in/"));
}

#[actix_web::test]
async fn one_device_of_several_is_signed_out_and_nobody_elses() {
    let world = World::new(&[]).await;
    world.signs_in_to("/account").await;
    let first = world.takes_another_browser();
    world.signs_in_to("/account").await;
    let devices = world.visits("/account/devices").await.text;
    let (_, id) = devices.split_once("name=\"device\" value=\"").unwrap();
    let id = id.split('"').next().unwrap();
    let foreign = "6f3c8a46-8a3e-4b52-9d1c-0d9f64b5f0aa";
    for other in [foreign, "", "not an id"] {
        let answer = world.submits("/account/devices", &[("device", other)]).await;
        assert_eq!(answer.location(), Some("/account/devices"));
    }
    assert!(world.visits("/account/devices").await.text.contains(id), "nothing has happened yet");
    world.submits("/account/devices", &[("device", id)]).await;
    assert!(!world.visits("/account/devices").await.text.contains(id));
    world.goes_back_to(first);
    assert!(world.visits("/account").await.location().unwrap().starts_with("/sign-in/"));
}

#[actix_web::test]
async fn signing_out_needs_a_form_and_ends_the_session() {
    let world = World::new(&[]).await;
    world.signs_in_to("/account").await;
    let question = world.visits("/account/sign-out").await;
    assert!(question.text.contains("Do you want to sign out?"), "{}", question.text);
    assert_eq!(world.visits("/account").await.status, 200, "asking has no effect");
    let out = world.submits("/account/sign-out", &[]).await;
    assert_eq!(out.location(), Some("/account/signed-out"));
    assert!(world.visits("/account/signed-out").await.text.contains("You have signed out"));
    assert!(world.visits("/account").await.location().unwrap().starts_with("/sign-in/"));
}

#[actix_web::test]
async fn the_services_are_those_that_the_person_went_on_to() {
    let world = World::new(&[]).await;
    world.signs_in_to("/account").await;
    assert!(world.visits("/account/services").await.text.contains("You have not signed in to a service"));
    world.visits(&authorization_request("demo-no-trn", &[])).await;
    let once = world.visits("/account/services").await.text;
    assert!(once.contains("Once, on ") && !once.contains("First on "), "{once}");
    world.clock.advance(chrono::Duration::minutes(1));
    world.visits(&authorization_request("demo-no-trn", &[])).await;
    assert!(world.visits("/account/services").await.text.contains("and last on "));
}

#[actix_web::test]
async fn what_is_downloaded_is_all_that_we_hold_and_no_secret() {
    let world = World::new(&[]).await;
    world.signs_in_to("/account").await;
    world.visits(&authorization_request("demo-no-trn", &[])).await;
    world.submits("/account/delete", &[("understood", "yes")]).await;
    let file = world.visits("/account/download").await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"get-an-identity.json\"");
    assert_eq!(file.header("cache-control"), "no-store");
    let all: Value = serde_json::from_str(&file.text).unwrap();
    assert_eq!(all["account"]["email"], EMAIL);
    assert_eq!(all["account"]["name"]["last"], "Newcombe");
    assert_eq!(all["account"]["date_of_birth"], "1985-03-14");
    assert_eq!(all["services"][0]["client_id"], "demo-no-trn");
    assert_eq!(all["signed_in_on"][0]["methods"], serde_json::json!(["otp"]));
    assert_eq!(all["requests_to_support"][0]["kind"], "account_deletion");
    let events = all["events"].as_array().unwrap();
    for kind in ["account_registered", "signed_in", "ticket_raised"] {
        assert!(events.iter().any(|event| event["what"]["kind"] == kind), "{kind}");
    }
    for cookie in ["gai_session", "gai_browser"] {
        assert!(!file.text.contains(&world.cookie(cookie)), "{cookie}");
    }
}

#[actix_web::test]
async fn who_wants_their_account_deleted_is_heard_once_and_may_change_their_mind() {
    let world = World::new(&[]).await;
    world.signs_in_to("/account").await;
    let refused = world.submits("/account/delete", &[]).await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.text.matches("Select the box to say that you understand").count(), 2, "{}", refused.text);
    for _ in 0..2 {
        let asked = world.submits("/account/delete", &[("understood", "yes")]).await;
        assert_eq!(asked.location(), Some("/account/delete"));
    }
    let letters = world.outbox(EMAIL).await;
    let told = letters.iter().filter(|letter| letter["template"] == "deletion-asked").count();
    assert_eq!(told, 1);
    let page = world.visits("/account/delete").await.text;
    assert!(page.contains("You have asked us to delete your account") && page.contains("GAI-"), "{page}");
    world.submits("/account/delete/withdraw", &[]).await;
    assert!(world.visits("/account/delete").await.text.contains("You cannot undo this"));
    let again = world.submits("/account/delete/withdraw", &[]).await;
    assert_eq!(again.location(), Some("/account/delete"), "there is nothing left to withdraw");
}
