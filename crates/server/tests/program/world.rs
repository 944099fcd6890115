//! A folder to run the binary in, with a configuration and clients of its own.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const PROGRAM: &str = env!("CARGO_BIN_EXE_get-an-identity");

/// Settings by their variables.
pub(crate) type Settings<'a> = &'a [(&'a str, &'a str)];

pub(crate) struct World {
    folder: TempDir,
}

#[derive(Debug)]
pub(crate) struct Done {
    pub success: bool,
    pub out: String,
    pub err: String,
}

impl World {
    pub(crate) fn new() -> World {
        let world = World { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(world.path("clients")).unwrap();
        world.registers("demo-no-trn");
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn writes(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        // All at once, as an editor does, so that nobody reads half of it.
        fs::write(path.with_extension("new"), text).unwrap();
        fs::rename(path.with_extension("new"), &path).unwrap();
        path
    }

    /// Takes over one of the sample clients.
    pub(crate) fn registers(&self, id: &str) {
        let text = fs::read_to_string(format!("{ROOT}/config/clients/{id}.toml")).unwrap();
        self.writes(&format!("clients/{id}.toml"), &text);
    }

    /// What is there now.
    pub(crate) fn files(&self) -> Vec<String> {
        let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
        let mut names: Vec<_> = fs::read_dir(self.folder.path()).unwrap().map(|entry| name(entry.unwrap())).collect();
        names.sort();
        names
    }

    fn command(&self, args: &[&str], settings: Settings<'_>) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("GAI__CLIENTS__DIRECTORIES", self.path("clients"))
            .env("GAI__DATABASE__URL", format!("sqlite://{}", self.path("test.sqlite").display()))
            .envs(settings.iter().copied())
            .args(["--config", &format!("{ROOT}/config/test.toml")])
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a subcommand to its end, with config/test.toml.
    pub(crate) fn runs(&self, args: &[&str], settings: Settings<'_>) -> Done {
        finish(self.command(args, settings).spawn().unwrap())
    }

    pub(crate) fn runs_with_input(&self, args: &[&str], input: &str) -> Done {
        let mut child = self.command(args, &[]).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        finish(child)
    }

    /// Starts a simulator on a port that the system chooses.
    pub(crate) fn simulates(&self, args: &[&str]) -> Simulator {
        let mut child = self.command(&["simulate"], &[]).args(args).args(["--listen", "127.0.0.1:0"]).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim_end().rsplit(' ').next().unwrap().to_owned();
        Simulator { child, url }
    }

    /// Starts `serve` on a port that the system chooses.
    pub(crate) fn serves(&self, settings: Settings<'_>) -> Server {
        let log = self.path("log");
        let mut child = self
            .command(&["serve"], &[("GAI__SERVER__LISTEN", "127.0.0.1:0"), ("GAI__LOG__LEVEL", "info")])
            .envs(settings.iter().copied())
            .stderr(fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let digits = |c: char| !c.is_ascii_digit();
        let port = line.trim_end_matches(digits).rsplit(digits).next().and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("not ready: {}", fs::read_to_string(&log).unwrap()));
        Server { child, line, port, log }
    }
}

/// It runs until it is dropped.
pub(crate) struct Simulator {
    child: Child,
    pub url: String,
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn finish(child: Child) -> Done {
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Done { success: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
}

/// A running server; it ends with the test.
pub(crate) struct Server {
    child: Child,
    /// What it printed when it was ready.
    pub line: String,
    pub port: u16,
    log: PathBuf,
}

impl Server {
    pub(crate) fn get(&self, address: &str) -> String {
        self.sends(&format!("GET {address} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")).answer()
    }

    /// Opens a connection and sends something that may be only half a request.
    pub(crate) fn sends(&self, text: &str) -> Connection {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        Connection(stream)
    }

    pub(crate) fn is_sent(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    pub(crate) fn ends(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// Waits until something is so, as long as a slow machine may take.
    pub(crate) fn waits_until(&self, what: &str, is_so: impl Fn(&Server) -> bool) {
        let since = Instant::now();
        while !is_so(self) {
            assert!(since.elapsed() < Duration::from_secs(20), "{what}: {}", self.log());
            sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) struct Connection(TcpStream);

impl Connection {
    pub(crate) fn sends(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).unwrap();
    }

    /// Everything until the server closes the connection.
    pub(crate) fn answer(mut self) -> String {
        let mut text = String::new();
        self.0.read_to_string(&mut text).unwrap();
        text
    }
}
