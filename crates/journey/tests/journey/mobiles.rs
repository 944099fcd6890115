//! Mobile numbers: given, proved, known already, and signed in with by who lost their email.

use identity::account::Account;
use identity::browser_session::SessionId;
use identity::claims_request::ClaimsRequest;
use identity::client::ClientId;
use identity::clock::Time;
use identity::grant::{Grant, GrantId};
use identity::interaction::{AuthenticationMethod, Outcome};
use identity::scope::Scopes;
use identity::secret::Purpose;

use crate::people::BORN;
use crate::world::{Person, Seen, World, other_than};

const ASHA: &str = "asha@example.com";
const NEW: &str = "asha.new@example.com";
const NUMBER: &str = "07700 900123";
const E164: &str = "+447700900123";

impl Person<'_> {
    /// Proves an address, to where the mobile number is asked.
    async fn comes_to_the_mobile(&self, email: &str) {
        self.answers("email", &[("email", email)]).await.leads_to("email-code");
        self.types_the_code("email-code", email).await.leads_to("mobile");
    }

    async fn proves_the_number(&self, typed: &str) -> Seen {
        self.answers("mobile", &[("mobile", typed)]).await.leads_to("mobile-code");
        self.types_the_code("mobile-code", E164).await
    }

    async fn wants_to(&self, intent: &str) {
        self.visits("").await.leads_to("start");
        self.answers("start", &[("intent", intent)]).await.leads_to("email");
    }
}

impl World {
    /// Asha, with a number.
    async fn has_asha_with_a_number(&self) -> Account {
        let asha = self.person_from("no-trn").await;
        asha.comes_to_the_mobile(ASHA).await;
        asha.proves_the_number(NUMBER).await.leads_to("official-name");
        asha.says_who_they_are("Asha", "Bennett", BORN).await.leads_to("check-answers");
        asha.visits("check-answers").await.says(200, NUMBER);
        asha.answers("check-answers", &[]).await.creates();
        self.account(ASHA).await.unwrap()
    }

    async fn methods(&self, person: &Person<'_>) -> Vec<AuthenticationMethod> {
        match self.outcome(person).await {
            Some(Outcome::SignedIn { methods, .. }) => methods,
            other => panic!("not signed in: {other:?}"),
        }
    }

    /// Where the newest letter to Asha about a sign-in by number leads.
    async fn not_me_link(&self) -> String {
        let letter = self.letter(ASHA, "signed-in-by-mobile").await;
        let link = letter.body.lines().find(|line| line.contains("/not-me/")).expect("the letter has a link");
        link.strip_prefix("https://identity.example").expect("it leads to us").to_owned()
    }
}

const BY_TEXT: [AuthenticationMethod; 2] = [AuthenticationMethod::Otp, AuthenticationMethod::Sms];

#[actix_web::test]
async fn a_number_that_a_code_proved_is_the_accounts() {
    let world = World::new().await;
    assert_eq!(world.has_asha_with_a_number().await.mobile.unwrap().e164(), E164);
}

#[actix_web::test]
async fn each_number_that_cannot_be_texted_is_refused_and_shown_as_it_was_typed() {
    let world = World::new().await;
    let asha = world.person_from("no-trn").await;
    asha.comes_to_the_mobile(ASHA).await;
    for (typed, words) in [("", "Enter your mobile number"), ("020 7946 0123", "landline"), ("07700-9", "in full")] {
        asha.answers("mobile", &[("mobile", typed)]).await.says(400, words).says(400, &format!("value=\"{typed}\""));
    }
    assert_eq!(world.mailbox().await.len(), 1, "no text was sent");
    asha.answers("mobile", &[("mobile", "+44 (0)7700-900123")]).await.leads_to("mobile-code");
    asha.visits("mobile").await.says(200, "value=\"+44 (0)7700-900123\"");
    asha.visits("resend-mobile-code").await.says(200, "value=\"+44 (0)7700-900123\"");
    asha.answers("resend-mobile-code", &[("mobile", "07700900456")]).await.leads_to("mobile-code");
    asha.visits("mobile-code").await.says(200, "07700 900456");
    asha.types_the_code("mobile-code", "+447700900456").await.leads_to("official-name");
}

#[actix_web::test]
async fn a_client_may_want_a_number_of_everybody() {
    let world = World::new().await;
    let asha = world.person_from("needs-mobile").await;
    asha.comes_to_the_mobile(ASHA).await;
    let page = asha.visits("mobile").await.says(200, "What is your mobile number?");
    assert!(!page.html.contains("Continue without a mobile"));
    asha.answers("mobile", &[("without", "true")]).await.leads_to("mobile");
    asha.proves_the_number(NUMBER).await.leads_to("official-name");
}

#[actix_web::test]
async fn who_wants_to_create_an_account_and_has_one_is_told_and_signed_in() {
    let world = World::new().await;
    let account = world.has_asha_with_a_number().await;
    let again = world.person_from("landing").await;
    again.wants_to("create").await;
    again.proves(ASHA).await.leads_to("account-exists");
    again.visits("account-exists").await.says(200, "You already have an account").says(200, ASHA);
    again.answers("account-exists", &[]).await.leads_to("your-details");
    again.confirms_their_details().await.ends();
    assert_eq!(world.signed_in(&again).await, account.id);
    assert_eq!(world.methods(&again).await, [AuthenticationMethod::Otp]);
}

#[actix_web::test]
async fn who_wants_to_sign_in_with_an_address_that_is_new_is_told_so_once_for_each_address() {
    let world = World::new().await;
    world.has_asha_with_a_number().await;
    let asha = world.person_from("landing").await;
    asha.wants_to("sign_in").await;
    asha.proves(NEW).await.leads_to("no-account");
    asha.visits("no-account").await.says(200, NEW);
    asha.answers("no-account", &[]).await.leads_to("mobile");
    asha.proves("asha.third@example.com").await.leads_to("no-account");
    asha.answers("email", &[("email", NEW)]).await.leads_to("mobile");
    asha.proves(ASHA).await.leads_to("your-details");
}

#[actix_web::test]
async fn the_owner_of_a_number_is_signed_in_to_their_account_and_told() {
    let world = World::new().await;
    let account = world.has_asha_with_a_number().await;
    let again = world.person_from("no-trn").await;
    again.comes_to_the_mobile(NEW).await;
    again.answers("mobile", &[("mobile", "+44 7700 900 123")]).await.leads_to("mobile-code");
    let code = again.code(E164).await;
    again.answers("mobile-code", &[("one_time_code", other_than(&code))]).await.says(400, "not the one that we sent");
    again.types_the_code("mobile-code", E164).await.leads_to("mobile-exists");
    let page = again.visits("mobile-exists").await.says(200, "a****@****.com");
    assert!(!page.html.contains(ASHA));
    again.answers("mobile-exists", &[]).await.leads_to("your-details");
    again.visits("your-details").await.says(200, "Use it for your account").says(200, NEW);
    again.visits("change-email").await.says(200, &format!("value=\"{NEW}\""));
    again.answers("change-email", &[("email", NEW)]).await.leads_to("your-details");
    again.confirms_their_details().await.ends();
    assert_eq!(world.signed_in(&again).await, account.id);
    assert_eq!(world.methods(&again).await, BY_TEXT);
    assert_eq!(world.account(NEW).await.unwrap().id, account.id);
    assert!(world.letters(ASHA).await.contains(&"signed-in-by-mobile".to_owned()), "the old address is told");
}

#[actix_web::test]
async fn who_has_the_number_of_somebody_else_goes_on_without_it() {
    let world = World::new().await;
    let account = world.has_asha_with_a_number().await;
    let morgan = world.person_from("no-trn").await;
    morgan.comes_to_the_mobile("morgan@example.com").await;
    morgan.proves_the_number(NUMBER).await.leads_to("mobile-exists");
    morgan.visits("not-my-account").await.says(200, "This is not my account");
    morgan.answers("not-my-account", &[]).await.leads_to("official-name");
    morgan.says_who_they_are("Morgan", "Reid", BORN).await.leads_to("check-answers");
    morgan.answers("check-answers", &[]).await.creates();
    assert_eq!(world.account("morgan@example.com").await.unwrap().mobile, None);
    assert_eq!(world.account(ASHA).await.unwrap(), account);
}

#[actix_web::test]
async fn who_has_the_name_and_the_date_of_birth_of_an_account_may_prove_that_it_is_theirs() {
    let world = World::new().await;
    let account = world.has_asha_with_a_number().await;
    for by_text in [false, true] {
        let again = world.person_from("no-trn").await;
        again.proves(NEW).await.leads_to("official-name");
        again.says_a_name_and("Asha", "Bennett", BORN).await.leads_to("existing-account");
        let page = again.visits("existing-account").await.says(200, "a****@****.com");
        assert!(!page.html.contains(ASHA));
        again.answers("existing-account", &[]).await.says(400, "Select your account");
        let id = account.id.to_string();
        again.answers("existing-account", &[("account", &id)]).await.leads_to("account-code");
        again.visits("account-code").await.says(200, "a****@****.com");
        if by_text {
            again.visits("account-no-email").await.says(200, "*******0123");
            again.answers("account-no-email", &[]).await.leads_to("account-mobile-code");
            again.visits("account-mobile-code").await.says(200, "*******0123");
            again.types_the_code("account-mobile-code", E164).await.leads_to("your-details");
        } else {
            again.types_the_code("account-code", ASHA).await.leads_to("your-details");
        }
        again.confirms_their_details().await.ends();
        assert_eq!(world.signed_in(&again).await, account.id);
        let methods = world.methods(&again).await;
        assert_eq!(methods, if by_text { BY_TEXT.to_vec() } else { vec![AuthenticationMethod::Otp] });
    }
    assert!(world.account(NEW).await.is_none());
}

#[actix_web::test]
async fn an_account_that_was_not_offered_cannot_be_chosen() {
    let world = World::new().await;
    world.has_asha_with_a_number().await;
    let morgan = world.registers("no-trn", "morgan@example.com", "Morgan", "Reid").await;
    let asha = world.person_from("no-trn").await;
    asha.proves(NEW).await.leads_to("official-name");
    asha.says_a_name_and("Asha", "Bennett", BORN).await.leads_to("existing-account");
    let id = morgan.id.to_string();
    asha.answers("existing-account", &[("account", &id)]).await.leads_to("existing-account");
}

#[actix_web::test]
async fn who_lost_their_email_signs_in_with_their_number_and_changes_the_address() {
    let world = World::new().await;
    let account = world.has_asha_with_a_number().await;
    for page in ["email", "email-code"] {
        let asha = world.person_from("no-trn").await;
        if page == "email-code" {
            asha.answers("email", &[("email", ASHA)]).await.leads_to("email-code");
        }
        asha.visits(page).await.says(200, "I no longer have access to my email");
        asha.visits("lost-email").await.says(200, "Sign in with your mobile number");
        asha.answers("lost-email", &[("mobile", NUMBER)]).await.leads_to("lost-email-code");
        asha.types_the_code("lost-email-code", E164).await.leads_to("your-details");
        asha.visits("your-details").await.says(200, "change it now");
        asha.confirms_their_details().await.ends();
        assert_eq!(world.signed_in(&asha).await, account.id);
        assert_eq!(world.methods(&asha).await, BY_TEXT);
    }
}

#[actix_web::test]
async fn a_number_that_no_account_has_gets_a_code_like_any_other_and_then_the_way_to_support() {
    let world = World::new().await;
    world.has_asha_with_a_number().await;
    let mut pages = Vec::new();
    for typed in ["07700 900123", "07700 900999"] {
        let person = world.person_from("no-trn").await;
        person.visits("").await.leads_to("email");
        person.answers("lost-email", &[("mobile", typed)]).await.leads_to("lost-email-code");
        let page = person.visits("lost-email-code").await.says(200, typed).html;
        pages.push(page.replace(typed, "").replace(&person.id.to_string(), ""));
        if typed.ends_with("999") {
            person.types_the_code("lost-email-code", "+447700900999").await.leads_to("no-account-with-mobile");
            person.visits("no-account-with-mobile").await.says(200, "help@example.com");
            person.answers("no-account-with-mobile", &[]).await.leads_to("email");
            person.answers("email", &[("email", ASHA)]).await.leads_to("email-code");
            person.types_the_code("email-code", ASHA).await.leads_to("your-details");
        }
    }
    assert_eq!(pages[0], pages[1], "nothing tells whether there is an account");
}

#[actix_web::test]
async fn the_number_is_changed_once_a_code_proved_the_new_one_and_nobody_elses_is_taken() {
    let world = World::new().await;
    world.has_asha_with_a_number().await;
    let morgan = world.registers("no-trn", "morgan@example.com", "Morgan", "Reid").await;
    let taken = world.person_from("no-trn").await;
    taken.proves("morgan@example.com").await.leads_to("your-details");
    taken.answers("change-mobile", &[("mobile", NUMBER)]).await.leads_to("change-mobile-code");
    taken.types_the_code("change-mobile-code", E164).await.leads_to("mobile-taken");
    taken.answers("mobile-taken", &[]).await.leads_to("your-details");
    taken.answers("change-mobile", &[("mobile", "07700 900777")]).await.leads_to("change-mobile-code");
    taken.types_the_code("change-mobile-code", "+447700900777").await.leads_to("your-details");
    taken.visits("your-details").await.says(200, "07700 900777");
    taken.confirms_their_details().await.ends();
    assert_eq!(world.account_with(morgan.id).await.mobile.unwrap().e164(), "+447700900777");
    assert!(world.letter("morgan@example.com", "details-changed").await.body.contains("your mobile number"));
}

impl World {
    /// What a service got from somebody's sign-in.
    async fn has_grant(&self, person: &Person<'_>, account: &Account) -> GrantId {
        match self.outcome(person).await {
            Some(Outcome::SignedIn { at, .. }) => self.has_grant_of(account, at).await,
            other => panic!("not signed in: {other:?}"),
        }
    }

    async fn has_grant_of_before(&self, account: &Account) -> GrantId {
        self.has_grant_of(account, account.created_at).await
    }

    async fn has_grant_of(&self, account: &Account, at: Time) -> GrantId {
        let random = &self.journeys.random;
        let grant = Grant {
            id: GrantId::new(random),
            code: self.journeys.hash_key.hash(Purpose::AuthorizationCode, "", &random.token()),
            client_id: ClientId::parse("no-trn").unwrap(),
            account: account.id,
            session: SessionId::new(random),
            redirect_uri: "https://no-trn.example.com/callback".into(),
            scopes: Scopes::parse("openid offline_access").unwrap(),
            nonce: None,
            claims: ClaimsRequest::default(),
            code_challenge: None,
            authenticated_at: at,
            methods: Vec::new(),
            created_at: at,
            code_expires_at: at,
            redeemed_at: Some(at),
            revoked_at: None,
            dpop_jkt: None,
            resources: Vec::new(),
        };
        let id = grant.id;
        self.journeys.store.transact(move |db| db.grants().create(&grant)).await.unwrap();
        id
    }

    async fn is_revoked(&self, grant: GrantId) -> bool {
        let found = self.journeys.store.read(move |db| db.grants().by_id(grant)).await.unwrap();
        found.unwrap().revoked_at.is_some()
    }
}

#[actix_web::test]
async fn the_link_this_was_not_me_does_nothing_until_its_button_is_pressed_and_then_once() {
    let world = World::new().await;
    let account = world.has_asha_with_a_number().await;
    let thief = world.person_from("no-trn").await;
    thief.visits("").await.leads_to("email");
    thief.answers("lost-email", &[("mobile", NUMBER)]).await.leads_to("lost-email-code");
    thief.types_the_code("lost-email-code", E164).await.leads_to("your-details");
    thief.confirms_their_details().await.ends();

    let (theirs, own) = (world.has_grant(&thief, &account).await, world.has_grant_of_before(&account).await);
    let link = world.not_me_link().await;
    world.looks_at(&link).await.says(200, "Tell us that this was not you").says(200, "*******0123");
    assert!(world.account(ASHA).await.unwrap().mobile.is_some(), "programs follow links");
    world.presses_at(&link).await.says(200, "We have ended that sign-in");
    let after = world.account(ASHA).await.unwrap();
    assert_eq!((after.id, after.mobile), (account.id, None));
    assert!(world.happened(&account).await.contains(&"mobile_disowned"));
    assert!(world.interaction(thief.id).await.resumed_at.is_some(), "what was not taken up yet never will be");
    assert_eq!((world.is_revoked(theirs).await, world.is_revoked(own).await), (true, false));
    world.presses_at(&link).await.says(200, "We have ended that sign-in");
    let letters = world.letters(ASHA).await;
    assert_eq!(letters.iter().filter(|name| *name == "mobile-dropped").count(), 1);

    for broken in ["/not-me/x".to_owned(), format!("{link}x")] {
        world.looks_at(&broken).await.says(404, "This link does not work any more");
        world.presses_at(&broken).await.says(404, "This link does not work any more");
    }
    world.clock.advance(chrono::Duration::days(30));
    world.looks_at(&link).await.says(404, "30 days");
}

#[actix_web::test]
async fn a_number_that_somebody_takes_at_the_last_moment_is_theirs() {
    let world = World::new().await;
    let late = world.person_from("no-trn").await;
    late.comes_to_the_mobile("late@example.com").await;
    late.proves_the_number(NUMBER).await.leads_to("official-name");
    late.says_who_they_are("Morgan", "Reid", BORN).await.leads_to("check-answers");
    world.has_asha_with_a_number().await;
    late.answers("check-answers", &[]).await.leads_to("mobile-exists");
    assert!(world.account("late@example.com").await.is_none());
}
