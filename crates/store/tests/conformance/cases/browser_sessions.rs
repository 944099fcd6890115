//! Browser sessions.

use identity::account::Account;
use identity::browser_session::BrowserSession;
use identity::clock::Time;
use identity::grant::Grant;
use store::{Constraint, StoreError};

use super::{at_once, broken};
use crate::sample::{account, client, grant, noon, seconds, session};
use crate::world::World;

impl World {
    async fn has_session(&self) -> BrowserSession {
        let person = account(&self.random, "jane@example.com");
        let session = session(&self.random, &person);
        let kept = session.clone();
        self.does(move |db| {
            db.accounts().create(&person)?;
            db.browser_sessions().create(&kept)
        })
        .await;
        session
    }

    /// Two of one account, the first older, and one of another.
    async fn three_sessions(&self) -> (BrowserSession, BrowserSession, BrowserSession) {
        let [jane, amir] = ["jane@example.com", "amir@example.com"].map(|email| account(&self.random, email));
        let first = session(&self.random, &jane);
        let second =
            BrowserSession { authenticated_at: noon() + seconds(1), device: None, ..session(&self.random, &jane) };
        let other = session(&self.random, &amir);
        let kept = [first.clone(), second.clone(), other.clone()];
        self.does(move |db| {
            db.accounts().create(&jane)?;
            db.accounts().create(&amir)?;
            kept.iter().try_for_each(|session| db.browser_sessions().create(session))
        })
        .await;
        (first, second, other)
    }

    async fn session_at(&self, of: &BrowserSession, now: Time) -> Option<BrowserSession> {
        let token = of.token.clone();
        self.sees(move |db| db.browser_sessions().by_token(&token, now)).await
    }
}

pub(crate) async fn a_session_comes_back_as_it_was_written(world: World) {
    let session = world.has_session().await;
    assert_eq!(world.session_at(&session, noon()).await, Some(session.clone()));
    let other = BrowserSession { token: crate::sample::hashed(&world.random), ..session };
    assert_eq!(world.session_at(&other, noon()).await, None);
}

pub(crate) async fn a_session_comes_with_its_account_until_either_has_ended(world: World) {
    let session = world.has_session().await;
    let seen = async |at: Time| {
        let token = session.token.clone();
        let found = world.sees(move |db| db.browser_sessions().with_account(&token, at)).await;
        found.map(|(session, account)| (session, account.id))
    };
    assert_eq!(seen(noon()).await, Some((session.clone(), session.account)));
    assert_eq!(seen(session.expires_at).await, None);
    let account = session.account;
    world.does(move |db| db.accounts().delete(account, noon())).await;
    assert_eq!(seen(noon()).await, None);
}

pub(crate) async fn a_session_is_not_found_once_it_has_expired(world: World) {
    let session = world.has_session().await;
    let moment = chrono::Duration::microseconds(1);
    assert!(world.session_at(&session, session.expires_at - moment).await.is_some());
    assert!(world.session_at(&session, session.expires_at).await.is_none());
}

pub(crate) async fn a_session_is_not_found_once_it_has_ended_and_keeps_the_time_at_which_it_did(world: World) {
    let session = world.has_session().await;
    let id = session.id;
    for later in [1, 2] {
        world.does(move |db| db.browser_sessions().end(id, noon() + seconds(later))).await;
        assert!(world.session_at(&session, noon()).await.is_none());
    }
    let ended = world.texts("SELECT CAST(ended_at AS TEXT) AS value FROM browser_sessions");
    assert_eq!(ended, ["2026-01-31 12:00:01.123456"]);
}

pub(crate) async fn the_sessions_of_one_proof_end_and_no_other(world: World) {
    let begun = world.has_session().await;
    let of = begun.account;
    let again = BrowserSession { authenticated_at: noon() + seconds(1), ..session_like(&world, &begun) };
    let joan = account(&world.random, "joan@example.com");
    let joans = session(&world.random, &joan);
    let (kept, hers) = (again.clone(), joans.clone());
    world
        .does(move |db| {
            db.accounts().create(&joan)?;
            db.browser_sessions().create(&hers)?;
            db.browser_sessions().create(&kept)
        })
        .await;
    world.does(move |db| db.browser_sessions().end_begun_at(of, noon(), noon() + seconds(2))).await;
    assert!(world.session_at(&begun, noon()).await.is_none());
    for other in [again, joans] {
        assert!(world.session_at(&other, noon()).await.is_some());
    }
}

fn session_like(world: &World, of: &BrowserSession) -> BrowserSession {
    let id = identity::browser_session::SessionId::new(&world.random);
    BrowserSession { id, token: crate::sample::hashed(&world.random), ..of.clone() }
}

pub(crate) async fn a_session_is_live_until_it_expires_or_ends(world: World) {
    let session = world.has_session().await;
    let (id, expires_at) = (session.id, session.expires_at);
    let moment = chrono::Duration::microseconds(1);
    assert!(world.sees(move |db| db.browser_sessions().is_live(id, expires_at - moment)).await);
    assert!(!world.sees(move |db| db.browser_sessions().is_live(id, expires_at)).await);
    world.does(move |db| db.browser_sessions().end(id, noon() + seconds(1))).await;
    assert!(!world.sees(move |db| db.browser_sessions().is_live(id, noon() + seconds(1))).await);
    let unknown = identity::browser_session::SessionId::new(&world.random);
    assert!(!world.sees(move |db| db.browser_sessions().is_live(unknown, noon())).await);
}

pub(crate) async fn a_session_is_held_while_it_is_live(world: World) {
    let session = world.has_session().await;
    let (id, expires_at) = (session.id, session.expires_at);
    assert!(world.does(move |db| db.browser_sessions().hold(id, noon())).await);
    assert!(!world.does(move |db| db.browser_sessions().hold(id, expires_at)).await);
    world.does(move |db| db.browser_sessions().end(id, noon() + seconds(1))).await;
    assert!(!world.does(move |db| db.browser_sessions().hold(id, noon())).await);
}

pub(crate) async fn whoever_ends_a_session_tells_all_that_it_led_to_meanwhile(world: World) {
    let session = world.has_session().await;
    let id = session.id;
    let owner = world.sees(move |db| db.accounts().by_id(session.account)).await.unwrap();
    let grants: Vec<_> = (0..8)
        .map(|node| Grant { session: id, client_id: client(&format!("client-{node}")), ..grant(&world.random, &owner) })
        .collect();
    let led = at_once(&world.eight_nodes(), move |node, db| {
        if node == 3 {
            db.browser_sessions().end(id, noon() + seconds(1))?;
            return Ok(false);
        }
        let held = db.browser_sessions().hold(id, noon())?;
        if held {
            db.grants().create(&grants[node])?;
        }
        Ok(held)
    })
    .await;
    let led = led.into_iter().filter(|led| *led.as_ref().unwrap()).count();
    assert_eq!(world.count("logout_notices"), led);
}

pub(crate) async fn a_token_belongs_to_one_session(world: World) {
    let first = world.has_session().await;
    let id = identity::browser_session::SessionId::new(&world.random);
    let second = BrowserSession { id, ..first };
    let rule = broken(&world.store, move |db| db.browser_sessions().create(&second)).await;
    assert_eq!(rule, Constraint::BrowserSessionToken);
}

pub(crate) async fn a_session_belongs_to_an_account(world: World) {
    let nobody: Account = account(&world.random, "jane@example.com");
    let session = session(&world.random, &nobody);
    let refused = world.store.transact(move |db| db.browser_sessions().create(&session)).await;
    assert!(matches!(refused, Err(StoreError::Other(_))), "{refused:?}");
}

pub(crate) async fn the_live_sessions_of_an_account_come_newest_first(world: World) {
    let (first, second, _) = world.three_sessions().await;
    let account = first.account;
    let live = |now| world.sees(move |db| db.browser_sessions().live_of(account, now));
    assert_eq!(live(noon()).await, [second.clone(), first.clone()]);
    let id = second.id;
    world.does(move |db| db.browser_sessions().end(id, noon())).await;
    assert_eq!(live(noon()).await, std::slice::from_ref(&first));
    assert_eq!(live(first.expires_at).await, []);
}

pub(crate) async fn all_sessions_of_an_account_are_ended_but_one(world: World) {
    let (first, second, other) = world.three_sessions().await;
    let (account, kept) = (first.account, first.id);
    let end = |but| world.does(move |db| db.browser_sessions().end_all_of(account, but, noon() + seconds(1)));
    assert_eq!(end(Some(kept)).await, 1);
    assert!(world.session_at(&first, noon()).await.is_some());
    assert!(world.session_at(&second, noon()).await.is_none());
    assert_eq!((end(None).await, end(None).await), (1, 0));
    assert!(world.session_at(&other, noon()).await.is_some(), "another account's goes on");
}
