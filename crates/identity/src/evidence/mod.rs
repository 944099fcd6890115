//! Evidence: a file that proves a name or a date of birth. What it is, is told by its bytes and never by its name.

mod fault;
mod file_name;
mod jpeg;
mod kind;
mod pdf;
mod png;
mod ports;
#[cfg(test)]
pub(crate) mod samples;
mod trailer;
mod zip;

pub use fault::EvidenceFault;
pub use file_name::FileName;
pub use kind::EvidenceKind;
pub use ports::{EvidenceStore, EvidenceUnavailable, Scan, ScanFailed, Scanner};

use crate::id::random_id;

random_id! {
    /// What a file of evidence is kept under. Nothing that a person typed goes into a path of ours.
    EvidenceId
}

/// The largest file that is taken: 3 MiB.
pub const MAX_BYTES: usize = 3 * 1024 * 1024;

/// A file that may be kept once a scanner has looked at it. Personal: its `Debug` shows only what it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub name: FileName,
    pub bytes: Vec<u8>,
}

impl Evidence {
    /// Reads what a person sent under the name that it had with them. Of a photo only the picture is kept, and not what
    /// the phone put behind it.
    ///
    /// # Errors
    /// The first fault, in the order in which a person would mend them.
    pub fn read(name: &str, mut bytes: Vec<u8>) -> Result<Evidence, EvidenceFault> {
        if bytes.is_empty() {
            return Err(if name.trim().is_empty() { EvidenceFault::Missing } else { EvidenceFault::Empty });
        }
        if bytes.len() > MAX_BYTES {
            return Err(EvidenceFault::TooLarge);
        }
        let (kind, kept) = EvidenceKind::of(&bytes)?;
        bytes.truncate(kept);
        let name = FileName::of(name);
        match EvidenceKind::named(name.as_str()) {
            Some(named) if named == kind => Ok(Evidence { kind, name: name.cut(), bytes }),
            Some(_) => Err(EvidenceFault::OtherThanNamed(kind)),
            None => Err(EvidenceFault::WrongType),
        }
    }

    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

impl std::fmt::Debug for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Evidence({}, {} bytes)", self.kind.as_str(), self.size())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn padded(mut bytes: Vec<u8>, size: usize) -> Vec<u8> {
        bytes.resize(size, 0);
        bytes
    }

    fn fault(name: &str, bytes: Vec<u8>) -> EvidenceFault {
        Evidence::read(name, bytes).expect_err("it has a fault")
    }

    #[test]
    fn a_file_is_what_its_bytes_and_its_name_both_say() {
        for (name, bytes, kind) in [
            ("deed.pdf", samples::pdf(), EvidenceKind::Pdf),
            ("DEED.PDF", samples::pdf(), EvidenceKind::Pdf),
            ("photo.jpg", samples::jpeg(), EvidenceKind::Jpeg),
            ("photo.two.JPEG", samples::jpeg(), EvidenceKind::Jpeg),
            ("scan.Png", samples::png(), EvidenceKind::Png),
        ] {
            let evidence = Evidence::read(name, bytes.clone()).expect(name);
            assert_eq!((evidence.kind, evidence.name.as_str(), evidence.bytes), (kind, name, bytes));
        }
    }

    #[test]
    fn a_wrong_type_behind_a_right_name_and_a_right_type_behind_a_wrong_one_are_refused() {
        assert_eq!(fault("deed.pdf", b"MZ\x90\x00 a program".to_vec()), EvidenceFault::WrongType);
        assert_eq!(fault("deed.pdf", samples::png()), EvidenceFault::OtherThanNamed(EvidenceKind::Png));
        assert_eq!(fault("scan.png", samples::jpeg()), EvidenceFault::OtherThanNamed(EvidenceKind::Jpeg));
        for name in ["deed.exe", "deed", "pdf", "deed.pdf.html", "deed.", "deed.pdf/x"] {
            assert_eq!(fault(name, samples::pdf()), EvidenceFault::WrongType, "{name}");
        }
    }

    #[test]
    fn no_file_and_an_empty_one_are_told_apart() {
        assert_eq!(fault("", Vec::new()), EvidenceFault::Missing);
        assert_eq!(fault("deed.pdf", Vec::new()), EvidenceFault::Empty);
    }

    #[test]
    fn a_file_may_have_3_mib_and_not_one_byte_more() {
        assert_eq!(MAX_BYTES, 3_145_728);
        for (name, bytes) in [("a.pdf", samples::pdf()), ("a.jpg", samples::jpeg()), ("a.png", samples::png())] {
            assert!(Evidence::read(name, padded(bytes.clone(), 3_145_728)).is_ok(), "{name}");
            assert_eq!(fault(name, padded(bytes, 3_145_729)), EvidenceFault::TooLarge, "{name}");
        }
    }

    #[test]
    fn a_file_that_is_also_something_else_is_refused() {
        for (name, sound) in [("a.pdf", samples::pdf()), ("a.jpg", samples::jpeg()), ("a.png", samples::png())] {
            for more in [&b"<script>alert(1)</script>"[..], b"PK\x03\x04", b"MZ\x90\0", &samples::zip()] {
                let polyglot = [sound.as_slice(), more].concat();
                assert_eq!(fault(name, polyglot), EvidenceFault::CarriesMore, "{name} and {more:?}");
            }
            let later = [b"GIF89a".as_slice(), &sound].concat();
            assert_eq!(fault(name, later), EvidenceFault::WrongType, "{name} that does not begin at the start");
        }
    }

    #[test]
    fn of_a_photo_only_the_picture_is_kept_whatever_a_phone_puts_behind_it() {
        let picture = samples::jpeg();
        for (phone, more) in samples::trailers().into_iter().chain([("nothing but padding", vec![0; 9])]) {
            let evidence = Evidence::read("photo.jpg", [picture.as_slice(), &more].concat()).expect(phone);
            assert_eq!((evidence.size(), &evidence.bytes), (picture.len(), &picture), "{phone}");
        }
    }

    #[test]
    fn behind_a_pdf_and_a_png_stands_nothing_not_even_what_a_phone_puts_behind_a_photo() {
        for (name, sound) in [("a.pdf", samples::pdf()), ("a.png", samples::png())] {
            for (phone, more) in samples::trailers() {
                let carrying = [sound.as_slice(), &more].concat();
                assert_eq!(fault(name, carrying), EvidenceFault::CarriesMore, "{name} from {phone}");
            }
        }
    }

    #[test]
    fn the_limit_is_about_what_was_sent_and_not_about_what_is_kept() {
        let film = |size| {
            [samples::jpeg(), padded(b"\x00\x00\x00\x20ftypmp42".to_vec(), size - samples::jpeg().len())].concat()
        };
        let evidence = Evidence::read("a.jpg", film(MAX_BYTES)).unwrap();
        assert_eq!(evidence.bytes, samples::jpeg());
        assert_eq!(fault("a.jpg", film(MAX_BYTES + 1)), EvidenceFault::TooLarge);
    }

    #[test]
    fn an_archive_in_a_comment_of_a_photo_is_seen_although_much_stands_behind_the_picture() {
        let comment = [&[0xFF, 0xFE, 0, 24][..], &samples::zip()].concat();
        let picture = [&samples::jpeg()[..2], &comment, &samples::jpeg()[2..]].concat();
        let size = picture.len() + 100_000;
        assert_eq!(fault("a.jpg", padded(picture, size)), EvidenceFault::CarriesMore);
    }

    #[test]
    fn nothing_that_is_cut_short_is_sound() {
        for (name, sound) in [("a.pdf", samples::pdf()), ("a.jpg", samples::jpeg()), ("a.png", samples::png())] {
            for end in 1..sound.len() {
                let cut = Evidence::read(name, sound[..end].to_vec());
                assert!(cut.is_err(), "{name} is cut at {end}");
            }
        }
    }

    #[test]
    fn what_a_file_holds_and_its_name_are_not_in_its_debug() {
        let evidence = Evidence::read("Jane Smith.pdf", samples::pdf()).unwrap();
        assert_eq!(format!("{evidence:?}"), format!("Evidence(pdf, {} bytes)", samples::pdf().len()));
    }
}
