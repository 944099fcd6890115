//! Times as both databases keep them: UTC without a zone, to the microsecond.
//!
//! SQLite keeps them as text, "2026-01-31 09:00:00.123456", in which a later time is also the greater text. A row has several, so
//! that the general way to read and write such a text, by a pattern, would cost more than the look-up itself.

use chrono::{NaiveDate, NaiveDateTime, SubsecRound};
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{Text, Timestamp};
use diesel::sqlite::Sqlite;
use identity::clock::Time;

use crate::connection::{MultiBackend, MultiRawValue};

/// A column of a time.
#[derive(AsExpression, Clone, Copy, Debug, Default, FromSqlRow, PartialEq, Eq, PartialOrd, Ord)]
#[diesel(sql_type = Timestamp)]
pub(crate) struct Moment(NaiveDateTime);

pub(crate) fn stored(time: Time) -> Moment {
    Moment(time.naive_utc().trunc_subsecs(6))
}

pub(crate) fn told(stored: Moment) -> Time {
    stored.0.and_utc()
}

/// Reads "2026-01-31 09:00:00", with a fraction of a second or without.
fn read(text: &str) -> Option<NaiveDateTime> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b' ', h1, h2, b':', n1, n2, b':', s1, s2] = whole.as_bytes()
    else {
        return None;
    };
    let date = NaiveDate::from_ymd_opt(number(&[y1, y2, y3, y4])? as i32, number(&[m1, m2])?, number(&[d1, d2])?)?;
    let nanoseconds = number(fraction.as_bytes())? * 10_u32.pow(9_u32.checked_sub(fraction.len() as u32)?);
    date.and_hms_nano_opt(number(&[h1, h2])?, number(&[n1, n2])?, number(&[s1, s2])?, nanoseconds)
}

/// At most nine digits.
fn number(digits: &[u8]) -> Option<u32> {
    let add = |number: u32, digit: &u8| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'));
    if (1..=9).contains(&digits.len()) { digits.iter().try_fold(0, add) } else { None }
}

impl FromSql<Timestamp, Sqlite> for Moment {
    fn from_sql(value: <Sqlite as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Moment> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        read(&text).map(Moment).ok_or_else(|| "not a time".into())
    }
}

impl FromSql<Timestamp, Pg> for Moment {
    fn from_sql(value: <Pg as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Moment> {
        <NaiveDateTime as FromSql<Timestamp, Pg>>::from_sql(value).map(Moment)
    }
}

impl FromSql<Timestamp, MultiBackend> for Moment {
    fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Moment> {
        match value {
            MultiRawValue::Sqlite(value) => FromSql::<Timestamp, Sqlite>::from_sql(value),
            MultiRawValue::Postgres(value) => FromSql::<Timestamp, Pg>::from_sql(value),
        }
    }
}

impl ToSql<Timestamp, Sqlite> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.to_string());
        Ok(IsNull::No)
    }
}

impl ToSql<Timestamp, Pg> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Timestamp, Pg>::to_sql(&self.0, out)
    }
}

impl ToSql<Timestamp, MultiBackend> for Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Timestamp, self));
        Ok(IsNull::No)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What earlier versions wrote is compared with what this one writes, as texts.
        #[test]
        fn a_time_is_written_as_diesel_writes_it_and_read_as_it_was(seconds in 0_i64..253_402_300_800, micro in 0_u32..1_000_000) {
            let time = chrono::DateTime::from_timestamp(seconds, micro * 1_000).unwrap();
            let text = stored(time).0.to_string();
            prop_assert_eq!(&text, &time.naive_utc().format("%F %T%.f").to_string());
            prop_assert_eq!(read(&text), Some(time.naive_utc()));
        }

        #[test]
        fn nothing_that_is_no_time_is_read_as_one(text in "[0-9 .:-]{0,30}") {
            let other = NaiveDateTime::parse_from_str(&text, "%F %T%.f").ok();
            prop_assert!(read(&text).is_none_or(|time| Some(time) == other), "{text}");
        }
    }

    #[test]
    fn a_time_of_whole_seconds_and_one_with_a_fraction_are_read() {
        let text = |text| read(text).map(|time| time.to_string());
        assert_eq!(text("2026-01-31 09:00:00").as_deref(), Some("2026-01-31 09:00:00"));
        assert_eq!(text("2026-01-31 09:00:00.5").as_deref(), Some("2026-01-31 09:00:00.500"));
        for wrong in [
            "",
            "2026-01-31",
            "2026-02-30 09:00:00",
            "2026-01-31T09:00:00",
            "2026-01-31 09:00:00.",
            "2026-01-31 09:00:00.1234567890",
        ] {
            assert_eq!(text(wrong), None, "{wrong}");
        }
    }
}
