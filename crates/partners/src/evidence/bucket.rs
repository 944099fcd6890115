//! Evidence in a bucket that speaks the protocol of Amazon S3: PUT, GET and DELETE of one object. A PUT is taken whole
//! or not at all.

use std::time::Duration;

use async_trait::async_trait;
use identity::clock::Clock;
use identity::evidence::{EvidenceId, EvidenceStore, EvidenceUnavailable, MAX_BYTES};
use identity::secret::Plain;
use jiff::Timestamp;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use rusty_s3::{Credentials, S3Action, UrlStyle};
use thiserror::Error;
use url::Url;

const CONNECTING: Duration = Duration::from_secs(5);
/// A bucket that takes longer for 3 MiB is as good as none: a person waits.
const ANSWERING: Duration = Duration::from_secs(20);
/// So far may our clock be behind the bucket's.
const SIGNED_FOR: Duration = Duration::from_secs(15 * 60);
/// Whoever is to look at a file has so long; no address may be good for longer.
const LENT_FOR: Duration = Duration::from_secs(7 * 24 * 3600);

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
    place: rusty_s3::Bucket,
    key: Credentials,
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
        let BucketSettings { endpoint, region, bucket, access_key, secret } = settings;
        let place =
            rusty_s3::Bucket::new(endpoint, UrlStyle::Path, bucket, region).map_err(EvidenceUnavailable::new)?;
        Ok(Bucket { client, place, key: Credentials::new(access_key, secret.expose()), clock })
    }

    /// The address for doing this, which lets in whoever has it: it belongs in no log.
    fn signed<'a>(&self, action: impl S3Action<'a>) -> Url {
        self.signed_for(SIGNED_FOR, action)
    }

    fn signed_for<'a>(&self, time: Duration, action: impl S3Action<'a>) -> Url {
        let at = Timestamp::from_second(self.clock.now().timestamp()).expect("the clock shows a year of four digits");
        action.sign_with_time(time, &at)
    }

    async fn put(&self, id: EvidenceId, bytes: &[u8]) -> Result<(), Refused> {
        let url = self.signed(self.place.put_object(Some(&self.key), &id.to_string()));
        match answered(self.client.put(url).body(bytes.to_vec())).await?.status() {
            StatusCode::OK => Ok(()),
            status => Err(Refused::Status(status)),
        }
    }

    async fn get(&self, id: EvidenceId) -> Result<Option<Vec<u8>>, Refused> {
        let url = self.signed(self.place.get_object(Some(&self.key), &id.to_string()));
        let mut answer = answered(self.client.get(url)).await?;
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
        let url = self.signed(self.place.delete_object(Some(&self.key), &id.to_string()));
        match answered(self.client.delete(url)).await?.status() {
            StatusCode::OK | StatusCode::NO_CONTENT | StatusCode::NOT_FOUND => Ok(()),
            status => Err(Refused::Status(status)),
        }
    }
}

async fn answered(request: RequestBuilder) -> Result<Response, Refused> {
    request.send().await.map_err(broken)
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

    fn address(&self, id: EvidenceId) -> Option<String> {
        Some(self.signed_for(LENT_FOR, self.place.get_object(Some(&self.key), &id.to_string())).into())
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use identity::clock::FakeClock;

    use super::*;

    /// The simulator signs with the library that we sign with. These are what the makers' own client for Python
    /// (botocore) says for the same key, place and time.
    #[test]
    fn an_address_is_signed_as_another_client_signs_it() {
        let settings = BucketSettings {
            endpoint: "https://s3.example".parse().unwrap(),
            region: "eu-west-2".into(),
            bucket: "evidence".into(),
            access_key: "an-access-key".into(),
            secret: Plain::new("a secret/with+signs"),
        };
        let clock = FakeClock::at(DateTime::from_timestamp(1_790_000_000, 0).unwrap());
        let bucket = Bucket::new(settings, clock.clock()).unwrap();
        let (place, key) = (&bucket.place, Some(&bucket.key));
        let put = bucket.signed(place.put_object(key, "object"));
        let get = bucket.signed(place.get_object(key, "object"));
        let delete = bucket.signed(place.delete_object(key, "object"));
        for (url, signature) in [
            (put, "48f244cecf8ee14d62f44db954b3b25effadf98aef585ffc4769c7ddc11de6c7"),
            (get, "c156cefe1f1d681f6401e6b12299d7190d71dffe5190f11c99e481a3f2ac4415"),
            (delete, "20f9ef739065b117690dd76d6b2158cd97786ad706f2beba5e8cd2313e099f7f"),
        ] {
            assert_eq!(
                url.as_str(),
                format!(
                    "https://s3.example/evidence/object?X-Amz-Algorithm=AWS4-HMAC-SHA256\
                     &X-Amz-Credential=an-access-key%2F20260921%2Feu-west-2%2Fs3%2Faws4_request\
                     &X-Amz-Date=20260921T141320Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature={signature}"
                )
            );
        }
    }
}
