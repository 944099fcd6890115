//! What is mounted beside signing in.

use actix_web::test::TestRequest;

use crate::world::World;

#[actix_web::test]
async fn the_start_page_says_what_this_is_with_the_banner_and_the_footer_of_the_configuration() {
    let settings = [
        ("GAI__SERVICE__SUPPORT_EMAIL", "help@identity.example"),
        ("GAI__SERVICE__PHASE", "Alpha"),
        ("GAI__SERVICE__PRIVACY_URL", "https://identity.example/privacy"),
    ];
    let home = World::new(&settings).await.visits("/").await;
    assert_eq!(home.status, 200);
    for part in ["mailto:help@identity.example", "Alpha", "https://identity.example/privacy", "Privacy notice"] {
        assert!(home.text.contains(part), "{part}: {}", home.text);
    }
    assert!(!home.text.contains("Cookies"));
    let quiet = World::new(&[("GAI__SERVICE__PHASE", "")]).await.visits("/").await;
    assert!(!quiet.text.contains("govuk-phase-banner"), "{}", quiet.text);
}

#[actix_web::test]
async fn a_server_is_alive_and_ready_once_its_database_is_there() {
    let world = World::new(&[]).await;
    for address in ["/health/live", "/health/ready"] {
        assert_eq!(world.visits(address).await.status, 200, "{address}");
        assert_eq!(world.asks(TestRequest::default().method("HEAD".parse().unwrap()).uri(address)).await.status, 200);
    }
}

#[actix_web::test]
async fn metadata_and_files_may_be_kept_and_everything_else_may_not() {
    let world = World::new(&[]).await;
    let metadata = world.visits("/.well-known/openid-configuration").await;
    assert!(metadata.header("cache-control").starts_with("public, max-age="));
    let home = world.visits("/").await;
    assert_eq!(home.header("cache-control"), "no-store");
    let style = home.text.split("href=\"").find(|part| part.starts_with("/assets/govuk-frontend")).unwrap();
    let file = world.visits(style.split('"').next().unwrap()).await;
    assert!(file.header("cache-control").contains("immutable") && file.header("x-content-type-options") == "nosniff");
    assert_eq!(world.visits("/sign-in/nonsense").await.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn a_form_of_ten_megabytes_is_refused_on_a_page() {
    let world = World::new(&[]).await;
    let size = 10_000_000;
    let request = TestRequest::post().insert_header(("content-length", size)).set_payload(vec![b'a'; size]);
    let seen = world.asks(request.uri("/sign-in/2ee6d119-88fa-4555-9cc9-c3941dfa09c1/email")).await;
    assert_eq!(seen.status, 413);
    assert!(seen.text.contains("Your answer is too long"), "{}", seen.text);
}
