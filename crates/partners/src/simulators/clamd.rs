//! A clamd that knows one virus: the test file.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, UnixListener};
use tokio::task::JoinHandle;

/// How it behaves.
#[derive(Clone, Debug)]
pub enum Manner {
    Honest,
    /// Takes the file and says nothing.
    Silent,
    /// Stops at so many bytes, as StreamMaxLength has it.
    Limited(usize),
    /// Says this, whatever it is sent.
    Says(&'static [u8]),
}

/// It listens until it is dropped.
#[derive(Debug)]
pub struct Clamd(JoinHandle<()>);

impl Clamd {
    /// # Errors
    /// When no port is free.
    pub async fn on_tcp(manner: Manner) -> io::Result<(Clamd, SocketAddr)> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, manner.clone()));
            }
        });
        Ok((Clamd(task), address))
    }

    /// # Errors
    /// When there is something at the path.
    pub fn on_socket(path: &Path, manner: Manner) -> io::Result<(Clamd, PathBuf)> {
        let listener = UnixListener::bind(path)?;
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, manner.clone()));
            }
        });
        Ok((Clamd(task), path.to_owned()))
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, manner: Manner) -> io::Result<()> {
    let limit = if let Manner::Limited(limit) = manner { limit } else { usize::MAX };
    let answer: &[u8] = match (receive(&mut stream, limit).await?, manner) {
        (_, Manner::Silent) => return std::future::pending().await,
        (_, Manner::Says(text)) => text,
        (None, _) => b"INSTREAM size limit exceeded. ERROR\0",
        (Some(file), _) if holds(&file, super::eicar().as_bytes()) => b"stream: Eicar-Test-Signature FOUND\0",
        (Some(_), _) => b"stream: OK\0",
    };
    stream.write_all(answer).await?;
    stream.shutdown().await
}

/// The file, chunk by chunk; None when it is too large.
async fn receive(stream: &mut (impl AsyncRead + Unpin), limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut command = [0; 10];
    stream.read_exact(&mut command).await?;
    if &command != b"zINSTREAM\0" {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "another command"));
    }
    let mut file = Vec::new();
    loop {
        let length = stream.read_u32().await? as usize;
        if length == 0 {
            return Ok(Some(file));
        }
        if file.len() + length > limit {
            return Ok(None);
        }
        let start = file.len();
        file.resize(start + length, 0);
        stream.read_exact(&mut file[start..]).await?;
    }
}

fn holds(file: &[u8], text: &[u8]) -> bool {
    file.windows(text.len()).any(|window| window == text)
}
