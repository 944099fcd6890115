use chrono::Duration;
use identity::account::AccountId;
use identity::browser_session::{BrowserSession, SessionId};
use identity::client::ClientId;
use identity::interaction::{Ask, AuthenticationMethod, LiveSession, Outcome};
use identity::secret::Hashed;
use store::StoreError;

use crate::world::{Person, World};

const BORN: [&str; 3] = ["14", "3", "1985"];

/// Asha, matched at Low and signed in with this browser, arrives at a strict service.
async fn at_a_strict_service(world: &World) -> (Person<'_>, BrowserSession) {
    let first = world.person_from("optional").await;
    first.proves("asha@example.com").await;
    first.says_who_they_are("Asha", "Bennett", BORN).await.leads_to("check-answers");
    first.answers("check-answers", &[]).await.creates();
    let session = world.has_session(world.signed_in(&first).await).await;
    (world.person_signed_in("strict", &session).await, session)
}

impl World {
    /// Somebody is signed in with a browser, for an hour.
    pub(crate) async fn has_session(&self, account: AccountId) -> BrowserSession {
        let now = self.journeys.clock.now();
        let session = BrowserSession {
            id: SessionId::new(&self.journeys.random),
            token: Hashed::from_stored("a token"),
            account,
            authenticated_at: now,
            methods: vec![AuthenticationMethod::Otp],
            expires_at: now + Duration::hours(1),
            ended_at: None,
        };
        let kept = session.clone();
        let create = self.journeys.store.transact(move |db| db.browser_sessions().create(&kept));
        create.await.map_err(|error: StoreError| error).unwrap();
        session
    }

    /// The owner of a session, whom the authorization server sent here from that browser.
    pub(crate) async fn person_signed_in(&self, client: &str, session: &BrowserSession) -> Person<'_> {
        let client = self.journeys.clients.find(&ClientId::parse(client).unwrap()).unwrap();
        let live = LiveSession {
            id: session.id,
            account: session.account,
            authenticated_at: session.authenticated_at,
            methods: session.methods.clone(),
        };
        self.person_with(&client, Ask { session: Some(live), ..World::ask(&client) }).await
    }
}

#[actix_web::test]
async fn who_is_signed_in_proves_no_address_again_and_keeps_the_time_of_their_proof() {
    let world = World::new().await;
    let (asha, session) = at_a_strict_service(&world).await;
    let sent = world.mailbox().await.len();
    asha.visits("").await.leads_to("elevate");
    asha.answers("elevate", &[]).await.leads_to("nino");
    asha.answers("nino", &[("unknown", "true")]).await.leads_to("trn");
    asha.answers("trn", &[("trn", "1000001")]).await.leads_to("your-details");
    asha.visits("your-details").await.says(200, "asha@example.com");
    asha.confirms_their_details().await.ends();
    assert_eq!(world.mailbox().await.len(), sent, "no code was sent");
    let outcome = world.interaction(asha.id).await.outcome;
    let expected =
        Outcome::SignedIn { account: session.account, at: session.authenticated_at, methods: session.methods };
    assert_eq!(outcome, Some(expected));
}

#[actix_web::test]
async fn once_the_session_has_ended_or_expired_nothing_is_shown_before_an_address_is_proved() {
    let world = World::new().await;
    let (asha, session) = at_a_strict_service(&world).await;
    asha.answers("elevate", &[]).await.leads_to("nino");
    let (id, now) = (session.id, world.journeys.clock.now());
    let end = world.journeys.store.transact(move |db| db.browser_sessions().end(id, now));
    end.await.map_err(|error: StoreError| error).unwrap();
    for page in ["", "nino", "your-details"] {
        asha.visits(page).await.leads_to("email");
    }
    asha.answers("nino", &[("nino", "AB123456C")]).await.leads_to("email");
}

#[actix_web::test]
async fn a_session_that_expires_on_the_way_counts_for_nothing_from_then_on() {
    let world = World::new().await;
    let (asha, _) = at_a_strict_service(&world).await;
    world.clock.advance(Duration::minutes(59));
    asha.visits("").await.leads_to("elevate");
    world.clock.advance(Duration::minutes(1));
    asha.visits("").await.leads_to("email");
}
