//! A bucket in memory that takes nothing but what is rightly signed.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

use chrono::{Duration, NaiveDateTime};
use identity::clock::Clock;
use identity::secret::Plain;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;

use super::http::{self, Request};
use crate::evidence::{AccessKey, BucketSettings, Signable, hash, sign};

/// So far may the clocks of both sides be apart.
const SKEW: Duration = Duration::minutes(15);
const NAME: &str = "evidence";

/// It listens until it is dropped.
#[derive(Debug)]
pub struct Bucket {
    task: JoinHandle<()>,
    endpoint: Url,
    inside: Arc<Inside>,
}

#[derive(Debug)]
struct Inside {
    key: AccessKey,
    clock: Clock,
    objects: Mutex<BTreeMap<String, Vec<u8>>>,
    /// Answers with this status instead of doing anything.
    failing: Mutex<Option<u16>>,
}

impl Bucket {
    /// # Errors
    /// When no port is free.
    pub async fn start(clock: Clock) -> io::Result<Bucket> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let endpoint = format!("http://{}", listener.local_addr()?).parse().expect("an address makes a URL");
        let key = AccessKey { id: "simulated".into(), secret: Plain::new("simulated secret"), region: "here".into() };
        let inside = Arc::new(Inside { key, clock, objects: Mutex::default(), failing: Mutex::default() });
        let shared = inside.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inside = shared.clone();
                tokio::spawn(async move { inside.serve(stream).await });
            }
        });
        Ok(Bucket { task, endpoint, inside })
    }

    /// What a client needs to be let in.
    pub fn settings(&self) -> BucketSettings {
        let AccessKey { id, secret, region } = self.inside.key.clone();
        BucketSettings { endpoint: self.endpoint.clone(), region, bucket: NAME.into(), access_key: id, secret }
    }

    /// The names of what it holds.
    pub fn names(&self) -> Vec<String> {
        self.inside.objects().keys().cloned().collect()
    }

    /// From now on every request is answered with this status; with None, as it should be.
    pub fn fail(&self, status: Option<u16>) {
        *self.inside.failing.lock().expect("nobody panics with it") = status;
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Inside {
    fn objects(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.objects.lock().expect("nobody panics with it")
    }

    async fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        let request = http::read(&mut stream).await?;
        let failing = *self.failing.lock().expect("nobody panics with it");
        let (status, body) = match failing {
            Some(status) => (status, Vec::new()),
            None if !self.is_signed(&request) => (403, b"SignatureDoesNotMatch".to_vec()),
            None => self.done(request),
        };
        http::answer(&mut stream, status, &body).await
    }

    fn done(&self, request: Request) -> (u16, Vec<u8>) {
        let Some(name) = request.path.strip_prefix(&format!("/{NAME}/")).map(str::to_owned) else {
            return (404, b"NoSuchBucket".to_vec());
        };
        match request.method.as_str() {
            "PUT" => {
                self.objects().insert(name, request.body);
                (200, Vec::new())
            }
            "GET" => self.objects().get(&name).map_or((404, b"NoSuchKey".to_vec()), |bytes| (200, bytes.clone())),
            "DELETE" => {
                self.objects().remove(&name);
                (204, Vec::new())
            }
            _ => (405, Vec::new()),
        }
    }

    /// Whether what came over the wire, body and all, is what was signed with our key, and lately.
    fn is_signed(&self, request: &Request) -> bool {
        let signed = ["host", "x-amz-content-sha256", "x-amz-date"];
        let values: Option<Vec<(&str, &str)>> =
            signed.into_iter().map(|name| request.header(name).map(|value| (name, value))).collect();
        let (Some(headers), Some(given)) = (values, request.header("authorization")) else { return false };
        let Ok(at) = NaiveDateTime::parse_from_str(headers[2].1, "%Y%m%dT%H%M%SZ").map(|at| at.and_utc()) else {
            return false;
        };
        let body_hash = hash(&request.body);
        let signable =
            Signable { method: &request.method, path: &request.path, headers: &headers, body_hash: &body_hash, at };
        let is_late = (self.clock.now() - at).abs() > SKEW;
        !is_late && headers[1].1 == body_hash && given == sign(&signable, &self.key)
    }
}
