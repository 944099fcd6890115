//! Asking support to change what a teaching record says: the pages, and what is remembered of them. Name and date of birth
//! share theirs.

pub(crate) mod check;
pub(crate) mod evidence;
pub(crate) mod new_date_of_birth;
pub(crate) mod new_official_name;
pub(crate) mod new_preferred_name;
pub(crate) mod record_differs;

use identity::change_request::{EvidenceFile, Subject, Wanted};
use identity::date_of_birth::DateOfBirth;
use identity::name::PersonName;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::state::Answers;
use crate::summary::day;

/// A request in the making.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, bound = "T: Serialize + DeserializeOwned")]
pub struct Asking<T> {
    pub wanted: Option<T>,
    pub evidence: Option<Shown>,
    /// What the person saw last and wants to be sent.
    pub checked: Option<(T, EvidenceFile)>,
}

impl<T> Default for Asking<T> {
    fn default() -> Asking<T> {
        Asking { wanted: None, evidence: None, checked: None }
    }
}

impl<T> Asking<T> {
    /// Whoever had no document at hand is asked for one again with what they want now.
    fn want(&mut self, wanted: T) {
        self.wanted = Some(wanted);
        if self.gave_up() {
            self.evidence = None;
        }
    }

    /// Had they no document at hand?
    pub(crate) fn gave_up(&self) -> bool {
        self.evidence == Some(Shown::Later)
    }

    fn file(&self) -> Option<&EvidenceFile> {
        match &self.evidence {
            Some(Shown::File(file)) => Some(file),
            Some(Shown::Later) | None => None,
        }
    }
}

/// What proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// It is kept by now.
    File(EvidenceFile),
    /// They have none at hand, and go on with the record as it is.
    Later,
}

/// What can be asked for: a page of each kind has its path, its heading and its answer by this.
pub(crate) trait Requestable: Clone + PartialEq + 'static {
    const EVIDENCE: &'static str;
    const EVIDENCE_TITLE: &'static str;
    const CHECK: &'static str;
    const CHECK_TITLE: &'static str;
    /// What it is called in a list of details.
    const KEY: &'static str;
    /// The page that asks for it.
    const PAGE: &'static str;

    fn asking(answers: &Answers) -> &Asking<Self>;
    fn asking_mut(answers: &mut Answers) -> &mut Asking<Self>;
    fn in_words(&self) -> String;
    fn wanted(&self) -> Wanted;
}

impl Requestable for PersonName {
    const EVIDENCE: &'static str = "official-name-evidence";
    const EVIDENCE_TITLE: &'static str = "Upload a document that shows your new name";
    const CHECK: &'static str = "check-official-name";
    const CHECK_TITLE: &'static str = "Check your new official name";
    const KEY: &'static str = "New official name";
    const PAGE: &'static str = "new-official-name";

    fn asking(answers: &Answers) -> &Asking<PersonName> {
        &answers.new_official_name
    }

    fn asking_mut(answers: &mut Answers) -> &mut Asking<PersonName> {
        &mut answers.new_official_name
    }

    fn in_words(&self) -> String {
        self.full()
    }

    fn wanted(&self) -> Wanted {
        Wanted::OfficialName(self.clone())
    }
}

impl Requestable for DateOfBirth {
    const EVIDENCE: &'static str = "date-of-birth-evidence";
    const EVIDENCE_TITLE: &'static str = "Upload a document that shows your date of birth";
    const CHECK: &'static str = "check-date-of-birth";
    const CHECK_TITLE: &'static str = "Check your new date of birth";
    const KEY: &'static str = "New date of birth";
    const PAGE: &'static str = "new-date-of-birth";

    fn asking(answers: &Answers) -> &Asking<DateOfBirth> {
        &answers.new_date_of_birth
    }

    fn asking_mut(answers: &mut Answers) -> &mut Asking<DateOfBirth> {
        &mut answers.new_date_of_birth
    }

    fn in_words(&self) -> String {
        day(*self)
    }

    fn wanted(&self) -> Wanted {
        Wanted::DateOfBirth(*self)
    }
}

/// The page that asks what is wanted.
pub(crate) fn page_of(subject: Subject) -> &'static str {
    match subject {
        Subject::OfficialName => PersonName::PAGE,
        Subject::DateOfBirth => DateOfBirth::PAGE,
    }
}

/// What a wish is called in a list of details.
pub(crate) fn key_of(subject: Subject) -> &'static str {
    match subject {
        Subject::OfficialName => PersonName::KEY,
        Subject::DateOfBirth => DateOfBirth::KEY,
    }
}

pub(crate) fn in_words(wanted: &Wanted) -> String {
    match wanted {
        Wanted::OfficialName(name) => name.in_words(),
        Wanted::DateOfBirth(date) => date.in_words(),
    }
}
