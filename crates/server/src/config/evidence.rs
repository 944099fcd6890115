//! `[evidence]`: where the files go that prove a name or a date of birth, and who looks for viruses in them.

use std::path::PathBuf;

use partners::scanner::ClamdAddress;
use serde::Deserialize;
use url::Url;

use super::fault::Fault;
use super::layers::Layers;
use super::lifetime::Lifetime;
use super::read::section;

section! {
    pub Evidence {
        keep_in: KeepIn,
        directory: PathBuf,
        bucket_endpoint: Endpoint,
        bucket_region: String,
        bucket: String,
        bucket_access_key: String,
        bucket_secret: Secret,
        scanner: ScannerKind,
        /// The program and its arguments.
        scan_command: Vec<String>,
        clamd: Clamd,
        scan_timeout: Lifetime<1, 300>,
        /// How long a file is kept after support has decided.
        keep_after_decision: Lifetime<0, { 366 * 86_400 }>,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeepIn {
    /// Nobody can send a file.
    Nowhere,
    Directory,
    Bucket,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScannerKind {
    /// Everything is taken for clean: in production refused.
    None,
    Command,
    Clamd,
}

/// Where the buckets are: an http or https URL without a path, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Endpoint(Option<Url>);

impl Endpoint {
    pub fn url(&self) -> Option<&Url> {
        self.0.as_ref()
    }
}

impl TryFrom<String> for Endpoint {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.is_empty() {
            return Ok(Endpoint(None));
        }
        let url = Url::parse(&text).map_err(|_| "is not a URL")?;
        let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        match url.scheme() {
            "http" | "https" if bare && url.path() == "/" => Ok(Endpoint(Some(url))),
            _ => Err("should be an http or https URL without a path"),
        }
    }
}

/// Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// HOST:PORT as numbers, or the path of a socket; or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Clamd(Option<ClamdAddress>);

impl Clamd {
    pub fn address(&self) -> Option<&ClamdAddress> {
        self.0.as_ref()
    }
}

impl TryFrom<String> for Clamd {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "" => Ok(Clamd(None)),
            path if path.starts_with('/') => Ok(Clamd(Some(ClamdAddress::Unix(path.into())))),
            address => {
                let address = address.parse().map_err(|_| "should be ADDRESS:PORT or the path of a socket")?;
                Ok(Clamd(Some(ClamdAddress::Tcp(address))))
            }
        }
    }
}

/// What is missing for what was chosen; and in production, what is not safe.
pub(super) fn refusals(layers: &Layers, is_production: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut refuse = |key: &str, place: String, what: &str| {
        faults.push(Fault::new(place, format!("evidence.{key}"), what));
    };
    let text = |key: &str| layers.peek::<String>("evidence", key).unwrap_or_default();
    let Some((keep_in, _)) = layers.peek::<KeepIn>("evidence", "keep_in") else { return Vec::new() };
    let needed: &[&str] = match keep_in {
        KeepIn::Nowhere => return Vec::new(),
        KeepIn::Directory => &["directory"],
        KeepIn::Bucket => &["bucket_endpoint", "bucket_region", "bucket", "bucket_access_key", "bucket_secret"],
    };
    for key in needed {
        if let (value, place) = text(key)
            && value.is_empty()
        {
            refuse(key, place, "is needed for where files are kept");
        }
    }
    if let (endpoint, place) = text("bucket_endpoint")
        && is_production
        && keep_in == KeepIn::Bucket
        && endpoint.starts_with("http:")
    {
        refuse("bucket_endpoint", place, "should be https in production");
    }
    match layers.peek::<ScannerKind>("evidence", "scanner") {
        Some((ScannerKind::None, place)) if is_production => {
            refuse(
                "scanner",
                place,
                "should be a real one in production: files that people send are looked at by staff",
            );
        }
        Some((ScannerKind::Command, _)) => {
            if let Some((words, place)) = layers.peek::<Vec<String>>("evidence", "scan_command")
                && words.is_empty()
            {
                refuse("scan_command", place, "is needed for this scanner");
            }
        }
        Some((ScannerKind::Clamd, _)) => {
            if let (address, place) = text("clamd")
                && address.is_empty()
            {
                refuse("clamd", place, "is needed for this scanner");
            }
        }
        _ => {}
    }
    faults
}
