//! What a partner answered, read whole.

use std::time::Duration;

use reqwest::Response;
use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use serde::de::DeserializeOwned;

use super::LARGEST;
use super::call::CallError;

/// Where a partner that is busy does not say for how long, or says more than anybody should believe.
const PAUSE: Duration = Duration::from_secs(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    pub(super) async fn read(mut response: Response) -> Result<Answer, CallError> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(CallError::broken)? {
            if body.len() + part.len() > LARGEST {
                return Err(CallError::Unreadable("it is larger than any answer should be".into()));
            }
            body.extend_from_slice(&part);
        }
        Ok(Answer { status, headers, body })
    }

    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Where the partner says that it is to be asked instead.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION)?.to_str().ok()
    }

    /// The body, as the JSON that it says it is.
    ///
    /// # Errors
    /// When it is something else, HTML for one.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, CallError> {
        let kind = self.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.to_ascii_lowercase().contains("json") {
            return Err(CallError::Unreadable("it is no JSON".into()));
        }
        // The cause would quote the answer, which is about a person.
        serde_json::from_slice(&self.body)
            .map_err(|error| CallError::Unreadable(format!("it has another shape, from line {} on", error.line())))
    }

    /// For how long it may be kept (RFC 9111, section 5.2.2); nothing, where it does not say.
    #[must_use]
    pub fn max_age(&self) -> Option<Duration> {
        let directives = self.headers.get(CACHE_CONTROL)?.to_str().ok()?;
        let mut seconds = directives.split(',').filter_map(|directive| directive.trim().strip_prefix("max-age="));
        seconds.next()?.parse().ok().map(Duration::from_secs)
    }

    /// How long a partner that is busy wants to be left alone (RFC 9110, section 10.2.3; as a number of seconds).
    pub(super) fn retry_after(&self) -> Duration {
        let seconds = self.headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        seconds.map_or(PAUSE, Duration::from_secs).min(LONGEST_PAUSE)
    }
}
