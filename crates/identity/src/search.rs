//! A search for a teaching record that found none: kept with what was stated, so that it can be repeated without asking.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::account::{AccountId, DetailChanges};
use crate::clock::Time;
use crate::matching::{Decision, Identifiers, MatchPolicy, StatedName};

/// The first repetition of a search that got no answer comes so soon, and each later one after twice the time.
const SOON: Duration = Duration::minutes(1);
/// A search that got an answer is repeated so much later: records are added and corrected over days.
const LATER: Duration = Duration::days(1);

/// The search for one account's record, as it will be repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSearch {
    pub account: AccountId,
    pub stated: Identifiers,
    pub policy: MatchPolicy,
    /// How often in a row the source of the records did not answer.
    pub unanswered: u32,
    pub next_at: Time,
}

impl RecordSearch {
    /// A search of which this is the first result.
    pub fn after(
        account: AccountId,
        stated: Identifiers,
        policy: MatchPolicy,
        decision: &Decision,
        now: Time,
    ) -> RecordSearch {
        RecordSearch { account, stated, policy, unanswered: 0, next_at: now }.again(decision, now)
    }

    /// The same search, due again after one more result.
    pub fn again(self, decision: &Decision, now: Time) -> RecordSearch {
        let unanswered = if *decision == Decision::Unsure { self.unanswered.saturating_add(1) } else { 0 };
        let wait = match unanswered {
            0 => LATER,
            times => (SOON * 2i32.pow((times - 1).min(10))).min(LATER),
        };
        RecordSearch { unanswered, next_at: now + wait, ..self }
    }

    /// The same search with what the person has put right since, due at once; nothing when none of it is searched with.
    pub fn corrected(self, changes: &DetailChanges, now: Time) -> Option<RecordSearch> {
        let before = self.stated.clone();
        let mut stated = self.stated;
        if let Some(current) = changes.name.clone() {
            let previous = stated.name.and_then(|name| name.previous);
            stated.name = Some(StatedName { current, previous });
        }
        stated.date_of_birth = changes.date_of_birth.or(stated.date_of_birth);
        stated.email = changes.email.clone().or(stated.email);
        stated.nino = changes.nino.clone().or(stated.nino);
        (stated != before).then_some(RecordSearch { stated, next_at: now, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date_of_birth::DateOfBirth;
    use crate::email::Email;
    use crate::random::Random;

    #[test]
    fn a_search_without_an_answer_is_repeated_soon_and_then_ever_later_and_one_with_an_answer_the_next_day() {
        let now = Time::UNIX_EPOCH;
        let account = AccountId::new(&Random::seeded(1));
        let first = RecordSearch::after(account, Identifiers::default(), MatchPolicy::Default, &Decision::Unsure, now);
        assert_eq!(first.next_at, now + Duration::minutes(1));
        let second = first.again(&Decision::Unsure, now);
        assert_eq!(second.next_at, now + Duration::minutes(2));
        let answered = second.clone().again(&Decision::None, now);
        assert_eq!((answered.unanswered, answered.next_at), (0, now + Duration::days(1)));
        let last = (0..40).fold(second, |search, _| search.again(&Decision::Unsure, now));
        assert_eq!(last.next_at, now + Duration::minutes(1024));
    }

    #[test]
    fn what_a_person_puts_right_is_searched_with_at_once_and_the_rest_stays() {
        let now = Time::UNIX_EPOCH;
        let account = AccountId::new(&Random::seeded(1));
        let email = Email::parse("asha@example.com").ok();
        let stated = Identifiers { email: email.clone(), ..Identifiers::default() };
        let search = RecordSearch::after(account, stated, MatchPolicy::Strict, &Decision::None, now);
        let born = chrono::NaiveDate::from_ymd_opt(1985, 3, 14).map(DateOfBirth::new);
        let changes = DetailChanges { date_of_birth: born, ..DetailChanges::default() };
        let corrected = search.clone().corrected(&changes, now).unwrap();
        assert_eq!((corrected.next_at, corrected.policy), (now, MatchPolicy::Strict));
        assert_eq!(corrected.stated, Identifiers { email, date_of_birth: born, ..Identifiers::default() });
        assert_eq!(corrected.corrected(&changes, now), None);
        assert_eq!(search.corrected(&DetailChanges::default(), now), None);
    }
}
