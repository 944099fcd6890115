//! Times: UTC, to the microsecond, and in the order of time.

use chrono::Duration;
use identity::browser_session::BrowserSession;
use identity::clock::Time;
use identity::outbox::OutboxMessage;

use crate::sample::{account, message, noon, session};
use crate::world::World;

fn at(seconds: i64, nanoseconds: u32) -> Time {
    Time::from_timestamp(seconds, nanoseconds).expect("it is a moment")
}

pub(crate) async fn a_time_is_kept_to_the_microsecond(world: World) {
    let second = noon().timestamp();
    for (nanoseconds, kept) in [
        (0, 0),
        (999, 0),
        (1_000, 1_000),
        (100_000_000, 100_000_000),
        (123_456_789, 123_456_000),
        (999_999_999, 999_999_000),
    ] {
        let message = OutboxMessage { created_at: at(second, nanoseconds), ..message(&world.random) };
        let expected = OutboxMessage { created_at: at(second, kept), ..message.clone() };
        world.does(move |db| db.outbox().put(&message)).await;
        let all = world.sees(|db| db.outbox().newest_first(100)).await;
        assert!(all.contains(&expected), "{nanoseconds}: {all:?}");
    }
    for year in ["1969-12-31T23:59:59.999999Z", "2000-02-29T00:00:00Z", "9999-12-31T23:59:59.999999Z"] {
        let message = OutboxMessage { created_at: year.parse().expect("it is a moment"), ..message(&world.random) };
        let expected = message.clone();
        world.does(move |db| db.outbox().put(&message)).await;
        assert!(world.sees(|db| db.outbox().newest_first(100)).await.contains(&expected), "{year}");
    }
}

/// SQLite compares text, so every length that a fraction of a second may have is tried.
pub(crate) async fn times_are_compared_to_the_microsecond(world: World) {
    let fractions = [0, 1_000, 999_000, 1_000_000, 1_001_000, 100_000_000, 123_456_000, 200_000_000, 999_999_000];
    let moments: Vec<Time> = fractions.map(|fraction| at(noon().timestamp(), fraction)).into();
    // Not in the order of time.
    let messages: Vec<OutboxMessage> =
        moments.iter().rev().map(|at| OutboxMessage { created_at: *at, ..message(&world.random) }).collect();
    let (newest, put) = (messages.clone(), messages);
    world.does(move |db| put.iter().rev().try_for_each(|message| db.outbox().put(message))).await;
    assert_eq!(world.sees(|db| db.outbox().newest_first(100)).await, newest);

    let jane = account(&world.random, "jane@example.com");
    let person = jane.clone();
    world.does(move |db| db.accounts().create(&person)).await;
    for expires_at in moments {
        let session = BrowserSession { expires_at, ..session(&world.random, &jane) };
        let (token, kept) = (session.token.clone(), session);
        world.does(move |db| db.browser_sessions().create(&kept)).await;
        for (now, found) in [(expires_at - Duration::microseconds(1), true), (expires_at, false)] {
            let token = token.clone();
            let session = world.sees(move |db| db.browser_sessions().by_token(&token, now)).await;
            assert_eq!(session.is_some(), found, "{expires_at} at {now}");
        }
    }
}
