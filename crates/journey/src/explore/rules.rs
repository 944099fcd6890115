//! What holds in every state that a journey can be in.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic::catch_unwind;

use identity::account::AccountId;
use identity::change_request::Wanted;
use identity::errand::Errand;
use identity::interaction::Ask;
use identity::matching::Decision;
use identity::trn::Trn;

use super::{Visited, explored};
use crate::account::errands::walk;
use crate::ending::{Ending, Request};
use crate::known::{KnownAccount, Standing};
use crate::page::{Kind, Page};
use crate::pages::PAGES;
use crate::state::{Found, Lookup, Proof, State};
use crate::upload;
use crate::walk::{Progress, Rest, Walk};

fn each_state(check: impl Fn(&Ask, &Visited)) {
    for (arrival, visited) in explored() {
        assert!(visited.len() > 3, "{}: the explorer went nowhere", arrival.title);
        visited.iter().for_each(|state| check(&arrival.ask, state));
    }
}

/// Every account that a look-up has found, as it was found.
fn accounts(state: &State) -> impl Iterator<Item = &KnownAccount> {
    state.findings.iter().flat_map(|finding| match &finding.found {
        Found::Account(account) => account.as_deref().into_iter().collect::<Vec<_>>(),
        Found::Accounts(accounts) => accounts.iter().collect(),
        _ => Vec::new(),
    })
}

/// Who is signed in, if it has come to that.
fn signed_in(progress: &Progress<Ending>) -> Option<AccountId> {
    match &progress.rest {
        Rest::End(Ending::SignIn { account, .. } | Ending::Claim { account, .. }) => Some(*account),
        _ => None,
    }
}

/// Names each rule with what it is called.
macro_rules! rules {
    ($($rule:ident),* $(,)?) => { [$((stringify!($rule), $rule as fn())),*] };
}

/// In one test, because all share one exploration, which takes longer than most of them; and each runner may give every test
/// a process of its own.
#[test]
fn each_rule_holds_in_every_state_that_a_journey_can_be_in() {
    let rules = rules![
        somebody_who_has_not_come_to_an_end_is_on_a_page_where_they_may_be,
        every_way_back_leads_to_a_page_that_is_allowed_and_ends_at_the_first,
        no_page_stands_twice_on_a_trail,
        every_page_is_reachable,
        every_state_can_still_come_to_an_end_and_nothing_follows_an_end,
        nobody_is_signed_in_to_an_account_whose_address_number_passkey_or_one_login_they_did_not_prove,
        an_account_gets_no_address_that_its_owner_did_not_prove_or_that_another_account_has,
        nobody_with_an_open_prohibition_gets_past_a_client_that_keeps_them_out,
        nobody_is_registered_with_an_address_that_is_not_proved_or_is_known_or_before_they_checked_their_answers,
        the_questions_stop_as_soon_as_one_record_is_found,
        an_answer_can_be_changed_at_any_time_and_the_walk_comes_back_to_where_it_was,
        a_trn_is_told_to_nobody_whose_record_another_account_holds,
        no_answer_leads_back_to_a_page_that_was_answered_before,
        nobody_with_a_record_changes_their_name_or_date_of_birth_by_themselves,
        a_change_asks_for_nothing_that_a_sign_in_asks_for,
        support_is_asked_only_for_what_was_shown_with_its_document_and_confirmed_and_is_not_asked_for_already,
    ];
    // What is wrong has been printed by then.
    let broken = rules.iter().filter(|(_, rule)| catch_unwind(rule).is_err()).map(|(name, _)| *name);
    assert_eq!(broken.collect::<Vec<_>>(), [""; 0]);
}

fn somebody_who_has_not_come_to_an_end_is_on_a_page_where_they_may_be() {
    each_state(|_, Visited { state, progress, .. }| {
        let Some(frontier) = progress.frontier() else {
            let waits = matches!(progress.rest, Rest::Page | Rest::Proving(_));
            assert!(!waits, "nothing is asked in {state:?}");
            return;
        };
        assert!(progress.allows(frontier), "{frontier:?} is not allowed in {state:?}");
    });
}

fn every_way_back_leads_to_a_page_that_is_allowed_and_ends_at_the_first() {
    each_state(|_, Visited { progress, .. }| {
        for from in PAGES.iter().filter(|page| progress.allows(page)) {
            let (mut page, mut steps) = (from, 0);
            while let Some(before) = progress.before(page) {
                assert!(progress.allows(before), "back from {page:?} leads to {before:?}");
                page = before;
                steps += 1;
                assert!(
                    steps <= progress.trail.len(),
                    "back from {from:?} goes round in a circle on {:?}",
                    progress.trail
                );
            }
            let first = progress.trail.iter().find(|page| page.beside.is_empty()).unwrap_or(&progress.trail[0]);
            assert!(page == *first || page == progress.trail[0], "back from {from:?} ends at {page:?}");
        }
    });
}

fn no_page_stands_twice_on_a_trail() {
    each_state(|_, Visited { progress, .. }| {
        let paths: BTreeSet<&str> = progress.trail.iter().map(|page| page.path).collect();
        assert_eq!(paths.len(), progress.trail.len(), "{:?}", progress.trail);
    });
}

fn every_page_is_reachable() {
    let mut reached = BTreeSet::new();
    for (_, visited) in explored() {
        for Visited { progress, .. } in visited {
            reached.extend(PAGES.iter().filter(|page| progress.allows(page)).map(|page| page.path));
        }
    }
    let unreached: Vec<&Page> = PAGES.iter().filter(|page| !reached.contains(page.path)).collect();
    assert!(unreached.is_empty(), "nothing leads to {unreached:?}");
}

fn every_state_can_still_come_to_an_end_and_nothing_follows_an_end() {
    for (arrival, visited) in explored() {
        let ended = |state: &Visited| matches!(state.progress.rest, Rest::End(_));
        assert!(visited.iter().all(|state| ended(state) == state.next.is_empty()));
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); visited.len()];
        for (number, state) in visited.iter().enumerate() {
            state.next.iter().for_each(|(_, to)| before[*to].push(number));
        }
        let mut good = BTreeSet::new();
        let mut reached: Vec<usize> = (0..visited.len()).filter(|number| ended(&visited[*number])).collect();
        while let Some(number) = reached.pop() {
            if good.insert(number) {
                reached.extend(&before[number]);
            }
        }
        let stuck = (0..visited.len()).find(|number| !good.contains(number));
        assert!(stuck.is_none(), "{}: no way on from {:?}", arrival.title, stuck.map(|number| &visited[number].state));
    }
}

fn nobody_is_signed_in_to_an_account_whose_address_number_passkey_or_one_login_they_did_not_prove() {
    each_state(|ask, Visited { state, progress, .. }| {
        let Some(id) = signed_in(progress) else { return };
        let session = ask.session.as_ref().is_some_and(|session| session.account == id);
        let mut theirs = accounts(state).filter(|account| account.id == id);
        let number = |account: &KnownAccount| account.mobile.clone().map(Proof::Mobile);
        let by_mobile = matches!(&progress.rest, Rest::End(Ending::SignIn { news, .. }) if news.by_mobile.is_some());
        let proved = theirs.any(|account| match number(account).filter(|_| by_mobile) {
            Some(number) => state.has(&number),
            None => state.has(&Proof::Email(account.email.clone())),
        });
        let shown = state.answers.passkey == Some(id);
        let linked = state.answers.one_login.as_ref().is_some_and(|one_login| {
            let found = state.found(&Lookup::AccountByOneLogin(one_login.subject.clone()));
            matches!(found, Some(Found::Account(Some(account))) if account.id == id)
        });
        assert!(session || shown || linked || proved, "{state:?}");
    });
}

fn an_account_gets_no_address_that_its_owner_did_not_prove_or_that_another_account_has() {
    each_state(|_, Visited { state, progress, .. }| {
        let (id, email) = match &progress.rest {
            Rest::End(Ending::SignIn { account, changes, .. }) => match &changes.email {
                Some(email) => (*account, email),
                None => return,
            },
            Rest::End(Ending::Claim { account, email, .. }) => (*account, email),
            Rest::End(Ending::Change { account, changes, .. }) => match &changes.email {
                Some(email) => (*account, email),
                None => return,
            },
            _ => return,
        };
        assert!(state.has(&Proof::Email(email.clone())), "{state:?}");
        let others = accounts(state).filter(|account| account.id != id);
        assert_eq!(others.filter(|account| account.email == *email).count(), 0, "{state:?}");
    });
}

fn nobody_with_an_open_prohibition_gets_past_a_client_that_keeps_them_out() {
    let mut kept_out = 0;
    for (_, visited) in explored().iter().filter(|(arrival, _)| arrival.ask.blocks_prohibited) {
        for Visited { state, progress, .. } in visited {
            let Rest::End(ending) = &progress.rest else { continue };
            if matches!(ending, Ending::Blocked(_)) {
                kept_out += 1;
                continue;
            }
            let linked = accounts(state).filter(|account| Some(account.id) == signed_in(progress));
            let linked = linked.filter_map(|account| account.record.as_ref());
            let search = match ending {
                Ending::SignIn { news, .. } => news.search.as_ref(),
                Ending::Register { search, .. } => search.as_ref(),
                Ending::Claim { search, .. } => Some(search),
                Ending::AskSupport { .. } | Ending::Blocked(_) | Ending::Change { .. } => None,
            };
            let found = search.and_then(|search| search.record.as_ref());
            for link in linked.chain(found) {
                assert!(!is_prohibited(state, &link.trn), "{ending:?}");
            }
        }
    }
    assert!(kept_out > 0);
}

/// As the look-ups found it, through the records that this one became.
fn is_prohibited(state: &State, trn: &Trn) -> bool {
    match state.found(&Lookup::RecordByTrn(trn.clone())) {
        Some(Found::Record(Some(record))) => match &record.standing {
            Standing::ReplacedBy(successor) => is_prohibited(state, successor),
            _ => record.prohibited,
        },
        _ => false,
    }
}

fn nobody_is_registered_with_an_address_that_is_not_proved_or_is_known_or_before_they_checked_their_answers() {
    each_state(|_, Visited { state, progress, .. }| {
        let Rest::End(Ending::Register { email, .. }) = &progress.rest else { return };
        assert!(state.has(&Proof::Email(email.clone())));
        assert_eq!(state.found(&Lookup::AccountByEmail(email.clone())), Some(&Found::Account(None)));
        assert!(progress.trail.iter().any(|page| ["check-answers", "no-match"].contains(&page.path)));
    });
}

fn the_questions_stop_as_soon_as_one_record_is_found() {
    let first_numbers = ["has-nino", "nino", "has-trn", "trn"];
    let second_record = ["has-qts", "has-provider", "provider"];
    each_state(|_, Visited { state, progress, .. }| {
        let one =
            |found: &Found| matches!(found, Found::Verdict(verdict) if matches!(verdict.decision, Decision::One(_)));
        let lacks_qts = |found: &Found| matches!(found, Found::Record(Some(record)) if !record.has_qts);
        let found = |is: &dyn Fn(&Found) -> bool| state.findings.iter().any(|finding| is(&finding.found));
        if found(&one) && matches!(progress.rest, Rest::Page) {
            let asked = progress.frontier().unwrap().path;
            assert!(!first_numbers.contains(&asked), "{asked} is asked");
            assert!(!second_record.contains(&asked) || found(&lacks_qts), "{asked} is asked");
        }
    });
}

/// Changing one answer may lead anywhere, but never to a page that is not allowed, and never loses what stays true.
fn an_answer_can_be_changed_at_any_time_and_the_walk_comes_back_to_where_it_was() {
    for (arrival, visited) in explored() {
        let follow = |state: &State| Walk::follow(walk, &arrival.ask, state);
        // While something is looked up nobody can answer anything.
        let rests = visited.iter().filter(|visited| !matches!(visited.progress.rest, Rest::Finding(_)));
        for Visited { state, progress, .. } in rests {
            for page in &progress.trail {
                let Kind::Question(question) = &page.kind else { continue };
                for (word, changed) in (question.samples)(state) {
                    let there = follow(&changed);
                    assert!(there.allows(there.frontier().unwrap()), "{page:?}: {word}");
                    came_back(state, progress, &changed, &follow);
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

fn a_trn_is_told_to_nobody_whose_record_another_account_holds() {
    each_state(|_, Visited { state, progress, .. }| {
        let Some(frontier) = progress.frontier().filter(|page| page.path == "your-trn") else { return };
        let holders = state.findings.iter().filter(|finding| matches!(finding.lookup, Lookup::AccountByTrn(_)));
        assert!(holders.clone().count() > 0);
        assert!(holders.into_iter().all(|finding| finding.found == Found::Account(None)), "{frontier:?}");
    });
}

fn no_answer_leads_back_to_a_page_that_was_answered_before() {
    for (_, visited) in explored() {
        for Visited { progress, next, .. } in visited {
            let Some((_, answered)) = progress.trail.split_last() else { continue };
            for (word, to) in next {
                let there = &visited[*to].progress;
                let waits = there.frontier().filter(|_| matches!(there.rest, Rest::Page | Rest::Proving(_)));
                let again = waits.filter(|page| answered.contains(page));
                assert!(again.is_none(), "{word} at {:?} leads back to {again:?}", progress.frontier());
            }
        }
    }
}

fn nobody_with_a_record_changes_their_name_or_date_of_birth_by_themselves() {
    each_state(|_, Visited { state, progress, .. }| {
        let Rest::End(Ending::Change { account: id, changes, .. }) = &progress.rest else { return };
        if accounts(state).any(|account| account.id == *id && account.record.is_some()) {
            assert!(changes.name.is_none() && changes.date_of_birth.is_none(), "{changes:?}");
        }
    });
}

fn a_change_asks_for_nothing_that_a_sign_in_asks_for() {
    let changes = explored().iter().filter(|(arrival, _)| arrival.ask.errand != Errand::SignIn);
    let visited: Vec<&Visited> = changes.flat_map(|(_, visited)| visited).collect();
    assert!(visited.iter().any(|state| matches!(state.progress.rest, Rest::End(Ending::Change { .. }))));
    for page in visited.iter().flat_map(|state| &state.progress.trail) {
        let of_a_request =
            ["new-", "check-"].iter().any(|start| page.path.starts_with(start)) || upload::takes_a_file(page.path);
        let of_a_change = page.path.starts_with("change-") || ["email-taken", "mobile-taken"].contains(&page.path);
        assert!(of_a_change || of_a_request && page.path != "check-answers", "{page:?}");
    }
}

fn support_is_asked_only_for_what_was_shown_with_its_document_and_confirmed_and_is_not_asked_for_already() {
    let asked = Cell::new(0);
    each_state(|_, Visited { state, progress, .. }| {
        let (account, requests) = match &progress.rest {
            Rest::End(Ending::SignIn { account, requests, .. }) => (Some(*account), requests.clone()),
            Rest::End(Ending::Register { requests, .. }) => (None, requests.clone()),
            Rest::End(Ending::Change { account, request, .. }) => (Some(*account), request.iter().cloned().collect()),
            _ => return,
        };
        asked.set(asked.get() + requests.len());
        for Request { wanted, evidence } in requests {
            let (name, date) = (&state.answers.new_official_name, &state.answers.new_date_of_birth);
            match &wanted {
                Wanted::OfficialName(wanted) => assert_eq!(name.checked, Some((wanted.clone(), evidence))),
                Wanted::DateOfBirth(wanted) => assert_eq!(date.checked, Some((*wanted, evidence))),
            }
            let waits = |known: &KnownAccount| Some(known.id) == account && known.waits_for(wanted.subject()).is_some();
            assert!(!accounts(state).any(waits));
        }
    });
    assert!(asked.get() > 0);
}
