//! Receipts of GOV.UK Notify.

use actix_web::test::TestRequest;
use identity::outbox::{OutboxMessage, OutboxState};
use serde_json::json;

use crate::world::{Seen, World, authorization_request};

const TOKEN: &str = "a token that only Notify knows";

async fn world() -> World {
    World::new(&[("GAI__NOTIFY__CALLBACK_TOKEN", TOKEN)]).await
}

async fn a_code_is_sent(world: &World) -> OutboxMessage {
    let first = world.visits(&authorization_request("demo-trn-optional", &[])).await;
    let (page, _) = world.follows(first).await;
    world.submits(&page, &[("email", "asha@example.com")]).await;
    messages(world).await.remove(0)
}

async fn messages(world: &World) -> Vec<OutboxMessage> {
    world.parts.store.read(|db| db.outbox().newest_first(10)).await.unwrap()
}

async fn is_told(world: &World, token: Option<&str>, body: String) -> Seen {
    let request = TestRequest::post().uri("/api/notify/receipts").insert_header(("content-type", "application/json"));
    let request = request.insert_header(("content-length", body.len()));
    let request = match token {
        Some(token) => request.insert_header(("authorization", format!("Bearer {token}"))),
        None => request,
    };
    world.asks(request.set_payload(body)).await
}

/// As Notify sends it.
fn receipt(reference: &str, status: &str) -> String {
    json!({
        "id": "740e5834-3a29-46b4-9a6f-16142fde533a",
        "reference": reference,
        "to": "asha@example.com",
        "status": status,
        "created_at": "2026-09-21T14:13:20.000000Z",
        "completed_at": "2026-09-21T14:13:21.000000Z",
        "sent_at": null,
        "notification_type": "email",
        "template_id": "f33517ff-2a88-4f6e-b855-c550268ce08a",
        "template_version": 1,
    })
    .to_string()
}

#[actix_web::test]
async fn a_receipt_is_taken_from_who_shows_the_token_and_from_nobody_else() {
    let world = world().await;
    let sent = a_code_is_sent(&world).await;
    let told = receipt(&sent.id.to_string(), "delivered");
    for token in [None, Some("a token that nobody knows"), Some("")] {
        assert_eq!(is_told(&world, token, told.clone()).await.status.as_u16(), 401);
    }
    assert_eq!(messages(&world).await[0].state, sent.state);
    for _ in 0..2 {
        assert_eq!(is_told(&world, Some(TOKEN), told.clone()).await.status.as_u16(), 200);
    }
    assert_eq!(messages(&world).await[0].state, OutboxState::Arrived);
}

#[actix_web::test]
async fn a_receipt_of_a_message_that_is_not_ours_is_taken_too_and_what_is_none_is_not() {
    let world = world().await;
    for reference in ["00000000-0000-0000-0000-000000000001", "of another program"] {
        let told = receipt(reference, "permanent-failure");
        assert_eq!(is_told(&world, Some(TOKEN), told).await.status.as_u16(), 200, "{reference}");
    }
    let none = json!({ "reference": null, "status": "delivered" }).to_string();
    assert_eq!(is_told(&world, Some(TOKEN), none).await.status.as_u16(), 200);
    for body in ["", "{}", "<html>", "{\"reference\":null,\"status\":\"eaten\"}"] {
        assert_eq!(is_told(&world, Some(TOKEN), body.into()).await.status.as_u16(), 400, "{body}");
    }
}

#[actix_web::test]
async fn without_a_token_there_are_no_receipts() {
    let world = World::new(&[]).await;
    assert_eq!(is_told(&world, Some(""), receipt("x", "delivered")).await.status.as_u16(), 404);
}
