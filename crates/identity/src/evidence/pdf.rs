//! PDF (ISO 32000-1, sections 7.3.5 and 7.5): from "%PDF-1." or "%PDF-2." to the last "%%EOF".
//!
//! What a PDF would do is looked for by the names of the actions, as they stand in the file. Those inside a compressed
//! stream are not seen: that is a scanner's work.

use super::EvidenceFault;

pub(super) const START: &[u8] = b"%PDF-";
const END: &[u8] = b"%%EOF";

/// What makes a document do more than show itself, or carry other files. An action with a script always says
/// "JavaScript"; its short form "JS" occurs by chance in the data of pictures, and is left out.
const ACTIVE: [&[u8]; 6] = [b"JavaScript", b"Launch", b"EmbeddedFile", b"RichMedia", b"SubmitForm", b"ImportData"];
const PROTECTED: &[u8] = b"Encrypt";

/// Where the document ends.
pub(super) fn end(bytes: &[u8]) -> Result<usize, EvidenceFault> {
    let version = bytes.get(START.len()..START.len() + 3).ok_or(EvidenceFault::Damaged)?;
    let known = matches!(version[0], b'1' | b'2') && version[1] == b'.' && version[2].is_ascii_digit();
    if !known {
        return Err(EvidenceFault::WrongType);
    }
    let last = bytes.windows(END.len()).rposition(|window| window == END);
    last.map(|at| at + END.len()).ok_or(EvidenceFault::Damaged)
}

/// Refuses a document that does something, or that nobody can open.
pub(super) fn is_quiet(bytes: &[u8]) -> Result<(), EvidenceFault> {
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
        let name = &bytes[at + 1..];
        if ACTIVE.iter().any(|active| is_called(name, active)) {
            return Err(EvidenceFault::Active);
        }
        if is_called(name, PROTECTED) {
            return Err(EvidenceFault::Protected);
        }
    }
    Ok(())
}

/// Whether a name begins so. Any letter of it may be written as # and two hexadecimal digits (section 7.3.5).
fn is_called(mut name: &[u8], wanted: &[u8]) -> bool {
    for letter in wanted {
        let read;
        (read, name) = match name {
            [b'#', high, low, rest @ ..] => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => (high * 16 + low, rest),
                _ => return false,
            },
            [plain, rest @ ..] => (*plain, rest),
            [] => return false,
        };
        if read != *letter {
            return false;
        }
    }
    true
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::super::{EvidenceKind, samples};
    use super::*;

    fn with(more: &str) -> Result<EvidenceKind, EvidenceFault> {
        EvidenceKind::of(&samples::pdf_with(more)).map(|(kind, _)| kind)
    }

    #[test]
    fn a_document_that_does_something_or_carries_files_is_refused() {
        for action in [
            "<< /S /JavaScript /JS (app.alert(1)) >>",
            "<</S/J#61vaScript/JS(1)>>",
            "<</S/#4a#61#76#61#53#63#72#69#70#74>>",
            "<< /S /Launch /F (cmd.exe) >>",
            "<< /Type /EmbeddedFile >>",
            "<< /EmbeddedFiles 3 0 R >>",
            "<< /Subtype /RichMedia >>",
            "<< /S /SubmitForm >>",
        ] {
            assert_eq!(with(action), Err(EvidenceFault::Active), "{action}");
        }
        assert_eq!(with("<< /Encrypt 5 0 R >>"), Err(EvidenceFault::Protected));
    }

    #[test]
    fn words_that_are_no_names_and_names_that_only_look_so_do_no_harm() {
        for quiet in ["(JavaScript)", "/Java#", "/Java#zzScript", "/JS", "/OpenAction [1 0 R /Fit]", "/"] {
            assert_eq!(with(quiet), Ok(EvidenceKind::Pdf), "{quiet}");
        }
    }

    #[test]
    fn a_document_that_was_added_to_ends_with_its_last_end() {
        let twice = [samples::pdf(), samples::pdf()].concat();
        assert_eq!(end(&twice), Ok(twice.len()));
    }

    #[test]
    fn a_version_that_there_never_was_is_no_pdf() {
        for start in ["%PDF-3.0", "%PDF-1,4", "%PDF-1.x", "%PDF-x.4"] {
            assert_eq!(end(format!("{start}\n%%EOF").as_bytes()), Err(EvidenceFault::WrongType), "{start}");
        }
        assert_eq!(end(b"%PDF-2.0\n%%EOF"), Ok(14));
    }
}
