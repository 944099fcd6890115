//! A directory on a real disk; also a full one, and one that the process dies over.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus};

use identity::evidence::{EvidenceStore, MAX_BYTES};
use partners::evidence::Directory;
use tempfile::TempDir;

use super::id;

fn names(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn a_file_is_kept_given_back_and_deleted() {
    let folder = TempDir::new().unwrap();
    let directory = Directory::open(folder.path()).unwrap();
    let bytes: Vec<u8> = (0..MAX_BYTES).map(|n| n as u8).collect();
    assert_eq!(directory.get(id(1)).await.unwrap(), None);
    directory.put(id(1), &bytes).await.unwrap();
    assert!(directory.get(id(1)).await.unwrap().unwrap() == bytes);
    assert_eq!(names(folder.path()), [id(1).to_string()], "and nothing beside it");
    for _ in 0..2 {
        directory.delete(id(1)).await.unwrap();
        assert_eq!(directory.get(id(1)).await.unwrap(), None);
    }
    assert!(names(folder.path()).is_empty());
}

#[tokio::test]
async fn nobody_but_the_service_reads_what_is_kept() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("made/for/it");
    let directory = Directory::open(&path).unwrap();
    directory.put(id(1), b"a deed").await.unwrap();
    assert_eq!((mode(&path), mode(&path.join(id(1).to_string()))), (0o700, 0o600));
}

#[test]
fn a_place_where_nothing_can_be_written_is_refused_at_once() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert!(Directory::open(&file).is_err());
    assert!(Directory::open(file.join("below")).is_err());
    assert!(Directory::open("/proc/evidence").is_err());
}

/// Tells the child, which is the very test that starts it, where to put its files.
const FOLDER: &str = "TEST_EVIDENCE_FOLDER";

/// Runs the test again, in a process of its own that may write files of 1 MiB and no more: to the program that is how a full
/// disk looks, and it needs no rights and no disk. `before` says what happens at that limit.
fn put_3_mib_where_1_mib_has_room(test: &str, folder: &Path, before: &str) -> ExitStatus {
    let line = format!("{before} ulimit -f 1024; exec \"$@\"");
    Command::new("bash")
        .args(["-c", &line, "bash"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test])
        .env(FOLDER, folder)
        .env("RUST_BACKTRACE", "0")
        .status()
        .unwrap()
}

async fn puts_3_mib(folder: &OsStr) {
    let directory = Directory::open(folder).unwrap();
    let put = directory.put(id(1), &vec![b'x'; MAX_BYTES]).await;
    assert!(put.is_err(), "there is no room for it");
    directory.put(id(2), b"a small one").await.expect("there is room for this");
}

#[tokio::test]
async fn on_a_full_disk_nothing_half_saved_remains_and_what_fits_is_kept() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return puts_3_mib(&folder).await;
    }
    let folder = TempDir::new().unwrap();
    let test = "directory::on_a_full_disk_nothing_half_saved_remains_and_what_fits_is_kept";
    let status = put_3_mib_where_1_mib_has_room(test, folder.path(), "trap '' XFSZ;");
    assert!(status.success(), "{status}");
    assert_eq!(names(folder.path()), [id(2).to_string()]);
}

#[tokio::test]
async fn what_a_process_leaves_that_dies_is_never_taken_for_a_file_and_is_swept() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return puts_3_mib(&folder).await;
    }
    let folder = TempDir::new().unwrap();
    let test = "directory::what_a_process_leaves_that_dies_is_never_taken_for_a_file_and_is_swept";
    let status = put_3_mib_where_1_mib_has_room(test, folder.path(), "");
    assert!(status.signal().is_some(), "it died in the middle: {status}");
    assert_eq!(names(folder.path()), [format!("{}.part", id(1))]);
    let directory = Directory::open(folder.path()).unwrap();
    assert_eq!(directory.get(id(1)).await.unwrap(), None);
    directory.delete(id(1)).await.unwrap();
    assert!(names(folder.path()).is_empty());
}
