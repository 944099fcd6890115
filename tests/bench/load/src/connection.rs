//! One connection that is kept: a request is one write, and an answer is mostly one read.

use std::cell::Cell;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Range;

use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::answer::{self, Body, Chunks, Head};
use crate::failure::Failure;

/// An answer is rarely larger; the buffer grows where it is.
const BUFFER: usize = 64 * 1024;
/// No page and no document is as large.
const MOST: usize = 4 * 1024 * 1024;

thread_local! {
    static NETWORKS: Cell<u8> = const { Cell::new(0) };
}

pub(crate) struct Connection {
    address: SocketAddr,
    /// Where it comes from.
    network: u8,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
    filled: usize,
    /// How many requests were sent.
    pub requests: u64,
}

/// It stands in the buffer of its connection until the next request.
pub(crate) struct Answer<'a> {
    head: Head,
    buffer: &'a [u8],
    body: Range<usize>,
}

#[derive(Deserialize)]
struct Named {
    error: String,
}

impl Connection {
    pub(crate) fn new(address: SocketAddr) -> Connection {
        let network = NETWORKS.get();
        NETWORKS.set(network.wrapping_add(1));
        Connection { address, network, stream: None, buffer: vec![0; BUFFER], filled: 0, requests: 0 }
    }

    /// Sends a whole request and reads the answer. After a failure the next one goes on a new connection.
    pub(crate) async fn send(&mut self, request: &[u8]) -> Result<Answer<'_>, Failure> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.address, self.network).await?,
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
        let start = head.end;
        let (body, end) = match head.body {
            Body::Sized(length) => {
                while self.filled < start + length {
                    self.read(stream).await?;
                }
                (start..start + length, start + length)
            }
            Body::Chunked => {
                let Chunks { places, end } = self.chunks(stream, start).await?;
                let mut joined = start;
                for place in places {
                    let length = place.len();
                    self.buffer.copy_within(place, joined);
                    joined += length;
                }
                (start..joined, end)
            }
        };
        if end == self.filled { Ok(body) } else { Err(Failure::new("more came than the answer")) }
    }

    async fn chunks(&mut self, stream: &mut TcpStream, start: usize) -> Result<Chunks, Failure> {
        loop {
            if let Some(chunks) = answer::chunks(&self.buffer[..self.filled], start)? {
                return Ok(chunks);
            }
            self.read(stream).await?;
        }
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

/// Each from a network of its own, as people do: 127.0.N.1, while the server is at 127.0.0.1.
async fn connect(address: SocketAddr, network: u8) -> Result<TcpStream, Failure> {
    let failed = |error: std::io::Error| Failure::of(format!("no connection: {error}"));
    let stream = if address.ip() == Ipv4Addr::LOCALHOST {
        let socket = TcpSocket::new_v4().map_err(failed)?;
        socket.bind((Ipv4Addr::new(127, 0, network, 1), 0).into()).map_err(failed)?;
        socket.connect(address).await
    } else {
        TcpStream::connect(address).await
    };
    let stream = stream.map_err(failed)?;
    stream.set_nodelay(true).map_err(failed)?;
    Ok(stream)
}

impl Answer<'_> {
    pub(crate) fn status(&self) -> u16 {
        self.head.status
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.buffer[self.body.clone()]
    }

    /// The body, where it is JSON of this kind.
    pub(crate) fn json<'b, T: Deserialize<'b>>(&'b self) -> Option<T> {
        serde_json::from_slice(self.body()).ok()
    }

    /// Where it leads to, as it stands in the header.
    pub(crate) fn location(&self) -> Option<&str> {
        let place = self.head.location.clone()?;
        std::str::from_utf8(&self.buffer[place]).ok()
    }

    pub(crate) fn set_cookies(&self) -> impl Iterator<Item = &[u8]> {
        self.head.set_cookies.iter().map(|place| &self.buffer[place.clone()])
    }

    /// An answer of another status is the failure of this step.
    pub(crate) fn expect(&self, status: u16, step: &'static str) -> Result<(), Failure> {
        if self.status() == status { Ok(()) } else { Err(self.unexpected(step)) }
    }

    /// What it was instead: its status, and the error by its name where there is one.
    pub(crate) fn unexpected(&self, step: &'static str) -> Failure {
        let status = self.status();
        match self.json() {
            Some(Named { error }) => Failure::of(format!("{step}: {status} {error:.40}")),
            None => Failure::of(format!("{step}: {status}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::net::TcpListener;
    use tokio::time::sleep;

    use super::*;

    /// A server that takes one connection after the other, and answers the request of each with the given pieces.
    async fn server(connections: Vec<Vec<&'static [u8]>>) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            for pieces in connections {
                let (mut stream, _) = listener.accept().await.unwrap();
                stream.read_buf(&mut Vec::new()).await.unwrap();
                for piece in pieces {
                    stream.write_all(piece).await.unwrap();
                    sleep(Duration::from_millis(5)).await;
                }
            }
        });
        address
    }

    #[tokio::test]
    async fn an_answer_is_the_same_however_it_is_cut() {
        let chunked: Vec<&[u8]> =
            vec![b"HTTP/1.1 200 OK\r\nTransfer-", b"Encoding: chunked\r\n\r\n3\r\nab", b"c\r\n1\r\nd\r\n0\r\n\r\n"];
        let sized: Vec<&[u8]> = vec![b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\na", b"bcd"];
        for pieces in [chunked, sized] {
            let mut connection = Connection::new(server(vec![pieces]).await);
            let answer = connection.send(b"GET").await.unwrap();
            assert_eq!((answer.status(), answer.body()), (200, &b"abcd"[..]));
        }
    }

    #[tokio::test]
    async fn after_a_failure_the_next_request_goes_on_a_new_connection() {
        let cut_off: Vec<&[u8]> = vec![b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\na"];
        let whole: Vec<&[u8]> = vec![b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"];
        let mut connection = Connection::new(server(vec![cut_off, whole]).await);
        assert!(connection.send(b"GET").await.is_err());
        assert_eq!(connection.send(b"GET").await.unwrap().status(), 200);
        assert_eq!(connection.requests, 2);
    }
}
