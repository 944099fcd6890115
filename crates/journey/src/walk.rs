//! The interpreter of a journey. A journey is a plain function that asks, proves, tells and finds; the walk runs it over
//! what is known so far and records the trail. Everything else is derived: the next page is the trail's last, the way
//! back is the one before, and a page may be visited exactly when it is on the trail or beside its last page.

use std::collections::BTreeMap;

use identity::account::AccountId;
use identity::email::Email;
use identity::interaction::Ask;
use identity::one_login::Proved;

use crate::page::{Code, Given, Kind, Notice, Page, Question};
use crate::state::{Found, Lookup, Proof, State};

/// Why a walk cannot go on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stop {
    /// The last page of the trail has to be answered first.
    Here,
    /// The last page of the trail waits for a code that proves this.
    Prove(Proof),
    /// The shell has to look this up first.
    Find(Lookup),
}

pub(crate) type Walked<T> = Result<T, Stop>;

pub(crate) struct Walk<'a> {
    pub ask: &'a Ask,
    state: &'a State,
    trail: Vec<&'static Page>,
    given: BTreeMap<&'static str, Given>,
    taken: Vec<Taken>,
}

/// A question that was not asked, since its answer was verified elsewhere, and how many pages had been passed before it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Taken {
    pub after: usize,
    pub page: &'static Page,
}

/// How far a journey has come.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Progress<Ending> {
    pub trail: Vec<&'static Page>,
    pub rest: Rest<Ending>,
    /// What the walk gave to the pages that it named, on the trail or not.
    pub given: BTreeMap<&'static str, Given>,
    pub taken: Vec<Taken>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Rest<Ending> {
    /// At the last page of the trail, which waits for the person.
    Page,
    /// At a code page: the last of the trail.
    Proving(Proof),
    Finding(Lookup),
    End(Ending),
}

impl<'a> Walk<'a> {
    /// Runs a journey from its start.
    pub(crate) fn follow<Ending>(
        journey: impl FnOnce(&mut Walk<'a>) -> Walked<Ending>,
        ask: &'a Ask,
        state: &'a State,
    ) -> Progress<Ending> {
        let mut walk = Walk { ask, state, trail: Vec::new(), given: BTreeMap::new(), taken: Vec::new() };
        let rest = match journey(&mut walk) {
            Ok(ending) => Rest::End(ending),
            Err(Stop::Here) => Rest::Page,
            Err(Stop::Prove(proof)) => Rest::Proving(proof),
            Err(Stop::Find(lookup)) => Rest::Finding(lookup),
        };
        Progress { trail: walk.trail, rest, given: walk.given, taken: walk.taken }
    }

    /// A question. It stays on the trail, so that its answer can be changed.
    pub(crate) fn ask<Q: Question>(&mut self, question: Q) -> Walked<&'a Q::Answer> {
        self.pass(question);
        Q::answer(&self.state.answers).ok_or(Stop::Here)
    }

    /// A question that something else has answered. It stays on the trail, so that the person can come back to it.
    pub(crate) fn pass<Q: Question>(&mut self, question: Q) {
        self.given.insert(Q::PATH, question.given());
        self.trail.push(Page::named(Q::PATH));
    }

    /// Whose passkey the person has shown instead of an address.
    pub(crate) fn passkey(&self) -> Option<AccountId> {
        self.state.answers.passkey
    }

    /// What GOV.UK One Login has proved of the person, instead of an address.
    pub(crate) fn one_login(&self) -> Option<&'a Proved> {
        self.state.answers.one_login.as_ref()
    }

    /// A question of the person's identity. It is asked only where that was not verified; else the verified answer counts,
    /// and cannot be changed.
    pub(crate) fn ask_unless_verified<Q: Question>(&mut self, question: Q) -> Walked<&'a Q::Answer> {
        let verified = self.one_login().is_some_and(|proved| proved.identity.is_some());
        match Q::answer(&self.state.answers).filter(|_| verified) {
            Some(answer) => {
                self.taken.push(Taken { after: self.trail.len(), page: Page::named(Q::PATH) });
                Ok(answer)
            }
            None => self.ask(question),
        }
    }

    /// A question that nobody has to answer. It may be visited beside the page that it belongs to, and is on the trail
    /// once it has an answer.
    pub(crate) fn may_ask<Q: Question>(&mut self, question: Q) -> Option<&'a Q::Answer> {
        self.given.insert(Q::PATH, question.given());
        let answer = Q::answer(&self.state.answers)?;
        self.trail.push(Page::named(Q::PATH));
        Some(answer)
    }

    /// A page beside the one that comes next, which only shows something here: whatever was answered on it does not count.
    pub(crate) fn offer<Q: Question>(&mut self, question: Q) {
        self.given.insert(Q::PATH, question.given());
    }

    /// A code page. It is on the trail only while its proof is missing.
    pub(crate) fn prove<C: Code>(&mut self, code: C) -> Walked<()> {
        let proof = code.proof();
        if self.state.has(&proof) {
            return Ok(());
        }
        self.trail.push(Page::named(C::PATH));
        Err(Stop::Prove(proof))
    }

    /// The address that was given as an answer and proved.
    pub(crate) fn proved_email(&self) -> Option<&'a Email> {
        let email = self.state.answers.email.as_ref()?;
        self.state.has(&Proof::Email(email.clone())).then_some(email)
    }

    /// A notice. It is on the trail only until it has been seen.
    pub(crate) fn tell<N: Notice>(&mut self, notice: N) -> Walked<()> {
        if self.state.has_seen(N::PATH) {
            return Ok(());
        }
        self.given.insert(N::PATH, notice.given());
        self.trail.push(Page::named(N::PATH));
        Err(Stop::Here)
    }

    /// A look-up: the walk stops until the shell has looked it up.
    pub(crate) fn find(&mut self, lookup: Lookup) -> Walked<&'a Found> {
        self.state.found(&lookup).ok_or(Stop::Find(lookup))
    }
}

impl<Ending> Progress<Ending> {
    /// The page that waits for the person: the last of the trail. None where nothing was asked yet.
    pub(crate) fn frontier(&self) -> Option<&'static Page> {
        self.trail.last().copied()
    }

    /// May the person be on this page now? On the trail, or beside its last page.
    pub(crate) fn allows(&self, page: &Page) -> bool {
        self.is_on_trail(page) || self.frontier().is_some_and(|last| self.is_beside(page, last))
    }

    /// A page beside a code page may always be visited while that one waits; any other only where the walk offers it.
    fn is_beside(&self, page: &Page, last: &Page) -> bool {
        let offered = matches!(last.kind, Kind::Code { .. }) || self.given.contains_key(page.path);
        page.beside.contains(&last.path) && offered
    }

    fn is_on_trail(&self, page: &Page) -> bool {
        self.trail.contains(&page)
    }

    /// Where "Back" leads from a page: to the one that it stands beside, or to the one before it on the trail. From a
    /// question past those that nobody has to answer, which would lead round in a circle.
    pub(crate) fn before(&self, page: &Page) -> Option<&'static Page> {
        if let Some(beside) = self.trail.iter().rev().find(|on| page.beside.contains(&on.path)) {
            return Some(beside);
        }
        let at = self.trail.iter().position(|on| *on == page)?;
        let mut before = self.trail[..at].iter().rev();
        match page.kind {
            Kind::Code { .. } => before.next().copied(),
            Kind::Question(_) | Kind::Notice => before.find(|on| on.beside.is_empty()).copied(),
        }
    }
}
