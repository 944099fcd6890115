//! Tries every sample answer and every result of each look-up, and so visits every branch of the journey.
//!
//! The walk is pure: thousands of states take milliseconds. What holds for all of them is asserted in `rules`, and
//! docs/journey.md is drawn from them by `diagram`.

mod diagram;
mod results;
#[cfg(test)]
mod rules;

pub use diagram::document;

use std::collections::HashMap;

use identity::client::TrnRequirement;
use identity::interaction::Ask;
use identity::matching::MatchPolicy;

use crate::journey::{Ending, person};
use crate::page::Kind;
use crate::pages::PAGES;
use crate::state::State;
use crate::walk::{Progress, Rest, Walk};

/// A kind of request that brings a person here.
struct Arrival {
    title: &'static str,
    ask: Ask,
}

/// One state, where the walk comes to in it, and what each answer or result then leads to (by its place in the list).
struct Visited {
    state: State,
    progress: Progress<Ending>,
    next: Vec<(&'static str, usize)>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Page(&'static str),
    /// A look-up, and the page after which it happens.
    LookUp(&'static str, &'static str),
    End(String),
}

fn arrivals() -> [Arrival; 3] {
    let ask = |wants_record, match_policy| {
        let trn = if wants_record { TrnRequirement::Optional } else { TrnRequirement::NotAsked };
        Ask { wants_record, trn, match_policy, login_hint: None }
    };
    [
        Arrival { title: "A service that asks for the TRN", ask: ask(true, MatchPolicy::Default) },
        Arrival { title: "A service with the strict match policy", ask: ask(true, MatchPolicy::Strict) },
        Arrival { title: "A service that does not ask for the TRN", ask: ask(false, MatchPolicy::Default) },
    ]
}

/// Every state that a person can come to, in the order in which they may first meet it.
fn explore(ask: &Ask) -> Vec<Visited> {
    let mut visited: Vec<Visited> = Vec::new();
    let mut known = HashMap::new();
    let mut visit = |visited: &mut Vec<Visited>, state: State| {
        let number =
            *known.entry(serde_json::to_string(&state).expect("a state is plain data")).or_insert(visited.len());
        if number == visited.len() {
            let progress = Walk::follow(person, ask, &state);
            visited.push(Visited { state, progress, next: Vec::new() });
        }
        number
    };
    visit(&mut visited, State::default());
    let mut here = 0;
    while here < visited.len() {
        for (word, state) in successors(&visited[here].state, &visited[here].progress) {
            let there = visit(&mut visited, state);
            visited[here].next.push((word, there));
        }
        here += 1;
    }
    visited
}

/// Every state that an answer, a code or a look-up's result can lead to next.
fn successors(state: &State, progress: &Progress<Ending>) -> Vec<(&'static str, State)> {
    let with = |change: &dyn Fn(&mut State)| {
        let mut next = state.clone();
        change(&mut next);
        next
    };
    match &progress.rest {
        Rest::Page => match &progress.frontier().expect("a question waits on the trail").kind {
            Kind::Question(question) => (question.samples)(state),
            Kind::Code { .. } => unreachable!("a code page rests by waiting for its proof"),
        },
        Rest::Proving(proof) => {
            let mut next = vec![("the right code", with(&|next| next.prove(proof.clone())))];
            for page in PAGES.iter().filter(|page| page.beside.is_some() && progress.allows(page)) {
                if let Kind::Question(question) = &page.kind {
                    next.extend((question.samples)(state));
                }
            }
            next
        }
        Rest::Finding(lookup) => {
            let results = results::of(lookup).into_iter();
            results.map(|(word, found)| (word, with(&|next| next.keep(lookup.clone(), found.clone(), at())))).collect()
        }
        Rest::End(_) => Vec::new(),
    }
}

fn place(progress: &Progress<Ending>) -> Place {
    let frontier = progress.frontier().map_or("the start", |page| page.path);
    match &progress.rest {
        Rest::Page | Rest::Proving(_) => Place::Page(frontier),
        Rest::Finding(lookup) => Place::LookUp(results::question(lookup), frontier),
        Rest::End(ending) => Place::End(diagram::words(ending)),
    }
}

fn at() -> identity::clock::Time {
    identity::clock::Time::UNIX_EPOCH
}
