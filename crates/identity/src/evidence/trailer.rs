//! What stands behind the picture of a photo. Phones put a film, a second picture or facts about the photo there; it is
//! cut off. What a browser would open or a computer would run no phone puts there: who sends it means no good.

/// What is known by its first bytes. They are so few that a film has them somewhere by chance.
const FIRST: [&[u8]; 4] = [b"PK", b"MZ", b"\x1F\x8B", b"\x7FELF"];
/// What is known wherever it stands.
const ANYWHERE: [&[u8]; 3] = [b"%PDF-", b"Rar!\x1A\x07", b"7z\xBC\xAF\x27\x1C"];
/// What a browser takes for a page, in letters of either case.
const TAGS: [&[u8]; 4] = [b"<script", b"<html", b"<svg", b"<!doctype"];

/// Whether this is more than a phone puts behind a picture. It begins after the padding.
pub(super) fn is_harmful(bytes: &[u8]) -> bool {
    let rests = || (0..bytes.len()).map(|at| &bytes[at..]);
    FIRST.iter().any(|first| bytes.starts_with(first))
        || rests().any(|rest| ANYWHERE.iter().any(|known| rest.starts_with(known)) || is_page(rest))
}

fn is_page(bytes: &[u8]) -> bool {
    bytes.first() == Some(&b'<') && TAGS.iter().any(|tag| is_tag(bytes, tag))
}

/// A tag and where its name ends: the few letters alone occur by chance in a large film.
fn is_tag(bytes: &[u8], tag: &[u8]) -> bool {
    let begins = bytes.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    begins && bytes.get(tag.len()).is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    /// The beginning of a film, and bytes of it.
    const FILM: &[u8] = b"\x00\x00\x00\x18ftypmp42\x07\x07\x07\x07";

    #[test]
    fn a_page_a_document_and_an_archive_are_seen_wherever_they_stand() {
        for more in [
            &b"<script>alert(1)</script>"[..],
            b"<ScRiPt src=x>",
            b"<!DOCTYPE html>",
            b"<html\n",
            b"<svg/onload=x>",
            b"<svg",
            b"%PDF-1.4",
            b"Rar!\x1A\x07\x01\0",
            b"7z\xBC\xAF\x27\x1C\0\x04",
        ] {
            assert!(is_harmful(more), "{more:?}");
            assert!(is_harmful(&[FILM, more].concat()), "{more:?} in a film");
        }
    }

    #[test]
    fn a_program_and_what_is_packed_are_seen_at_the_beginning() {
        for more in [&b"MZ\x90\0"[..], b"\x7FELF\x02\x01\x01", b"\x1F\x8B\x08\0", b"PK\x03\x04"] {
            assert!(is_harmful(more), "{more:?}");
        }
    }

    #[test]
    fn what_phones_put_there_and_letters_that_occur_by_chance_do_no_harm() {
        for (phone, more) in samples::trailers() {
            assert!(!is_harmful(&more), "{phone}");
        }
        for chance in [&b""[..], b"<", b"<svgs", b"<htm", b"<scripture>", b"%PDF", b"Rar!", b"\x07MZ\x90\0"] {
            assert!(!is_harmful(chance), "{chance:?}");
        }
    }
}
