//! What a page is: a path, a heading, and what its kind adds. [`crate::pages::PAGES`] is the list of all of them; the
//! routes, the summary of answers and the explorer are made from it.

use chrono::NaiveDate;
use govuk::form::Errors;
use identity::change_request::EvidenceFile;
use identity::evidence::EvidenceFault;
use identity::interaction::Ask;
use identity::mailbox::SharedMailboxes;
use serde_json::{Map, Value};

use crate::form::Form;
use crate::pages::PAGES;
use crate::state::{Answers, Proof, State};
use crate::summary::Row;

/// A page with a form whose answer is kept.
pub(crate) trait Question: Sized {
    const PATH: &'static str;
    /// The heading, and the first part of the document's title.
    const TITLE: &'static str;
    /// The names of the form's fields.
    const FIELDS: &'static [&'static str];
    /// What the page shows beside its form.
    const SHOWS: Shows = Shows::Form;
    type Answer: Clone + PartialEq + 'static;

    /// What only the walk knows and the page needs.
    fn given(&self) -> Given {
        Given::default()
    }
    /// The same, invented: for the test that draws every page.
    fn sample_given() -> Given {
        Given::default()
    }
    /// The answer that stands, if the question was answered.
    fn answer(answers: &Answers) -> Option<&Self::Answer>;
    /// Keeps an answer.
    fn keep(answers: &mut Answers, answer: Self::Answer);
    /// Reads the form, or says in the exact words what is wrong with it.
    fn parse(form: &Form, context: &Context<'_>) -> Result<Self::Answer, Errors>;
    /// The form as it is when this answer was given.
    fn fill(answer: &Self::Answer) -> Form;
    /// The form as it is before there is an answer.
    fn suggest(answers: &Answers, ask: &Ask) -> Form {
        let _ = (answers, ask);
        Form::default()
    }
    /// The file that an answer rests on.
    fn file(answer: &Self::Answer) -> Option<&EvidenceFile> {
        let _ = answer;
        None
    }
    /// Answers for the explorer to try, each with a word for the diagram: every branch that an answer can lead to.
    fn samples() -> Vec<(&'static str, Self::Answer)>;
    /// The rows on the page that plays the answers back.
    fn rows(answer: &Self::Answer) -> Vec<Row> {
        let _ = answer;
        Vec::new()
    }
}

/// A page that asks for the one-time code which was sent to an address.
pub(crate) trait Code {
    const PATH: &'static str;
    const TITLE: &'static str;

    /// Is the address one that this person may only see in part?
    const REDACTED: bool = false;

    /// What the code will have proved.
    fn proof(&self) -> Proof;
}

/// A page that tells something, once. It asks for nothing but to go on.
pub(crate) trait Notice {
    const PATH: &'static str;
    const TITLE: &'static str;

    /// What the page tells.
    fn given(&self) -> Given {
        Given::default()
    }
    /// The same, invented: for the test that draws every page.
    fn sample_given() -> Given {
        Given::default()
    }
}

/// What a walk gives to a page that it names: facts for the template, and the form as it is before there is an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Given {
    pub facts: Map<String, Value>,
    pub form: Option<Form>,
}

impl Given {
    pub(crate) fn facts<const N: usize>(facts: [(&str, Value); N]) -> Given {
        Given { facts: facts.into_iter().map(|(name, value)| (name.into(), value)).collect(), form: None }
    }

    pub(crate) fn form(form: Form) -> Given {
        Given { form: Some(form), ..Given::default() }
    }
}

/// What a page shows beside its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shows {
    Form,
    /// The answers so far.
    Rows,
    /// The names of training providers to choose from.
    TrainingProviders,
}

/// What a question may look at while it reads a form.
pub(crate) struct Context<'a> {
    pub today: NaiveDate,
    pub shared_mailboxes: &'a SharedMailboxes,
    /// The file that is there, or why there is none.
    pub evidence: Result<EvidenceFile, EvidenceFault>,
}

/// A page as plain data.
pub(crate) struct Page {
    pub path: &'static str,
    pub title: &'static str,
    pub kind: Kind,
    /// The pages beside which this one stands: it may be visited while one of them waits.
    pub beside: &'static [&'static str],
    /// What a walk might give it, invented.
    #[cfg_attr(not(test), expect(dead_code, reason = "the test that draws every page needs it"))]
    pub sample_given: fn() -> Given,
}

pub(crate) enum Kind {
    Question(QuestionKind),
    Code {
        /// Is the address one that this person has not shown to be theirs?
        redacted: bool,
    },
    Notice,
}

/// A question without its type.
pub(crate) struct QuestionKind {
    pub submit: fn(&Form, &Context<'_>, &mut Answers) -> Result<(), Errors>,
    pub fields: &'static [&'static str],
    pub shows: Shows,
    /// The form with the answer that stands, or with a suggestion.
    pub fill: fn(&Answers, &Ask) -> Form,
    pub rows: fn(&Answers) -> Vec<Row>,
    /// The file that the answer rests on.
    pub file: fn(&Answers) -> Option<EvidenceFile>,
    /// Each sample: its word, and the state with it answered.
    pub samples: fn(&State) -> Vec<(&'static str, State)>,
}

impl Page {
    pub(crate) const fn question<Q: Question>() -> Page {
        let kind = QuestionKind {
            submit: submit::<Q>,
            fields: Q::FIELDS,
            shows: Q::SHOWS,
            fill: fill::<Q>,
            rows: rows::<Q>,
            file: file::<Q>,
            samples: samples::<Q>,
        };
        let kind = Kind::Question(kind);
        Page { path: Q::PATH, title: Q::TITLE, kind, beside: &[], sample_given: Q::sample_given }
    }

    pub(crate) const fn code<C: Code>() -> Page {
        let kind = Kind::Code { redacted: C::REDACTED };
        Page { path: C::PATH, title: C::TITLE, kind, beside: &[], sample_given: Given::default }
    }

    pub(crate) const fn notice<N: Notice>() -> Page {
        Page { path: N::PATH, title: N::TITLE, kind: Kind::Notice, beside: &[], sample_given: N::sample_given }
    }

    /// A question that may be visited while a page of these paths waits.
    pub(crate) const fn beside(self, paths: &'static [&'static str]) -> Page {
        Page { beside: paths, ..self }
    }

    pub(crate) fn find(path: &str) -> Option<&'static Page> {
        PAGES.iter().find(|page| page.path == path)
    }

    /// A page that a journey names.
    pub(crate) fn named(path: &'static str) -> &'static Page {
        Page::find(path).unwrap_or_else(|| panic!("the page {path} is missing from PAGES"))
    }

    pub(crate) fn template(&self) -> String {
        format!("pages/{}.html", self.path)
    }
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.path)
    }
}

impl PartialEq for Page {
    fn eq(&self, other: &Page) -> bool {
        self.path == other.path
    }
}

fn submit<Q: Question>(form: &Form, context: &Context<'_>, answers: &mut Answers) -> Result<(), Errors> {
    let answer = Q::parse(form, context)?;
    Q::keep(answers, answer);
    Ok(())
}

fn fill<Q: Question>(answers: &Answers, ask: &Ask) -> Form {
    Q::answer(answers).map_or_else(|| Q::suggest(answers, ask), Q::fill)
}

fn rows<Q: Question>(answers: &Answers) -> Vec<Row> {
    Q::answer(answers).map(Q::rows).unwrap_or_default()
}

fn file<Q: Question>(answers: &Answers) -> Option<EvidenceFile> {
    Q::answer(answers).and_then(Q::file).cloned()
}

fn samples<Q: Question>(state: &State) -> Vec<(&'static str, State)> {
    let answered = |(word, answer)| {
        let mut state = state.clone();
        Q::keep(&mut state.answers, answer);
        (word, state)
    };
    Q::samples().into_iter().map(answered).collect()
}

/// Says where in [`Answers`] a question keeps its answer.
macro_rules! kept_in {
    ($field:ident) => {
        fn answer(answers: &$crate::state::Answers) -> Option<&Self::Answer> {
            answers.$field.as_ref()
        }

        fn keep(answers: &mut $crate::state::Answers, answer: Self::Answer) {
            answers.$field = Some(answer);
        }
    };
}

pub(crate) use kept_in;

/// Says that a page asks for nothing but to go on: its one answer, and the word for it in the diagram.
macro_rules! only_to_go_on {
    ($answer:ty = $value:expr, $word:literal) => {
        fn parse(_: &$crate::form::Form, _: &$crate::page::Context<'_>) -> Result<$answer, govuk::form::Errors> {
            Ok($value)
        }

        fn fill(_: &$answer) -> $crate::form::Form {
            $crate::form::Form::default()
        }

        fn samples() -> Vec<(&'static str, $answer)> {
            vec![($word, $value)]
        }
    };
}

pub(crate) use only_to_go_on;
