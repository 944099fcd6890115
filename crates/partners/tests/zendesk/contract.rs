//! What is sent, and that there are never two.

use serde_json::json;

use super::*;

#[tokio::test]
async fn a_ticket_arrives_with_all_that_is_told_of_it_and_no_customer_sees_the_note() {
    let world = World::new();
    let known_as = world.opens(&opened()).await;
    let [ticket] = &world.simulator.tickets()[..] else { panic!("there is one") };
    assert_eq!(known_as, ticket.id.to_string());
    assert_eq!(ticket.external_id.as_deref(), Some("GAI-4KX7-M2PQ"));
    assert_eq!(ticket.subject, "[Get an Identity] Jane Smith: which teaching record is theirs?");
    assert_eq!(ticket.requester, json!({ "name": "Jane Smith", "email": "jane@example.com" }));
    assert_eq!(ticket.tags, ["get-an-identity"]);
    let field = json!([{ "id": 4_419_328_659_089u64, "value": "request_from_identity_auth_service" }]);
    assert_eq!(ticket.custom_fields, field);
    let [comment] = &ticket.comments[..] else { panic!("there is one") };
    assert!(comment.body.ends_with("Name: Jane Smith") && !comment.public);
}

#[tokio::test]
async fn what_comes_again_makes_no_second_ticket_even_when_the_key_was_forgotten() {
    let world = World::new();
    let (id, first) = (world.random.uuid(), world.opens(&opened()).await);
    for _ in 0..2 {
        assert_eq!(world.carries(id, &opened()).await.unwrap().reference.as_ref(), Some(&first));
        world.simulator.forgets_keys();
    }
    assert_eq!(world.simulator.tickets().len(), 1);
}

#[tokio::test]
async fn a_ticket_is_solved_with_one_note_however_often_that_comes() {
    let world = World::new();
    let known_as = world.opens(&opened()).await;
    for known_as in [Some(known_as.as_str()), None, Some(known_as.as_str())] {
        world.carries(world.random.uuid(), &solved(known_as)).await.unwrap();
    }
    let [ticket] = &world.simulator.tickets()[..] else { panic!("there is one") };
    assert_eq!(ticket.status, "solved");
    let [_, note] = &ticket.comments[..] else { panic!("{:?}", ticket.comments) };
    assert!(note.body.contains("there is no record, by Nadia") && !note.public);
}

#[tokio::test]
async fn a_ticket_that_is_not_open_there_yet_is_solved_later() {
    let world = World::new();
    let id = world.random.uuid();
    assert!(is_later(&world.carries(id, &solved(None)).await));
    world.opens(&opened()).await;
    world.carries(id, &solved(None)).await.unwrap();
    assert_eq!(world.simulator.tickets()[0].status, "solved");
}

#[tokio::test]
async fn a_ticket_that_was_deleted_there_is_not_solved_for_ever_and_one_that_was_closed_is_done() {
    let world = World::new();
    let known_as = world.opens(&opened()).await;
    let id: u64 = known_as.parse().unwrap();
    world.simulator.sets_status(id, "closed");
    world.carries(world.random.uuid(), &solved(Some(&known_as))).await.unwrap();
    assert_eq!(world.simulator.tickets()[0].comments.len(), 1);
    world.simulator.delete(id);
    assert!(is_refused(&world.carries(world.random.uuid(), &solved(Some(&known_as))).await));
}

#[tokio::test]
async fn what_zendesk_cannot_use_is_refused() {
    let world = World::new();
    world.simulator.refuses_requesters();
    assert!(is_refused(&world.carries(world.random.uuid(), &opened()).await));
    assert!(world.simulator.tickets().is_empty());
}

#[tokio::test]
async fn with_a_wrong_token_everything_waits() {
    let world = World::new();
    let wrong = client(world.simulator.running.url(), ZendeskSettings { token: "wrong".into(), ..settings() });
    for item in [opened(), solved(None), solved(Some("35401"))] {
        assert!(is_later(&wrong.carry(world.random.uuid(), &item).await));
    }
    assert!(world.simulator.tickets().is_empty());
    world.opens(&opened()).await;
}
