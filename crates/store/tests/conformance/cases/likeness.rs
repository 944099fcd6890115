//! Accounts that are possibly one person's.

use identity::account::{Account, DetailChanges};
use identity::date_of_birth::DateOfBirth;
use identity::matching::StatedName;
use identity::name::PreviousName;

use crate::sample::{account, born, full_account, link, name, noon, seconds};
use crate::world::World;

const DAY: &str = "1980-02-03";

impl World {
    async fn has_born(&self, address: &str, first: &str, last: &str) -> Account {
        let person = Account {
            official_name: name(first, last),
            date_of_birth: Some(born(DAY)),
            ..account(&self.random, address)
        };
        self.has(&person).await;
        person
    }

    /// The addresses of those who are like a person of this name.
    async fn alike(&self, first: &str, last: &str, date_of_birth: DateOfBirth) -> Vec<String> {
        let name = StatedName::only(name(first, last));
        let found = self.sees(move |db| db.accounts().alike(&name, date_of_birth)).await;
        found.iter().map(|account| account.email.to_string()).collect()
    }

    fn name_keys(&self) -> Vec<String> {
        let keys = "family_key || '|' || given_key || '|' || CAST(keys_version AS TEXT)";
        self.texts(&format!("SELECT {keys} AS value FROM accounts ORDER BY email"))
    }
}

pub(crate) async fn an_account_is_alike_by_its_date_of_birth_and_its_name_however_that_was_typed(world: World) {
    world.has_born("sian@example.com", "Alexandra", "O'Neill-Jones").await;
    for (first, last) in [
        ("Alexandra", "O'Neill-Jones"),
        ("ALEX", "Jones-O\u{2019}Neill"),
        ("sandra", "oneill jones"),
        ("Alèxandra", "Jonesoneill"),
    ] {
        assert_eq!(world.alike(first, last, born(DAY)).await, ["sian@example.com"], "{first} {last}");
        assert!(world.alike(first, last, born("1980-03-02")).await.is_empty(), "{first} {last}");
    }
    for (first, last) in [("Alexander", "O'Neill-Jones"), ("Alexandra", "O'Neill"), ("Alexandra", "Jones")] {
        assert!(world.alike(first, last, born(DAY)).await.is_empty(), "{first} {last}");
    }
}

pub(crate) async fn at_most_five_accounts_are_alike_and_who_signed_in_last_comes_first(world: World) {
    for (number, signed_in) in [(1, Some(3)), (2, None), (3, Some(9)), (4, Some(1)), (5, None), (6, Some(5))] {
        let person = world.has_born(&format!("jane{number}@example.com"), "Jane", "Smith").await;
        if let Some(after) = signed_in {
            world.does(move |db| db.accounts().record_sign_in(person.id, None, noon() + seconds(after))).await;
        }
    }
    let found = world.alike("Jane", "Smith", born(DAY)).await;
    let by_sign_in = ["jane3@example.com", "jane6@example.com", "jane1@example.com", "jane4@example.com"];
    assert_eq!(found[..4], by_sign_in);
    assert!(found[4] == "jane2@example.com" || found[4] == "jane5@example.com", "{found:?}");
    assert_eq!(found.len(), 5);
}

pub(crate) async fn a_deleted_account_and_one_without_a_date_of_birth_are_like_nobody(world: World) {
    world.has_born("jane@example.com", "Jane", "Smith").await;
    world.has(&account(&world.random, "without@example.com")).await;
    assert_eq!(world.alike("Jane", "Smith", born(DAY)).await, ["jane@example.com"]);
    world.sql("UPDATE accounts SET deleted_at = '2026-01-31 12:00:00' WHERE email = 'jane@example.com'");
    assert!(world.alike("Jane", "Smith", born(DAY)).await.is_empty());
}

pub(crate) async fn an_account_is_found_by_the_name_that_it_has_now_whoever_wrote_it(world: World) {
    let jane = world.has_born("jane@example.com", "Jane", "Smith").await;
    let new = name("Renée", "Price");
    let changes = DetailChanges { name: Some(new), date_of_birth: Some(born("1999-12-31")), ..Default::default() };
    world.does(move |db| db.accounts().change_details(jane.id, &changes, noon())).await;
    assert!(world.alike("Jane", "Smith", born(DAY)).await.is_empty());
    assert_eq!(world.alike("Renee", "Price", born("1999-12-31")).await, ["jane@example.com"]);

    // Something else is changed: the name is still found.
    let changes = DetailChanges { date_of_birth: Some(born(DAY)), ..Default::default() };
    world.does(move |db| db.accounts().change_details(jane.id, &changes, noon())).await;
    assert_eq!(world.alike("Renee", "Price", born(DAY)).await, ["jane@example.com"]);

    let (to, of_record) = (link("1234567"), name("Jane", "Price-Smith"));
    assert!(world.does(move |db| db.accounts().assign_record(jane.id, &to, &of_record, noon())).await);
    assert!(world.alike("Renee", "Price", born(DAY)).await.is_empty());
    assert_eq!(world.alike("Jane", "Smith-Price", born(DAY)).await, ["jane@example.com"]);
}

/// They share a key, and only the rule itself tells them apart.
pub(crate) async fn a_search_for_letters_in_another_order_finds_nobody(world: World) {
    world.has_born("ali@example.com", "Jane", "Ali").await;
    world.has_born("lia@example.com", "Jane", "Lia").await;
    let keys = world.name_keys();
    assert_eq!(keys[0], keys[1]);
    assert_eq!(world.alike("Jane", "Lia", born(DAY)).await, ["lia@example.com"]);
}

pub(crate) async fn keys_of_an_older_version_are_made_again_and_no_others(world: World) {
    let people = 2_001;
    for number in 0..people {
        let address = format!("jane{number:04}@example.com");
        let jane = full_account(&world.random, &address, &format!("{:07}", 1_000_000 + number));
        world.has(&jane).await;
    }
    let made = world.name_keys();
    // As an older program leaves them, and one row as a program that is newer than this one.
    world.sql("UPDATE accounts SET family_key = '', given_key = '', keys_version = 0");
    world.sql("UPDATE accounts SET family_key = 'x', keys_version = 99 WHERE email = 'jane0007@example.com'");
    assert_eq!(world.store.migrate().await.unwrap(), 0, "no migration is needed for that");
    let renewed = world.name_keys();
    assert_eq!(renewed[7], "x||99");
    assert_eq!((&renewed[..7], &renewed[8..]), (&made[..7], &made[8..]));
    // Keys of this version are not touched.
    world.sql("UPDATE accounts SET given_key = 'untouched'");
    world.store.migrate().await.unwrap();
    assert!(world.name_keys().iter().all(|keys| keys.contains("|untouched|")));
}

pub(crate) async fn keys_that_several_servers_make_again_at_once_are_made(world: World) {
    for number in 0..300 {
        world.has_born(&format!("jane{number:03}@example.com"), "Jane", "Smith").await;
    }
    let made = world.name_keys();
    world.sql("UPDATE accounts SET family_key = '', given_key = '', keys_version = 0");
    let runs: Vec<_> =
        world.eight_nodes().into_iter().map(|node| tokio::spawn(async move { node.migrate().await })).collect();
    for run in runs {
        run.await.unwrap().expect("each waits for its turn");
    }
    assert_eq!(world.name_keys(), made);
}

pub(crate) async fn a_name_that_cannot_be_keeps_no_server_from_starting(world: World) {
    world.has_born("jane@example.com", "Jane", "Smith").await;
    world.sql("UPDATE accounts SET first_name = '', given_key = 'jane', keys_version = 0");
    world.store.migrate().await.unwrap();
    assert!(world.name_keys()[0].starts_with("||"), "{:?}", world.name_keys());
    assert!(world.alike("Jane", "Smith", born(DAY)).await.is_empty());
}

pub(crate) async fn an_account_is_alike_by_the_name_that_a_person_had_before(world: World) {
    let jane = world.has_born("jane@example.com", "Jane", "Smith").await;
    world.has_born("other@example.com", "Jane", "Price").await;
    let previous = |last| Some(PreviousName { first: None, last: Some(name("Jane", last).last) });
    for (last, before, found) in [
        ("Okafor", "Smith", vec!["jane@example.com"]),
        ("Price", "SMITH", vec!["other@example.com", "jane@example.com"]),
        ("Smith", "Smith", vec!["jane@example.com"]),
        ("Okafor", "Lia", vec![]),
    ] {
        let stated = StatedName { current: name("Jane", last), previous: previous(before) };
        let born = jane.date_of_birth.unwrap();
        let alike = world.sees(move |db| db.accounts().alike(&stated, born)).await;
        let alike: Vec<&str> = alike.iter().map(|account| account.email.as_str()).collect();
        assert_eq!(alike, found, "{last}, before {before}");
    }
}
