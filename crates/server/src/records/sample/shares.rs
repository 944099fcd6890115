//! How often each thing happens in the sample. The tests count the rows and hold them against these figures.

/// A share of all cases, in parts of 100,000: whole numbers, because floating point is not the same everywhere.
#[derive(Clone, Copy)]
pub(super) struct Share(u64);

impl Share {
    pub(super) const WHOLE: u64 = 100_000;

    pub(super) const fn per_100_000(self) -> u64 {
        self.0
    }

    const fn percent(percent: u64) -> Self {
        Self(percent * 1_000)
    }
}

// Of all people.
pub(super) const WOMEN: Share = Share::percent(75);
pub(super) const WITHOUT_NINO: Share = Share::percent(12);
pub(super) const WITHOUT_EMAIL: Share = Share::percent(20);
pub(super) const WITH_QTS: Share = Share::percent(85);
pub(super) const WITH_ALERT: Share = Share(200);
pub(super) const PORTAL_LOCKED: Share = Share::percent(1);
pub(super) const INACTIVE: Share = Share(500);
/// People with two active records, the NINO on one only.
pub(super) const TWO_RECORDS: Share = Share(100);
/// People with a second record that was merged into the first.
pub(super) const MERGED_RECORD: Share = Share(300);
/// People who share name and date of birth with somebody else.
pub(super) const NAMESAKE: Share = Share(100);
/// People who share an email address and a family name with their spouse.
pub(super) const SPOUSE: Share = Share(400);

// Of the people with an email address.
pub(super) const SCHOOL_EMAIL_ONLY: Share = Share::percent(15);
pub(super) const PERSONAL_AND_SCHOOL_EMAIL: Share = Share::percent(25);
/// Of the school addresses: one for the whole office.
pub(super) const SHARED_MAILBOX: Share = Share::percent(3);

// Of the people with QTS, and of those without.
pub(super) const QTS_WITHOUT_PROVIDER: Share = Share::percent(6);
pub(super) const TWO_PROVIDERS: Share = Share::percent(8);
pub(super) const IN_TRAINING: Share = Share::percent(60);
pub(super) const AWARDED_IN_SUMMER: Share = Share::percent(60);
pub(super) const LATE_CAREER: Share = Share::percent(25);

// Of the alerts.
pub(super) const PROHIBITION: Share = Share::percent(75);
pub(super) const CLOSED_ALERT: Share = Share::percent(30);

// Of the names.
pub(super) const MIDDLE_NAME: Share = Share::percent(65);
pub(super) const SECOND_MIDDLE_NAME: Share = Share::percent(6);
pub(super) const MIXED_ORIGIN: Share = Share::percent(10);
pub(super) const DOUBLE_BARRELLED_GIVEN: Share = Share::percent(1);
pub(super) const DOUBLE_BARRELLED_FAMILY: Share = Share::percent(4);
pub(super) const INITIAL_ONLY: Share = Share(150);
pub(super) const UPPER_CASE: Share = Share(500);
/// Of the names with accents: the record has lost them.
pub(super) const ACCENTS_LOST: Share = Share::percent(35);
/// Of the names with an apostrophe: the record has a typographic one.
pub(super) const CURLY_APOSTROPHE: Share = Share::percent(5);
pub(super) const WOMAN_CHANGED_NAME: Share = Share::percent(25);
pub(super) const MAN_CHANGED_NAME: Share = Share::percent(2);
/// Of the people who changed their name: the given name changed too.
pub(super) const GIVEN_NAME_CHANGED_TOO: Share = Share::percent(2);
/// Of the people who changed their name: they did so twice.
pub(super) const CHANGED_TWICE: Share = Share::percent(5);
