//! GOV.UK One Login: the links to accounts, and the browsers on the way.

use identity::account::Account;
use identity::one_login::{OneLoginLink, OneLoginState, Subject};
use store::{Constraint, StoreError};

use super::{at_once, broken};
use crate::sample::{account, hashed, interaction, noon, seconds};
use crate::world::World;

/// The id is made from the subject.
fn link(account: &Account, subject: &str) -> OneLoginLink {
    let id = uuid::Uuid::from_u128(subject.bytes().fold(0, |sum, byte| sum * 256 + u128::from(byte)));
    let subject = Subject::parse(subject).expect("this is a subject");
    OneLoginLink { id, subject, account: account.id, linked_at: noon(), last_used_at: noon() }
}

impl World {
    async fn has_linked(&self, address: &str, subjects: &[&str]) -> Account {
        let person = account(&self.random, address);
        let (kept, links) = (person.clone(), subjects.iter().map(|subject| link(&person, subject)).collect::<Vec<_>>());
        self.does(move |db| {
            db.accounts().create(&kept)?;
            links.iter().try_for_each(|link| db.one_logins().link(link))
        })
        .await;
        person
    }

    async fn subjects_of(&self, account: &Account) -> Vec<String> {
        let id = account.id;
        let links = self.sees(move |db| db.one_logins().of_account(id)).await;
        links.iter().map(|link| link.subject.as_str().to_owned()).collect()
    }

    async fn has_state(&self) -> OneLoginState {
        let journey = interaction(&self.random);
        let state = OneLoginState {
            state: hashed(&self.random),
            interaction: journey.id,
            sealed: "key.nonce.secret".into(),
            expires_at: noon() + seconds(60),
        };
        let kept = state.clone();
        self.does(move |db| {
            db.interactions().create(&journey)?;
            db.one_logins().begin(&kept)
        })
        .await;
        state
    }

    async fn takes_state(&self, state: &OneLoginState, at: identity::clock::Time) -> Option<String> {
        let state = state.state.clone();
        self.does(move |db| db.one_logins().take(&state, at)).await
    }
}

pub(crate) async fn a_link_comes_back_as_it_was_made(world: World) {
    let jane = world.has_linked("jane@example.com", &["urn:jane"]).await;
    let made = link(&jane, "urn:jane");
    let subject = made.subject.clone();
    assert_eq!(world.sees(move |db| db.one_logins().by_subject(&subject)).await, Some(made));
    let other = Subject::parse("urn:jan").unwrap();
    assert_eq!(world.sees(move |db| db.one_logins().by_subject(&other)).await, None);
}

pub(crate) async fn a_subject_leads_to_one_account(world: World) {
    world.has_linked("jane@example.com", &["urn:jane"]).await;
    let joan = world.has_linked("joan@example.com", &[]).await;
    let second = OneLoginLink { id: world.random.uuid(), ..link(&joan, "urn:jane") };
    let rule = broken(&world.store, move |db| db.one_logins().link(&second)).await;
    assert_eq!(rule, Constraint::OneLoginSubject);
}

pub(crate) async fn an_account_may_have_several_subjects_oldest_first(world: World) {
    let jane = world.has_linked("jane@example.com", &["urn:new"]).await;
    let old = OneLoginLink { linked_at: noon() - seconds(9), ..link(&jane, "urn:old") };
    world.does(move |db| db.one_logins().link(&old)).await;
    assert_eq!(world.subjects_of(&jane).await, ["urn:old", "urn:new"]);
}

pub(crate) async fn the_use_of_a_link_is_noted(world: World) {
    let jane = world.has_linked("jane@example.com", &["urn:jane", "urn:other"]).await;
    let subject = Subject::parse("urn:jane").unwrap();
    let used = subject.clone();
    world.does(move |db| db.one_logins().mark_used(&used, noon() + seconds(5))).await;
    let id = jane.id;
    for link in world.sees(move |db| db.one_logins().of_account(id)).await {
        let expected = if link.subject == subject { noon() + seconds(5) } else { noon() };
        assert_eq!(link.last_used_at, expected);
    }
}

pub(crate) async fn a_link_is_taken_away_by_its_owner_alone(world: World) {
    let jane = world.has_linked("jane@example.com", &["urn:jane", "urn:other"]).await;
    let joan = world.has_linked("joan@example.com", &[]).await;
    let id = link(&jane, "urn:jane").id;
    for (owner, unlinked) in [(joan.id, false), (jane.id, true), (jane.id, false)] {
        assert_eq!(world.does(move |db| db.one_logins().unlink(owner, id)).await, unlinked);
    }
    assert_eq!(world.subjects_of(&jane).await, ["urn:other"]);
}

pub(crate) async fn links_made_since_a_moment_go_and_older_ones_and_those_of_others_stay(world: World) {
    let jane = world.has_linked("jane@example.com", &["urn:at", "urn:after"]).await;
    let joan = world.has_linked("joan@example.com", &["urn:joan"]).await;
    let before = OneLoginLink { linked_at: noon() - seconds(1), ..link(&jane, "urn:before") };
    world.does(move |db| db.one_logins().link(&before)).await;
    let id = jane.id;
    assert_eq!(world.does(move |db| db.one_logins().unlink_linked_since(id, noon())).await, 2);
    assert_eq!(world.subjects_of(&jane).await, ["urn:before"]);
    assert_eq!(world.subjects_of(&joan).await, ["urn:joan"]);
    assert_eq!(world.does(move |db| db.one_logins().unlink_all_of(id)).await, 1);
    assert!(world.subjects_of(&jane).await.is_empty());
    assert_eq!(world.subjects_of(&joan).await, ["urn:joan"]);
}

pub(crate) async fn a_link_belongs_to_an_account(world: World) {
    let nobody = account(&world.random, "nobody@example.com");
    let link = link(&nobody, "urn:nobody");
    let refused = world.store.transact(move |db| db.one_logins().link(&link)).await;
    assert!(matches!(refused, Err(StoreError::Other(_))), "{refused:?}");
}

pub(crate) async fn a_state_is_taken_once_and_leads_to_its_journey_ever_after(world: World) {
    let state = world.has_state().await;
    let other = world.has_state().await;
    assert_eq!(world.takes_state(&state, noon()).await, Some(state.sealed.clone()));
    assert_eq!(world.takes_state(&state, noon()).await, None);
    assert!(world.takes_state(&other, noon()).await.is_some(), "each goes alone");
    let hash = state.state.clone();
    assert_eq!(world.sees(move |db| db.one_logins().interaction_of(&hash)).await, Some(state.interaction));
    let unknown = hashed(&world.random);
    assert_eq!(world.sees(move |db| db.one_logins().interaction_of(&unknown)).await, None);
}

pub(crate) async fn a_state_is_not_taken_once_it_has_expired(world: World) {
    let state = world.has_state().await;
    assert_eq!(world.takes_state(&state, state.expires_at).await, None);
    assert!(world.takes_state(&state, state.expires_at - chrono::Duration::microseconds(1)).await.is_some());
}

pub(crate) async fn a_state_that_many_take_at_once_is_taken_once(world: World) {
    let OneLoginState { state, .. } = world.has_state().await;
    let nodes: Vec<_> = (0..4).map(|_| world.another_node()).collect();
    let taken = at_once(&nodes, move |_, db| db.one_logins().take(&state, noon())).await;
    assert_eq!(taken.into_iter().filter(|taken| taken.as_ref().unwrap().is_some()).count(), 1);
}

pub(crate) async fn states_die_some_time_after_they_expired(world: World) {
    world.has_state().await;
    for (before, deleted) in [(60, 0), (61, 1), (61, 0)] {
        let before = noon() + seconds(before);
        assert_eq!(world.does(move |db| db.housekeeping().delete_one_login_states(before, 2)).await, deleted);
    }
}
