//! The interpreter of a journey. A journey is a plain function that asks, proves, tells and finds; the walk runs it over
//! what is known so far and records the trail. Everything else is derived: the next page is the trail's last, the way
//! back is the one before, and a page may be visited exactly when it is on the trail.

use identity::interaction::Ask;

use crate::page::{Code, Page, Question};
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
}

/// How far a journey has come.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Progress<Ending> {
    pub trail: Vec<&'static Page>,
    pub rest: Rest<Ending>,
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
        let mut walk = Walk { ask, state, trail: Vec::new() };
        let rest = match journey(&mut walk) {
            Ok(ending) => Rest::End(ending),
            Err(Stop::Here) => Rest::Page,
            Err(Stop::Prove(proof)) => Rest::Proving(proof),
            Err(Stop::Find(lookup)) => Rest::Finding(lookup),
        };
        Progress { trail: walk.trail, rest }
    }

    /// A question. It stays on the trail, so that its answer can be changed.
    pub(crate) fn ask<Q: Question>(&mut self, question: Q) -> Walked<&'a Q::Answer> {
        let _ = question;
        self.trail.push(Page::named(Q::PATH));
        Q::answer(&self.state.answers).ok_or(Stop::Here)
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
        let beside = |last: &'static Page| page.beside.is_some_and(|path| path == last.path);
        self.trail.iter().any(|on| on.path == page.path) || self.frontier().is_some_and(beside)
    }

    /// Where "Back" leads from a page: to the one before it on the trail.
    pub(crate) fn before(&self, page: &Page) -> Option<&'static Page> {
        if let Some(beside) = page.beside {
            return self.trail.iter().find(|on| on.path == beside).copied();
        }
        let at = self.trail.iter().position(|on| on.path == page.path)?;
        at.checked_sub(1).map(|before| self.trail[before])
    }
}
