//! The last look at what is asked for, before it is sent.

use identity::change_request::EvidenceFile;

use super::{Requestable, evidence};
use crate::page::{Given, Question, only_to_go_on};
use crate::pages::check_answers::Checked;
use crate::state::Answers;
use crate::summary::detail;

pub(crate) struct CheckRequest<'a, T> {
    pub wanted: &'a T,
    pub file: &'a EvidenceFile,
}

fn rows<T: Requestable>(wanted: String, file: &EvidenceFile) -> Given {
    let rows = vec![detail(T::KEY, wanted, Some(T::PAGE)), detail("Document", file.name.as_str(), Some(T::EVIDENCE))];
    Given::facts([("rows", rows.into())])
}

impl<T: Requestable> Question for CheckRequest<'_, T> {
    const PATH: &'static str = T::CHECK;
    const TITLE: &'static str = T::CHECK_TITLE;
    const FIELDS: &'static [&'static str] = &[];
    type Answer = Checked;

    fn given(&self) -> Given {
        rows::<T>(self.wanted.in_words(), self.file)
    }

    fn sample_given() -> Given {
        rows::<T>("Asha Bennett-Jones".into(), &evidence::sample())
    }

    /// What was changed since has not been seen.
    fn answer(answers: &Answers) -> Option<&Checked> {
        let asking = T::asking(answers);
        let (wanted, file) = asking.checked.as_ref()?;
        (asking.wanted.as_ref() == Some(wanted) && asking.file() == Some(file)).then_some(&Checked)
    }

    fn keep(answers: &mut Answers, _: Checked) {
        let asking = T::asking_mut(answers);
        asking.checked = asking.wanted.clone().zip(asking.file().cloned());
    }

    only_to_go_on!(Checked = Checked, "send");
}
