//! The names of training providers, kept for a while: they hardly ever change, and are asked for on every visit of a page.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use identity::provider::TrainingProvider;

const KEPT: Duration = Duration::from_secs(600);
/// An old list serves so long before the API is asked again.
const PAUSE: Duration = Duration::from_secs(30);

#[derive(Default)]
pub(super) struct Providers(Mutex<Option<Kept>>);

struct Kept {
    names: Vec<TrainingProvider>,
    good_until: Instant,
}

impl Providers {
    pub(super) fn fresh(&self, now: Instant) -> Option<Vec<TrainingProvider>> {
        let kept = self.0.lock().expect("nothing panics under this lock");
        kept.as_ref().filter(|kept| now < kept.good_until).map(|kept| kept.names.clone())
    }

    pub(super) fn keep(&self, names: Vec<TrainingProvider>, now: Instant) -> Vec<TrainingProvider> {
        let kept = Kept { names: names.clone(), good_until: now + KEPT };
        *self.0.lock().expect("nothing panics under this lock") = Some(kept);
        names
    }

    /// The last list there was, while there is no other.
    pub(super) fn stale(&self, now: Instant) -> Option<Vec<TrainingProvider>> {
        let mut kept = self.0.lock().expect("nothing panics under this lock");
        kept.as_mut().map(|kept| {
            kept.good_until = now + PAUSE;
            kept.names.clone()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_kept_for_ten_minutes_and_serves_on_while_there_is_no_other() {
        let (providers, start) = (Providers::default(), Instant::now());
        assert_eq!((providers.fresh(start), providers.stale(start)), (None, None));
        let names = vec![TrainingProvider::parse("University of Leeds").unwrap()];
        providers.keep(names.clone(), start);
        assert_eq!(providers.fresh(start + KEPT - Duration::from_secs(1)), Some(names.clone()));
        assert_eq!(providers.fresh(start + KEPT), None);
        assert_eq!(providers.stale(start + KEPT), Some(names.clone()));
        assert_eq!(providers.fresh(start + KEPT), Some(names), "nobody waits for the API in the next moment");
        assert_eq!(providers.fresh(start + KEPT + PAUSE), None);
    }
}
