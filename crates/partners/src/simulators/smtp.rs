//! A mail server that takes mail for anybody and keeps it: as much of RFC 5321 as that needs, without TLS.
//!
//! Nobody is at `perm-fail@`, and at `temp-fail@` nobody just now, whatever the domain.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How it behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailManner {
    #[default]
    Honest,
    /// Takes the connection and says nothing.
    Silent,
    /// Takes the mail and is gone before it says so.
    Drops,
    /// Answers this to every recipient.
    Says(&'static str),
}

/// A mail that it has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub from: String,
    pub to: Vec<String>,
    /// Header and body, as they came.
    pub text: String,
    /// What the client signed in with, in the base64 of AUTH PLAIN.
    pub signed_in: Option<String>,
}

/// It listens until it is dropped.
#[derive(Debug)]
pub struct MailServer {
    task: JoinHandle<()>,
    address: SocketAddr,
    inside: Arc<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    manner: Mutex<MailManner>,
    received: Mutex<Vec<Mail>>,
}

impl MailServer {
    /// # Errors
    /// When the port is not free.
    pub async fn start(port: u16) -> io::Result<MailServer> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let address = listener.local_addr()?;
        let inside = Arc::new(Inside::default());
        let shared = inside.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inside = shared.clone();
                tokio::spawn(async move { inside.serve(stream).await });
            }
        });
        Ok(MailServer { task, address, inside })
    }

    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn turn(&self, manner: MailManner) {
        *self.inside.manner.lock().expect("nothing panics under this lock") = manner;
    }

    /// What it was sent, the first first.
    #[must_use]
    pub fn received(&self) -> Vec<Mail> {
        self.inside.received.lock().expect("nothing panics under this lock").clone()
    }

    /// Frees the port before it comes back.
    pub async fn stop(mut self) {
        self.task.abort();
        // That it was cut off is what is wanted.
        let _ = (&mut self.task).await;
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Inside {
    fn manner(&self) -> MailManner {
        *self.manner.lock().expect("nothing panics under this lock")
    }

    async fn serve(&self, stream: TcpStream) -> io::Result<()> {
        if self.manner() == MailManner::Silent {
            return std::future::pending().await;
        }
        let mut wire = BufReader::new(stream);
        say(&mut wire, "220 simulator ESMTP").await?;
        let mut mail = Mail { from: String::new(), to: Vec::new(), text: String::new(), signed_in: None };
        loop {
            let line = line(&mut wire).await?;
            let command = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
            let reply = match command.as_str() {
                "EHLO" => "250-simulator\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN".to_owned(),
                "HELO" | "NOOP" => "250 2.0.0 as you wish".to_owned(),
                "AUTH" => {
                    mail.signed_in = line.split_whitespace().nth(2).map(str::to_owned);
                    "235 2.7.0 welcome".to_owned()
                }
                "MAIL" => {
                    mail.from = path(&line);
                    "250 2.1.0 go on".to_owned()
                }
                "RCPT" => self.recipient(&mut mail, path(&line)),
                "RSET" => {
                    (mail.to, mail.text) = (Vec::new(), String::new());
                    "250 2.0.0 forgotten".to_owned()
                }
                "DATA" if mail.to.is_empty() => "503 5.5.1 for whom?".to_owned(),
                "DATA" => {
                    say(&mut wire, "354 go on").await?;
                    mail.text = text(&mut wire).await?;
                    if self.manner() == MailManner::Drops {
                        return Ok(());
                    }
                    let received = mail.clone();
                    self.received.lock().expect("nothing panics under this lock").push(received);
                    mail.to = Vec::new();
                    "250 2.0.0 taken".to_owned()
                }
                "QUIT" => return say(&mut wire, "221 2.0.0 goodbye").await,
                _ => "502 5.5.1 unknown".to_owned(),
            };
            say(&mut wire, &reply).await?;
        }
    }

    fn recipient(&self, mail: &mut Mail, to: String) -> String {
        if let MailManner::Says(reply) = self.manner() {
            return reply.to_owned();
        }
        if to.starts_with("perm-fail@") {
            return format!("550 5.1.1 <{to}> nobody is there");
        }
        if to.starts_with("temp-fail@") {
            return format!("450 4.2.1 <{to}> is not in");
        }
        mail.to.push(to);
        "250 2.1.5 go on".to_owned()
    }
}

async fn say(wire: &mut BufReader<TcpStream>, reply: &str) -> io::Result<()> {
    wire.write_all(format!("{reply}\r\n").as_bytes()).await
}

async fn line(wire: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    if wire.read_line(&mut line).await? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line)
}

/// What stands between the angle brackets.
fn path(line: &str) -> String {
    let inside = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or_else(String::new, |(path, _)| path.to_owned())
}

/// The lines up to the dot, each without the dot that was put before it.
async fn text(wire: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut text = String::new();
    loop {
        let line = line(wire).await?;
        if line.trim_end() == "." {
            return Ok(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
