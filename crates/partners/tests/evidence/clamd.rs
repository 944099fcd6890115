//! clamd, against its simulator.

use std::time::{Duration, Instant};

use identity::evidence::{MAX_BYTES, Scan, ScanFailed, Scanner};
use partners::scanner::{Clamd, ClamdAddress};
use partners::simulators::{self, Manner, eicar};

const LONG: Duration = Duration::from_secs(30);

async fn scanned(manner: Manner, timeout: Duration, bytes: &[u8]) -> Result<Scan, ScanFailed> {
    let (_simulator, address) = simulators::Clamd::on_tcp(manner).await.unwrap();
    Clamd::new(ClamdAddress::Tcp(address), timeout).scan(bytes).await
}

fn infected() -> Vec<u8> {
    [&vec![b' '; MAX_BYTES - 68][..], eicar().as_bytes()].concat()
}

#[tokio::test]
async fn a_virus_is_found_at_the_very_end_of_the_largest_file() {
    assert_eq!(infected().len(), MAX_BYTES);
    assert_eq!(scanned(Manner::Honest, LONG, &infected()).await.unwrap(), Scan::Infected);
    assert_eq!(scanned(Manner::Honest, LONG, &vec![b' '; MAX_BYTES]).await.unwrap(), Scan::Clean);
    assert_eq!(scanned(Manner::Honest, LONG, eicar().as_bytes()).await.unwrap(), Scan::Infected);
}

#[tokio::test]
async fn a_socket_of_the_machine_does_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let (_simulator, path) = simulators::Clamd::on_socket(&folder.path().join("clamd"), Manner::Honest).unwrap();
    let clamd = Clamd::new(ClamdAddress::Unix(path), LONG);
    assert_eq!(clamd.scan(eicar().as_bytes()).await.unwrap(), Scan::Infected);
    assert_eq!(clamd.scan(b"a deed").await.unwrap(), Scan::Clean);
}

#[tokio::test]
async fn a_slow_scanner_is_given_up_at_its_time_limit() {
    let started = Instant::now();
    let slow = scanned(Manner::Silent, Duration::from_millis(200), b"a deed").await;
    assert!(matches!(slow, Err(ScanFailed::TooSlow)), "{slow:?}");
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_file_that_is_too_large_for_it_is_a_failure_and_not_clean() {
    let error = scanned(Manner::Limited(100_000), LONG, &infected()).await.unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "clamd said: INSTREAM size limit exceeded. ERROR");
}

#[tokio::test]
async fn nobody_at_the_address_and_half_an_answer_are_failures() {
    let half = scanned(Manner::Says(b"stream: OK"), LONG, b"a deed").await;
    assert!(matches!(half, Err(ScanFailed::Broken(_))), "{half:?}");
    let nothing = scanned(Manner::Says(b""), LONG, b"a deed").await;
    assert!(matches!(nothing, Err(ScanFailed::Broken(_))), "{nothing:?}");
    let nobody = Clamd::new(ClamdAddress::Unix("/nowhere/clamd".into()), LONG).scan(b"a deed").await;
    assert!(matches!(nobody, Err(ScanFailed::Broken(_))), "{nobody:?}");
}
