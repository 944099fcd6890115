//! Tries every sample answer and every result of each look-up, and so visits every branch of the journey.
//!
//! The walk is pure: thousands of states take milliseconds. What holds for all of them is asserted in `rules`, and
//! docs/journey.md is drawn from them by `diagram`.

#[cfg(test)]
mod changes;
mod diagram;
mod results;
#[cfg(test)]
mod rules;

pub use diagram::document;

use std::collections::HashMap;
use std::sync::OnceLock;

use identity::browser_session::SessionId;
use identity::client::{MobileRequirement, TrnRequirement};
use identity::errand::Errand;
use identity::event::Detail;
use identity::interaction::{Ask, LiveSession};
use identity::matching::MatchPolicy;
use identity::random::Random;

use crate::account::errands::walk;
use crate::ending::Ending;
use crate::one_login;
use crate::page::{Kind, Question};
use crate::pages::PAGES;
use crate::pages::change_mobile::ChangeMobile;
use crate::pages::email::EmailPage;
use crate::pages::landing::Intent;
use crate::pages::lost_email::LostEmail;
use crate::pages::mobile::MobilePage;
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

/// What somebody who is signed in may change on the account pages.
const CHANGES: [(&str, Detail); 5] = [
    ("A change of the preferred name, at the account page", Detail::PreferredName),
    ("A change of the name, at the account page", Detail::Name),
    ("A change of the date of birth, at the account page", Detail::DateOfBirth),
    ("A change of the email address, at the account page", Detail::Email),
    ("A change of the mobile number, at the account page", Detail::Mobile),
];

fn arrivals() -> Vec<Arrival> {
    let ask = |trn, match_policy| Ask {
        wants_record: trn != TrnRequirement::NotAsked,
        mobile: MobileRequirement::Optional,
        landing_page: trn == TrnRequirement::NotAsked,
        trn,
        match_policy,
        blocks_prohibited: false,
        raises_tickets: true,
        session: None,
        login_hint: None,
        takes_evidence: false,
        errand: Errand::SignIn,
    };
    let account = results::account(1).id;
    let session = SessionId::new(&Random::seeded(1));
    let session = LiveSession { id: session, account, authenticated_at: at(), methods: Vec::new() };
    let optional = ask(TrnRequirement::Optional, MatchPolicy::Default);
    let strict = Ask { takes_evidence: true, ..ask(TrnRequirement::Optional, MatchPolicy::Strict) };
    let required = ask(TrnRequirement::Required, MatchPolicy::Default);
    let not_asked = ask(TrnRequirement::NotAsked, MatchPolicy::Default);
    let change = |(title, detail)| {
        let errand = Errand::Change { detail, link: None };
        Arrival {
            title,
            ask: Ask { session: Some(session.clone()), takes_evidence: true, errand, ..not_asked.clone() },
        }
    };
    let changes = CHANGES.map(change);
    let services = [
        Arrival { title: "A service that asks for the TRN", ask: optional },
        Arrival {
            title: "A service with the strict match policy, where people can send evidence",
            ask: strict.clone(),
        },
        Arrival {
            title: "A service with the strict match policy, for somebody who is signed in with this browser",
            ask: Ask { session: Some(session.clone()), ..strict },
        },
        Arrival {
            title: "A service that requires the TRN and keeps out people with an open prohibition",
            ask: Ask { blocks_prohibited: true, ..required },
        },
        Arrival { title: "A service that does not ask for the TRN", ask: not_asked.clone() },
    ];
    services.into_iter().chain(changes).collect()
}

/// Every state that a person can come to, in the order in which they may first meet it.
fn explore(ask: &Ask) -> Vec<Visited> {
    let mut visited: Vec<Visited> = Vec::new();
    let mut known = HashMap::new();
    let mut visit = |visited: &mut Vec<Visited>, state: State| {
        let number =
            *known.entry(serde_json::to_string(&state).expect("a state is plain data")).or_insert(visited.len());
        if number == visited.len() {
            let progress = Walk::follow(walk, ask, &state);
            visited.push(Visited { state, progress, next: Vec::new() });
        }
        number
    };
    visit(&mut visited, State::default());
    let mut here = 0;
    while here < visited.len() {
        for (word, state) in successors(ask, &visited[here].state, &visited[here].progress) {
            let there = visit(&mut visited, state);
            visited[here].next.push((word, there));
        }
        here += 1;
    }
    visited
}

/// Every state that an answer, a code or a look-up's result can lead to next.
fn successors(ask: &Ask, state: &State, progress: &Progress<Ending>) -> Vec<(&'static str, State)> {
    let with = |change: &dyn Fn(&mut State)| {
        let mut next = state.clone();
        change(&mut next);
        next
    };
    match &progress.rest {
        Rest::Page => {
            let frontier = progress.frontier().expect("a page waits on the trail");
            let mut next = match &frontier.kind {
                Kind::Question(question) if ask.wants_record && frontier.path == MobilePage::PATH => {
                    (question.samples)(state).into_iter().filter(|(word, _)| *word == "without").collect()
                }
                Kind::Question(question) => (question.samples)(state),
                Kind::Notice => vec![("continue", with(&|next| next.see(frontier.path)))],
                Kind::Code { .. } => unreachable!("a code page rests by waiting for its proof"),
            };
            next.extend(beside(ask, state, progress));
            // What follows one without an identity is what follows a code, and what follows one with it is so whatever the
            // service asks for and the person wants: one way is enough.
            let is_enough = !ask.wants_record && state.answers.intent == Some(Intent::Create);
            if frontier.path == EmailPage::PATH && is_enough && state.answers.lost_email.is_none() {
                next.push(("GOV.UK One Login", with(&|next| one_login::enter(next, results::proved()))));
            }
            // What follows is what follows a code, whatever the service asks for: one kind of request is enough.
            if frontier.path == EmailPage::PATH && !ask.wants_record {
                next.push(("a passkey", with(&|next| next.answers.passkey = Some(results::account(1).id))));
            }
            next
        }
        Rest::Proving(proof) => {
            let mut next = vec![("the right code", with(&|next| next.prove(proof.clone())))];
            next.extend(beside(ask, state, progress));
            next
        }
        Rest::Finding(lookup) => {
            let results = results::of(lookup, ask, state).into_iter();
            results.map(|(word, found)| (word, with(&|next| next.keep(lookup.clone(), found.clone(), at())))).collect()
        }
        Rest::End(_) => Vec::new(),
    }
}

/// The answers of the pages that stand beside the one that waits. Of those that nobody has to answer one at a time is
/// enough: none looks at another. What leads away from the record is tried where no record is wanted.
fn beside(ask: &Ask, state: &State, progress: &Progress<Ending>) -> Vec<(&'static str, State)> {
    let last = progress.frontier().map(|page| page.path);
    let answered = progress.trail.iter().any(|page| !page.beside.is_empty());
    let allowed = PAGES.iter().filter(|page| {
        !page.beside.is_empty() && last.is_some_and(|last| page.beside.contains(&last)) && progress.allows(page)
    });
    let allowed = allowed.filter(|_| !answered);
    let allowed =
        allowed.filter(|page| !ask.wants_record || ![LostEmail::PATH, ChangeMobile::PATH].contains(&page.path));
    let allowed = allowed.filter(|page| page.path != LostEmail::PATH || state.answers.email.is_none());
    let questions = allowed.filter_map(|page| match &page.kind {
        Kind::Question(question) => Some((question.samples)(state)),
        Kind::Code { .. } | Kind::Notice => None,
    });
    questions.flatten().collect()
}

/// Every kind of request with all its states. Tests share one exploration.
fn explored() -> &'static [(Arrival, Vec<Visited>)] {
    static EXPLORED: OnceLock<Vec<(Arrival, Vec<Visited>)>> = OnceLock::new();
    EXPLORED.get_or_init(|| {
        let explored = arrivals().into_iter().map(|arrival| {
            let visited = explore(&arrival.ask);
            (arrival, visited)
        });
        explored.collect()
    })
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
