//! The dates of a teaching life: birth, award of QTS, training provider, alerts.

use chrono::{Datelike, Days, NaiveDate};

use super::providers::PROVIDERS;
use super::rng::Rng;
use super::shares as share;

/// The day on which the extract is taken: fixed, because a clock would make each day's file differ.
pub(super) const REFERENCE_DAY: NaiveDate = day(2026, 1, 1);
/// Aged 75 on the reference day.
const ELDEST: NaiveDate = day(1951, 1, 1);
/// Aged 21 on the reference day.
const YOUNGEST: NaiveDate = day(2005, 1, 1);
/// No alert began before this day.
const FIRST_ALERT: NaiveDate = day(2001, 6, 1);
/// Days between birth and the earliest award: 22 years.
const EARLIEST_AWARD: u64 = 22 * 365 + 6;
/// The alert that keeps a person from teaching.
const PROHIBITION: &str = "Prohibition";
/// Sanctions that do not.
const LESSER_ALERTS: [&str; 3] = ["Reprimand", "Conditional registration order", "Suspension order"];

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

/// An alert on a record; without an end it is open.
#[derive(Clone)]
pub(super) struct Alert {
    pub(super) kind: &'static str,
    pub(super) start: NaiveDate,
    pub(super) end: Option<NaiveDate>,
}

/// Few people at both ends and most in their thirties to fifties: the mean of two draws, one of them the lesser of two.
pub(super) fn date_of_birth(rng: &mut Rng) -> NaiveDate {
    let span = days_between(ELDEST, YOUNGEST) + 1;
    let (lesser, other) = (rng.below(span).min(rng.below(span)), rng.below(span));
    YOUNGEST - Days::new(u64::midpoint(lesser, other))
}

/// The award of QTS: in most cases on a summer day in the person's twenties.
pub(super) fn qts_date(born: NaiveDate, rng: &mut Rng) -> Option<NaiveDate> {
    if !rng.happens(share::WITH_QTS) {
        return None;
    }
    let earliest = born + Days::new(EARLIEST_AWARD);
    let years = if rng.happens(share::LATE_CAREER) { 25 } else { 8 };
    let latest = (earliest + Days::new(years * 365)).min(REFERENCE_DAY - Days::new(1));
    let awarded = between(earliest, latest, rng)?;
    let summer = day(awarded.year(), 8, 1);
    let in_summer = rng.happens(share::AWARDED_IN_SUMMER) && (earliest..=latest).contains(&summer);
    Some(if in_summer { summer } else { awarded })
}

/// Where they trained: with QTS nearly always somewhere, without it only those in training.
pub(super) fn training_providers(has_qts: bool, rng: &mut Rng) -> Vec<&'static str> {
    let trained = if has_qts { !rng.happens(share::QTS_WITHOUT_PROVIDER) } else { rng.happens(share::IN_TRAINING) };
    if !trained {
        return Vec::new();
    }
    let mut providers = vec![rng.one_of(&PROVIDERS)];
    let second = rng.one_of(&PROVIDERS);
    if rng.happens(share::TWO_PROVIDERS) && second != providers[0] {
        providers.push(second);
    }
    providers
}

/// No alert for nearly everybody; else one, open or closed.
pub(super) fn alerts(born: NaiveDate, rng: &mut Rng) -> Vec<Alert> {
    let adult = (born + Days::new(EARLIEST_AWARD)).max(FIRST_ALERT);
    if !rng.happens(share::WITH_ALERT) {
        return Vec::new();
    }
    let latest = REFERENCE_DAY - Days::new(1);
    let Some(start) = between(adult, latest, rng) else { return Vec::new() };
    let kind = if rng.happens(share::PROHIBITION) { PROHIBITION } else { rng.one_of(&LESSER_ALERTS) };
    let end = if rng.happens(share::CLOSED_ALERT) { between(start, latest, rng) } else { None };
    vec![Alert { kind, start, end }]
}

/// A day from `first` to `last`, both included; none when they are the wrong way round.
fn between(first: NaiveDate, last: NaiveDate, rng: &mut Rng) -> Option<NaiveDate> {
    (first <= last).then(|| first + Days::new(rng.below(days_between(first, last) + 1)))
}

fn days_between(first: NaiveDate, last: NaiveDate) -> u64 {
    u64::try_from((last - first).num_days()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_days_includes_both_ends() {
        let (first, last) = (day(2024, 2, 28), day(2024, 3, 1));
        let mut rng = Rng::seeded(5);
        let mut days: Vec<_> = (0..100).filter_map(|_| between(first, last, &mut rng)).collect();
        days.sort_unstable();
        days.dedup();
        assert_eq!(days, [first, day(2024, 2, 29), last]);
        assert_eq!(between(last, first, &mut rng), None);
    }

    #[test]
    fn nobody_has_qts_before_the_age_of_21_or_after_the_reference_day() {
        let mut rng = Rng::seeded(9);
        for _ in 0..20_000 {
            let born = date_of_birth(&mut rng);
            let awarded = qts_date(born, &mut rng);
            assert!(awarded.is_none_or(|awarded| awarded < REFERENCE_DAY && awarded.years_since(born) >= Some(21)));
        }
    }
}
