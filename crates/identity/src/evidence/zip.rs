//! Whether a file can be opened as a ZIP archive too: such a one is read from its end, whatever it begins with.
//!
//! So are the documents of offices and the programs of Java. The end record (APPNOTE, section 4.3.16) has 22 bytes and a
//! comment of any text, which may hold the sound end of another kind of file.

const END_RECORD: [u8; 4] = *b"PK\x05\x06";
const RECORD: usize = 22;
const LONGEST_COMMENT: usize = 65_535;

pub(super) fn is_also(bytes: &[u8]) -> bool {
    let from = bytes.len().saturating_sub(RECORD + LONGEST_COMMENT);
    let tail = &bytes[from..];
    let starts = tail.windows(RECORD).enumerate().filter(|(_, window)| window.starts_with(&END_RECORD));
    // Four bytes occur by chance in a large picture; a record that agrees with itself does not.
    starts.into_iter().any(|(at, record)| is_sound(record, from + at))
}

fn is_sound(record: &[u8], at: usize) -> bool {
    let short = |place: usize| usize::from(u16::from_le_bytes([record[place], record[place + 1]]));
    let length = u32::from_le_bytes([record[12], record[13], record[14], record[15]]);
    let one_disk = short(4) == 0 && short(6) == 0 && short(8) == short(10);
    one_disk && usize::try_from(length).is_ok_and(|length| length <= at)
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn an_archive_is_seen_behind_anything_and_with_a_comment_of_any_length() {
        let archive = samples::zip();
        assert!(is_also(&archive));
        assert!(is_also(&[b"%PDF-1.4".as_slice(), &archive, b"%%EOF"].concat()));
        assert!(is_also(&[archive.as_slice(), &[b'x'; LONGEST_COMMENT]].concat()));
        assert!(!is_also(&[archive.as_slice(), &[b'x'; LONGEST_COMMENT + 1]].concat()));
    }

    #[test]
    fn four_bytes_alone_are_no_archive() {
        assert!(!is_also(b"PK\x05\x06"));
        assert!(!is_also(b"PK\x05\x06 and then any other bytes"));
        assert!(!is_also(b""));
    }
}
