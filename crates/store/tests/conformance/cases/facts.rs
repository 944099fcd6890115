//! What is told at the end of a transaction.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use identity::account::{Account, DetailChanges, LookupStatus};
use identity::change_request::ChangeRequest;
use identity::outbox::OutboxMessage;
use identity::random::Random;
use identity::teller::Teller;
use identity::ticket::{Decision, Ticket};
use store::{Db, Store, StoreError};

use super::at_once;
use super::change_requests::make;
use crate::sample::{account, agent, change_request, full_account, link, message, mobile, name, noon, seconds, ticket};
use crate::world::World;

/// Keeps what it was asked to tell, and puts a message into the outbox for it.
struct Witness {
    told: Mutex<Vec<String>>,
    random: Random,
}

impl Witness {
    fn hears(&self, what: String) -> Vec<OutboxMessage> {
        self.told.lock().unwrap().push(what);
        vec![message(&self.random)]
    }
}

impl Teller for Witness {
    fn account_created(&self, account: &Account) -> Vec<OutboxMessage> {
        self.hears(format!("{} is new", account.email))
    }

    fn account_changed(&self, before: &Account, after: &Account) -> Vec<OutboxMessage> {
        let told = |account: &Account| {
            let Account { email, official_name, mobile, lookup_status, .. } = account;
            let status = lookup_status.map_or("-", LookupStatus::as_str);
            let (trn, mobile) = (account.trn().map_or("-", |trn| trn.as_str()), mobile.is_some());
            format!("{email} {} {status} {trn} {mobile}", official_name.first)
        };
        self.hears(format!("{} > {}", told(before), told(after)))
    }

    fn ticket_raised(&self, ticket: &Ticket) -> Vec<OutboxMessage> {
        self.hears(format!("{} is raised", ticket.contact))
    }

    fn ticket_closed(&self, ticket: &Ticket, help_desk_id: Option<&str>) -> Vec<OutboxMessage> {
        let (open, id) = (ticket.is_open(), help_desk_id.unwrap_or("-"));
        self.hears(format!("{} is over, open {open}, {id}", ticket.contact))
    }

    fn change_asked(&self, request: &ChangeRequest) -> Vec<OutboxMessage> {
        self.hears(format!("{} is asked to be changed", request.wanted.subject().as_str()))
    }
}

/// The world's store with a witness.
struct Told {
    store: Store,
    witness: Arc<Witness>,
}

impl Told {
    fn in_world(world: &World) -> Told {
        let witness = Arc::new(Witness { told: Mutex::default(), random: Random::seeded(99) });
        Told { store: world.store.clone().told_by(witness.clone()), witness }
    }

    async fn does<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.store.transact(work).await.expect("nothing stands in the way")
    }

    /// What was told since the last time.
    fn hears(&self) -> Vec<String> {
        std::mem::take(&mut *self.witness.told.lock().unwrap())
    }
}

pub(crate) async fn a_new_account_is_told_once_its_transaction_is_over(world: World) {
    let told = Told::in_world(&world);
    let jane = account(&world.random, "jane@example.com");
    let id = jane.id;
    told.does(move |db| {
        db.accounts().create(&jane)?;
        let change = DetailChanges { name: Some(name("Janet", "Smith")), ..DetailChanges::default() };
        db.accounts().change_details(id, &change, noon() + seconds(1))
    })
    .await;
    assert_eq!(told.hears(), ["jane@example.com is new"]);
}

pub(crate) async fn each_change_of_an_account_is_told_with_what_it_was_before(world: World) {
    let jane = Account { mobile: Some(mobile("07700 900123")), ..account(&world.random, "jane@example.com") };
    let (id, number, at) = (jane.id, jane.mobile.clone().unwrap(), noon() + seconds(1));
    world.has(&jane).await;
    let told = Told::in_world(&world);
    let first = jane.official_name.first.to_string();
    let before = |status: &str, mobile: bool| format!("jane@example.com {first} {status} - {mobile}");
    let status = jane.lookup_status.map_or("-", LookupStatus::as_str);

    told.does(move |db| db.accounts().drop_mobile(id, &number, at)).await;
    assert_eq!(told.hears(), [format!("{} > {}", before(status, true), before(status, false))]);

    told.does(move |db| db.accounts().deny_record(id, at)).await;
    assert_eq!(told.hears(), [format!("{} > {}", before(status, false), before("Failed", false))]);

    told.does(move |db| db.accounts().settle_record(id, LookupStatus::Pending, None, None, at)).await;
    assert_eq!(told.hears(), [format!("{} > {}", before("Failed", false), before("Pending", false))]);

    told.does(move |db| db.accounts().assign_record(id, &link("1234567"), &name("Joan", "Smith"), at)).await;
    let linked = "jane@example.com Joan Found 1234567 false";
    assert_eq!(told.hears(), [format!("{} > {linked}", before("Pending", false))]);

    let change = DetailChanges { name: Some(name("Jo", "Smith")), ..DetailChanges::default() };
    told.does(move |db| db.accounts().change_details(id, &change, at)).await;
    assert_eq!(told.hears(), [format!("{linked} > jane@example.com Jo Found 1234567 false")]);

    told.does(move |db| db.accounts().delete(id, at)).await;
    assert!(told.hears().is_empty(), "nothing is left to tell");
}

pub(crate) async fn an_account_that_comes_to_be_what_it_was_is_not_told(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    let (id, at, old) = (jane.id, jane.updated_at, jane.official_name.clone());
    world.has(&jane).await;
    let told = Told::in_world(&world);
    told.does(move |db| {
        for name in [name("Joan", "Smith"), old] {
            let change = DetailChanges { name: Some(name), ..DetailChanges::default() };
            db.accounts().change_details(id, &change, at)?;
        }
        Ok(())
    })
    .await;
    assert!(told.hears().is_empty());
}

/// Each begins where another ended: nobody who takes them over one by one is left with what was before.
pub(crate) async fn changes_that_many_make_at_once_are_told_one_after_the_other(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    world.has(&jane).await;
    let witness = Told::in_world(&world).witness;
    let nodes: Vec<Store> = world.eight_nodes().into_iter().map(|node| node.told_by(witness.clone())).collect();
    let changed = at_once(&nodes, move |number, db| {
        let first = format!("Jane-{}", char::from(b'A' + u8::try_from(number).expect("there are eight")));
        let change = DetailChanges { name: Some(name(&first, "Smith")), ..DetailChanges::default() };
        db.accounts().change_details(jane.id, &change, noon() + seconds(1))
    });
    assert!(changed.await.iter().all(Result::is_ok));
    let told = witness.told.lock().unwrap();
    let befores: HashSet<&str> = told.iter().map(|change| change.split_once(" > ").unwrap().0).collect();
    assert_eq!((told.len(), befores.len()), (8, 8), "{told:?}");
}

pub(crate) async fn a_transaction_that_fails_tells_nothing(world: World) {
    let told = Told::in_world(&world);
    let jane = account(&world.random, "jane@example.com");
    let (again, failing) = (Account { id: account(&world.random, "x@example.com").id, ..jane.clone() }, jane.clone());
    let failed = told.store.transact(move |db| {
        db.accounts().create(&failing)?;
        db.accounts().create(&again)
    });
    assert!(failed.await.is_err());
    assert!(told.hears().is_empty());
    // One that goes on after a broken rule tells what it did.
    let joan = account(&world.random, "joan@example.com");
    told.does(move |db| {
        db.accounts().create(&jane)?;
        db.accounts().create(&joan)?;
        let taken = DetailChanges { email: Some(jane.email.clone()), ..DetailChanges::default() };
        let broken = db.accounts().change_details(joan.id, &taken, noon() + seconds(1));
        assert!(broken.is_err());
        Ok(())
    })
    .await;
    assert_eq!(told.hears(), ["jane@example.com is new", "joan@example.com is new"]);
}

pub(crate) async fn what_is_told_is_in_the_outbox_with_the_fact(world: World) {
    let told = Told::in_world(&world);
    let jane = account(&world.random, "jane@example.com");
    let kept = jane.clone();
    told.does(move |db| db.accounts().create(&kept)).await;
    assert_eq!(world.sees(|db| db.outbox().newest_first(9)).await.len(), 1);
    let id = jane.id;
    let failed = told.store.transact(move |db| {
        db.accounts().deny_record(id, noon() + seconds(1))?;
        db.accounts().create(&jane)
    });
    assert!(failed.await.is_err());
    assert_eq!(world.sees(|db| db.outbox().newest_first(9)).await.len(), 1);
}

pub(crate) async fn a_ticket_is_told_when_it_is_raised_and_by_the_first_who_closes_it(world: World) {
    let jane = account(&world.random, "jane@example.com");
    world.has(&jane).await;
    let told = Told::in_world(&world);
    let (one, two) = (ticket(&world.random, &jane), ticket(&world.random, &jane));
    let id = one.id;
    told.does(move |db| {
        db.tickets().raise(&one)?;
        db.tickets().raise(&two)
    })
    .await;
    assert_eq!(told.hears(), ["jane@example.com is raised"]);
    told.does(move |db| db.tickets().note_help_desk_id(id, "35436")).await;
    for _ in 0..2 {
        told.does(move |db| db.tickets().close(id, &Decision::NoRecord, &agent(), noon() + seconds(9))).await;
    }
    assert_eq!(told.hears(), ["jane@example.com is over, open false, 35436"]);
}

pub(crate) async fn tickets_that_go_with_an_account_are_told_with_what_the_help_desk_calls_them(world: World) {
    let jane = account(&world.random, "jane@example.com");
    world.has(&jane).await;
    let told = Told::in_world(&world);
    let open = ticket(&world.random, &jane);
    let closed = ticket(&world.random, &jane);
    let (first, second) = (closed.id, open.id);
    told.does(move |db| {
        db.tickets().raise(&closed)?;
        db.tickets().close(first, &Decision::NoRecord, &agent(), noon() + seconds(1))?;
        db.tickets().raise(&open)?;
        db.tickets().note_help_desk_id(second, "35437")
    })
    .await;
    told.hears();
    let (but, account) = (ticket(&world.random, &jane).id, jane.id);
    told.does(move |db| db.tickets().delete_of(account, but)).await;
    assert_eq!(told.hears(), ["jane@example.com is over, open true, 35437"]);
}

pub(crate) async fn what_the_help_desk_calls_a_ticket_is_kept(world: World) {
    let jane = account(&world.random, "jane@example.com");
    world.has(&jane).await;
    let one = ticket(&world.random, &jane);
    let id = one.id;
    world.does(move |db| db.tickets().raise(&one)).await;
    assert_eq!(world.sees(move |db| db.tickets().help_desk_id(id)).await, None);
    world.does(move |db| db.tickets().note_help_desk_id(id, "35436")).await;
    assert_eq!(world.sees(move |db| db.tickets().help_desk_id(id)).await.as_deref(), Some("35436"));
}

pub(crate) async fn a_request_for_a_change_is_told_once_it_is_made_and_one_that_is_in_the_way_is_not(world: World) {
    let jane = world.has_teacher("jane@example.com").await;
    let told = Told::in_world(&world);
    let (request, other) = (change_request(&world.random, &jane), change_request(&world.random, &jane));
    told.does(move |db| make(db, &request)).await;
    assert_eq!(told.hears(), ["official_name is asked to be changed"]);
    let refused = told.does(move |db| Ok(make(db, &other).is_err())).await;
    assert!(refused);
    assert_eq!(told.hears(), [""; 0]);
}
