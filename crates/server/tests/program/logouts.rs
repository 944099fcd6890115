//! Sign-outs that a service has not heard of yet outlive the server, and `logouts list` shows them.

use chrono::{Duration, Timelike};
use identity::account::{Account, AccountId};
use identity::browser_session::{BrowserSession, SessionId};
use identity::claims_request::ClaimsRequest;
use identity::client::ClientId;
use identity::clock::Time;
use identity::email::Email;
use identity::grant::{Grant, GrantId};
use identity::interaction::AuthenticationMethod;
use identity::name::{NamePart, PersonName};
use identity::random::Random;
use identity::scope::Scopes;
use identity::secret::Hashed;
use partners::simulators::Service;
use store::{PoolSettings, Store, StoreError};

use crate::world::World;

fn moment() -> Time {
    server::system::clock().now().with_nanosecond(0).unwrap()
}

/// Somebody who has just signed out of a session that led to the service.
fn has_a_sign_out(world: &World) {
    let random = Random::seeded(1);
    let part = |text| NamePart::parse(text).unwrap();
    let jane = Account {
        id: AccountId::new(&random),
        email: Email::parse("jane@example.com").unwrap(),
        mobile: None,
        official_name: PersonName { first: part("Jane"), middle: None, last: part("Smith") },
        preferred_name: None,
        date_of_birth: None,
        nino: None,
        lookup_status: None,
        record: None,
        record_seen: None,
        registered_with: None,
        created_at: moment(),
        updated_at: moment(),
        last_signed_in_at: None,
    };
    let hashed = |random: &Random| Hashed::from_stored(random.token().expose().to_owned());
    let session = BrowserSession {
        id: SessionId::new(&random),
        token: hashed(&random),
        account: jane.id,
        authenticated_at: moment(),
        methods: vec![AuthenticationMethod::Otp],
        expires_at: moment() + Duration::hours(1),
        ended_at: None,
        device: None,
    };
    let grant = Grant {
        id: GrantId::new(&random),
        code: hashed(&random),
        client_id: ClientId::parse("demo-no-trn").unwrap(),
        account: jane.id,
        session: session.id,
        redirect_uri: "http://localhost:8001/callback".into(),
        scopes: Scopes::parse("openid").unwrap(),
        nonce: None,
        code_challenge: None,
        authenticated_at: moment(),
        methods: vec![AuthenticationMethod::Otp],
        created_at: moment(),
        code_expires_at: moment(),
        redeemed_at: Some(moment()),
        revoked_at: None,
        dpop_jkt: None,
        resources: Vec::new(),
        claims: ClaimsRequest::default(),
    };
    let url = format!("sqlite://{}", world.path("test.sqlite").display());
    let store = Store::open(&url, PoolSettings::default()).unwrap();
    let done = store.transact_blocking(|db| {
        db.accounts().create(&jane)?;
        db.browser_sessions().create(&session)?;
        db.grants().create(&grant)?;
        db.browser_sessions().end(session.id, moment())
    });
    done.map_err(|error: StoreError| error).unwrap();
}

/// Runs the server until it has told somebody, or tried to; what it said meanwhile.
fn serves_until_it_tells(world: &World) -> String {
    let server = world.serves(&[]);
    // Once it is written down what came of it: a server that dies before leaves the others to wait for a minute.
    server.waits_until("it tells", |server| server.log().contains("told clients of sign-outs"));
    server.log()
}

#[tokio::test]
async fn a_service_that_is_down_past_the_restart_of_the_server_hears_of_the_sign_out() {
    let service = Service::start(&[]).await.unwrap();
    let port = service.address().port().unwrap();
    let world = World::new();
    let text = std::fs::read_to_string(world.path("clients/demo-no-trn.toml")).unwrap();
    world.writes("clients/demo-no-trn.toml", &format!("{text}backchannel_logout_uri = \"{}\"\n", service.address()));
    service.stop().await;
    assert!(world.runs(&["migrate"], &[]).success);
    has_a_sign_out(&world);

    let log = serves_until_it_tells(&world);
    assert!(log.contains("a client was not there to hear of a sign-out"), "{log}");
    assert!(!log.contains("back-channel-logout"), "{log}");
    let listed = world.runs(&["logouts", "list"], &[]);
    assert!(listed.success && listed.out.contains("demo-no-trn ") && listed.out.contains(" next try "), "{listed:?}");
    assert!(!listed.out.contains("jane"));

    let service = Service::start_at(port, &[]).await.unwrap();
    // The service answers on this thread.
    let waiting = tokio::task::spawn_blocking(move || (serves_until_it_tells(&world), world));
    let (log, world) = waiting.await.unwrap();
    assert_eq!(service.tokens().len(), 1, "{log}");
    assert_eq!(world.runs(&["logouts", "list"], &[]).out.trim(), "Every service has heard of every sign-out.");
}
