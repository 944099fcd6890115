//! What every typed word goes through before its own rule: unseen characters dropped, white space folded, length held.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest word that any field keeps, in characters.
pub(crate) const MAX_CHARS: usize = 200;

/// Why a piece of free text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextFault {
    Missing,
    TooLong,
    Unprintable,
}

/// Drops unseen characters, trims, folds each run of white space to one space, and holds the result to
/// [`MAX_CHARS`]. Control characters that are not white space (NUL among them) are refused.
pub(crate) fn tidy(typed: &str) -> Result<String, TextFault> {
    let mut tidied = String::with_capacity(typed.len().min(MAX_CHARS * 4));
    let mut kept = 0;
    let mut gap = false;
    for c in typed.chars().filter(|c| !is_unseen(*c)) {
        if c.is_whitespace() {
            gap = kept > 0;
            continue;
        }
        if c.is_control() {
            return Err(TextFault::Unprintable);
        }
        if gap {
            tidied.push(' ');
            kept += 1;
            gap = false;
        }
        tidied.push(c);
        kept += 1;
        if kept > MAX_CHARS {
            return Err(TextFault::TooLong);
        }
    }
    if kept == 0 { Err(TextFault::Missing) } else { Ok(tidied) }
}

/// Characters that take no room on the screen: they arrive by copying and pasting, and nobody can see them to remove
/// them. Marks that turn the direction of writing are among them, because they let a name disguise the text around it.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Hyphens, dashes and the minus sign: people and phones type any of them.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{058A}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

/// Apostrophes and what stands in for them: quotation marks, primes, accents typed on their own, modifier letters.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c,
        '\'' | '`' | '\u{00B4}' | '\u{02B9}'..='\u{02BF}' | '\u{02C8}' | '\u{02CA}' | '\u{02CB}' | '\u{055A}'
        | '\u{05F3}' | '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{2035}' | '\u{A78B}' | '\u{A78C}' | '\u{FF07}' | '\u{FF40}')
}

/// Lower case without accents, letter for letter: compatibility forms taken apart, combining marks dropped, and the
/// Latin letters that do not come apart written in the usual way (ß as ss, ø as o).
pub(crate) fn plain_letters(text: &str) -> String {
    // A letter may come apart only once it is in lower case, hence the second decomposition.
    let lower = text.nfkd().flat_map(char::to_lowercase).nfkd();
    let mut plain = String::with_capacity(text.len());
    for c in lower.filter(|c| !is_combining_mark(*c) && !is_unseen(*c)) {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ħ' => plain.push('h'),
            // These two are matters of case: the Turkish i without a dot, and the sigma that ends a word.
            'ı' => plain.push('i'),
            'ς' => plain.push('σ'),
            c => plain.push(c),
        }
    }
    plain
}

/// Gives a word type its `Display`, `FromStr`, and the conversions that serde goes through, all by its `parse` and
/// `as_str`, so that a stored word is held to the same rule as a typed one.
macro_rules! text_word {
    ($word:ty, $error:ty) => {
        impl std::fmt::Display for $word {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $word {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $word {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$word> for String {
            fn from(word: $word) -> Self {
                word.as_str().to_owned()
            }
        }
    };
}
pub(crate) use text_word;

/// Gives an error enum with `Missing`, `TooLong` and `Unprintable` its conversion from [`TextFault`].
macro_rules! from_text_fault {
    ($error:ty) => {
        impl From<crate::text::TextFault> for $error {
            fn from(fault: crate::text::TextFault) -> Self {
                match fault {
                    crate::text::TextFault::Missing => Self::Missing,
                    crate::text::TextFault::TooLong => Self::TooLong,
                    crate::text::TextFault::Unprintable => Self::Unprintable,
                }
            }
        }
    };
}
pub(crate) use from_text_fault;

#[cfg(test)]
mod tests {
    use super::*;

    /// The planes that hold letters; those above have none.
    const ASSIGNED: std::ops::RangeInclusive<char> = '\0'..='\u{3FFFF}';

    #[test]
    fn no_character_changes_again_once_it_is_plain() {
        for c in ASSIGNED {
            let once = plain_letters(&c.to_string());
            assert_eq!(plain_letters(&once), once, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn upper_and_lower_case_of_every_character_are_one_plain_text() {
        for c in ASSIGNED {
            let lower: String = c.to_lowercase().collect();
            assert_eq!(plain_letters(&lower), plain_letters(&c.to_string()), "U+{:04X}", u32::from(c));
        }
    }
}
