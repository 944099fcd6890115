//! What One Login publishes, kept for as long as it says, within limits. Something that is not among what we have makes us
//! look again, but not so often that whoever makes tokens up could send us there all day.

use std::sync::Arc;

use chrono::Duration;
use identity::clock::Time;
use tokio::sync::Mutex;

/// Where no time is told.
const KEPT: Duration = Duration::hours(1);
const SHORTEST: Duration = Duration::minutes(1);
const LONGEST: Duration = Duration::hours(24);
/// What could not be fetched again counts for so long after its time, so that a stumble there ends no sign-in here.
const KEPT_IN_NEED: Duration = Duration::hours(24);
/// The least between two requests for what we have already.
const FLOOR: Duration = Duration::seconds(30);

pub(super) struct Cache<T>(Mutex<Option<Kept<T>>>);

struct Kept<T> {
    what: Arc<T>,
    good_until: Time,
    tried_at: Time,
}

impl<T> Default for Cache<T> {
    fn default() -> Cache<T> {
        Cache(Mutex::new(None))
    }
}

impl<T> Cache<T> {
    /// What is kept, if `serves` says that it has what is wanted; else what `fetch` brings now, with its max-age.
    pub(super) async fn get<E: std::fmt::Display>(
        &self,
        now: Time,
        serves: impl Fn(&T) -> bool,
        fetch: impl Future<Output = Result<(T, Option<std::time::Duration>), E>>,
    ) -> Result<Arc<T>, E> {
        // One at a time asks; who waits finds what the first was told.
        let mut kept = self.0.lock().await;
        if let Some(Kept { what, good_until, tried_at }) = kept.as_ref() {
            let is_good = now < *good_until && serves(what);
            if is_good || now - *tried_at < FLOOR {
                return Ok(what.clone());
            }
        }
        match (fetch.await, kept.as_mut()) {
            (Ok((what, max_age)), _) => {
                let told = max_age.and_then(|age| Duration::from_std(age).ok()).unwrap_or(KEPT);
                let what = Arc::new(what);
                let good_until = now + told.clamp(SHORTEST, LONGEST);
                *kept = Some(Kept { what: what.clone(), good_until, tried_at: now });
                Ok(what)
            }
            (Err(error), Some(old)) if now < old.good_until + KEPT_IN_NEED => {
                tracing::warn!(%error, "what GOV.UK One Login publishes is taken as it was");
                old.tried_at = now;
                Ok(old.what.clone())
            }
            (Err(error), _) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn got(
        cache: &Cache<u32>,
        seconds: i64,
        wanted: u32,
        answer: Result<u32, &'static str>,
    ) -> Result<u32, String> {
        let now = Time::UNIX_EPOCH + Duration::seconds(seconds);
        let hundred = Some(std::time::Duration::from_secs(100));
        let fetch = async { answer.map(|what| (what, hundred)) };
        cache.get(now, |what| *what >= wanted, fetch).await.map(|what| *what).map_err(str::to_owned)
    }

    #[tokio::test]
    async fn it_is_kept_for_as_long_as_was_said() {
        let cache = Cache::default();
        assert_eq!(got(&cache, 0, 0, Ok(1)).await, Ok(1));
        assert_eq!(got(&cache, 99, 0, Ok(2)).await, Ok(1));
        assert_eq!(got(&cache, 100, 0, Ok(2)).await, Ok(2));
    }

    #[tokio::test]
    async fn what_is_not_there_is_looked_for_again_but_not_at_once() {
        let cache = Cache::default();
        assert_eq!(got(&cache, 0, 0, Ok(1)).await, Ok(1));
        assert_eq!(got(&cache, 29, 2, Ok(2)).await, Ok(1), "too soon");
        assert_eq!(got(&cache, 30, 2, Ok(2)).await, Ok(2));
    }

    #[tokio::test]
    async fn while_it_cannot_be_fetched_the_old_one_counts_for_a_day() {
        let cache = Cache::default();
        assert!(got(&cache, 0, 0, Err("down")).await.is_err());
        assert_eq!(got(&cache, 0, 0, Ok(1)).await, Ok(1));
        assert_eq!(got(&cache, 1000, 0, Err("down")).await, Ok(1));
        assert!(got(&cache, 100 + 86_400, 0, Err("down")).await.is_err());
    }
}
