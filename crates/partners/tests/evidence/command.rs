//! A command of the operator's; here a line of shell.

use std::path::Path;
use std::time::{Duration, Instant};

use identity::evidence::{MAX_BYTES, Scan, ScanFailed, Scanner};
use partners::scanner::Command;
use partners::simulators::eicar;

/// Finds the test file by a part of it.
const GREP: &str = "if grep -aq 'STANDARD-ANTIVIRUS-TEST'; then exit 1; else cat > /dev/null; exit 0; fi";

async fn scanned(line: &str, bytes: &[u8]) -> Result<Scan, ScanFailed> {
    scanned_within(line, bytes, Duration::from_secs(30)).await
}

async fn scanned_within(line: &str, bytes: &[u8], timeout: Duration) -> Result<Scan, ScanFailed> {
    Command::new("sh", vec!["-c".into(), line.into()], timeout).scan(bytes).await
}

#[tokio::test]
async fn a_virus_is_found_and_nothing_is_found_in_what_is_clean() {
    let large = vec![b'x'; MAX_BYTES];
    assert_eq!(scanned(GREP, eicar().as_bytes()).await.unwrap(), Scan::Infected);
    assert_eq!(scanned(GREP, &[&large, eicar().as_bytes()].concat()).await.unwrap(), Scan::Infected);
    assert_eq!(scanned(GREP, &large).await.unwrap(), Scan::Clean);
}

#[tokio::test]
async fn the_command_is_given_every_byte() {
    let large: Vec<u8> = (0..MAX_BYTES).map(|n| n as u8).collect();
    assert_eq!(scanned("test $(wc -c) -eq 3145728", &large).await.unwrap(), Scan::Clean);
}

#[tokio::test]
async fn any_other_end_is_a_failure() {
    for line in ["cat > /dev/null; exit 2", "cat > /dev/null; exit 127", "kill -9 $$"] {
        let failed = scanned(line, b"a deed").await;
        assert!(matches!(failed, Err(ScanFailed::Broken(_))), "{line}: {failed:?}");
    }
    let nowhere = Command::new("/nowhere/scanner", Vec::new(), Duration::from_secs(1)).scan(b"a deed").await;
    assert!(matches!(nowhere, Err(ScanFailed::Broken(_))), "{nowhere:?}");
}

#[tokio::test]
async fn a_command_that_finds_nothing_without_having_read_the_file_is_not_believed() {
    let unread = scanned("exit 0", &vec![b'x'; MAX_BYTES]).await;
    assert!(matches!(unread, Err(ScanFailed::Broken(_))), "{unread:?}");
}

#[tokio::test]
async fn a_slow_command_is_killed_at_its_time_limit_whether_or_not_it_reads() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("id");
    for reads in ["cat > /dev/null;", ""] {
        let started = Instant::now();
        let line = format!("echo $$ > {}; {reads} exec sleep 60", file.display());
        let slow = scanned_within(&line, &vec![b'x'; MAX_BYTES], Duration::from_secs(1)).await;
        assert!(matches!(slow, Err(ScanFailed::TooSlow)), "{slow:?}");
        assert!(started.elapsed() < Duration::from_secs(30), "it was given up");
        let id = std::fs::read_to_string(&file).unwrap();
        assert!(!Path::new("/proc").join(id.trim()).exists(), "it goes on after it was given up");
    }
}

/// Starts something in the background that writes the file `late` after two seconds, and waits for it.
fn line_with_a_helper(folder: &Path) -> String {
    let folder = folder.display();
    format!("(touch {folder}/started; sleep 2; touch {folder}/late) & cat > /dev/null; wait")
}

/// The names of the files there when the helper, if it still lived, would have written long ago.
async fn names_later(folder: &Path) -> Vec<String> {
    tokio::time::sleep(Duration::from_secs(4)).await;
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[tokio::test]
async fn what_a_slow_command_started_is_killed_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let slow = scanned_within(&line_with_a_helper(folder.path()), b"a deed", Duration::from_secs(1)).await;
    assert!(matches!(slow, Err(ScanFailed::TooSlow)), "{slow:?}");
    assert_eq!(names_later(folder.path()).await, ["started"]);
}

#[tokio::test]
async fn a_command_whose_answer_nobody_waits_for_any_more_is_killed_with_what_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let line = line_with_a_helper(folder.path());
    let given_up = tokio::time::timeout(Duration::from_secs(1), scanned(&line, b"a deed")).await;
    assert!(given_up.is_err(), "{given_up:?}");
    assert_eq!(names_later(folder.path()).await, ["started"]);
}

#[tokio::test]
async fn a_command_that_ends_is_not_held_up_by_what_it_leaves_with_half_the_file() {
    let started = Instant::now();
    let left = scanned("exec 3<&0; sleep 20 <&3 & exit 0", &vec![b'x'; MAX_BYTES]).await;
    assert!(matches!(left, Err(ScanFailed::Broken(_))), "{left:?}");
    assert!(started.elapsed() < Duration::from_secs(15), "nobody waits for what is left");
}
