//! Why a file is not taken as evidence, in the words that the page shows.

use thiserror::Error;

use super::EvidenceKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum EvidenceFault {
    #[error("Select a file that shows your new details")]
    Missing,
    #[error("The selected file is empty")]
    Empty,
    #[error("The selected file must be 3 MB or smaller")]
    TooLarge,
    #[error("The selected file must be a PDF, JPEG or PNG")]
    WrongType,
    /// Its bytes are of a kind that we take, and its name says another.
    #[error("The selected file is a {}, but its name says something else: rename it or choose another file", .0.in_words())]
    OtherThanNamed(EvidenceKind),
    /// It begins well and does not end so.
    #[error("The selected file is damaged or not complete: save it again or choose another file")]
    Damaged,
    /// Something stands behind its end that no camera puts there, or it can be read as another kind of file too.
    #[error("The selected file has something else attached to it: take a new photo or save it as a PDF")]
    CarriesMore,
    /// A PDF that does something, or that carries other files.
    #[error("The selected file has scripts or other files in it: print it to a new PDF or take a photo of it")]
    Active,
    #[error("The selected file is protected by a password: choose one that can be opened without")]
    Protected,
    /// The scanner found something.
    #[error("The selected file contains a virus: choose another file")]
    Infected,
    /// The scanner or the place where files are kept did not answer: the file may be as it should be.
    #[error("The selected file could not be uploaded: try again later")]
    TryLater,
}
