//! Requests to change what a teaching record says.

use identity::account::Account;
use identity::change_request::{ChangeDecision, ChangeRequest, ChangeRequestId, ChangeState, EvidenceFile};
use identity::ticket::Reference;
use store::{Constraint, Db, StoreError};

use super::{at_once, broken};
use crate::sample::{account, agent, change_request, date_request, noon, seconds};
use crate::world::World;

/// Keeps a request, and before it that its file is expected.
pub(crate) fn make(db: &mut Db<'_>, request: &ChangeRequest) -> Result<(), StoreError> {
    let file = request.evidence.id.expect("it rests on a file");
    db.evidence_files().expect(file, request.created_at)?;
    db.change_requests().create(request)
}

impl World {
    pub(crate) async fn has_teacher(&self, address: &str) -> Account {
        let person = account(&self.random, address);
        let kept = person.clone();
        self.does(move |db| db.accounts().create(&kept)).await;
        person
    }

    pub(crate) async fn makes(&self, request: &ChangeRequest) {
        let request = request.clone();
        self.does(move |db| make(db, &request)).await;
    }

    pub(crate) async fn change_request(&self, id: ChangeRequestId) -> Option<ChangeRequest> {
        self.sees(move |db| db.change_requests().by_id(id)).await
    }

    pub(crate) async fn decides(&self, id: ChangeRequestId, decision: ChangeDecision) -> bool {
        self.does(move |db| db.change_requests().decide(id, decision, &agent(), noon() + seconds(9))).await
    }
}

fn decided(decision: ChangeDecision) -> ChangeState {
    ChangeState::Decided { decision, at: noon() + seconds(9), by: agent() }
}

pub(crate) async fn a_request_comes_back_as_it_was_made(world: World) {
    let jane = world.has_teacher("jane@example.com").await;
    let requests = [date_request(&world.random, &jane), change_request(&world.random, &jane)];
    for request in &requests {
        world.makes(request).await;
        assert_eq!(world.change_request(request.id).await.as_ref(), Some(request));
        let reference = request.reference.clone();
        assert_eq!(world.sees(move |db| db.change_requests().by_reference(&reference)).await.as_ref(), Some(request));
    }
    assert_eq!(world.sees(move |db| db.change_requests().pending_of_account(jane.id)).await, requests);
    assert_eq!(world.change_request(ChangeRequestId::new(&world.random)).await, None);
    let other = Reference::new(&world.random);
    assert_eq!(world.sees(move |db| db.change_requests().by_reference(&other)).await, None);
}

pub(crate) async fn an_account_has_one_pending_request_of_a_subject(world: World) {
    let (jane, joan) = (world.has_teacher("jane@example.com").await, world.has_teacher("joan@example.com").await);
    let first = change_request(&world.random, &jane);
    world.makes(&first).await;
    let second = change_request(&world.random, &jane);
    let refused = second.clone();
    assert_eq!(broken(&world.store, move |db| make(db, &refused)).await, Constraint::PendingChange);
    world.makes(&date_request(&world.random, &jane)).await;
    world.makes(&change_request(&world.random, &joan)).await;
    assert!(world.decides(first.id, ChangeDecision::Rejected).await);
    world.makes(&second).await;
    let of_jane = world.sees(move |db| db.change_requests().pending_of_account(jane.id)).await;
    assert!(of_jane.len() == 2 && of_jane.contains(&second));
}

pub(crate) async fn requests_that_many_make_at_once_leave_one(world: World) {
    let jane = world.has_teacher("jane@example.com").await;
    let requests: Vec<ChangeRequest> = (0..8).map(|_| change_request(&world.random, &jane)).collect();
    let made = at_once(&world.eight_nodes(), move |number, db| make(db, &requests[number])).await;
    assert_eq!(made.iter().filter(|result| result.is_ok()).count(), 1);
    for refused in made.into_iter().filter_map(Result::err) {
        assert!(matches!(refused, StoreError::Unique(Constraint::PendingChange)), "{refused:?}");
    }
    assert_eq!(world.count("change_requests"), 1);
}

pub(crate) async fn a_file_and_a_reference_belong_to_one_request(world: World) {
    let (jane, joan) = (world.has_teacher("jane@example.com").await, world.has_teacher("joan@example.com").await);
    let first = change_request(&world.random, &jane);
    world.makes(&first).await;
    let same_reference = ChangeRequest { reference: first.reference, ..change_request(&world.random, &joan) };
    assert_eq!(broken(&world.store, move |db| make(db, &same_reference)).await, Constraint::ChangeReference);
    let same_file = ChangeRequest { evidence: first.evidence, ..change_request(&world.random, &joan) };
    let create = move |db: &mut Db<'_>| db.change_requests().create(&same_file);
    assert_eq!(broken(&world.store, create).await, Constraint::ChangeEvidence);
}

pub(crate) async fn a_request_rests_on_a_file_that_was_written_down(world: World) {
    let jane = world.has_teacher("jane@example.com").await;
    let request = change_request(&world.random, &jane);
    let made = world.store.transact(move |db| db.change_requests().create(&request)).await;
    assert!(matches!(made, Err(StoreError::Other(_))), "{made:?}");
    assert_eq!(world.count("change_requests"), 0);
}

pub(crate) async fn each_decision_closes_a_request_and_comes_back(world: World) {
    for decision in [ChangeDecision::Approved, ChangeDecision::Rejected, ChangeDecision::Withdrawn] {
        let jane = world.has_teacher(&format!("jane{}@example.com", world.count("accounts"))).await;
        let request = change_request(&world.random, &jane);
        world.makes(&request).await;
        assert!(world.decides(request.id, decision).await);
        let id = request.id;
        assert_eq!(world.change_request(id).await, Some(ChangeRequest { state: decided(decision), ..request }));
        assert_eq!(world.sees(move |db| db.change_requests().pending_of_account(jane.id)).await, []);
    }
}

pub(crate) async fn the_first_who_decides_a_request_decides_it(world: World) {
    let jane = world.has_teacher("jane@example.com").await;
    let request = change_request(&world.random, &jane);
    assert!(!world.decides(request.id, ChangeDecision::Approved).await, "there is no such request yet");
    world.makes(&request).await;
    let id = request.id;
    let nodes = world.eight_nodes();
    let decide = at_once(&nodes, move |_, db| {
        db.change_requests().decide(id, ChangeDecision::Rejected, &agent(), noon() + seconds(9))
    });
    let first: Result<Vec<bool>, StoreError> = decide.await.into_iter().collect();
    assert_eq!(first.unwrap().into_iter().filter(|first| *first).count(), 1);
    assert!(!world.decides(id, ChangeDecision::Approved).await);
    assert_eq!(world.change_request(id).await.map(|request| request.state), Some(decided(ChangeDecision::Rejected)));
}

pub(crate) async fn pending_requests_come_oldest_first_and_no_more_than_asked_for(world: World) {
    let mut requests = Vec::new();
    for age in [0, 1, 1, 2] {
        let jane = world.has_teacher(&format!("jane{}@example.com", world.count("accounts"))).await;
        let request = ChangeRequest { created_at: noon() - seconds(age), ..change_request(&world.random, &jane) };
        world.makes(&request).await;
        requests.push(request);
    }
    requests.sort_by_key(|request| (request.created_at, request.id));
    assert_eq!(world.sees(|db| db.change_requests().pending(10)).await, requests);
    assert_eq!(world.sees(|db| db.change_requests().pending(2)).await, requests[..2]);
    assert!(world.decides(requests[1].id, ChangeDecision::Withdrawn).await);
    requests.remove(1);
    assert_eq!(world.sees(|db| db.change_requests().pending(10)).await, requests);
}

pub(crate) fn without_file(request: ChangeRequest) -> ChangeRequest {
    ChangeRequest { evidence: EvidenceFile { id: None, ..request.evidence }, ..request }
}

pub(crate) async fn all_requests_of_an_account_come_newest_first_and_are_forgotten_together(world: World) {
    let (jane, joan) = (world.has_teacher("jane@example.com").await, world.has_teacher("joan@example.com").await);
    let old = ChangeRequest { created_at: noon() - seconds(5), ..change_request(&world.random, &jane) };
    world.makes(&old).await;
    assert!(world.decides(old.id, ChangeDecision::Rejected).await);
    let new = change_request(&world.random, &jane);
    let others = change_request(&world.random, &joan);
    world.makes(&new).await;
    world.makes(&others).await;
    let of = |account| move |db: &mut Db<'_>| db.change_requests().of_account(account);
    let ids: Vec<_> = world.sees(of(jane.id)).await.into_iter().map(|request| request.id).collect();
    assert_eq!(ids, [new.id, old.id]);
    world.does(move |db| db.change_requests().delete_of(jane.id)).await;
    assert_eq!(world.sees(of(jane.id)).await, []);
    assert_eq!(world.sees(of(joan.id)).await, [others]);
    let unnamed = noon() + seconds(60);
    let outlived = world.sees(move |db| db.evidence_files().outlived(unnamed, unnamed, 10)).await;
    assert_eq!(outlived.len(), 2, "the files of the forgotten ones");
}
