//! `[one_time_codes]`, `[journeys]`, `[sessions]` and `[tokens]`: how long each of them lives.
//! [`super::minimums`] has what is too short for anything but a test.

use super::lifetime::Lifetime;
use super::read::section;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

section! {
    pub OneTimeCodes {
        /// At most an hour: a code is six digits, and what protects it is that it is short-lived.
        lifetime: Lifetime<MINUTE, HOUR>,
    }
}

section! {
    pub Journeys {
        /// From the authorization request to the last page.
        lifetime: Lifetime<{ 5 * MINUTE }, DAY>,
    }
}

section! {
    pub Sessions {
        /// How long one proof signs a person in to further services, used or not.
        lifetime: Lifetime<1, { 30 * DAY }>,
    }
}

section! {
    pub Tokens {
        /// RFC 6749, section 4.1.2 recommends ten minutes at most; services redeem it at once.
        authorization_code: Lifetime<5, { 10 * MINUTE }>,
        access_token: Lifetime<1, DAY>,
        id_token: Lifetime<1, DAY>,
        /// One that nobody uses for so long has expired.
        refresh_token: Lifetime<HOUR, { 366 * DAY }>,
    }
}
