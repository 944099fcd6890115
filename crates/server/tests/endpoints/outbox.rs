//! The development outbox, and its absence.

use crate::world::{World, authorization_request};

async fn asks_for_a_code(world: &World, email: &str) {
    let first = world.visits(&authorization_request("demo-trn-optional", &[])).await;
    let (page, _) = world.follows(first).await;
    world.submits(&page, &[("email", email)]).await;
}

#[actix_web::test]
async fn scripts_read_the_messages_to_an_address_newest_first() {
    let world = World::new(&[]).await;
    for email in ["Asha@example.com", "other+tag@example.com"] {
        asks_for_a_code(&world, email).await;
    }
    let sent = world.outbox("asha@EXAMPLE.com").await;
    assert_eq!(sent.len(), 1);
    let message = sent[0].as_object().unwrap();
    let mut names: Vec<&str> = message.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["body", "channel", "html", "id", "one_time_code", "sent_at", "subject", "template", "to"]);
    assert_eq!((&message["channel"], &message["to"]), (&"email".into(), &"Asha@example.com".into()));
    let code = message["one_time_code"].as_str().unwrap();
    assert_eq!(code.len(), 6);
    assert!(message["body"].as_str().unwrap().contains(code));
    assert_eq!(message["sent_at"], "2026-09-21T14:13:20.000000Z");
    assert_eq!(world.outbox("other+tag@example.com").await.len(), 1);
    assert!(world.outbox("nobody@example.com").await.is_empty());
    let all = world.visits("/dev/outbox.json").await;
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&all.text).unwrap().len(), 2);
}

#[actix_web::test]
async fn people_read_them_on_a_page() {
    let world = World::new(&[]).await;
    assert!(world.visits("/dev/outbox").await.text.contains("No message has been sent yet."));
    asks_for_a_code(&world, "asha@example.com").await;
    let page = world.visits("/dev/outbox").await;
    let code = world.outbox("asha@example.com").await[0]["one_time_code"].as_str().unwrap().to_owned();
    assert!(page.text.contains("asha@example.com") && page.text.contains(&format!("{code} is your code")));
    assert!(world.visits("/").await.text.contains("href=\"/dev/outbox\""));
}

#[actix_web::test]
async fn the_html_of_a_message_is_a_page_of_its_own_that_runs_nothing_and_is_found_by_nobody() {
    let world = World::new(&[]).await;
    asks_for_a_code(&world, "asha@example.com").await;
    let sent = world.outbox("asha@example.com").await;
    let address = format!("/dev/outbox/{}.html", sent[0]["id"].as_str().unwrap());
    assert!(world.visits("/dev/outbox").await.text.contains(&format!("href=\"{address}\"")));
    let html = world.visits(&address).await;
    assert_eq!((html.status.as_u16(), html.text.as_str()), (200, sent[0]["html"].as_str().unwrap()));
    assert!(html.text.contains(sent[0]["one_time_code"].as_str().unwrap()));
    assert_eq!(html.header("content-type"), "text/html; charset=utf-8");
    assert_eq!((html.header("x-robots-tag"), html.header("cache-control")), ("noindex", "no-store"));
    let policy = html.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none';") && policy.ends_with("sandbox"), "{policy}");
    for address in ["/dev/outbox/2ee6d119-88fa-4555-9cc9-c3941dfa09c1.html", "/dev/outbox/1.html", "/dev/outbox/.html"]
    {
        assert_eq!(world.visits(address).await.status, 404, "{address}");
    }
}

#[actix_web::test]
async fn without_the_setting_nothing_of_it_exists() {
    let world = World::new(&[("GAI__DEVELOPMENT__OUTBOX", "false")]).await;
    for address in
        ["/dev/outbox", "/dev/outbox.json", "/dev/outbox.json?to=asha@example.com", "/dev/outbox/1.html", "/dev"]
    {
        assert_eq!(world.visits(address).await.status, 404, "{address}");
    }
    assert!(!world.visits("/").await.text.contains("/dev/outbox"));
}
