//! Tickets.

use identity::account::Account;
use identity::interaction::InteractionId;
use identity::ticket::{Agent, Decision, Reference, Ticket, TicketId, TicketKind, TicketState};
use store::{Constraint, StoreError, TicketFilter};

use super::{at_once, broken};
use crate::sample::{access_ticket, account, agent, full_ticket, noon, seconds, ticket, trn};
use crate::world::World;

impl World {
    async fn has_person(&self, address: &str) -> Account {
        let person = account(&self.random, address);
        let kept = person.clone();
        self.does(move |db| db.accounts().create(&kept)).await;
        person
    }

    async fn raises(&self, ticket: &Ticket) -> Ticket {
        let ticket = ticket.clone();
        self.does(move |db| db.tickets().raise(&ticket)).await
    }

    async fn ticket(&self, id: TicketId) -> Option<Ticket> {
        self.sees(move |db| db.tickets().by_id(id)).await
    }

    async fn open_ticket_of(&self, of: &Account) -> Option<Ticket> {
        let id = of.id;
        self.sees(move |db| db.tickets().open_of_account(id)).await
    }

    async fn closes(&self, id: TicketId, decision: Decision) -> bool {
        self.does(move |db| db.tickets().close(id, &decision, &agent(), noon() + seconds(9))).await
    }

    async fn lists(&self, filter: TicketFilter, limit: u32, after: Option<&Ticket>) -> Vec<Ticket> {
        let after = after.cloned();
        self.sees(move |db| db.tickets().list(filter, limit, after.as_ref())).await
    }
}

fn closed(decision: Decision) -> TicketState {
    TicketState::Closed { decision, at: noon() + seconds(9), by: agent() }
}

pub(crate) async fn a_ticket_comes_back_as_it_was_raised(world: World) {
    let (jane, joan) = (world.has_person("jane@example.com").await, world.has_person("joan@example.com").await);
    let tickets =
        [ticket(&world.random, &jane), full_ticket(&world.random, &joan), access_ticket(&world.random, &jane)];
    for ticket in tickets {
        assert_eq!(world.raises(&ticket).await, ticket);
        assert_eq!(world.ticket(ticket.id).await.as_ref(), Some(&ticket));
        let reference = ticket.reference.clone();
        assert_eq!(world.sees(move |db| db.tickets().by_reference(&reference)).await, Some(ticket));
    }
    assert_eq!(world.ticket(TicketId::new(&world.random)).await, None);
    let other = Reference::new(&world.random);
    assert_eq!(world.sees(move |db| db.tickets().by_reference(&other)).await, None);
}

pub(crate) async fn an_account_has_one_open_search_and_who_raises_another_is_given_that_one(world: World) {
    let (jane, joan) = (world.has_person("jane@example.com").await, world.has_person("joan@example.com").await);
    let first = full_ticket(&world.random, &jane);
    world.raises(&first).await;
    assert_eq!(world.raises(&ticket(&world.random, &jane)).await, first);
    assert_eq!(world.open_ticket_of(&jane).await, Some(first.clone()));
    assert_eq!(world.open_ticket_of(&joan).await, None);
    world.raises(&ticket(&world.random, &joan)).await;
    assert_eq!(world.count("tickets"), 2);
    assert!(world.closes(first.id, Decision::NoRecord).await);
    assert_eq!(world.open_ticket_of(&jane).await, None);
    let second = ticket(&world.random, &jane);
    assert_eq!(world.raises(&second).await, second, "the first is closed");
    assert_eq!(world.open_ticket_of(&jane).await, Some(second));
}

pub(crate) async fn searches_that_many_raise_at_once_leave_one_ticket_that_all_are_given(world: World) {
    let jane = world.has_person("jane@example.com").await;
    let tickets: Vec<Ticket> = (0..8).map(|_| full_ticket(&world.random, &jane)).collect();
    let raised = at_once(&world.eight_nodes(), move |number, db| db.tickets().raise(&tickets[number])).await;
    let raised: Vec<Ticket> = raised.into_iter().collect::<Result<_, StoreError>>().expect("whoever raises, succeeds");
    assert!(raised.iter().all(|ticket| *ticket == raised[0]));
    assert_eq!(world.open_ticket_of(&jane).await.as_ref(), Some(&raised[0]));
    assert_eq!(world.count("tickets"), 1);
}

pub(crate) async fn an_interaction_asks_about_access_once_whether_or_not_that_was_answered(world: World) {
    let jane = world.has_person("jane@example.com").await;
    let first = access_ticket(&world.random, &jane);
    world.raises(&first).await;
    let again = Ticket { interaction: first.interaction, ..access_ticket(&world.random, &jane) };
    assert_eq!(world.raises(&again).await, first);
    assert!(world.closes(first.id, Decision::Answered).await);
    let answered = Ticket { state: closed(Decision::Answered), ..first };
    assert_eq!(world.raises(&again).await, answered);
    // Another interaction asks for itself, even about the same account; a search is no such question.
    let elsewhere = access_ticket(&world.random, &jane);
    assert_eq!(world.raises(&elsewhere).await, elsewhere);
    let search = Ticket { interaction: answered.interaction, ..ticket(&world.random, &jane) };
    assert_eq!(world.raises(&search).await, search);
}

pub(crate) async fn questions_that_many_ask_at_once_leave_one_ticket(world: World) {
    let jane = world.has_person("jane@example.com").await;
    let interaction = Some(InteractionId::new(&world.random));
    let ask = || Ticket { interaction, ..access_ticket(&world.random, &jane) };
    let tickets: Vec<Ticket> = (0..8).map(|_| ask()).collect();
    let raised = at_once(&world.eight_nodes(), move |number, db| db.tickets().raise(&tickets[number])).await;
    let raised: Vec<Ticket> = raised.into_iter().collect::<Result<_, StoreError>>().expect("whoever asks, succeeds");
    assert!(raised.iter().all(|ticket| *ticket == raised[0]));
    assert_eq!(world.count("tickets"), 1);
}

pub(crate) async fn a_reference_belongs_to_one_ticket(world: World) {
    let (jane, joan) = (world.has_person("jane@example.com").await, world.has_person("joan@example.com").await);
    let first = ticket(&world.random, &jane);
    world.raises(&first).await;
    let second = Ticket { reference: first.reference, ..ticket(&world.random, &joan) };
    assert_eq!(broken(&world.store, move |db| db.tickets().raise(&second)).await, Constraint::TicketReference);
}

pub(crate) async fn each_decision_closes_a_ticket_and_comes_back(world: World) {
    let linked = Decision::Linked(trn("1234567"));
    for decision in [linked, Decision::NoRecord, Decision::FoundByItself(trn("1234567")), Decision::Answered] {
        let jane = world.has_person(&format!("jane{}@example.com", world.count("accounts"))).await;
        let ticket = full_ticket(&world.random, &jane);
        world.raises(&ticket).await;
        assert!(world.closes(ticket.id, decision.clone()).await);
        assert_eq!(world.ticket(ticket.id).await, Some(Ticket { state: closed(decision), ..ticket }));
    }
}

pub(crate) async fn the_first_who_closes_a_ticket_decides_it(world: World) {
    let jane = world.has_person("jane@example.com").await;
    let ticket = ticket(&world.random, &jane);
    assert!(!world.closes(ticket.id, Decision::NoRecord).await, "there is no such ticket yet");
    world.raises(&ticket).await;
    assert!(world.closes(ticket.id, Decision::NoRecord).await);
    let (id, by) = (ticket.id, Agent::service());
    let later = move |db: &mut store::Db<'_>| db.tickets().close(id, &Decision::Answered, &by, noon() + seconds(60));
    assert!(!world.does(later).await);
    assert_eq!(world.ticket(id).await.map(|ticket| ticket.state), Some(closed(Decision::NoRecord)));
}

pub(crate) async fn a_ticket_that_many_close_at_once_is_closed_once(world: World) {
    let jane = world.has_person("jane@example.com").await;
    let ticket = ticket(&world.random, &jane);
    world.raises(&ticket).await;
    let nodes = world.eight_nodes();
    let close = at_once(&nodes, move |number, db| {
        db.tickets().close(ticket.id, &Decision::NoRecord, &agent(), noon() + seconds(number as i64))
    });
    let closed: Result<Vec<bool>, StoreError> = close.await.into_iter().collect();
    assert_eq!(closed.unwrap().into_iter().filter(|first| *first).count(), 1);
}

pub(crate) async fn tickets_come_newest_first_in_pages_and_the_open_ones_alone(world: World) {
    let mut tickets = Vec::new();
    // Two of one moment are told apart by their ids.
    for age in [0, 1, 1, 2, 3] {
        let jane = world.has_person(&format!("jane{}@example.com", world.count("accounts"))).await;
        let ticket = Ticket { created_at: noon() - seconds(age), ..ticket(&world.random, &jane) };
        tickets.push(world.raises(&ticket).await);
    }
    tickets.sort_by_key(|ticket| std::cmp::Reverse((ticket.created_at, ticket.id)));
    assert_eq!(world.lists(TicketFilter::All, 10, None).await, tickets);
    assert_eq!(world.lists(TicketFilter::All, 2, None).await, tickets[..2]);
    assert_eq!(world.lists(TicketFilter::All, 2, Some(&tickets[1])).await, tickets[2..4]);
    assert_eq!(world.lists(TicketFilter::All, 2, Some(&tickets[4])).await, []);
    assert!(world.closes(tickets[1].id, Decision::NoRecord).await);
    tickets.remove(1);
    assert_eq!(world.lists(TicketFilter::Open, 10, None).await, tickets);
    assert_eq!(world.lists(TicketFilter::Open, 2, Some(&tickets[0])).await, tickets[1..3]);
    assert_eq!(world.lists(TicketFilter::All, 10, None).await.len(), 5);
}

pub(crate) async fn the_tickets_of_an_account_come_newest_first_whether_or_not_they_are_closed(world: World) {
    let (jane, joan) = (world.has_person("jane@example.com").await, world.has_person("joan@example.com").await);
    let first = ticket(&world.random, &jane);
    world.raises(&first).await;
    assert!(world.closes(first.id, Decision::NoRecord).await);
    let second = Ticket { created_at: noon() + seconds(1), ..ticket(&world.random, &jane) };
    world.raises(&second).await;
    world.raises(&access_ticket(&world.random, &jane)).await;
    world.raises(&ticket(&world.random, &joan)).await;
    let first = Ticket { state: closed(Decision::NoRecord), ..first };
    let id = jane.id;
    assert_eq!(world.sees(move |db| db.tickets().of_account(id)).await, [second, first]);
}

fn deletion(world: &World, of: &Account) -> Ticket {
    Ticket { kind: TicketKind::AccountDeletion, ..ticket(&world.random, of) }
}

pub(crate) async fn a_wish_to_be_deleted_is_open_once_beside_the_search(world: World) {
    let jane = world.has_person("jane@example.com").await;
    let search = ticket(&world.random, &jane);
    world.raises(&search).await;
    let wish = deletion(&world, &jane);
    assert_eq!(world.raises(&wish).await, wish);
    assert_eq!(world.raises(&deletion(&world, &jane)).await, wish);
    assert_eq!(world.open_ticket_of(&jane).await, Some(search));
    let id = jane.id;
    let open = || world.sees(move |db| db.tickets().open_deletion_of(id));
    assert_eq!(open().await.as_ref(), Some(&wish));
    assert!(world.closes(wish.id, Decision::Withdrawn).await);
    assert_eq!(open().await, None);
    let again = deletion(&world, &jane);
    assert_eq!(world.raises(&again).await, again);
}

pub(crate) async fn the_other_tickets_of_an_account_are_forgotten(world: World) {
    let (jane, joan) = (world.has_person("jane@example.com").await, world.has_person("joan@example.com").await);
    let [search, wish, access, other] = [
        ticket(&world.random, &jane),
        deletion(&world, &jane),
        access_ticket(&world.random, &jane),
        ticket(&world.random, &joan),
    ];
    for ticket in [&search, &wish, &access, &other] {
        world.raises(ticket).await;
    }
    let (account, kept) = (jane.id, wish.id);
    world.does(move |db| db.tickets().delete_of(account, kept)).await;
    assert_eq!(world.ticket(search.id).await, None);
    for ticket in [wish, access, other] {
        assert_eq!(world.ticket(ticket.id).await, Some(ticket));
    }
}
