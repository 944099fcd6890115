//! The text of one field: UTF-8, or else Windows-1252, in which the register is published.

use std::borrow::Cow;

/// Text in Windows-1252 is almost never UTF-8 by accident, unless it is plain ASCII, which is the same in both. A mark
/// that says that a file is UTF-8 is dropped.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.trim_start_matches('\u{FEFF}')),
        Err(_) => bytes.iter().map(|byte| of_windows_1252(*byte)).collect(),
    }
}

/// Windows-1252 is Latin-1 except for these 32, of which five stand for nothing.
const FROM_0X80: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn of_windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => FROM_0X80[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_encoding_is_read() {
        assert_eq!(decoded("Ysgol Gâr’s".as_bytes()), "Ysgol Gâr’s");
        assert_eq!(decoded(b"Ysgol G\xE2r\x92s \x80\x9F\xFF"), "Ysgol Gâr’s €Ÿÿ");
        assert_eq!(decoded(b"\xEF\xBB\xBFURN"), "URN");
        assert_eq!(decoded(b""), "");
    }
}
