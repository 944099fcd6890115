//! One connection that is kept: a request is one write, and an answer is mostly one read.

use std::net::SocketAddr;
use std::ops::Range;

use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::answer::{self, Body, Head};
use crate::failure::Failure;

/// An answer is rarely larger; the buffer grows where it is.
const BUFFER: usize = 64 * 1024;
/// No page and no document is as large.
const MOST: usize = 4 * 1024 * 1024;

pub struct Connection {
    address: SocketAddr,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
    filled: usize,
    /// How many requests were sent.
    pub requests: u64,
}

/// It stands in the buffer of its connection until the next request.
pub struct Answer<'a> {
    head: Head,
    buffer: &'a [u8],
    body: Range<usize>,
}

#[derive(Deserialize)]
struct Named {
    error: String,
}

impl Connection {
    pub fn new(address: SocketAddr) -> Connection {
        Connection { address, stream: None, buffer: vec![0; BUFFER], filled: 0, requests: 0 }
    }

    /// Sends a whole request and reads the answer. After a failure the next one goes on a new connection.
    pub async fn send(&mut self, request: &[u8]) -> Result<Answer<'_>, Failure> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.address).await?,
        };
        self.requests += 1;
        self.filled = 0;
        stream.write_all(request).await.map_err(|error| Failure::of(format!("nothing can be sent: {error}")))?;
        let head = loop {
            self.read(&mut stream).await?;
            if let Some(head) = answer::head(&self.buffer[..self.filled])? {
                break head;
            }
        };
        let body = self.body(&mut stream, &head).await?;
        if !head.closes {
            self.stream = Some(stream);
        }
        Ok(Answer { head, buffer: &self.buffer, body })
    }

    /// Reads the rest of the body; where it came in chunks, joins them.
    async fn body(&mut self, stream: &mut TcpStream, head: &Head) -> Result<Range<usize>, Failure> {
        let end = match head.body {
            Body::Sized(length) => {
                while self.filled < head.end + length {
                    self.read(stream).await?;
                }
                (head.end + length, head.end + length)
            }
            Body::Chunked => loop {
                if let Some((chunks, all)) = answer::chunks(&self.buffer[..self.filled], head.end)? {
                    let mut end = head.end;
                    for chunk in chunks {
                        self.buffer.copy_within(chunk.clone(), end);
                        end += chunk.len();
                    }
                    break (end, all);
                }
                self.read(stream).await?;
            },
        };
        if end.1 != self.filled {
            return Err(Failure::new("more came than the answer"));
        }
        Ok(head.end..end.0)
    }

    async fn read(&mut self, stream: &mut TcpStream) -> Result<(), Failure> {
        if self.filled == self.buffer.len() {
            if self.filled >= MOST {
                return Err(Failure::new("the answer does not end"));
            }
            self.buffer.resize(2 * self.filled, 0);
        }
        match stream.read(&mut self.buffer[self.filled..]).await {
            Ok(0) => Err(Failure::new("the server hung up")),
            Ok(count) => {
                self.filled += count;
                Ok(())
            }
            Err(error) => Err(Failure::of(format!("no answer: {error}"))),
        }
    }
}

async fn connect(address: SocketAddr) -> Result<TcpStream, Failure> {
    let failed = |error: std::io::Error| Failure::of(format!("no connection: {error}"));
    let stream = TcpStream::connect(address).await.map_err(failed)?;
    stream.set_nodelay(true).map_err(failed)?;
    Ok(stream)
}

impl Answer<'_> {
    pub fn status(&self) -> u16 {
        self.head.status
    }

    pub fn body(&self) -> &[u8] {
        &self.buffer[self.body.clone()]
    }

    /// The body, where it is JSON of this kind.
    pub fn json<'b, T: Deserialize<'b>>(&'b self) -> Option<T> {
        serde_json::from_slice(self.body()).ok()
    }

    /// Where it leads to, as it stands in the header.
    pub fn location(&self) -> Option<&str> {
        let place = self.head.location.clone()?;
        std::str::from_utf8(&self.buffer[place]).ok()
    }

    pub fn set_cookies(&self) -> impl Iterator<Item = &[u8]> {
        self.head.set_cookies.iter().map(|place| &self.buffer[place.clone()])
    }

    /// An answer of another status is the failure of this step.
    pub fn expect(&self, status: u16, step: &'static str) -> Result<(), Failure> {
        if self.status() == status { Ok(()) } else { Err(self.unexpected(step)) }
    }

    /// What it was instead: its status, and the error by its name where there is one.
    pub fn unexpected(&self, step: &'static str) -> Failure {
        let status = self.status();
        match self.json() {
            Some(Named { error }) => Failure::of(format!("{step}: {status} {error:.40}")),
            None => Failure::of(format!("{step}: {status}")),
        }
    }
}
