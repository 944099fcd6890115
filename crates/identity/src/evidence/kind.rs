//! The three kinds of file that are taken, each by how it begins and how it ends.

use serde::{Deserialize, Serialize};

use super::{EvidenceFault, jpeg, pdf, png, trailer, zip};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    Pdf,
    Jpeg,
    Png,
}

impl EvidenceKind {
    /// The kind of a file that is nothing else besides, and how much of it is to be kept.
    pub(super) fn of(bytes: &[u8]) -> Result<(EvidenceKind, usize), EvidenceFault> {
        let (kind, end) = if bytes.starts_with(pdf::START) {
            (EvidenceKind::Pdf, pdf::end(bytes)?)
        } else if bytes.starts_with(&jpeg::START) {
            (EvidenceKind::Jpeg, jpeg::end(bytes)?)
        } else if bytes.starts_with(&png::START) {
            (EvidenceKind::Png, png::end(bytes)?)
        } else {
            return Err(EvidenceFault::WrongType);
        };
        let (own, more) = bytes.split_at(end);
        let more = &more[more.iter().take_while(|byte| is_padding(byte)).count()..];
        let carries = match kind {
            EvidenceKind::Jpeg => trailer::is_harmful(more),
            EvidenceKind::Pdf | EvidenceKind::Png => !more.is_empty(),
        };
        // An archive is read from its end: what is none while more stands behind it may be one when that is cut off.
        if carries || zip::is_also(bytes) || zip::is_also(own) {
            return Err(EvidenceFault::CarriesMore);
        }
        if kind == EvidenceKind::Pdf {
            pdf::is_quiet(bytes)?;
        }
        Ok((kind, if kind == EvidenceKind::Jpeg { end } else { bytes.len() }))
    }

    /// The kind that the end of a file's name promises.
    pub(super) fn named(name: &str) -> Option<EvidenceKind> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "pdf" => Some(EvidenceKind::Pdf),
            "jpg" | "jpeg" => Some(EvidenceKind::Jpeg),
            "png" => Some(EvidenceKind::Png),
            _ => None,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            EvidenceKind::Pdf => "pdf",
            EvidenceKind::Jpeg => "jpeg",
            EvidenceKind::Png => "png",
        }
    }

    pub fn in_words(self) -> &'static str {
        match self {
            EvidenceKind::Pdf => "PDF",
            EvidenceKind::Jpeg => "JPEG",
            EvidenceKind::Png => "PNG",
        }
    }

    /// The media type, for whoever fetches the file.
    pub fn media_type(self) -> &'static str {
        match self {
            EvidenceKind::Pdf => "application/pdf",
            EvidenceKind::Jpeg => "image/jpeg",
            EvidenceKind::Png => "image/png",
        }
    }
}

/// What cameras and mail programs fill a file up with.
fn is_padding(byte: &u8) -> bool {
    *byte == 0 || byte.is_ascii_whitespace()
}
