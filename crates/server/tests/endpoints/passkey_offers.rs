//! A passkey is offered to whoever has none, and never to whoever has not just proved that the account is theirs.

use chrono::Duration;
use identity::random::Random;

use crate::authenticator::Authenticator;
use crate::passkeys::{EMAIL, MORGAN, leads_to};
use crate::world::World;

/// Signs in by a code at a browser of their own, as far as the details; gives the address of the journey.
async fn comes_back(world: &World) -> String {
    let journey = world.begins().await;
    let mut seen = world.submits(&format!("{journey}/email"), &[("email", EMAIL)]).await;
    while !seen.location().unwrap().ends_with("/your-details") {
        seen = MORGAN.answers(world, seen.location().unwrap()).await;
    }
    journey
}

#[actix_web::test]
async fn somebody_without_a_passkey_is_offered_one_beside_their_details() {
    let world = World::new(&[]).await;
    world.signs_in_to_passkeys().await;
    let journey = comes_back(&world).await;
    let (details, add) = (format!("{journey}/your-details"), format!("{journey}/add-passkey"));
    assert!(world.visits(&details).await.text.contains("Sign in with one touch next time"));
    let cancelled = world.submits(&add, &[("failed", "cancelled")]).await;
    assert!(
        cancelled.status == 400 && cancelled.text.contains("Your device did not make a passkey"),
        "{}",
        cancelled.text
    );
    assert!(cancelled.text.contains("Continue to "), "they can go on without");

    let mut device = Authenticator::new(&Random::seeded(7));
    let given = world.challenge(&add).await;
    let made = device.makes(&given["options"]);
    let fields = [("ceremony", given["ceremony"].as_str().unwrap()), ("credential", made.as_str())];
    leads_to(&world.submits(&add, &fields).await, "/your-details");
    let page = world.visits(&details).await.text;
    assert!(page.contains("You have added a passkey") && !page.contains("Sign in with one touch next time"), "{page}");
    leads_to(&world.uses(&mut device).await.1, "/your-details");
    let journey = comes_back(&world).await;
    assert!(!world.visits(&format!("{journey}/your-details")).await.text.contains("passkey"), "once is enough");
}

#[actix_web::test]
async fn a_passkey_is_made_only_by_whoever_has_just_proved_that_the_account_is_theirs() {
    let world = World::new(&[]).await;
    world.signs_in_to_passkeys().await;
    let journey = world.begins().await;
    let add = format!("{journey}/add-passkey");
    assert_eq!(world.challenge(&add).await["failed"], "expired", "nobody has proved anything yet");
    leads_to(&world.submits(&add, &[]).await, "/email");
    let journey = comes_back(&world).await;
    let (details, add) = (format!("{journey}/your-details"), format!("{journey}/add-passkey"));
    assert!(world.challenge(&add).await["ceremony"].is_string());
    world.clock.advance(Duration::minutes(15));
    assert_eq!(world.challenge(&add).await["failed"], "expired");
    assert!(!world.visits(&details).await.text.contains("passkey"));
    world.opens_another_browser();
    assert_eq!(world.challenge(&add).await["failed"], "expired");
}

#[actix_web::test]
async fn whoever_has_just_got_an_account_is_offered_a_passkey_until_they_go_on() {
    let world = World::new(&[]).await;
    let journey = world.begins().await;
    let mut seen = world.submits(&format!("{journey}/email"), &[("email", EMAIL)]).await;
    while !seen.location().unwrap().ends_with("/finished") {
        seen = MORGAN.answers(&world, seen.location().unwrap()).await;
    }
    let go_on = journey.replace("/sign-in/", "/oauth2/authorize/");
    let (last, add) = (format!("{journey}/finished"), format!("{journey}/add-passkey"));
    assert!(world.visits(&last).await.text.contains("Sign in with one touch next time"));
    let cancelled = world.submits(&add, &[("failed", "cancelled")]).await;
    assert!(cancelled.status == 400 && cancelled.text.contains("Your device did not make a passkey"));

    let mut device = Authenticator::new(&Random::seeded(7));
    let [given, later] = [world.challenge(&add).await, world.challenge(&add).await];
    let ceremony = |given: &serde_json::Value| given["ceremony"].as_str().unwrap().to_owned();
    let made = device.makes(&given["options"]);
    let fields = [("ceremony", ceremony(&given)), ("credential", made)];
    leads_to(&world.submits(&add, &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await, "/finished");
    assert!(world.visits(&last).await.text.contains("You have added a passkey"));

    // Whoever comes back to the page afterwards may be somebody else at the same computer.
    assert!(world.visits(&go_on).await.location().unwrap().starts_with("http://localhost:8001/callback?code="));
    assert!(!world.visits(&last).await.text.contains("passkey"));
    let made = Authenticator::new(&Random::seeded(8)).makes(&later["options"]);
    let fields = [("ceremony", ceremony(&later)), ("credential", made)];
    let refused = world.submits(&add, &fields.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
    assert!(!refused.text.contains("passkey"), "{}", refused.text);
    assert_eq!(world.challenge(&add).await["failed"], "expired");
    assert_eq!(world.events().await.iter().filter(|event| *event == "passkey_added").count(), 1);
}
