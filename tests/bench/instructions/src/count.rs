//! Counting: each operation is done under valgrind in a process of its own, on a copy of one prepared database. What the
//! process does before it is counted once and taken off. All its threads count, the waiting for the disk does not.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use crate::operation::Operation;

type Failure = Box<dyn Error + Send + Sync>;

/// Instructions by the name of the operation.
pub(crate) type Counts = BTreeMap<&'static str, u64>;

/// Where a run leaves which functions took how many, for callgrind_annotate.
fn profiles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../var/instructions")
}

/// Counts them all.
pub(crate) fn count(operations: &[Operation]) -> Result<Counts, Failure> {
    let prepared = tempfile::tempdir()?;
    fs::create_dir_all(profiles())?;
    ended_well(Command::new(std::env::current_exe()?).arg("prepare").arg(prepared.path()))?;
    let start = Run { operation: operations[0], times: 0 };
    let runs = operations.iter().map(|&operation| Run { operation, times: operation.times() });
    let counted = count_each([start].into_iter().chain(runs).collect(), prepared.path())?;
    let started = counted.iter().find(|(run, _)| run.times == 0).map(|(_, instructions)| *instructions);
    let started = started.ok_or("the start was not counted")?;
    let each =
        |(run, instructions): &(Run, u64)| (run.operation.name(), (instructions - started) / u64::from(run.times));
    Ok(counted.iter().filter(|(run, _)| run.times > 0).map(each).collect())
}

/// As many at a time as there are cores, the last first: instructions do not mind company.
fn count_each(runs: Vec<Run>, prepared: &Path) -> Result<Vec<(Run, u64)>, Failure> {
    let waiting = Mutex::new(runs);
    let next = || waiting.lock().expect("nothing panics under this lock").pop();
    let works = || -> Result<Vec<(Run, u64)>, Failure> {
        let mut counted = Vec::new();
        while let Some(run) = next() {
            let instructions = run.count(prepared)?;
            counted.push((run, instructions));
        }
        Ok(counted)
    };
    let cores = thread::available_parallelism()?.get();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(works)).collect();
        let ended = workers.into_iter().map(|worker| worker.join().expect("a worker does not panic"));
        ended.collect::<Result<Vec<_>, _>>().map(|counted| counted.into_iter().flatten().collect())
    })
}

struct Run {
    operation: Operation,
    times: u32,
}

impl Run {
    fn count(&self, prepared: &Path) -> Result<u64, Failure> {
        let folder = tempfile::tempdir()?;
        for file in fs::read_dir(prepared)? {
            let file = file?;
            fs::copy(file.path(), folder.path().join(file.file_name()))?;
        }
        let profile = profiles().join(if self.times == 0 { "start" } else { self.operation.name() });
        let out = format!("--callgrind-out-file={}", profile.display());
        let mut command = Command::new("valgrind");
        command.args(["--quiet", "--tool=callgrind", &out]).arg(std::env::current_exe()?);
        ended_well(command.arg("do").args([self.operation.name(), &self.times.to_string()]).arg(folder.path()))?;
        let text = fs::read_to_string(&profile)?;
        let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
        Ok(total.ok_or("callgrind wrote no total")?.trim().parse()?)
    }
}

/// A run in which anything went wrong counts nothing.
fn ended_well(command: &mut Command) -> Result<(), Failure> {
    let ended = command.output()?;
    if ended.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}\n{}", ended.status, String::from_utf8_lossy(&ended.stderr)).into())
}
