//! A scanner that is clamd, by its command INSTREAM: the file in chunks, each after its length in four bytes, and a
//! length of zero at the end. The answer is one line, and a NUL ends it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use identity::evidence::{Scan, ScanFailed, Scanner};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

const CHUNK: usize = 64 * 1024;
/// No name of a virus is so long.
const LONGEST_ANSWER: u64 = 4096;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClamdAddress {
    Tcp(SocketAddr),
    Unix(PathBuf),
}

#[derive(Clone, Debug)]
pub struct Clamd {
    address: ClamdAddress,
    timeout: Duration,
}

impl Clamd {
    pub fn new(address: ClamdAddress, timeout: Duration) -> Clamd {
        Clamd { address, timeout }
    }

    async fn asked(&self, bytes: &[u8]) -> Result<Scan, ScanFailed> {
        let answer = match &self.address {
            ClamdAddress::Tcp(address) => ask(TcpStream::connect(address).await, bytes).await,
            ClamdAddress::Unix(path) => ask(UnixStream::connect(path).await, bytes).await,
        };
        verdict(&answer.map_err(ScanFailed::broken)?)
    }
}

async fn ask(stream: std::io::Result<impl AsyncRead + AsyncWrite + Unpin>, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = stream?;
    let sent = send(&mut stream, bytes).await;
    let mut answer = Vec::new();
    // It stops listening at a file that is too large for it, and says so: that is worth more than the broken pipe.
    let read = (&mut stream).take(LONGEST_ANSWER).read_to_end(&mut answer).await;
    if answer.is_empty() {
        sent?;
        read?;
    }
    Ok(answer)
}

async fn send(stream: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> std::io::Result<()> {
    stream.write_all(b"zINSTREAM\0").await?;
    for chunk in bytes.chunks(CHUNK) {
        let length = u32::try_from(chunk.len()).expect("a chunk is short");
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(chunk).await?;
    }
    stream.write_all(&0u32.to_be_bytes()).await?;
    stream.flush().await
}

/// Nothing but the exact words counts as clean.
fn verdict(answer: &[u8]) -> Result<Scan, ScanFailed> {
    let text = answer.strip_suffix(b"\0").and_then(|line| std::str::from_utf8(line).ok());
    match text {
        Some("stream: OK") => Ok(Scan::Clean),
        Some(found) if found.starts_with("stream: ") && found.ends_with(" FOUND") => Ok(Scan::Infected),
        Some(other) => Err(ScanFailed::broken(format!("clamd said: {}", other.escape_default()))),
        None => Err(ScanFailed::broken("clamd's answer is not whole")),
    }
}

#[async_trait]
impl Scanner for Clamd {
    async fn scan(&self, bytes: &[u8]) -> Result<Scan, ScanFailed> {
        tokio::time::timeout(self.timeout, self.asked(bytes)).await.unwrap_or(Err(ScanFailed::TooSlow))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_answer_in_the_exact_words_is_a_verdict() {
        assert_eq!(verdict(b"stream: OK\0").unwrap(), Scan::Clean);
        assert_eq!(verdict(b"stream: Win.Test.EICAR_HDB-1 FOUND\0").unwrap(), Scan::Infected);
        for answer in [
            &b""[..],
            b"stream: OK",
            b"stream: OK\n",
            b"stream: ok\0",
            b"OK\0",
            b"stream: FOUND OK\0",
            b"INSTREAM size limit exceeded. ERROR\0",
            b"stream: \xff FOUND\0",
            b"stream: OK\0stream: OK\0",
        ] {
            assert!(matches!(verdict(answer), Err(ScanFailed::Broken(_))), "{answer:?}");
        }
    }
}
