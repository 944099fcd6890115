//! A scanner that is a command of the operator's. It gets the file on its standard input and says by its exit status what
//! it found: 0 nothing, 1 a virus, anything else that it failed. Those are the statuses of `clamscan -` and `clamdscan -`.

use std::io::Write;
use std::process::{Child, ChildStdin, Command as Process, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use identity::evidence::{Scan, ScanFailed, Scanner};

/// How often to look whether the command has ended.
const GLANCE: Duration = Duration::from_millis(10);

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

    fn run(&self, bytes: Vec<u8>) -> Result<Scan, ScanFailed> {
        let until = Instant::now() + self.timeout;
        let mut child = Process::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(ScanFailed::broken)?;
        let stdin = child.stdin.take().expect("its standard input is a pipe");
        // By a thread of its own: a command that does not read must not hold up the deadline.
        let feeding = thread::spawn(move || feed(stdin, &bytes));
        let Some(status) = wait(&mut child, until)? else {
            let _ = child.kill();
            let _ = child.wait();
            return Err(ScanFailed::TooSlow);
        };
        match status.code() {
            Some(0) if !feeding.join().unwrap_or(false) => {
                Err(ScanFailed::broken("the command ended before it had the whole file"))
            }
            Some(0) => Ok(Scan::Clean),
            Some(1) => Ok(Scan::Infected),
            _ => Err(ScanFailed::broken(format!("the command ended with {status}"))),
        }
    }
}

/// Whether the command took the whole file.
fn feed(mut stdin: ChildStdin, bytes: &[u8]) -> bool {
    stdin.write_all(bytes).is_ok()
}

/// None: it has not ended in time.
fn wait(child: &mut Child, until: Instant) -> Result<Option<ExitStatus>, ScanFailed> {
    loop {
        if let Some(status) = child.try_wait().map_err(ScanFailed::broken)? {
            return Ok(Some(status));
        }
        if Instant::now() >= until {
            return Ok(None);
        }
        thread::sleep(GLANCE);
    }
}

#[async_trait]
impl Scanner for Command {
    async fn scan(&self, bytes: &[u8]) -> Result<Scan, ScanFailed> {
        let (command, bytes) = (self.clone(), bytes.to_vec());
        tokio::task::spawn_blocking(move || command.run(bytes)).await.map_err(ScanFailed::broken)?
    }
}
