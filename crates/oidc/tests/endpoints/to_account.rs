//! A journey that no service asked for ends at the account page, with a browser session.

use chrono::Duration;
use identity::account::AccountId;
use identity::client::{Client, ClientId, MobileRequirement, TrnRequirement};
use identity::errand::Errand;
use identity::interaction::{Ask, AuthenticationMethod, Interaction, InteractionId, Outcome};
use identity::matching::MatchPolicy;
use identity::secret::Purpose;
use store::StoreError;

use crate::world::{B, Browser, Person, World};

const SESSION: &str = "gai_session";

impl World {
    /// Somebody wants to see their account, and is on the way.
    async fn begins(&self, browser: &Browser<'_>, errand: Errand) -> InteractionId {
        let token = self.provider.random.token();
        browser.has_cookie("gai_browser", token.expose());
        let interaction = Interaction {
            id: InteractionId::new(&self.provider.random),
            client_id: ClientId::parse(B).unwrap(),
            browser: self.provider.hash_key.hash(Purpose::BrowserBinding, "", &token),
            ask: Ask {
                wants_record: false,
                trn: TrnRequirement::NotAsked,
                mobile: MobileRequirement::Optional,
                landing_page: false,
                match_policy: MatchPolicy::Default,
                blocks_prohibited: false,
                raises_tickets: false,
                session: None,
                login_hint: None,
                takes_evidence: false,
                errand,
            },
            authorization: String::new(),
            state: String::new(),
            version: 0,
            created_at: self.provider.clock.now(),
            outcome: None,
            resumed_at: None,
        };
        let id = interaction.id;
        let create = self.provider.store.transact(move |db| db.interactions().create(&interaction));
        create.await.map_err(|error: StoreError| error).unwrap();
        id
    }

    fn is(&self, account: AccountId) -> Outcome {
        let at = self.provider.clock.now();
        Outcome::SignedIn { account, at, methods: vec![AuthenticationMethod::Otp] }
    }
}

#[actix_web::test]
async fn who_proved_to_be_somebody_is_signed_in_and_led_to_their_account_once() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let id = world.begins(&browser, Errand::Account { link: None }).await;
    assert!(browser.resumes(id).await.location().unwrap().starts_with("/sign-in/"), "nothing is decided yet");
    browser.ends(id, world.is(zoe)).await;
    assert_eq!(browser.resumes(id).await.location(), Some("/account"));
    let session = browser.cookie(SESSION).unwrap();
    assert!(world.knows_session(&session).await);
    assert_eq!(browser.resumes(id).await.location(), Some("/account"));
    assert_eq!(browser.cookie(SESSION), Some(session), "an outcome is taken up once");
}

#[actix_web::test]
async fn who_is_not_signed_in_or_came_too_late_is_led_there_without_a_session() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    for outcome in
        [Outcome::Blocked, Outcome::Changed { account: zoe, details: Vec::new(), asked: None }, world.is(zoe)]
    {
        let id = world.begins(&browser, Errand::Account { link: None }).await;
        browser.ends(id, outcome).await;
        world.passes(Duration::minutes(61));
        assert_eq!(browser.resumes(id).await.location(), Some("/account"));
        assert_eq!(browser.cookie(SESSION), None);
    }
}

#[actix_web::test]
async fn an_account_that_is_gone_gets_no_session() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let id = world.begins(&browser, Errand::Account { link: None }).await;
    browser.ends(id, world.is(zoe)).await;
    let now = world.provider.clock.now();
    let delete = world.provider.store.transact(move |db| db.accounts().delete(zoe, now));
    assert!(delete.await.map_err(|error: StoreError| error).unwrap());
    assert_eq!(browser.resumes(id).await.status, 400);
    assert_eq!(browser.cookie(SESSION), None);
}

#[actix_web::test]
async fn the_client_that_we_are_ourselves_is_given_no_code() {
    let world = World::new().await;
    let request = format!("/oauth2/authorize?client_id={}&response_type=code&scope=openid", Client::OURSELVES);
    for uri in ["", "&redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Faccount"] {
        let refused = world.get(&format!("{request}{uri}")).await;
        assert_eq!(refused.status, 400);
    }
}
