//! Counting: everything is done under valgrind in one process, which says when the next operation begins. Callgrind writes
//! down then what was before, of all threads; so neither the start counts, nor whatever takes another amount each time there.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use actix_web::rt::System;

use crate::bench::Bench;
use crate::operation::Operation;
use crate::say;
use crate::world::World;

/// Where each count stays, for callgrind_annotate to tell which functions took how many.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../var/instructions");

/// Callgrind's name for [`next_begins`].
const NEXT_BEGINS: &str = "instructions::count::next_begins";

pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// Instructions by the name of the operation.
pub(crate) type Counts = BTreeMap<&'static str, u64>;

/// Counts all operations. Where anything goes wrong, nothing was counted.
pub(crate) fn count() -> Result<Counts, Failure> {
    let prepared = tempfile::tempdir()?;
    System::new().block_on(World::prepare(prepared.path()));
    fs::create_dir_all(FOLDER)?;
    let parts = Path::new(FOLDER).join("part");
    let ended = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind", &format!("--dump-before={NEXT_BEGINS}")])
        .arg(format!("--callgrind-out-file={}", parts.display()))
        .arg(std::env::current_exe()?)
        .arg("do")
        .arg(prepared.path())
        .output()?;
    if !ended.status.success() {
        return Err(format!("{}\n{}", ended.status, String::from_utf8_lossy(&ended.stderr)).into());
    }
    // The first part is what was before the first operation, and the one without a number the end.
    fs::rename(parts.with_extension("1"), parts.with_file_name("start"))?;
    fs::remove_file(&parts)?;
    (2..)
        .zip(Operation::ALL)
        .map(|(part, operation)| of_part(&parts.with_extension(part.to_string()), operation))
        .collect()
}

fn of_part(part: &Path, operation: Operation) -> Result<(&'static str, u64), Failure> {
    let kept: PathBuf = part.with_file_name(operation.name());
    fs::rename(part, &kept)?;
    let text = fs::read_to_string(&kept)?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: ")).ok_or("callgrind wrote no total")?;
    Ok((operation.name(), total.trim().parse::<u64>()? / u64::from(operation.times())))
}

/// What is counted, in a folder that was prepared.
pub(crate) async fn does_all(folder: &Path) {
    let mut bench = Bench::begin(World::open(folder).await).await;
    for operation in Operation::ALL {
        next_begins();
        bench.does(operation, operation.times()).await;
    }
    next_begins();
    say("everything was done\n");
}

/// Callgrind looks out for it, and so it has to be there.
#[inline(never)]
fn next_begins() {
    black_box(());
}
