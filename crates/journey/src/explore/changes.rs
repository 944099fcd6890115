//! Somebody who has answered everything changes their answers from the page that plays them back, any of them, in any order
//! and as often as they like: nothing is asked twice, no proof is lost, and the way leads back to that page.

use std::collections::BTreeSet;

use identity::date_of_birth::DateOfBirth;
use identity::interaction::Ask;
use proptest::prelude::*;

use super::{arrivals, at, results};
use crate::ending::Ending;
use crate::journey::person;
use crate::page::{Kind, Page, Question as _};
use crate::pages::mobile::{self, MobileAnswer};
use crate::pages::no_account::Confirmed;
use crate::pages::not_my_account::NotMyAccount;
use crate::state::{Answers, Found, Lookup, Proof, State};
use crate::walk::{Progress, Rest, Walk};

/// So many pages are between any change and the next rest at most.
const STEPS: usize = 60;

/// Somebody, with databases that always give the same answer to the same question.
struct Someone {
    ask: Ask,
    state: State,
    /// What was asked since the last change.
    asked: Vec<&'static str>,
    /// Every code that was ever sent and came back.
    proved: Vec<Proof>,
    /// What was asked about one answer, with that answer.
    dependent: BTreeSet<(&'static str, String)>,
}

impl Someone {
    fn new(ask: Ask) -> Someone {
        Someone { ask, state: State::default(), asked: Vec::new(), proved: Vec::new(), dependent: BTreeSet::new() }
    }

    fn progress(&self) -> Progress<Ending> {
        Walk::follow(person, &self.ask, &self.state)
    }

    /// Goes on, answering each question with its first sample or the one of this number, to the page that plays the
    /// answers back, or to another at which the journey has turned away from making an account.
    fn goes_on(&mut self, choice: usize) -> &'static str {
        for _ in 0..STEPS {
            let progress = self.progress();
            match &progress.rest {
                Rest::Finding(lookup) => self.state.keep(lookup.clone(), answer(lookup, &self.ask, &self.state), at()),
                Rest::Proving(proof) => {
                    assert!(!self.proved.contains(proof), "{proof:?} is to be proved again");
                    self.proved.push(proof.clone());
                    self.state.prove(proof.clone());
                }
                Rest::End(ending) => panic!("nobody pressed the last button, but: {ending:?}"),
                Rest::Page => {
                    let page = progress.frontier().expect("a page waits");
                    if RESTS.contains(&page.path) {
                        return page.path;
                    }
                    assert!(!self.asked.contains(&page.path), "{page:?} is asked twice");
                    self.asked.push(page.path);
                    if let Some(about) = self.about(page.path) {
                        assert!(self.dependent.insert((page.path, about)), "{page:?} is asked twice about one answer");
                    }
                    self.answers(page, choice);
                }
            }
        }
        panic!("no way leads back from {:?}", self.asked);
    }

    /// The answer that a page is about: whose number it is, whose name, whether there is an account.
    fn about(&self, path: &str) -> Option<String> {
        let answers = &self.state.answers;
        match path {
            "mobile-exists" => Some(format!("{:?}", answers.mobile.as_ref().and_then(MobileAnswer::number))),
            "no-account" => Some(format!("{:?}", answers.email)),
            "existing-account" => Some(format!("{:?} {:?}", answers.official_name, answers.date_of_birth)),
            _ => None,
        }
    }

    /// Gives the sample of this number, counted round.
    fn answers(&mut self, page: &Page, choice: usize) {
        match &page.kind {
            Kind::Question(question) => {
                let mut samples: Vec<State> =
                    (question.samples)(&self.state).into_iter().map(|(_, state)| state).collect();
                samples.extend(more(page.path, &self.state));
                self.state = samples[choice % samples.len()].clone();
            }
            Kind::Notice => self.state.see(page.path),
            Kind::Code { .. } => unreachable!("a code page waits for its code"),
        }
    }
}

fn numbered(typed: &str) -> MobileAnswer {
    MobileAnswer::Number(mobile::sample(typed))
}

type Change = Box<dyn Fn(&mut Answers)>;

/// What else can be said, so that there is something to change to: numbers that others have, another birthday, and that
/// an account is somebody else's.
fn more(path: &str, state: &State) -> Vec<State> {
    let changes: Vec<Change> = match path {
        "mobile" => vec![
            Box::new(|answers| answers.mobile = Some(numbered("07700 900456"))),
            Box::new(|answers| answers.mobile = Some(numbered("07700 900789"))),
        ],
        "date-of-birth" => {
            let born = chrono::NaiveDate::from_ymd_opt(1986, 4, 15).map(DateOfBirth::new);
            vec![Box::new(move |answers| answers.date_of_birth = born)]
        }
        "mobile-exists" => vec![Box::new(|answers| NotMyAccount::keep(answers, Confirmed))],
        _ => Vec::new(),
    };
    let changed = |change: Change| {
        let mut state = state.clone();
        change(&mut state.answers);
        state
    };
    changes.into_iter().map(changed).collect()
}

/// Where the answers are played back, and where somebody turns out to be known.
const RESTS: [&str; 3] = ["check-answers", "no-match", "your-details"];

/// The databases: the first number is nobody's, and the others are; each name is that of two accounts.
fn answer(lookup: &Lookup, ask: &Ask, state: &State) -> Found {
    let results = results::of(lookup, ask, state);
    let known = match lookup {
        Lookup::AccountByMobile(mobile) => !mobile.e164().ends_with("123"),
        Lookup::AccountsLike(..) => true,
        _ => false,
    };
    let at = if known { results.len() - 1 } else { 0 };
    results.into_iter().nth(at).expect("every look-up has a result").1
}

/// The pages on the trail that a "Change" link leads to: questions that are answered.
fn changeable(progress: &Progress<Ending>) -> Vec<&'static Page> {
    let questions = progress.trail.iter().filter(|page| matches!(page.kind, Kind::Question(_)));
    questions.filter(|page| !RESTS.contains(&page.path)).copied().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_changed_in_whatever_order_nothing_is_asked_twice_and_no_proof_is_lost(
        arrival in 0..5usize,
        changes in proptest::collection::vec((0..20usize, 0..16usize), 1..12),
    ) {
        let ask = Ask { session: None, ..arrivals()[arrival].ask.clone() };
        let mut someone = Someone::new(ask);
        someone.goes_on(2);
        // Everything that was ever asked, and answered: while the answer stands it is not asked again.
        let mut answered: BTreeSet<&'static str> = someone.asked.iter().copied().collect();
        for (place, choice) in changes {
            let before = someone.progress();
            let pages = changeable(&before);
            let page = pages[place % pages.len()];
            someone.asked = vec![page.path];
            someone.answers(page, choice);
            someone.goes_on(choice / 4);
            // What was asked on the way back is a page that the change made necessary, or one that depends on it.
            for path in someone.asked.iter().skip(1).filter(|path| answered.contains(*path)) {
                prop_assert!(someone.about(path).is_some(), "{} is asked again after {page:?}", path);
            }
            answered.extend(someone.asked.iter().copied());
            for proof in &someone.proved {
                prop_assert!(someone.state.has(proof), "{proof:?} is lost");
            }
            for path in changeable(&someone.progress()) {
                prop_assert!(someone.progress().allows(path));
            }
        }
    }
}
