//! Tries every sample answer and every result of each look-up, and so visits every branch of the journey.
//!
//! The walk is pure: thousands of states take milliseconds. What holds for all of them is asserted in `rules`, and
//! docs/journey.md is drawn from them by `diagram`.

mod diagram;
mod results;
mod rules;

use std::collections::{BTreeSet, HashSet, VecDeque};

use identity::client::TrnRequirement;
use identity::interaction::Ask;
use identity::matching::MatchPolicy;

use crate::journey::{Ending, person};
use crate::page::Kind;
use crate::state::State;
use crate::walk::{Progress, Rest, Walk};

/// A kind of request that brings a person here.
struct Arrival {
    title: &'static str,
    ask: Ask,
}

/// One state and where the walk comes to in it.
struct Visited {
    state: State,
    progress: Progress<Ending>,
}

/// From one place of the diagram to another, and on which answer or result.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    from: Place,
    word: &'static str,
    to: Place,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Page(&'static str),
    /// A look-up, and the page after which it happens.
    LookUp(&'static str, &'static str),
    End(String),
}

struct Exploration {
    visited: Vec<Visited>,
    arrows: BTreeSet<Arrow>,
    /// In the order in which a person may first meet them.
    places: Vec<Place>,
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

fn explore(ask: &Ask) -> Exploration {
    let mut exploration = Exploration { visited: Vec::new(), arrows: BTreeSet::new(), places: Vec::new() };
    let mut seen = HashSet::new();
    let mut queue = VecDeque::from([State::default()]);
    while let Some(state) = queue.pop_front() {
        let progress = Walk::follow(person, ask, &state);
        let from = place(&progress);
        if !exploration.places.contains(&from) {
            exploration.places.push(from.clone());
        }
        for (word, next) in successors(&state, &progress) {
            let to = place(&Walk::follow(person, ask, &next));
            exploration.arrows.insert(Arrow { from: from.clone(), word, to });
            if seen.insert(serde_json::to_string(&next).expect("a state is plain data")) {
                queue.push_back(next);
            }
        }
        exploration.visited.push(Visited { state, progress });
    }
    exploration
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
        Rest::Proving(proof) => vec![("the right code", with(&|next| next.prove(proof.clone())))],
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
