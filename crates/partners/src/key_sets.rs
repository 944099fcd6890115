//! The keys that relying services publish (RFC 7517, section 5), fetched over HTTP.

use std::time::Duration;

use async_trait::async_trait;
use identity::client_authentication::{KeySets, NotFetched};
use reqwest::header::ACCEPT;
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use url::Url;

/// A person may be waiting.
const PATIENCE: Duration = Duration::from_secs(5);
/// More than any set of keys takes.
const LIMIT: usize = 64 * 1024;

/// Asks the address and no other: what redirects is refused.
#[derive(Clone, Debug)]
pub struct HttpKeySets {
    client: Client,
}

impl HttpKeySets {
    /// # Panics
    /// When TLS cannot be set up, which is for the system to mend.
    #[must_use]
    pub fn new() -> HttpKeySets {
        let client = Client::builder().timeout(PATIENCE).redirect(Policy::none()).build();
        HttpKeySets { client: client.expect("TLS can be set up") }
    }
}

impl Default for HttpKeySets {
    fn default() -> HttpKeySets {
        HttpKeySets::new()
    }
}

#[async_trait]
impl KeySets for HttpKeySets {
    async fn fetch(&self, address: &Url) -> Result<String, NotFetched> {
        let accepted = "application/jwk-set+json, application/json";
        let answer = self.client.get(address.clone()).header(ACCEPT, accepted).send().await.map_err(failed)?;
        if answer.status() != 200 {
            return Err(NotFetched(format!("the answer was {}", answer.status())));
        }
        let text = read(answer).await?;
        String::from_utf8(text).map_err(|_| NotFetched("the answer is no text".into()))
    }
}

async fn read(mut answer: Response) -> Result<Vec<u8>, NotFetched> {
    let mut text = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(failed)? {
        text.extend_from_slice(&part);
        if text.len() > LIMIT {
            return Err(NotFetched("the answer is too large".into()));
        }
    }
    Ok(text)
}

fn failed(error: reqwest::Error) -> NotFetched {
    NotFetched(error.without_url().to_string())
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// Answers one request with these bytes.
    async fn fetched_from(answer: Vec<u8>) -> Result<String, NotFetched> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/jwks", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 1024];
            let read = stream.read(&mut asked).await.unwrap();
            // Who is told enough hangs up.
            let _ = stream.write_all(&answer).await;
            String::from_utf8_lossy(&asked[..read]).into_owned()
        });
        let fetched = HttpKeySets::new().fetch(&Url::parse(&address).unwrap()).await;
        assert!(server.await.unwrap().starts_with("GET /jwks HTTP/1.1\r\n"));
        fetched
    }

    fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n", body.len());
        [head.as_bytes(), body].concat()
    }

    #[tokio::test]
    async fn what_is_published_is_fetched_as_it_is() {
        let text = fetched_from(answer("200 OK", "", b"{\"keys\":[]}")).await.unwrap();
        assert_eq!(text, "{\"keys\":[]}");
    }

    #[tokio::test]
    async fn a_redirect_a_refusal_a_flood_and_no_text_are_not_fetched() {
        let elsewhere = "location: http://127.0.0.1:9/\r\n";
        for (status, headers, body) in [
            ("302 Found", elsewhere, Vec::new()),
            ("404 Not Found", "", Vec::new()),
            ("200 OK", "", vec![b'x'; LIMIT + 1]),
            ("200 OK", "", vec![0xff]),
        ] {
            assert!(fetched_from(answer(status, headers, &body)).await.is_err(), "{status}");
        }
    }

    #[tokio::test]
    async fn nobody_there_is_told_without_the_address() {
        let address = Url::parse("http://127.0.0.1:9/jwks?token=secret").unwrap();
        let NotFetched(why) = HttpKeySets::new().fetch(&address).await.unwrap_err();
        assert!(!why.contains("secret"), "{why}");
    }
}
