//! What holds in every state that a journey can be in.

use std::collections::BTreeSet;

use super::{Visited, arrivals, explore};
use crate::journey::{Ending, person};
use crate::page::{Kind, Page};
use crate::pages::PAGES;
use crate::state::{Found, Lookup, Proof, State};
use crate::walk::{Progress, Rest, Walk};

fn each_state(check: impl Fn(&Visited)) {
    for arrival in arrivals() {
        let visited = explore(&arrival.ask);
        assert!(visited.len() > 10, "{}: the explorer went nowhere", arrival.title);
        visited.iter().for_each(&check);
    }
}

#[test]
fn the_trail_is_never_empty_and_the_person_may_be_at_its_end() {
    each_state(|Visited { state, progress, .. }| {
        let frontier = progress.frontier().unwrap_or_else(|| panic!("nothing is asked in {state:?}"));
        assert!(progress.allows(frontier), "{frontier:?} is not allowed in {state:?}");
    });
}

#[test]
fn every_way_back_leads_to_a_page_that_is_allowed_and_ends_at_the_first() {
    each_state(|Visited { progress, .. }| {
        let mut page = progress.frontier().unwrap();
        let mut steps = 0;
        while let Some(before) = progress.before(page) {
            assert!(progress.allows(before), "back from {page:?} leads to {before:?}");
            page = before;
            steps += 1;
            assert!(steps <= progress.trail.len(), "back goes round in a circle");
        }
        assert_eq!(page, progress.trail[0]);
    });
}

#[test]
fn no_page_stands_twice_on_a_trail() {
    each_state(|Visited { progress, .. }| {
        let paths: BTreeSet<&str> = progress.trail.iter().map(|page| page.path).collect();
        assert_eq!(paths.len(), progress.trail.len(), "{:?}", progress.trail);
    });
}

#[test]
fn every_page_is_reachable() {
    let mut reached = BTreeSet::new();
    for arrival in arrivals() {
        for Visited { progress, .. } in explore(&arrival.ask) {
            reached.extend(PAGES.iter().filter(|page| progress.allows(page)).map(|page| page.path));
        }
    }
    let unreached: Vec<&Page> = PAGES.iter().filter(|page| !reached.contains(page.path)).collect();
    assert!(unreached.is_empty(), "nothing leads to {unreached:?}");
}

#[test]
fn every_state_can_still_come_to_an_end_and_nothing_follows_an_end() {
    for arrival in arrivals() {
        let visited = explore(&arrival.ask);
        let ended = |state: &Visited| matches!(state.progress.rest, Rest::End(_));
        assert!(visited.iter().all(|state| ended(state) == state.next.is_empty()));
        let mut good: BTreeSet<usize> = (0..visited.len()).filter(|number| ended(&visited[*number])).collect();
        let leads =
            |good: &BTreeSet<usize>, number: usize| visited[number].next.iter().any(|(_, to)| good.contains(to));
        while let Some(one) = (0..visited.len()).find(|number| !good.contains(number) && leads(&good, *number)) {
            good.insert(one);
        }
        let stuck = (0..visited.len()).find(|number| !good.contains(number));
        assert!(stuck.is_none(), "{}: no way on from {:?}", arrival.title, stuck.map(|number| &visited[number].state));
    }
}

#[test]
fn nobody_is_signed_in_to_an_account_whose_address_they_did_not_prove() {
    each_state(|Visited { state, progress, .. }| {
        let signed_in = match &progress.rest {
            Rest::End(Ending::SignIn(id) | Ending::Settle(id, _)) => id,
            _ => return,
        };
        let accounts = state.findings.iter().filter_map(|finding| match &finding.found {
            Found::Account(account) => account.as_ref(),
            Found::Verdict(_) => None,
        });
        let mut theirs = accounts.filter(|account| account.id == *signed_in);
        assert!(theirs.any(|account| state.has(&Proof::Email(account.email.clone()))), "{state:?}");
    });
}

#[test]
fn nobody_is_registered_with_an_address_that_is_not_proved_or_is_known_or_before_they_checked_their_answers() {
    each_state(|Visited { state, progress, .. }| {
        if !matches!(progress.rest, Rest::End(Ending::Register(_))) {
            return;
        }
        let email = state.answers.email.clone().unwrap();
        assert!(state.has(&Proof::Email(email.clone())));
        assert_eq!(state.found(&Lookup::AccountByEmail(email)), Some(&Found::Account(None)));
        assert_eq!(progress.frontier().unwrap().path, "check-answers");
    });
}

#[test]
fn the_questions_stop_as_soon_as_one_record_is_found() {
    each_state(|Visited { state, progress, .. }| {
        let one = |found: &Found| matches!(found, Found::Verdict(verdict) if matches!(verdict.decision, identity::matching::Decision::One(_)));
        if state.findings.iter().any(|finding| one(&finding.found)) {
            let after = progress.frontier().unwrap().path;
            let lookups = matches!(progress.rest, Rest::Finding(_) | Rest::End(_));
            assert!(lookups || ["check-answers", "record-holder-code"].contains(&after), "{after} is asked");
        }
    });
}

/// Changing one answer may lead anywhere, but never to a page that is not allowed, and never loses what stays true.
#[test]
fn an_answer_can_be_changed_at_any_time_and_the_walk_comes_back_to_where_it_was() {
    for arrival in arrivals() {
        let follow = |state: &State| Walk::follow(person, &arrival.ask, state);
        for Visited { state, progress, .. } in explore(&arrival.ask) {
            for page in &progress.trail {
                let Kind::Question(question) = &page.kind else { continue };
                for (word, changed) in (question.samples)(&state) {
                    let there = follow(&changed);
                    assert!(there.allows(there.frontier().unwrap()), "{page:?}: {word}");
                    came_back(&state, &progress, &changed, &follow);
                }
            }
        }
    }
}

/// With the old answers again everything is as before: nothing was reset.
fn came_back(
    state: &State,
    progress: &Progress<Ending>,
    changed: &State,
    follow: &impl Fn(&State) -> Progress<Ending>,
) {
    let again = State { answers: state.answers.clone(), ..changed.clone() };
    assert_eq!(follow(&again), *progress);
}
