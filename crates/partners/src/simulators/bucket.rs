//! A bucket in memory that takes nothing but what is rightly signed.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::{io, iter};

use chrono::{Duration, NaiveDateTime};
use identity::clock::{Clock, Time};
use identity::secret::Plain;
use jiff::Timestamp;
use rusty_s3::Method;
use rusty_s3::signing::sign;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;

use super::http::{self, Request};
use crate::evidence::BucketSettings;

/// So far may the other side's clock be ahead.
const SKEW: Duration = Duration::minutes(15);
const NAME: &str = "evidence";

/// It listens until it is dropped.
#[derive(Debug)]
pub struct Bucket {
    task: JoinHandle<()>,
    inside: Arc<Inside>,
}

#[derive(Debug)]
struct Inside {
    settings: BucketSettings,
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
        let settings = BucketSettings {
            endpoint: format!("http://{}", listener.local_addr()?).parse().expect("an address makes a URL"),
            region: "here".into(),
            bucket: NAME.into(),
            access_key: "simulated".into(),
            secret: Plain::new("simulated secret"),
        };
        let inside = Arc::new(Inside { settings, clock, objects: Mutex::default(), failing: Mutex::default() });
        let shared = inside.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inside = shared.clone();
                tokio::spawn(async move { inside.serve(stream).await });
            }
        });
        Ok(Bucket { task, inside })
    }

    /// What a client needs to be let in.
    pub fn settings(&self) -> BucketSettings {
        self.inside.settings.clone()
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
        let path = request.path.split('?').next().unwrap_or_default();
        let Some(name) = path.strip_prefix(&format!("/{NAME}/")).map(str::to_owned) else {
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

    fn is_signed(&self, request: &Request) -> bool {
        self.validity(request).is_some_and(|(from, until)| (from - SKEW..=until).contains(&self.clock.now()))
    }

    /// From when until when an address lets its bearer in, if it is what we would sign, with the key that we have and at
    /// the time that it tells.
    fn validity(&self, request: &Request) -> Option<(Time, Time)> {
        let asked: Url = format!("http://{}{}", request.header("host")?, request.path).parse().ok()?;
        let told: HashMap<_, _> = asked.query_pairs().collect();
        let from = NaiveDateTime::parse_from_str(told.get("X-Amz-Date")?, "%Y%m%dT%H%M%SZ").ok()?.and_utc();
        let expires: u32 = told.get("X-Amz-Expires")?.parse().ok()?;
        let method = match request.method.as_str() {
            "PUT" => Method::Put,
            "GET" => Method::Get,
            "DELETE" => Method::Delete,
            _ => return None,
        };
        let at = Timestamp::from_second(from.timestamp()).ok()?;
        let BucketSettings { region, access_key, secret, .. } = &self.settings;
        let (url, none) = (asked.clone(), iter::empty);
        let signed = sign(&at, method, url, access_key, secret.expose(), None, region, expires.into(), none(), none());
        (signed == asked).then(|| (from, from + Duration::seconds(expires.into())))
    }
}
