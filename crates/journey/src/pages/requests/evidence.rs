//! The file that proves what is asked for. The shell takes it in; the answer is what became of that.

use govuk::form::{Errors, FieldError};
use identity::change_request::EvidenceFile;
use identity::evidence::{Evidence, EvidenceId};
use identity::random::Random;
use serde_json::json;

use super::{Requestable, Shown};
use crate::form::Form;
use crate::page::{Context, Given, Question};
use crate::state::Answers;
use crate::upload::FILE;

/// The button of those who have no document at hand.
pub(crate) const LATER: &str = "later";

pub(crate) struct ShowEvidence<'a, T>(pub &'a T);

impl<T: Requestable> Question for ShowEvidence<'_, T> {
    const PATH: &'static str = T::EVIDENCE;
    const TITLE: &'static str = T::EVIDENCE_TITLE;
    const FIELDS: &'static [&'static str] = &[FILE];
    type Answer = Shown;

    fn given(&self) -> Given {
        Given::facts([("wanted", self.0.in_words().into())])
    }

    fn sample_given() -> Given {
        Given::facts([("wanted", json!("Asha Bennett-Jones"))])
    }

    fn answer(answers: &Answers) -> Option<&Shown> {
        T::asking(answers).evidence.as_ref()
    }

    fn keep(answers: &mut Answers, shown: Shown) {
        T::asking_mut(answers).evidence = Some(shown);
    }

    fn parse(form: &Form, context: &Context<'_>) -> Result<Shown, Errors> {
        if form.pressed(LATER) {
            return Ok(Shown::Later);
        }
        let fault = |fault: &_| FieldError::new(FILE, format!("{fault}")).into();
        context.evidence.as_ref().map(|file| Shown::File(file.clone())).map_err(fault)
    }

    fn fill(shown: &Shown) -> Form {
        match shown {
            Shown::File(file) => Form::of([(FILE, file.name.as_str())]),
            Shown::Later => Form::of([(LATER, "true")]),
        }
    }

    fn file(shown: &Shown) -> Option<&EvidenceFile> {
        match shown {
            Shown::File(file) => Some(file),
            Shown::Later => None,
        }
    }

    fn samples() -> Vec<(&'static str, Shown)> {
        vec![("a file", Shown::File(sample())), ("not now", Shown::Later)]
    }
}

pub(crate) fn sample() -> EvidenceFile {
    let evidence = Evidence::read("deed.pdf", b"%PDF-1.4\n%%EOF".to_vec()).expect("this is a PDF");
    EvidenceFile::of(EvidenceId::new(&Random::seeded(1)), &evidence)
}
