//! Signing in with GOV.UK One Login, which is a fake here: it sends everybody back at once, as whoever it was told.

use std::sync::{Arc, Mutex};

use actix_web::test::TestRequest;
use actix_web::web::Data;
use async_trait::async_trait;
use chrono::NaiveDate;
use identity::account::{Account, LookupStatus};
use identity::client::{ClientId, OneLoginOffer};
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::interaction::{AuthenticationMethod, Outcome};
use identity::name::{NamePart, PersonName};
use identity::one_login::{Distrust, Level, NotProved, OneLogin, Proved, Remembered, Subject, VerifiedIdentity};
use identity::secret::Plain;
use journey::{Journeys, OneLoginWay};
use url::Url;

use crate::people::BORN;
use crate::world::{Person, Seen, World};

const ASHA: &str = "asha@example.com";

/// What the next code is worth.
type Next = Box<dyn Fn() -> Result<Proved, NotProved> + Send>;

#[derive(Default)]
struct Fake {
    next: Mutex<Option<Next>>,
    /// The verifiers with which codes were redeemed.
    redeemed: Mutex<Vec<String>>,
}

#[async_trait]
impl OneLogin for Fake {
    async fn authorize(&self, remembered: &Remembered) -> Result<Url, NotProved> {
        if self.next.lock().unwrap().is_none() {
            return Err(NotProved::Unavailable("it is down".into()));
        }
        let there = [("state", &*remembered.state), ("vtr", remembered.level.as_str())];
        Ok(Url::parse_with_params("https://one-login.example/authorize", there).unwrap())
    }

    async fn redeem(&self, code: &Plain, remembered: &Remembered) -> Result<Proved, NotProved> {
        assert_eq!(code.expose(), "the-code");
        self.redeemed.lock().unwrap().push(remembered.verifier.clone());
        self.next.lock().unwrap().as_ref().expect("somebody is there")()
    }
}

fn name(first: &str, last: &str) -> PersonName {
    let part = |text| NamePart::parse(text).unwrap();
    PersonName { first: part(first), middle: None, last: part(last) }
}

fn proved(email: Option<&str>, identity: Option<PersonName>) -> Proved {
    let date_of_birth = DateOfBirth::new(NaiveDate::from_ymd_opt(1985, 3, 14).unwrap());
    let identity = identity.map(|name| VerifiedIdentity { name, previous_names: Vec::new(), date_of_birth });
    let subject = Subject::parse("urn:fdc:gov.uk:2022:asha").unwrap();
    Proved { subject, email: email.map(|email| Email::parse(email).unwrap()), identity }
}

fn verified_asha() -> Proved {
    proved(Some(ASHA), Some(name("Asha", "Bennett")))
}

struct OneLoginWorld {
    world: World,
    fake: Arc<Fake>,
}

impl OneLoginWorld {
    /// Every client offers it.
    async fn new() -> OneLoginWorld {
        let mut world = World::new().await;
        let fake = Arc::new(Fake::default());
        let way = OneLoginWay {
            client: fake.clone(),
            level: Level::Identity,
            leads_to: vec!["https://one-login.example".into()],
        };
        let mut journeys: Journeys = world.journeys.get_ref().clone();
        let offered = |client: &identity::client::Client| identity::client::Client {
            one_login: OneLoginOffer::Offered,
            ..client.clone()
        };
        let ids = ["optional", "no-trn"].map(|id| ClientId::parse(id).unwrap());
        let clients = ids.map(|id| offered(&journeys.clients.find(&id).unwrap()));
        journeys.clients = identity::client::Clients::new(clients.to_vec());
        journeys.one_login = Some(way);
        world.journeys = Data::new(journeys);
        OneLoginWorld { world, fake }
    }

    fn says(&self, next: impl Fn() -> Result<Proved, NotProved> + Send + 'static) {
        *self.fake.next.lock().unwrap() = Some(Box::new(next));
    }

    async fn links_of(&self, account: &Account) -> usize {
        let id = account.id;
        self.world.journeys.store.read(move |db| db.one_logins().of_account(id)).await.unwrap().len()
    }

    async fn methods(&self, person: &Person<'_>) -> Vec<AuthenticationMethod> {
        match self.world.interaction(person.id).await.outcome {
            Some(Outcome::SignedIn { methods, .. }) => methods,
            other => panic!("not signed in: {other:?}"),
        }
    }

    async fn letters(&self, template: &str) -> usize {
        self.world.mailbox().await.iter().filter(|message| message.template == template).count()
    }

    /// Somebody who signed in here before, by code.
    async fn has_asha(&self) -> Account {
        let asha = self.world.person_from("no-trn").await;
        asha.proves(ASHA).await.leads_to("official-name");
        asha.says_who_they_are("Asha", "Bennett", BORN).await.leads_to("check-answers");
        asha.answers("check-answers", &[]).await.creates();
        self.world.account(ASHA).await.unwrap()
    }
}

impl Person<'_> {
    /// Presses the button: the state with which One Login would send them back.
    async fn goes_to_one_login(&self) -> String {
        let seen = self.answers("one-login", &[]).await;
        let there: Url = seen.location.as_deref().expect("it leads somewhere").parse().expect("to One Login");
        assert_eq!(there.host_str(), Some("one-login.example"));
        there.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
    }

    async fn comes_back_with(&self, query: &str) -> Seen {
        self.world.call(self.with_cookie(TestRequest::get().uri(&format!("/one-login/callback?{query}")))).await
    }

    async fn uses_one_login(&self) -> Seen {
        let state = self.goes_to_one_login().await;
        self.comes_back_with(&format!("code=the-code&state={state}")).await
    }
}

#[actix_web::test]
async fn a_newcomer_whose_identity_is_verified_is_asked_for_neither_code_nor_name_nor_date_of_birth() {
    let one_login = OneLoginWorld::new().await;
    let world = &one_login.world;
    one_login.says(|| Ok(verified_asha()));
    let asha = world.person_from("optional").await;
    asha.visits("email").await.says(200, "Sign in with GOV.UK One Login");
    asha.uses_one_login().await.leads_to("mobile");
    asha.has_no_mobile().await.leads_to("preferred-name");
    asha.answers("preferred-name", &[("preferred_name", "Asha")]).await.leads_to("check-answers");
    let page = asha.visits("check-answers").await.says(200, "Asha Bennett (from GOV.UK One Login)");
    let page = page.says(200, "14 March 1985 (from GOV.UK One Login)");
    assert!(!page.html.contains("/official-name") && !page.html.contains("/date-of-birth"), "nothing to change");
    asha.visits("official-name").await.leads_to("check-answers");
    asha.answers("check-answers", &[]).await.creates();
    let account = world.account(ASHA).await.unwrap();
    assert_eq!(account.trn().unwrap().as_str(), "1000001");
    assert_eq!(account.lookup_status, Some(LookupStatus::Found));
    assert_eq!(one_login.methods(&asha).await, [AuthenticationMethod::Mfa]);
    assert_eq!(one_login.links_of(&account).await, 1);
    assert_eq!(one_login.letters("one-login-added").await, 0, "nobody had an account to lose");
    assert_eq!(one_login.letters("one-time-code").await, 0);
}

#[actix_web::test]
async fn without_an_identity_the_address_counts_and_everything_else_is_asked() {
    let one_login = OneLoginWorld::new().await;
    one_login.says(|| Ok(proved(Some(ASHA), None)));
    let asha = one_login.world.person_from("no-trn").await;
    asha.uses_one_login().await.leads_to("mobile");
    asha.has_no_mobile().await.leads_to("official-name");
    asha.says_who_they_are("Asha", "Bennett", BORN).await.leads_to("check-answers");
    asha.answers("check-answers", &[]).await.creates();
    assert_eq!(one_login.links_of(&one_login.world.account(ASHA).await.unwrap()).await, 1);
}

#[actix_web::test]
async fn a_known_address_leads_to_its_account_whose_owner_is_told_and_from_then_on_the_subject_is_enough() {
    let one_login = OneLoginWorld::new().await;
    let world = &one_login.world;
    let account = one_login.has_asha().await;
    one_login.says(|| Ok(verified_asha()));
    let asha = world.person_from("no-trn").await;
    asha.uses_one_login().await.leads_to("your-details");
    asha.confirms_their_details().await.ends();
    assert_eq!(world.signed_in(&asha).await, account.id);
    assert_eq!(one_login.links_of(&account).await, 1);
    assert_eq!(one_login.letters("one-login-added").await, 1);

    // Another address there, and an unconfirmed one: it is the same person, and the account stays as it is.
    for email in [Some("asha.elsewhere@example.com"), None] {
        one_login.says(move || Ok(proved(email, Some(name("Asha", "Married")))));
        let asha = world.person_from("no-trn").await;
        asha.uses_one_login().await.leads_to("your-details");
        asha.confirms_their_details().await.ends();
        assert_eq!(world.signed_in(&asha).await, account.id);
        assert_eq!(one_login.methods(&asha).await, [AuthenticationMethod::Mfa]);
    }
    let after = world.account(ASHA).await.unwrap();
    assert_eq!((after.id, after.official_name), (account.id, account.official_name));
    assert_eq!(one_login.letters("one-login-added").await, 1, "once");
}

#[actix_web::test]
async fn an_identity_with_another_date_of_birth_is_not_linked_to_the_account_of_the_address() {
    let one_login = OneLoginWorld::new().await;
    let account = one_login.has_asha().await;
    one_login.says(|| {
        let mut other = verified_asha();
        let born = DateOfBirth::new(NaiveDate::from_ymd_opt(1990, 1, 1).unwrap());
        other.identity.as_mut().unwrap().date_of_birth = born;
        Ok(other)
    });
    let asha = one_login.world.person_from("no-trn").await;
    asha.uses_one_login().await.leads_to("your-details");
    asha.confirms_their_details().await.ends();
    assert_eq!(one_login.links_of(&account).await, 0);
    assert_eq!(one_login.methods(&asha).await, [AuthenticationMethod::Otp]);
}

#[actix_web::test]
async fn an_address_that_was_not_confirmed_there_is_nobodys() {
    let one_login = OneLoginWorld::new().await;
    one_login.has_asha().await;
    one_login.says(|| Ok(proved(None, Some(name("Asha", "Bennett")))));
    let asha = one_login.world.person_from("no-trn").await;
    asha.uses_one_login().await.leads_to("email?one-login=unconfirmed");
    asha.visits("email?one-login=unconfirmed").await.says(200, "has not confirmed your email address");
}

#[actix_web::test]
async fn whoever_comes_back_with_nothing_is_where_they_were_and_goes_on_by_code() {
    let one_login = OneLoginWorld::new().await;
    let asha = one_login.world.person_from("no-trn").await;
    asha.answers("one-login", &[]).await.leads_to("email?one-login=unavailable");
    one_login.says(|| Err(NotProved::Distrusted(Distrust::Signature)));
    for (query, trouble) in [
        ("error=access_denied", "declined"),
        ("error=server_error", "unavailable"),
        ("error=invalid_request", "unavailable"),
        ("code=the-code", "refused"),
        ("nothing=at-all", "refused"),
    ] {
        let state = asha.goes_to_one_login().await;
        let seen = asha.comes_back_with(&format!("{query}&state={state}")).await;
        seen.leads_to(&format!("email?one-login={trouble}"));
    }
    one_login.says(|| Err(NotProved::Unavailable("it is slow".into())));
    asha.uses_one_login().await.leads_to("email?one-login=unavailable");
    asha.proves(ASHA).await.leads_to("official-name");
}

#[actix_web::test]
async fn a_state_counts_once_in_its_own_browser_and_a_second_time_leads_to_where_the_journey_stands() {
    let one_login = OneLoginWorld::new().await;
    let world = &one_login.world;
    one_login.says(|| Ok(verified_asha()));
    let asha = world.person_from("no-trn").await;
    let state = asha.goes_to_one_login().await;
    let query = format!("code=the-code&state={state}");
    let thief = world.person_from("no-trn").await;
    assert_eq!(thief.comes_back_with(&query).await.status, 403, "another browser");
    assert_eq!(asha.comes_back_with("code=the-code&state=made-up").await.status, 404);
    asha.comes_back_with(&query).await.leads_to("mobile");
    asha.comes_back_with(&query).await.leads_to("mobile");
    asha.has_no_mobile().await.leads_to("preferred-name");
    asha.comes_back_with(&query).await.leads_to("preferred-name");
    assert_eq!(one_login.fake.redeemed.lock().unwrap().len(), 1);
    asha.answers("preferred-name", &[("preferred_name", "Asha")]).await.leads_to("check-answers");
    asha.answers("check-answers", &[]).await.creates();
    asha.comes_back_with(&query).await.leads_to("finished");
}

#[actix_web::test]
async fn another_address_takes_the_place_of_one_login() {
    let one_login = OneLoginWorld::new().await;
    let world = &one_login.world;
    one_login.says(|| Ok(verified_asha()));
    let asha = world.person_from("no-trn").await;
    asha.uses_one_login().await.leads_to("mobile");
    asha.answers("email", &[("email", "other@example.com")]).await.leads_to("email-code");
    asha.types_the_code("email-code", "other@example.com").await.leads_to("mobile");
    asha.has_no_mobile().await.leads_to("preferred-name");
    asha.answers("preferred-name", &[("preferred_name", "Asha")]).await.leads_to("check-answers");
    let page = asha.visits("check-answers").await.says(200, "/official-name").says(200, "/date-of-birth");
    assert!(!page.html.contains("from GOV.UK One Login"), "they stand as answers that can be changed");
    asha.answers("check-answers", &[]).await.creates();
    let account = world.account("other@example.com").await.unwrap();
    assert_eq!(one_login.links_of(&account).await, 0);
    assert_eq!(one_login.methods(&asha).await, [AuthenticationMethod::Otp]);
}

#[actix_web::test]
async fn a_client_that_does_not_offer_it_has_no_way_there() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    let page = asha.visits("email").await;
    assert!(!page.html.contains("One Login"));
    asha.answers("one-login", &[]).await.leads_to("email");
    assert_eq!(asha.comes_back_with("code=the-code&state=x").await.status, 404);
}
