//! Mobile numbers: read as people type them, one form to keep and to compare (E.164), and one way to redact.

use std::fmt;

use phonenumber::country::Id;
use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, Type};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::{is_hyphen, is_unseen};

/// E.164: a plus, the country code and the number, 15 digits at most.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// What every number that can be typed fits in, with all its spaces.
const LONGEST: usize = 60;
const UK: &str = "+44";
/// Set aside by Ofcom for stories. They reach nobody, so tests and demonstrations use them; no list of real ones has them.
const OF_STORIES: &str = "+447700900";

/// Why a mobile number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum MobileError {
    #[error("the mobile number is missing")]
    Missing,
    /// There is something in it that no number has.
    #[error("the mobile number has something other than digits")]
    NotANumber,
    /// No phone has this number: too short, too long, or of no range that is in use.
    #[error("there is no such mobile number")]
    Impossible,
    #[error("the number is a landline's")]
    Landline,
    /// A pager, a freephone or premium number and the like: a text cannot be sent there, or should not.
    #[error("the number is not a mobile's")]
    NotMobile,
}

/// A mobile number that a text can be sent to. Kept, compared and stored as E.164; shown as people write it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mobile(String);

impl Mobile {
    /// Reads a number of the United Kingdom however it is written, and any other that begins with + or 00. Spaces,
    /// hyphens, brackets, full stops and slashes do not count, nor does the "(0)" that some write after the country code.
    pub fn parse(typed: &str) -> Result<Mobile, MobileError> {
        let dialled = dialled(typed)?;
        let Ok(number) = phonenumber::parse(Some(Id::GB), &dialled) else { return Err(MobileError::Impossible) };
        let e164 = number.format().mode(Mode::E164).to_string();
        if e164.starts_with(OF_STORIES) && e164.len() == OF_STORIES.len() + 3 {
            return Ok(Mobile(e164));
        }
        match number.number_type(&DATABASE) {
            // In some countries nobody can tell the one from the other.
            Type::Mobile | Type::FixedLineOrMobile => Mobile::from_e164(&e164),
            Type::FixedLine => Err(MobileError::Landline),
            Type::Unknown => Err(MobileError::Impossible),
            _ => Err(MobileError::NotMobile),
        }
    }

    /// Takes back what was kept. It is held to its shape alone: which ranges are in use changes with the years, and a
    /// number that was right once must not make its account unreadable.
    pub fn from_e164(text: &str) -> Result<Mobile, MobileError> {
        let digits = text.strip_prefix('+').ok_or(MobileError::NotANumber)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(MobileError::NotANumber);
        }
        if !DIGITS.contains(&digits.len()) || digits.starts_with('0') {
            return Err(MobileError::Impossible);
        }
        Ok(Mobile(text.into()))
    }

    /// The form by which numbers are kept and compared: +447700900123.
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// Is it a number of another country? A text to it costs more.
    pub fn is_abroad(&self) -> bool {
        !self.0.starts_with(UK)
    }

    /// The number as it may be shown to somebody who has yet to prove that it is theirs: the last four digits alone.
    pub fn redacted(&self) -> String {
        let digits = self.national().unwrap_or_else(|| self.0.trim_start_matches('+').into()).replace(' ', "");
        let (hidden, shown) = digits.split_at(digits.len() - 4);
        format!("{}{shown}", "*".repeat(hidden.len()))
    }

    fn national(&self) -> Option<String> {
        let number = phonenumber::parse(None, &self.0).ok().filter(|_| !self.is_abroad())?;
        Some(number.format().mode(Mode::National).to_string())
    }
}

/// "07700 900123" for a number of the United Kingdom, "+33 6 12 34 56 78" for any other.
impl fmt::Display for Mobile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(national) = self.national() {
            return f.write_str(&national);
        }
        match phonenumber::parse(None, &self.0) {
            Ok(number) => write!(f, "{}", number.format().mode(Mode::International)),
            Err(_) => f.write_str(&self.0),
        }
    }
}

impl TryFrom<String> for Mobile {
    type Error = MobileError;

    fn try_from(text: String) -> Result<Mobile, MobileError> {
        Mobile::from_e164(&text)
    }
}

impl From<Mobile> for String {
    fn from(mobile: Mobile) -> String {
        mobile.0
    }
}

/// What a phone would dial: digits, after a plus where there is a country code.
fn dialled(typed: &str) -> Result<String, MobileError> {
    let seen: String = typed.chars().filter(|c| !is_unseen(*c)).filter_map(plain).take(LONGEST + 1).collect();
    if seen.is_empty() {
        return Err(MobileError::Missing);
    }
    let international = seen.strip_prefix("00").map(|rest| format!("+{rest}")).unwrap_or(seen);
    let number = if international.starts_with('+') { international.replace("(0)", "") } else { international };
    let number: String = number.chars().filter(|c| !"()".contains(*c)).collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(MobileError::NotANumber);
    }
    if digits.len() > *DIGITS.end() + 2 { Err(MobileError::Impossible) } else { Ok(number) }
}

/// The character as it counts; nothing for one that only sets the others apart.
fn plain(c: char) -> Option<char> {
    match c {
        '\u{FF10}'..='\u{FF19}' => char::from_digit(u32::from(c) - 0xFF10, 10),
        '\u{FF0B}' => Some('+'),
        '[' => Some('('),
        ']' => Some(')'),
        '.' | '/' | '\u{B7}' => None,
        c if c.is_whitespace() || is_hyphen(c) => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn e164(typed: &str) -> Result<String, MobileError> {
        Mobile::parse(typed).map(String::from)
    }

    #[test]
    fn one_mobile_is_the_same_however_it_is_typed() {
        for typed in [
            "07700900123",
            "07700 900123",
            "07700 900 123",
            "  07700-900-123 ",
            "07700\u{2013}900\u{2011}123",
            "(07700) 900123",
            "07700.900.123",
            "07700/900123",
            "+447700900123",
            "+44 7700 900123",
            "+44 (0) 7700 900123",
            "+44(0)7700900123",
            "+4407700900123",
            "0044 7700 900123",
            "0044 (0)7700 900123",
            "00447700900123",
            "[0]7700 900123",
            "\u{202A}07700 900123\u{202C}",
            "07700\u{A0}900123",
            "\u{FF10}\u{FF17}\u{FF17}\u{FF10}\u{FF10}\u{FF19}\u{FF10}\u{FF10}\u{FF11}\u{FF12}\u{FF13}",
            "7700900123",
        ] {
            assert_eq!(e164(typed), Ok("+447700900123".into()), "{typed:?}");
        }
    }

    #[test]
    fn mobiles_of_the_crown_dependencies_and_of_other_countries_are_accepted() {
        for (typed, expected) in [
            ("07797 712345", "+447797712345"),
            ("07781 123456", "+447781123456"),
            ("07624 123456", "+447624123456"),
            ("07400 123456", "+447400123456"),
            ("+33 6 12 34 56 78", "+33612345678"),
            ("0033 612345678", "+33612345678"),
            ("+353 85 012 3456", "+353850123456"),
            ("+91 81234 56789", "+918123456789"),
            ("+234 802 123 4567", "+2348021234567"),
            ("+49 (0) 1512 3456789", "+4915123456789"),
            ("+39 312 345 6789", "+393123456789"),
            ("+1 201 555 0123", "+12015550123"),
        ] {
            assert_eq!(e164(typed), Ok(expected.into()), "{typed}");
        }
    }

    #[test]
    fn each_way_to_be_refused_has_its_own_error() {
        for (typed, error) in [
            ("", MobileError::Missing),
            (" \u{AD}\u{200B} - ", MobileError::Missing),
            ("none", MobileError::NotANumber),
            ("07700 90012x", MobileError::NotANumber),
            ("07700 900123 ext 4", MobileError::NotANumber),
            ("07700+900123", MobileError::NotANumber),
            ("+", MobileError::NotANumber),
            ("٠٧٧٠٠٩٠٠١٢٣", MobileError::NotANumber),
            ("07700", MobileError::Impossible),
            ("07700 90012", MobileError::Impossible),
            ("07700 9001234", MobileError::Impossible),
            ("09999 999999", MobileError::Impossible),
            ("+44 77009001234567890", MobileError::Impossible),
            ("+999 123456789", MobileError::Impossible),
            ("+33 6 12", MobileError::Impossible),
            (&"0".repeat(10_000), MobileError::Impossible),
            ("020 7946 0123", MobileError::Landline),
            ("0161 496 0123", MobileError::Landline),
            ("+33 1 23 45 67 89", MobileError::Landline),
            ("0909 879 0123", MobileError::NotMobile),
            ("0808 157 0123", MobileError::NotMobile),
            ("0330 123 4567", MobileError::NotMobile),
            ("07600 123456", MobileError::NotMobile),
            ("070 1234 5678", MobileError::NotMobile),
            ("056 1234 5678", MobileError::NotMobile),
        ] {
            assert_eq!(e164(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn a_number_of_the_united_kingdom_is_shown_as_people_there_write_it_and_others_with_their_country() {
        let shown = |typed| Mobile::parse(typed).unwrap().to_string();
        assert_eq!(shown("+447700900123"), "07700 900123");
        assert_eq!(shown("+33612345678"), "+33 6 12 34 56 78");
        assert_eq!(Mobile::from_e164("+9991234567").unwrap().to_string(), "+9991234567", "a range that is no more");
    }

    #[test]
    fn all_but_the_last_four_digits_are_hidden() {
        let redacted = |typed| Mobile::parse(typed).unwrap().redacted();
        assert_eq!(redacted("07700 900123"), "*******0123");
        assert_eq!(redacted("+33 6 12 34 56 78"), "*******5678");
    }

    #[test]
    fn what_is_shown_is_read_back_as_the_same_number() {
        for typed in ["07700900123", "+33612345678", "+12015550123", "07624123456"] {
            let mobile = Mobile::parse(typed).unwrap();
            assert_eq!(Mobile::parse(&mobile.to_string()), Ok(mobile.clone()));
            assert_eq!(Mobile::from_e164(mobile.e164()), Ok(mobile));
        }
    }

    #[test]
    fn what_is_kept_has_the_shape_of_e164() {
        for text in ["", "+", "447700900123", "+0123456789", "+12345", "+1234567890123456", "+44 7700", "+44a7700900"] {
            assert!(Mobile::from_e164(text).is_err(), "{text}");
        }
    }
}
