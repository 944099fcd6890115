//! Evidence in a bucket that speaks the protocol of Amazon S3: PUT, GET and DELETE of one object. A PUT is taken whole
//! or not at all.

use std::time::Duration;

use async_trait::async_trait;
use identity::clock::Clock;
use identity::evidence::{EvidenceId, EvidenceStore, EvidenceUnavailable, MAX_BYTES};
use identity::secret::Plain;
use reqwest::header::AUTHORIZATION;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, StatusCode};
use thiserror::Error;
use url::Url;

use super::{AccessKey, Signable, hash, sign};

const CONNECTING: Duration = Duration::from_secs(5);
/// A bucket that takes longer for 3 MiB is as good as none: a person waits.
const ANSWERING: Duration = Duration::from_secs(20);

#[derive(Clone, Debug)]
pub struct BucketSettings {
    /// Where the buckets are: the bucket's name follows as the first part of the path.
    pub endpoint: Url,
    pub region: String,
    pub bucket: String,
    pub access_key: String,
    pub secret: Plain,
}

#[derive(Clone, Debug)]
pub struct Bucket {
    client: Client,
    endpoint: Url,
    name: String,
    key: AccessKey,
    clock: Clock,
}

/// Why a bucket did not do as asked. Where it is and what it says stay out: both may tell more than a log should.
#[derive(Debug, Error)]
enum Refused {
    #[error("the bucket answered with the status {0}")]
    Status(StatusCode),
    #[error("the bucket gave a file that is larger than any that was kept")]
    TooLarge,
    #[error("the bucket cannot be reached, or broke off")]
    Broken(#[source] reqwest::Error),
}

impl Bucket {
    /// # Errors
    /// When the machine has no certificates to trust, or the like.
    pub fn new(settings: BucketSettings, clock: Clock) -> Result<Bucket, EvidenceUnavailable> {
        let builder = Client::builder().redirect(Policy::none()).connect_timeout(CONNECTING).timeout(ANSWERING);
        let client = builder.build().map_err(|error| EvidenceUnavailable::new(error.without_url()))?;
        let BucketSettings { endpoint, region, bucket: name, access_key: id, secret } = settings;
        Ok(Bucket { client, endpoint, name, key: AccessKey { id, secret, region }, clock })
    }

    async fn ask(&self, method: Method, id: EvidenceId, body: Vec<u8>) -> Result<Response, Refused> {
        let mut url = self.endpoint.clone();
        url.set_path(&format!("/{}/{id}", self.name));
        let at = self.clock.now();
        let (moment, body_hash) = (at.format("%Y%m%dT%H%M%SZ").to_string(), hash(&body));
        let host = host(&url);
        let headers = [("host", host.as_str()), ("x-amz-content-sha256", &body_hash), ("x-amz-date", moment.as_str())];
        let signable =
            Signable { method: method.as_str(), path: url.path(), headers: &headers, body_hash: &body_hash, at };
        let authorization = sign(&signable, &self.key);
        let mut request = self.client.request(method, url).header(AUTHORIZATION, authorization).body(body);
        for (name, value) in &headers[1..] {
            request = request.header(*name, *value);
        }
        request.send().await.map_err(broken)
    }

    async fn put(&self, id: EvidenceId, bytes: &[u8]) -> Result<(), Refused> {
        match self.ask(Method::PUT, id, bytes.to_vec()).await?.status() {
            StatusCode::OK => Ok(()),
            status => Err(Refused::Status(status)),
        }
    }

    async fn get(&self, id: EvidenceId) -> Result<Option<Vec<u8>>, Refused> {
        let mut answer = self.ask(Method::GET, id, Vec::new()).await?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND => return Ok(None),
            status => return Err(Refused::Status(status)),
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(broken)? {
            if bytes.len() + chunk.len() > MAX_BYTES {
                return Err(Refused::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Some(bytes))
    }

    async fn delete(&self, id: EvidenceId) -> Result<(), Refused> {
        match self.ask(Method::DELETE, id, Vec::new()).await?.status() {
            StatusCode::OK | StatusCode::NO_CONTENT | StatusCode::NOT_FOUND => Ok(()),
            status => Err(Refused::Status(status)),
        }
    }
}

/// As the header says it: a port that goes without saying is not said.
fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn broken(error: reqwest::Error) -> Refused {
    Refused::Broken(error.without_url())
}

#[async_trait]
impl EvidenceStore for Bucket {
    async fn put(&self, id: EvidenceId, bytes: &[u8]) -> Result<(), EvidenceUnavailable> {
        Bucket::put(self, id, bytes).await.map_err(EvidenceUnavailable::new)
    }

    async fn get(&self, id: EvidenceId) -> Result<Option<Vec<u8>>, EvidenceUnavailable> {
        Bucket::get(self, id).await.map_err(EvidenceUnavailable::new)
    }

    async fn delete(&self, id: EvidenceId) -> Result<(), EvidenceUnavailable> {
        Bucket::delete(self, id).await.map_err(EvidenceUnavailable::new)
    }
}
