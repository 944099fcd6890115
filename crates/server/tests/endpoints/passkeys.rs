//! Passkeys through everything at once: added at the account, used to sign in, renamed and removed.

use chrono::Duration;
use identity::browser_session::{BrowserSession, SessionId};
use identity::interaction::AuthenticationMethod;
use identity::random::Random;
use serde_json::Value;

use crate::authenticator::Authenticator;
use crate::person::Person;
use crate::world::{Seen, World, authorization_request};

pub(crate) const EMAIL: &str = "morgan.newcombe@example.com";
pub(crate) const MORGAN: Person =
    Person { email: EMAIL, name: ("Morgan", "Newcombe"), nino: None, claims_trn: false, claims_qts: false };
const PAGE: &str = "/account/passkeys";

impl World {
    pub(crate) async fn signs_in_to_passkeys(&self) {
        let mut seen = self.visits("/account").await;
        while let Some(location) = seen.location().map(str::to_owned) {
            self.clock.advance(Duration::milliseconds(1));
            seen = if location == "/account" { self.visits(PAGE).await } else { MORGAN.answers(self, &location).await };
        }
        assert!(seen.text.contains("You have no passkeys"), "{}", seen.text);
    }

    /// What the script gets at this address.
    pub(crate) async fn challenge(&self, address: &str) -> Value {
        let seen = self.submits(&format!("{address}/challenge"), &[("name", "Work laptop")]).await;
        let given: Value = serde_json::from_str(&seen.text).unwrap_or_else(|_| panic!("{}", seen.text));
        assert_eq!(seen.status == 200, given["failed"].is_null(), "{given}");
        assert_eq!(seen.header("cache-control"), "no-store");
        given
    }

    pub(crate) async fn adds(&self, device: &mut Authenticator, name: &str) -> Seen {
        let given = self.challenge(PAGE).await;
        let made = device.makes(&given["options"]);
        let ceremony = given["ceremony"].as_str().unwrap();
        self.submits(PAGE, &[("name", name), ("ceremony", ceremony), ("credential", &made), ("failed", "")]).await
    }

    pub(crate) async fn has_passkey(&self) -> Authenticator {
        let mut device = Authenticator::new(&Random::seeded(7));
        self.signs_in_to_passkeys().await;
        let added = self.adds(&mut device, "Work laptop").await;
        assert_eq!(added.location(), Some("/account/passkeys?done=added"), "{}", added.text);
        device
    }

    /// Begins to sign in at another browser, and gives the address of the journey.
    pub(crate) async fn begins(&self) -> String {
        self.clock.advance(Duration::milliseconds(1));
        self.opens_another_browser();
        let seen = self.visits(&authorization_request("demo-no-trn", &[])).await;
        let (start, _) = self.follows(seen).await;
        let (address, page) = self.follows(self.submits(&start, &[("intent", "create")]).await).await;
        assert!(page.text.contains("Sign in with a passkey"), "{}", page.text);
        address.trim_end_matches("/email").to_owned()
    }

    pub(crate) async fn shows(&self, journey: &str, given: &Value, answer: &str) -> Seen {
        let ceremony = given["ceremony"].as_str().unwrap();
        self.submits(&format!("{journey}/passkey"), &[("ceremony", ceremony), ("credential", answer)]).await
    }

    pub(crate) async fn uses(&self, device: &mut Authenticator) -> (String, Seen) {
        let journey = self.begins().await;
        let given = self.challenge(&format!("{journey}/passkey")).await;
        let answer = device.answers(&given["options"]);
        let seen = self.shows(&journey, &given, &answer).await;
        (journey, seen)
    }

    pub(crate) async fn lists(&self) -> String {
        self.clock.advance(Duration::milliseconds(1));
        self.visits(PAGE).await.text
    }

    pub(crate) async fn events(&self) -> Vec<String> {
        let email = identity::email::Email::parse(EMAIL).unwrap();
        let read = self.parts.store.read(move |db| {
            let account = db.accounts().by_email(&email)?.expect("there is an account");
            db.events().of_account(account.id, 100)
        });
        let events = read.await.map_err(|error: store::StoreError| error).unwrap();
        events.iter().map(|event| event.kind.name().to_owned()).collect()
    }
}

#[track_caller]
pub(crate) fn leads_to(seen: &Seen, page: &str) {
    let location = seen.location().unwrap_or_else(|| panic!("{} {}", seen.status, seen.text));
    assert!(location.ends_with(page), "{location}");
}

#[track_caller]
fn refuses(seen: &Seen, words: &str) {
    assert_eq!(seen.status, 400, "{:?}", seen.location());
    assert!(seen.text.contains(words), "{words}: {}", seen.text);
    assert!(seen.text.contains("What is your email address?"), "the way by a code is there");
}

#[actix_web::test]
async fn a_passkey_that_was_added_signs_in_and_the_details_come_next_as_after_a_code() {
    let world = World::new(&[]).await;
    let mut device = world.has_passkey().await;
    assert!(world.lists().await.contains("Work laptop") && world.lists().await.contains("Not used yet"));
    let (journey, seen) = world.uses(&mut device).await;
    assert_eq!(seen.location(), Some(format!("{journey}/your-details").as_str()));
    assert!(world.visits(&format!("{journey}/your-details")).await.text.contains(EMAIL));
    let ended = world.submits(&format!("{journey}/your-details"), &[]).await;
    let service = world.visits(ended.location().unwrap()).await;
    assert!(service.location().unwrap().starts_with("http://localhost:8001/callback?code="));
    assert!(world.lists().await.contains("Last used on"));
    assert!(world.visits("/account/devices").await.text.contains("with a passkey."));
    let events = world.events().await;
    assert_eq!(events[..2], ["signed_in", "passkey_added"]);
    // These two are of one moment.
    assert!(events[2..].contains(&"account_registered".into()) && events[2..].contains(&"signed_in".into()));
    assert_eq!(world.outbox(EMAIL).await[0]["template"], "passkey-added");
}

#[actix_web::test]
async fn whoever_showed_a_passkey_can_still_give_an_address_instead() {
    let world = World::new(&[]).await;
    let mut device = world.has_passkey().await;
    let (journey, _) = world.uses(&mut device).await;
    assert!(world.visits(&format!("{journey}/your-details")).await.text.contains(&format!("{journey}/email\"")));
    let other = world.submits(&format!("{journey}/email"), &[("email", "somebody@example.com")]).await;
    leads_to(&other, "/email-code");
    leads_to(&world.submits(&format!("{journey}/your-details"), &[]).await, "/email-code");
}

#[actix_web::test]
async fn a_challenge_is_answered_once_and_by_whom_it_was_given_to() {
    let world = World::new(&[]).await;
    let mut device = world.has_passkey().await;
    let journey = world.begins().await;
    let [first, second] =
        [world.challenge(&format!("{journey}/passkey")).await, world.challenge(&format!("{journey}/passkey")).await];
    let answer = device.answers(&first["options"]);
    refuses(&world.shows(&journey, &second, &answer).await, "We do not know this passkey");
    leads_to(&world.shows(&journey, &first, &answer).await, "/your-details");
    // The trail still has the first page, so it can be tried; and then the challenge is gone.
    refuses(&world.shows(&journey, &first, &answer).await, "took too long");

    let other = world.begins().await;
    let given = world.challenge(&format!("{other}/passkey")).await;
    let answer = device.answers(&given["options"]);
    let journey = world.begins().await;
    refuses(&world.shows(&journey, &given, &answer).await, "took too long");
}

#[actix_web::test]
async fn a_challenge_is_good_for_five_minutes() {
    let world = World::new(&[]).await;
    let mut device = world.has_passkey().await;
    let journey = world.begins().await;
    for (wait, is_good) in [(Duration::minutes(5), false), (Duration::seconds(299), true)] {
        let given = world.challenge(&format!("{journey}/passkey")).await;
        let answer = device.answers(&given["options"]);
        world.clock.advance(wait);
        let seen = world.shows(&journey, &given, &answer).await;
        if is_good { leads_to(&seen, "/your-details") } else { refuses(&seen, "took too long") }
    }
}

#[actix_web::test]
async fn a_passkey_of_another_site_or_of_somebody_unseen_or_unknown_signs_nobody_in() {
    let world = World::new(&[]).await;
    let mut device = world.has_passkey().await;
    device.origin = "http://localhost:8666";
    refuses(&world.uses(&mut device).await.1, "We do not know this passkey");
    (device.origin, device.host) = (crate::authenticator::ORIGIN, "evil.example");
    refuses(&world.uses(&mut device).await.1, "We do not know this passkey");
    (device.host, device.verifies) = ("localhost", false);
    refuses(&world.uses(&mut device).await.1, "We do not know this passkey");
    device.verifies = true;
    leads_to(&world.uses(&mut device).await.1, "/your-details");
    let mut unknown = Authenticator::new(&Random::seeded(8));
    refuses(&world.uses(&mut unknown).await.1, "We do not know this passkey");
}

#[actix_web::test]
async fn a_passkey_of_which_there_may_be_two_is_refused_and_noted() {
    let world = World::new(&[]).await;
    let mut device = world.has_passkey().await;
    leads_to(&world.uses(&mut device).await.1, "/your-details");
    device.counter -= 1;
    refuses(&world.uses(&mut device).await.1, "Somebody may have copied this passkey");
    assert!(world.visits("/metrics").await.text.contains("passkey_tries_total{result=\"copied\"} 1"));
    assert_eq!(world.events().await[0], "passkey_copied");
    leads_to(&world.uses(&mut device).await.1, "/your-details");
}

#[actix_web::test]
async fn a_passkey_without_a_counter_works_again_and_again() {
    let world = World::new(&[]).await;
    let mut device = Authenticator::new(&Random::seeded(7));
    device.counter = 0;
    world.signs_in_to_passkeys().await;
    leads_to(&world.adds(&mut device, "Phone").await, "?done=added");
    for _ in 0..2 {
        leads_to(&world.uses(&mut device).await.1, "/your-details");
    }
}

#[actix_web::test]
async fn what_the_browser_could_not_do_is_said_in_words_that_help() {
    let world = World::new(&[]).await;
    let journey = world.begins().await;
    for (failed, words) in [
        ("cancelled", "We did not get a passkey from your device"),
        ("expired", "took too long"),
        ("too_soon", "There were too many tries"),
        ("<script>", "We could not use your passkey"),
    ] {
        refuses(&world.submits(&format!("{journey}/passkey"), &[("failed", failed)]).await, words);
    }
    for fields in [&[][..], &[("ceremony", "x"), ("credential", "{}")], &[("credential", "\0")]] {
        refuses(&world.submits(&format!("{journey}/passkey"), fields).await, "We could not use your passkey");
    }
}

#[actix_web::test]
async fn challenges_take_from_the_budgets_of_tries() {
    let world = World::new(&[("GAI__CODE_BUDGETS__TRY_PER_JOURNEY", "2 in 1h")]).await;
    let journey = world.begins().await;
    for _ in 0..2 {
        assert!(world.challenge(&format!("{journey}/passkey")).await["ceremony"].is_string());
    }
    assert_eq!(world.challenge(&format!("{journey}/passkey")).await["failed"], "too_soon");
}

#[actix_web::test]
async fn a_challenge_names_nobody_and_is_given_only_where_somebody_is_asked_who_they_are() {
    let world = World::new(&[]).await;
    let mut device = world.has_passkey().await;
    let (journey, _) = world.uses(&mut device).await;
    world.submits(&format!("{journey}/your-details"), &[]).await;
    assert_eq!(world.challenge(&format!("{journey}/passkey")).await["failed"], "expired");
    let journey = world.begins().await;
    let options = world.challenge(&format!("{journey}/passkey")).await["options"].clone();
    assert_eq!(options["publicKey"]["allowCredentials"], serde_json::json!([]));
    assert_eq!(options["publicKey"]["userVerification"], "required");
    world.opens_another_browser();
    assert_eq!(world.challenge(&format!("{journey}/passkey")).await["failed"], "expired");
}

#[actix_web::test]
async fn a_passkey_is_renamed_and_removed_and_then_signs_nobody_in() {
    let world = World::new(&[]).await;
    let mut device = world.has_passkey().await;
    let page = world.lists().await;
    let (_, rest) = page.split_once("href=\"/account/passkeys/").unwrap();
    let id = rest.split('/').next().unwrap();
    let rename = format!("{PAGE}/{id}/rename");
    assert!(world.visits(&rename).await.text.contains("value=\"Work laptop\""));
    for (name, words) in [("", "Enter a name"), (&"x".repeat(51), "50 characters or fewer")] {
        let refused = world.submits(&rename, &[("name", name)]).await;
        assert!(refused.status == 400 && refused.text.contains(words), "{}", refused.text);
    }
    leads_to(&world.submits(&rename, &[("name", "Old laptop")]).await, "?done=renamed");
    assert!(world.visits("/account/passkeys?done=renamed").await.text.contains("You have renamed the passkey"));
    assert!(world.lists().await.contains("Old laptop"));

    let remove = format!("{PAGE}/{id}/remove");
    assert!(world.visits(&remove).await.text.contains("Old laptop"));
    assert!(world.lists().await.contains("Old laptop"), "a GET has no effect");
    leads_to(&world.submits(&remove, &[]).await, "?done=removed");
    leads_to(&world.submits(&remove, &[]).await, PAGE);
    assert!(world.lists().await.contains("You have no passkeys"));
    assert_eq!(world.events().await[..3], ["passkey_removed", "passkey_renamed", "passkey_added"]);
    assert_eq!(world.outbox(EMAIL).await[0]["template"], "passkey-removed");
    refuses(&world.uses(&mut device).await.1, "We do not know this passkey");
}

#[actix_web::test]
async fn who_has_not_proved_lately_who_they_are_does_so_before_they_add_a_passkey() {
    let world = World::new(&[]).await;
    world.signs_in_to_passkeys().await;
    let given = world.challenge(PAGE).await;
    let made = Authenticator::new(&Random::seeded(7)).makes(&given["options"]);
    world.clock.advance(Duration::minutes(15));
    let page = world.lists().await;
    assert!(page.contains("prove again that this is your account") && !page.contains("data-passkey"), "{page}");
    assert_eq!(world.challenge(PAGE).await["failed"], "expired");
    let ceremony = given["ceremony"].as_str().unwrap();
    let fields = [("name", "Phone"), ("ceremony", ceremony), ("credential", made.as_str())];
    leads_to(&world.submits(PAGE, &fields).await, PAGE);
    assert!(world.lists().await.contains("You have no passkeys"));

    let mut seen = world.submits("/account/passkeys/prove", &[]).await;
    while seen.location() != Some(PAGE) {
        let location = seen.location().unwrap_or_else(|| panic!("{}", seen.text)).to_owned();
        seen = MORGAN.answers(&world, &location).await;
    }
    assert!(world.lists().await.contains("data-passkey=\"create\""));
    leads_to(&world.adds(&mut Authenticator::new(&Random::seeded(7)), "Phone").await, "?done=added");
}

#[actix_web::test]
async fn who_signed_in_by_a_number_alone_proves_the_address_before_they_add_a_passkey() {
    let world = World::new(&[]).await;
    world.signs_in_to_passkeys().await;
    let (email, now) = (identity::email::Email::parse(EMAIL).unwrap(), world.clock.clock().now());
    let token = world.parts.journeys.random.token();
    let hashed = world.parts.journeys.hash_key.hash(identity::secret::Purpose::BrowserSession, "", &token);
    let by_text = world.parts.store.transact(move |db| {
        let account = db.accounts().by_email(&email)?.expect("there is an account");
        let signed_in = db.browser_sessions().live_of(account.id, now)?.remove(0);
        let methods = vec![AuthenticationMethod::Otp, AuthenticationMethod::Sms];
        let id = SessionId::new(&Random::seeded(9));
        db.browser_sessions().create(&BrowserSession { id, token: hashed, methods, ..signed_in })
    });
    by_text.await.map_err(|error: store::StoreError| error).unwrap();
    world.opens_another_browser();
    world.has_cookie(identity::cookie_names::session(false), token.expose());
    assert!(world.lists().await.contains("prove again that this is your account"));
    assert_eq!(world.challenge(PAGE).await["failed"], "expired");
}

#[actix_web::test]
async fn an_account_has_twenty_passkeys_at_most_and_a_key_belongs_to_one_account() {
    let world = World::new(&[]).await;
    world.signs_in_to_passkeys().await;
    let mut first = Authenticator::new(&Random::seeded(1));
    leads_to(&world.adds(&mut first, "Laptop 1").await, "?done=added");
    let again = world.adds(&mut first, "Laptop 1").await;
    assert!(again.status == 400, "{:?}", again.location());
    for number in 2..=20 {
        let mut device = Authenticator::new(&Random::seeded(number));
        leads_to(&world.adds(&mut device, &format!("Laptop {number}")).await, "?done=added");
    }
    assert_eq!(world.challenge(PAGE).await["failed"], "full");
    assert!(world.lists().await.contains("as many passkeys as you can have"));
}

#[actix_web::test]
async fn where_the_issuer_is_an_address_there_are_no_passkeys() {
    let world = World::new(&[("GAI__SERVER__ISSUER", "http://127.0.0.1:8000")]).await;
    let seen = world.visits(&authorization_request("demo-trn-optional", &[])).await;
    let (address, page) = world.follows(seen).await;
    assert!(page.text.contains("What is your email address?") && !page.text.contains("passkey"), "{}", page.text);
    let challenge = format!("{}/passkey/challenge", address.trim_end_matches("/email"));
    assert_eq!(world.submits(&challenge, &[]).await.status, 404);
}
