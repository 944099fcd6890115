//! What a page is: a path, a heading, and what its kind adds. [`crate::pages::PAGES`] is the list of all of them; the
//! routes, the summary of answers and the explorer are made from it.

use chrono::NaiveDate;
use govuk::form::Errors;
use identity::interaction::Ask;

use crate::form::Form;
use crate::pages::PAGES;
use crate::state::{Answers, Proof, State};
use crate::summary::Row;

/// A page with a form whose answer is kept.
pub(crate) trait Question: Sized + 'static {
    const PATH: &'static str;
    /// The heading, and the first part of the document's title.
    const TITLE: &'static str;
    /// The names of the form's fields.
    const FIELDS: &'static [&'static str];
    /// What the page shows beside its form.
    const SHOWS: Shows = Shows::Form;
    type Answer: Clone + PartialEq + 'static;

    /// The answer that stands, if the question was answered.
    fn answer(answers: &Answers) -> Option<&Self::Answer>;
    /// Keeps an answer.
    fn keep(answers: &mut Answers, answer: Self::Answer);
    /// Reads the form, or says in the exact words what is wrong with it.
    fn parse(form: &Form, context: &Context) -> Result<Self::Answer, Errors>;
    /// The form as it is when this answer was given.
    fn fill(answer: &Self::Answer) -> Form;
    /// The form as it is before there is an answer.
    fn suggest(answers: &Answers, ask: &Ask) -> Form {
        let _ = (answers, ask);
        Form::default()
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
pub(crate) struct Context {
    pub today: NaiveDate,
}

/// A page as plain data.
pub(crate) struct Page {
    pub path: &'static str,
    pub title: &'static str,
    pub kind: Kind,
    /// The code page beside which this one stands: it may be visited while that one waits.
    pub beside: Option<&'static str>,
}

pub(crate) enum Kind {
    Question(QuestionKind),
    Code {
        /// Is the address one that this person has not shown to be theirs?
        redacted: bool,
    },
}

/// A question without its type.
pub(crate) struct QuestionKind {
    pub submit: fn(&Form, NaiveDate, &mut Answers) -> Result<(), Errors>,
    pub fields: &'static [&'static str],
    pub shows: Shows,
    /// The form with the answer that stands, or with a suggestion.
    pub fill: fn(&Answers, &Ask) -> Form,
    pub rows: fn(&Answers) -> Vec<Row>,
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
            samples: samples::<Q>,
        };
        Page { path: Q::PATH, title: Q::TITLE, kind: Kind::Question(kind), beside: None }
    }

    pub(crate) const fn code<C: Code>() -> Page {
        Page { path: C::PATH, title: C::TITLE, kind: Kind::Code { redacted: C::REDACTED }, beside: None }
    }

    /// A question that may only be visited while this code page waits.
    pub(crate) const fn beside<C: Code>(self) -> Page {
        Page { beside: Some(C::PATH), ..self }
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

fn submit<Q: Question>(form: &Form, today: NaiveDate, answers: &mut Answers) -> Result<(), Errors> {
    let answer = Q::parse(form, &Context { today })?;
    Q::keep(answers, answer);
    Ok(())
}

fn fill<Q: Question>(answers: &Answers, ask: &Ask) -> Form {
    Q::answer(answers).map_or_else(|| Q::suggest(answers, ask), Q::fill)
}

fn rows<Q: Question>(answers: &Answers) -> Vec<Row> {
    Q::answer(answers).map(Q::rows).unwrap_or_default()
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
