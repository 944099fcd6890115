//! Searches that found no record.

use identity::account::Account;
use identity::matching::{Identifiers, MatchPolicy};
use identity::search::RecordSearch;
use store::StoreError;

use super::at_once;
use crate::sample::{account, email, full_search, noon, search, seconds};
use crate::world::World;

impl World {
    async fn has_searcher(&self, address: &str) -> Account {
        let person = account(&self.random, address);
        let kept = person.clone();
        self.does(move |db| db.accounts().create(&kept)).await;
        person
    }

    async fn searches(&self, search: &RecordSearch) {
        let search = search.clone();
        self.does(move |db| db.record_searches().put(&search)).await;
    }

    async fn search_of(&self, of: &Account) -> Option<RecordSearch> {
        let id = of.id;
        self.sees(move |db| db.record_searches().of_account(id)).await
    }

    async fn puts_off(&self, read: &RecordSearch, again: &RecordSearch) -> bool {
        let (read, again) = (read.clone(), again.clone());
        self.does(move |db| db.record_searches().put_off(&read, &again)).await
    }
}

pub(crate) async fn a_search_comes_back_as_it_was_put(world: World) {
    let (jane, joan) = (world.has_searcher("jane@example.com").await, world.has_searcher("joan@example.com").await);
    assert_eq!(world.search_of(&jane).await, None);
    for search in [search(&jane), full_search(&joan)] {
        world.searches(&search).await;
    }
    assert_eq!(world.search_of(&jane).await, Some(search(&jane)));
    assert_eq!(world.search_of(&joan).await, Some(full_search(&joan)));
}

pub(crate) async fn an_account_has_one_search_and_the_last_counts(world: World) {
    let jane = world.has_searcher("jane@example.com").await;
    world.searches(&full_search(&jane)).await;
    let stated = Identifiers { email: Some(email("other@example.com")), ..Identifiers::default() };
    let last = RecordSearch { stated, policy: MatchPolicy::Default, ..full_search(&jane) };
    world.searches(&last).await;
    assert_eq!(world.search_of(&jane).await, Some(last));
    assert_eq!(world.count("record_searches"), 1);
}

pub(crate) async fn searches_that_many_put_at_once_leave_one(world: World) {
    let jane = world.has_searcher("jane@example.com").await;
    let searches: Vec<_> = (0..8).map(|times| RecordSearch { unanswered: times, ..search(&jane) }).collect();
    let mine = searches.clone();
    let put = at_once(&world.eight_nodes(), move |number, db| db.record_searches().put(&mine[number])).await;
    put.into_iter().collect::<Result<Vec<()>, StoreError>>().expect("whoever puts, succeeds");
    assert!(searches.contains(&world.search_of(&jane).await.expect("one is left")));
    assert_eq!(world.count("record_searches"), 1);
}

pub(crate) async fn searches_are_due_from_their_time_on_those_that_have_waited_longest_first(world: World) {
    let mut searches = Vec::new();
    for after in [30, 10, 20, 40] {
        let person = world.has_searcher(&format!("person{after}@example.com")).await;
        let search = RecordSearch { next_at: noon() + seconds(after), ..full_search(&person) };
        world.searches(&search).await;
        searches.push(search);
    }
    searches.sort_by_key(|search| search.next_at);
    for (now, limit, due) in [(9, 10, 0), (10, 10, 1), (30, 10, 3), (30, 2, 2), (100, 10, 4), (100, 0, 0)] {
        let found = world.sees(move |db| db.record_searches().due(noon() + seconds(now), limit)).await;
        assert_eq!(found, searches[..due], "after {now} s, at most {limit}");
    }
}

pub(crate) async fn a_search_is_put_off_by_who_read_it_last(world: World) {
    let (jane, joan) = (world.has_searcher("jane@example.com").await, world.has_searcher("joan@example.com").await);
    let read = full_search(&jane);
    assert!(!world.puts_off(&read, &read).await, "there is none yet");
    world.searches(&read).await;
    world.searches(&search(&joan)).await;
    let again = RecordSearch { unanswered: 8, next_at: noon() + seconds(99), ..read.clone() };
    assert!(world.puts_off(&read, &again).await);
    assert!(!world.puts_off(&read, &read).await, "it is another by now");
    assert_eq!(world.search_of(&jane).await, Some(again));
    assert_eq!(world.search_of(&joan).await, Some(search(&joan)));
}

pub(crate) async fn a_search_that_many_put_off_at_once_is_put_off_once(world: World) {
    let jane = world.has_searcher("jane@example.com").await;
    let read = full_search(&jane);
    world.searches(&read).await;
    let nodes = world.eight_nodes();
    let put_off = at_once(&nodes, move |number, db| {
        let again = RecordSearch { next_at: noon() + seconds(3_600 + number as i64), ..read.clone() };
        db.record_searches().put_off(&read, &again)
    });
    let put_off: Vec<bool> = put_off.await.into_iter().collect::<Result<_, StoreError>>().expect("nobody fails");
    assert_eq!(put_off.iter().filter(|first| **first).count(), 1);
    let kept = world.search_of(&jane).await.expect("it is still to be repeated");
    let first = put_off.iter().position(|first| *first).expect("one was first");
    assert_eq!(kept.next_at, noon() + seconds(3_600 + first as i64));
}

pub(crate) async fn a_search_that_has_ended_is_due_no_more(world: World) {
    let (jane, joan) = (world.has_searcher("jane@example.com").await, world.has_searcher("joan@example.com").await);
    world.searches(&full_search(&jane)).await;
    world.searches(&full_search(&joan)).await;
    let id = jane.id;
    for _ in 0..2 {
        world.does(move |db| db.record_searches().end(id)).await;
    }
    assert_eq!(world.search_of(&jane).await, None);
    let due = world.sees(|db| db.record_searches().due(noon() + seconds(1_000), 10)).await;
    assert_eq!(due, [full_search(&joan)]);
}

pub(crate) async fn a_search_belongs_to_an_account(world: World) {
    let nobody = account(&world.random, "nobody@example.com");
    let put = world.store.transact(move |db| db.record_searches().put(&search(&nobody))).await;
    assert!(matches!(put, Err(StoreError::Other(_))), "{put:?}");
}
