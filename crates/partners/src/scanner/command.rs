//! A scanner that is a command of the operator's. It gets the file on its standard input and says by its exit status what
//! it found: 0 nothing, 1 a virus, anything else that it failed. Those are the statuses of `clamscan -` and `clamdscan -`.

use std::process::Stdio;
use std::time::Duration;

use async_trait::async_trait;
use identity::evidence::{Scan, ScanFailed, Scanner};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, ChildStdin, Command as Process};
use tokio::time::timeout;

#[derive(Clone, Debug)]
pub struct Command {
    /// The program and its arguments; no shell comes in between.
    program: String,
    arguments: Vec<String>,
    timeout: Duration,
}

impl Command {
    pub fn new(program: impl Into<String>, arguments: Vec<String>, timeout: Duration) -> Command {
        Command { program: program.into(), arguments, timeout }
    }

    async fn run(&self, bytes: &[u8]) -> Result<Scan, ScanFailed> {
        let mut group = Group(self.process().spawn().map_err(ScanFailed::broken)?);
        let Ok(scan) = timeout(self.timeout, ask(&mut group.0, bytes)).await else {
            group.kill();
            let _ = group.0.wait().await;
            return Err(ScanFailed::TooSlow);
        };
        scan
    }

    fn process(&self) -> Process {
        let mut process = Process::new(&self.program);
        process.args(&self.arguments).process_group(0);
        process.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        process
    }
}

/// A command that leads a group of its own, and what it started in it: all of them are killed when it is dropped.
struct Group(Child);

impl Group {
    fn kill(&self) {
        // None once the command was seen to end: the number may be somebody else's by then.
        let id = self.0.id().and_then(|id| i32::try_from(id).ok());
        if let Some(leader) = id.and_then(Pid::from_raw) {
            // It fails when all of them have just ended.
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn ask(child: &mut Child, bytes: &[u8]) -> Result<Scan, ScanFailed> {
    let feeding = feed(child.stdin.take().expect("its standard input is a pipe"), bytes);
    tokio::pin!(feeding);
    let mut is_fed = None;
    // A command may end without reading, and leave others who hold the pipe and do not read it either.
    let status = loop {
        tokio::select! {
            whole = &mut feeding, if is_fed.is_none() => is_fed = Some(whole),
            status = child.wait() => break status.map_err(ScanFailed::broken)?,
        }
    };
    match status.code() {
        Some(0) if is_fed != Some(true) => Err(ScanFailed::broken("the command ended before it had the whole file")),
        Some(0) => Ok(Scan::Clean),
        Some(1) => Ok(Scan::Infected),
        _ => Err(ScanFailed::broken(format!("the command ended with {status}"))),
    }
}

/// Whether the command took the whole file, which ends when this drops the pipe.
async fn feed(mut stdin: ChildStdin, bytes: &[u8]) -> bool {
    stdin.write_all(bytes).await.is_ok()
}

#[async_trait]
impl Scanner for Command {
    async fn scan(&self, bytes: &[u8]) -> Result<Scan, ScanFailed> {
        self.run(bytes).await
    }
}
