//! Passkeys.

use identity::account::Account;
use identity::passkey::{Passkey, PasskeyName};
use store::{Constraint, StoreError};

use super::{at_once, broken};
use crate::sample::{account, noon, passkey, seconds};
use crate::world::World;

impl World {
    async fn has_account(&self, address: &str) -> Account {
        let person = account(&self.random, address);
        let kept = person.clone();
        self.does(move |db| db.accounts().create(&kept)).await;
        person
    }

    async fn has_passkey(&self, of: &Account) -> Passkey {
        let passkey = passkey(&self.random, of);
        let kept = passkey.clone();
        self.does(move |db| db.passkeys().add(&kept)).await;
        passkey
    }

    async fn passkeys_of(&self, account: &Account) -> Vec<Passkey> {
        let id = account.id;
        self.sees(move |db| db.passkeys().of_account(id)).await
    }
}

pub(crate) async fn a_passkey_comes_back_as_it_was_added(world: World) {
    let jane = world.has_account("jane@example.com").await;
    let passkey = world.has_passkey(&jane).await;
    let key = passkey.credential_id.clone();
    assert_eq!(world.sees(move |db| db.passkeys().by_credential_id(&key)).await, Some(passkey.clone()));
    let other = format!("{}A", passkey.credential_id);
    assert_eq!(world.sees(move |db| db.passkeys().by_credential_id(&other)).await, None);
}

pub(crate) async fn the_passkeys_of_an_account_come_oldest_first(world: World) {
    let jane = world.has_account("jane@example.com").await;
    let joan = world.has_account("joan@example.com").await;
    let ages = [1, 3, 2].map(|age| Passkey { created_at: noon() - seconds(age), ..passkey(&world.random, &jane) });
    let kept = ages.clone();
    world.does(move |db| kept.iter().try_for_each(|passkey| db.passkeys().add(passkey))).await;
    world.has_passkey(&joan).await;
    let [young, old, middle] = ages;
    assert_eq!(world.passkeys_of(&jane).await, [old, middle, young]);
}

pub(crate) async fn a_key_is_added_once_whoever_adds_it(world: World) {
    let jane = world.has_account("jane@example.com").await;
    let joan = world.has_account("joan@example.com").await;
    let first = world.has_passkey(&jane).await;
    let second = Passkey { credential_id: first.credential_id.clone(), ..passkey(&world.random, &joan) };
    let rule = broken(&world.store, move |db| db.passkeys().add(&second)).await;
    assert_eq!(rule, Constraint::PasskeyCredential);
}

pub(crate) async fn a_passkey_belongs_to_an_account(world: World) {
    let nobody = account(&world.random, "jane@example.com");
    let passkey = passkey(&world.random, &nobody);
    let refused = world.store.transact(move |db| db.passkeys().add(&passkey)).await;
    assert!(matches!(refused, Err(StoreError::Other(_))), "{refused:?}");
}

pub(crate) async fn the_use_of_a_passkey_is_noted_with_what_it_said_of_itself(world: World) {
    let jane = world.has_account("jane@example.com").await;
    let passkey = world.has_passkey(&jane).await;
    let other = world.has_passkey(&jane).await;
    let (read, at) = (passkey.clone(), noon() + seconds(1));
    assert!(world.does(move |db| db.passkeys().mark_used(&read, r#"{"counter":2}"#, at)).await);
    let used = Passkey { credential: r#"{"counter":2}"#.into(), last_used_at: Some(at), ..passkey };
    let mut all = world.passkeys_of(&jane).await;
    all.sort_by_key(|passkey| passkey.last_used_at);
    assert_eq!(all, [other, used]);
}

pub(crate) async fn a_passkey_that_many_use_at_once_with_one_counter_is_used_once(world: World) {
    let jane = world.has_account("jane@example.com").await;
    let passkey = world.has_passkey(&jane).await;
    let nodes: Vec<_> = (0..4).map(|_| world.another_node()).collect();
    let used = at_once(&nodes, move |_, db| db.passkeys().mark_used(&passkey, r#"{"counter":2}"#, noon())).await;
    assert_eq!(used.into_iter().filter(|used| *used.as_ref().unwrap()).count(), 1);
}

pub(crate) async fn a_passkey_is_renamed_by_its_owner_alone(world: World) {
    let jane = world.has_account("jane@example.com").await;
    let joan = world.has_account("joan@example.com").await;
    let passkey = world.has_passkey(&jane).await;
    let name = PasskeyName::parse("Phone").unwrap();
    for (owner, renamed) in [(joan.id, false), (jane.id, true)] {
        let (id, name) = (passkey.id, name.clone());
        assert_eq!(world.does(move |db| db.passkeys().rename(owner, id, &name)).await, renamed);
        assert_eq!(world.passkeys_of(&jane).await[0].name == PasskeyName::parse("Phone").unwrap(), renamed);
    }
}

pub(crate) async fn a_passkey_is_removed_by_its_owner_alone(world: World) {
    let jane = world.has_account("jane@example.com").await;
    let joan = world.has_account("joan@example.com").await;
    let passkey = world.has_passkey(&jane).await;
    let kept = world.has_passkey(&jane).await;
    for (owner, removed) in [(joan.id, false), (jane.id, true), (jane.id, false)] {
        let id = passkey.id;
        assert_eq!(world.does(move |db| db.passkeys().remove(owner, id)).await, removed);
    }
    assert_eq!(world.passkeys_of(&jane).await, [kept]);
}

pub(crate) async fn passkeys_that_were_added_since_a_moment_go_and_older_ones_stay(world: World) {
    let jane = world.has_account("jane@example.com").await;
    let joan = world.has_account("joan@example.com").await;
    let others = world.has_passkey(&joan).await;
    let ages = [1, 0, -1].map(|age| Passkey { created_at: noon() - seconds(age), ..passkey(&world.random, &jane) });
    let kept = ages.clone();
    world.does(move |db| kept.iter().try_for_each(|passkey| db.passkeys().add(passkey))).await;
    let [old, at_noon, young] = ages;
    assert_eq!(world.does(move |db| db.passkeys().remove_added_since(jane.id, noon())).await, [at_noon, young]);
    assert_eq!(world.passkeys_of(&jane).await, [old]);
    assert_eq!(world.passkeys_of(&joan).await, [others]);
}

pub(crate) async fn all_passkeys_of_an_account_go_and_no_others(world: World) {
    let jane = world.has_account("jane@example.com").await;
    let joan = world.has_account("joan@example.com").await;
    let kept = world.has_passkey(&joan).await;
    world.has_passkey(&jane).await;
    world.has_passkey(&jane).await;
    for removed in [2, 0] {
        assert_eq!(world.does(move |db| db.passkeys().remove_all_of(jane.id)).await, removed);
    }
    assert_eq!(world.passkeys_of(&joan).await, [kept]);
}
