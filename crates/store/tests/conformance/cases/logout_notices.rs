//! Logout notices.

use identity::account::{Account, AccountId};
use identity::browser_session::BrowserSession;
use identity::clock::Time;
use identity::grant::Grant;
use identity::logout_notice::{LogoutNotice, NoticeState};

use super::at_once;
use crate::sample::{account, client, grant, noon, seconds, session};
use crate::world::World;

const EVERY: [NoticeState; 3] = [NoticeState::Due, NoticeState::Heard, NoticeState::GivenUp];

impl World {
    /// A session of Jane's that led to these clients, in this order.
    async fn has_a_session_for(&self, clients: &'static [&'static str]) -> BrowserSession {
        let jane = account(&self.random, "jane@example.com");
        let kept = jane.clone();
        self.does(move |db| db.accounts().create(&kept)).await;
        self.has_another_session_for(&jane, clients).await
    }

    async fn has_another_session_for(&self, jane: &Account, clients: &[&str]) -> BrowserSession {
        let session = session(&self.random, jane);
        let of = |name: &&str| Grant { client_id: client(name), session: session.id, ..grant(&self.random, jane) };
        let (kept, grants): (_, Vec<Grant>) = (session.clone(), clients.iter().map(of).collect());
        self.does(move |db| {
            db.browser_sessions().create(&kept)?;
            grants.iter().try_for_each(|grant| db.grants().create(grant))
        })
        .await;
        session
    }

    async fn ends_session(&self, session: &BrowserSession, at: Time) {
        let id = session.id;
        self.does(move |db| db.browser_sessions().end(id, at)).await;
    }

    async fn notices(&self) -> Vec<LogoutNotice> {
        self.sees(|db| db.logout_notices().in_states(&EVERY, 100)).await
    }

    async fn takes_due(&self, now: Time, until: Time) -> Vec<LogoutNotice> {
        self.does(move |db| db.logout_notices().take_due(now, until, 10)).await
    }
}

fn names(notices: &[LogoutNotice]) -> Vec<&str> {
    notices.iter().map(|notice| notice.client.as_str()).collect()
}

pub(crate) async fn each_client_of_a_session_is_to_be_told_once_when_it_ends(world: World) {
    let session = world.has_a_session_for(&["npq", "aytq", "npq"]).await;
    let jane = world.sees(|db| db.accounts().by_email(&crate::sample::email("jane@example.com"))).await.unwrap();
    world.has_another_session_for(&jane, &["apply-for-qts"]).await;
    assert_eq!(world.notices().await, []);
    for later in [1, 2] {
        world.ends_session(&session, noon() + seconds(later)).await;
    }
    let at = noon() + seconds(1);
    let notice = |name| LogoutNotice {
        session: session.id,
        client: client(name),
        account: session.account,
        created_at: at,
        attempts: 0,
        last_status: None,
        state: NoticeState::Due,
        state_at: at,
    };
    assert_eq!(world.notices().await, [notice("aytq"), notice("npq")]);
}

pub(crate) async fn the_clients_are_told_whichever_way_a_session_ends(world: World) {
    let session = world.has_a_session_for(&["npq"]).await;
    let jane = world.sees(|db| db.accounts().by_email(&crate::sample::email("jane@example.com"))).await.unwrap();
    world.has_another_session_for(&jane, &["aytq"]).await;
    let (of, kept) = (jane.id, session.id);
    assert_eq!(world.does(move |db| db.browser_sessions().end_all_of(of, Some(kept), noon())).await, 1);
    assert_eq!(names(&world.notices().await), ["aytq"]);
    world.does(move |db| db.browser_sessions().end_begun_at(of, noon(), noon() + seconds(1))).await;
    assert_eq!(names(&world.notices().await), ["npq", "aytq"]);
}

pub(crate) async fn a_transaction_that_fails_tells_nobody(world: World) {
    let id = world.has_a_session_for(&["npq"]).await.id;
    let failed: Result<(), store::StoreError> = world
        .store
        .transact(move |db| {
            db.browser_sessions().end(id, noon())?;
            let (kid, algorithm) = ("kid".to_owned(), identity::client::SigningAlgorithm::RS256);
            let key = identity::signing_key::SigningKey {
                kid,
                ..crate::sample::signing_key(&identity::random::Random::seeded(1), algorithm)
            };
            db.signing_keys().create(&key)?;
            db.signing_keys().create(&key)
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(world.notices().await, []);
}

pub(crate) async fn of_many_who_end_a_session_at_once_one_leaves_the_notices(world: World) {
    let id = world.has_a_session_for(&["npq", "aytq"]).await.id;
    let ended = at_once(&world.eight_nodes(), move |_, db| db.browser_sessions().end(id, noon())).await;
    assert!(ended.iter().all(Result::is_ok), "{ended:?}");
    assert_eq!(names(&world.notices().await), ["aytq", "npq"]);
}

pub(crate) async fn a_notice_that_is_due_is_taken_by_one_and_comes_back_when_nobody_says_what_came_of_it(world: World) {
    let session = world.has_a_session_for(&["npq"]).await;
    world.ends_session(&session, noon()).await;
    for (now, due) in [(noon() - seconds(1), false), (noon(), true)] {
        assert_eq!(world.sees(move |db| db.logout_notices().any_due(now)).await, due);
    }
    assert_eq!(world.takes_due(noon() - seconds(1), noon() + seconds(60)).await, []);
    let taken = world.takes_due(noon(), noon() + seconds(60)).await;
    assert_eq!((names(&taken), taken[0].attempts, taken[0].state_at), (vec!["npq"], 1, noon() + seconds(60)));
    assert_eq!(world.notices().await, taken);
    assert_eq!(world.takes_due(noon() + seconds(59), noon() + seconds(100)).await, []);
    assert_eq!(world.takes_due(noon() + seconds(60), noon() + seconds(120)).await[0].attempts, 2);
}

pub(crate) async fn a_notice_that_many_take_at_once_is_taken_once(world: World) {
    let session = world.has_a_session_for(&["npq", "aytq", "apply-for-qts"]).await;
    world.ends_session(&session, noon()).await;
    let until = noon() + seconds(60);
    let take = move |_, db: &mut store::Db<'_>| db.logout_notices().take_due(noon(), until, 10);
    let taken = at_once(&world.eight_nodes(), take).await;
    let mut taken: Vec<String> = taken.into_iter().flat_map(|taken| taken.unwrap()).map(|it| it.id()).collect();
    taken.sort();
    let mut each: Vec<String> = world.notices().await.iter().map(LogoutNotice::id).collect();
    each.sort();
    assert_eq!(taken, each);
}

pub(crate) async fn what_came_of_a_notice_is_written_by_who_took_it_last(world: World) {
    let session = world.has_a_session_for(&["npq"]).await;
    world.ends_session(&session, noon()).await;
    let first = world.takes_due(noon(), noon() + seconds(60)).await.remove(0);
    let second = world.takes_due(noon() + seconds(60), noon() + seconds(120)).await.remove(0);
    let came = |of: &LogoutNotice| LogoutNotice {
        state: NoticeState::Heard,
        state_at: noon() + seconds(61),
        last_status: Some(200),
        ..of.clone()
    };
    for (took, written) in [(first, false), (second.clone(), true)] {
        let new = came(&took);
        assert_eq!(world.does(move |db| db.logout_notices().replace(&took, &new)).await, written);
    }
    assert_eq!(world.notices().await, [came(&second)]);
    assert_eq!(world.takes_due(noon() + seconds(1_000), noon() + seconds(2_000)).await, [], "it is due no more");
    assert_eq!(world.sees(|db| db.logout_notices().in_states(&[NoticeState::Due], 10)).await, []);
}

pub(crate) async fn a_notice_that_nobody_wants_is_forgotten_and_no_other(world: World) {
    let session = world.has_a_session_for(&["npq", "aytq"]).await;
    world.ends_session(&session, noon()).await;
    let unwanted = world.notices().await.remove(0);
    world.does(move |db| db.logout_notices().forget(&unwanted)).await;
    assert_eq!(names(&world.notices().await), ["npq"]);
}

pub(crate) async fn notices_come_newest_first_and_no_more_than_asked_for(world: World) {
    let first = world.has_a_session_for(&["npq"]).await;
    let jane = world.sees(|db| db.accounts().by_email(&crate::sample::email("jane@example.com"))).await.unwrap();
    let second = world.has_another_session_for(&jane, &["aytq"]).await;
    world.ends_session(&first, noon()).await;
    world.ends_session(&second, noon() + seconds(1)).await;
    assert_eq!(names(&world.notices().await), ["aytq", "npq"]);
    assert_eq!(names(&world.sees(|db| db.logout_notices().in_states(&EVERY, 1)).await), ["aytq"]);
}

pub(crate) async fn a_session_that_is_renewed_keeps_its_id_and_ends_for_the_clients_of_before(world: World) {
    let old = world.has_a_session_for(&["npq"]).await;
    let later = noon() + seconds(100);
    let new = BrowserSession {
        authenticated_at: later,
        expires_at: later + seconds(1_000),
        methods: vec![],
        device: None,
        ..session(&world.random, &account(&world.random, "x@example.com"))
    };
    let new = BrowserSession { account: old.account, ..new };
    let (id, of) = (old.id, new.clone());
    assert!(world.does(move |db| db.browser_sessions().renew(id, &of)).await);
    let (before, after) = (old.token.clone(), new.token.clone());
    assert_eq!(world.sees(move |db| db.browser_sessions().by_token(&before, noon())).await, None);
    let renewed = world.sees(move |db| db.browser_sessions().by_token(&after, noon())).await;
    assert_eq!(renewed, Some(BrowserSession { id: old.id, ..new.clone() }));
    assert_eq!(world.notices().await, []);

    let another = BrowserSession { account: AccountId::new(&world.random), ..new.clone() };
    assert!(!world.does(move |db| db.browser_sessions().renew(id, &another)).await, "it is hers alone");
    world.ends_session(&old, later).await;
    assert_eq!(names(&world.notices().await), ["npq"]);
    assert!(!world.does(move |db| db.browser_sessions().renew(id, &new)).await, "it has ended");
}
