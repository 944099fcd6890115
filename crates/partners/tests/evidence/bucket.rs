//! A bucket, against its simulator.

use chrono::{DateTime, Duration};
use identity::clock::FakeClock;
use identity::evidence::{EvidenceStore, MAX_BYTES};
use identity::secret::Plain;
use partners::evidence::{Bucket, BucketSettings};
use partners::simulators;

use super::id;

fn clock() -> FakeClock {
    FakeClock::at(DateTime::from_timestamp(1_790_000_000, 0).unwrap())
}

async fn simulator() -> simulators::Bucket {
    simulators::Bucket::start(clock().clock()).await.unwrap()
}

fn client(settings: BucketSettings) -> Bucket {
    Bucket::new(settings, clock().clock()).unwrap()
}

/// A client whose clock is so many minutes ahead.
fn client_off_by(simulator: &simulators::Bucket, minutes: i64) -> Bucket {
    let off = FakeClock::at(clock().clock().now() + Duration::minutes(minutes));
    Bucket::new(simulator.settings(), off.clock()).unwrap()
}

#[tokio::test]
async fn a_file_of_3_mib_is_kept_given_back_and_deleted() {
    let simulator = simulator().await;
    let bucket = client(simulator.settings());
    let bytes: Vec<u8> = (0..MAX_BYTES).map(|n| n as u8).collect();
    assert_eq!(bucket.get(id(1)).await.unwrap(), None);
    bucket.put(id(1), &bytes).await.unwrap();
    bucket.put(id(2), b"another").await.unwrap();
    assert!(bucket.get(id(1)).await.unwrap().unwrap() == bytes);
    assert!(simulator.names().contains(&id(1).to_string()));
    for _ in 0..2 {
        bucket.delete(id(1)).await.unwrap();
        assert_eq!(bucket.get(id(1)).await.unwrap(), None);
    }
    assert_eq!(simulator.names(), [id(2).to_string()]);
}

#[tokio::test]
async fn whoever_does_not_know_the_secret_or_has_a_clock_that_is_wrong_is_refused() {
    let simulator = simulator().await;
    let guessed = BucketSettings { secret: Plain::new("guessed"), ..simulator.settings() };
    let elsewhere = BucketSettings { region: "elsewhere".into(), ..simulator.settings() };
    let (ahead, behind) = (client_off_by(&simulator, 16), client_off_by(&simulator, -16));
    for bucket in [client(guessed), client(elsewhere), ahead, behind] {
        let error = bucket.put(id(1), b"x").await.unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(cause, "the bucket answered with the status 403 Forbidden");
    }
    assert!(simulator.names().is_empty());
    for minutes in [14, -14] {
        client_off_by(&simulator, minutes).put(id(1), b"x").await.unwrap();
    }
}

#[tokio::test]
async fn an_address_that_lets_somebody_in_is_in_no_error() {
    let simulator = simulator().await;
    let bucket = client(simulator.settings());
    drop(simulator);
    tokio::task::yield_now().await;
    let error = bucket.put(id(1), b"x").await.unwrap_err();
    let told = format!("{error:?} {:?}", std::error::Error::source(&error));
    assert!(told.contains("Connect") && !told.contains("X-Amz"), "{told}");
}

#[tokio::test]
async fn a_bucket_that_is_full_gone_or_elsewhere_keeps_nothing_and_says_so() {
    let simulator = simulator().await;
    let bucket = client(simulator.settings());
    for status in [301, 500, 503, 507] {
        simulator.fail(Some(status));
        assert!(bucket.put(id(1), b"x").await.is_err(), "{status}");
        assert!(bucket.get(id(1)).await.is_err(), "{status}");
        assert!(bucket.delete(id(1)).await.is_err(), "{status}");
    }
    simulator.fail(None);
    assert!(simulator.names().is_empty());
    let other = BucketSettings { bucket: "other".into(), ..simulator.settings() };
    assert!(client(other).put(id(1), b"x").await.is_err());
    drop(simulator);
}
