use identity::account::LookupStatus;
use identity::interaction::Outcome;

use crate::world::{Person, World};

const BORN: [&str; 3] = ["14", "3", "1985"];

async fn ready_to_register<'w>(world: &'w World, client: &str, email: &str) -> Person<'w> {
    let asha = world.person_from(client).await;
    asha.proves(email).await.leads_to("official-name");
    asha.says_who_they_are("Asha", "Bennett", BORN).await;
    asha
}

#[actix_web::test]
async fn two_tabs_that_register_one_address_make_one_account() {
    let world = World::new().await;
    let one = ready_to_register(&world, "no-trn", "asha@example.com").await;
    let other = ready_to_register(&world, "no-trn", "asha@example.com").await;
    one.answers("check-answers", &[]).await.creates();
    other.answers("check-answers", &[]).await.leads_to("your-details");
    other.confirms_their_details().await.ends();
    assert_eq!(world.signed_in(&one).await, world.signed_in(&other).await);
}

#[actix_web::test]
async fn somebody_whose_record_another_account_holds_proves_that_account_and_is_signed_in_to_it() {
    let world = World::new().await;
    let first = ready_to_register(&world, "optional", "asha@example.com").await;
    first.answers("check-answers", &[]).await.creates();
    let held = world.account("asha@example.com").await.unwrap();

    let again = world.person_from("optional").await;
    again.proves("asha.new@example.com").await.leads_to("official-name");
    again.says_who_they_are("Asha", "Bennett", BORN).await.leads_to("has-nino");
    again.answers("has-nino", &[("has_nino", "no")]).await.leads_to("has-trn");
    again.answers("has-trn", &[("has_trn", "yes")]).await.leads_to("trn");
    again.answers("trn", &[("trn", "RP10/00001")]).await.leads_to("check-answers");
    again.answers("check-answers", &[]).await.leads_to("record-holder-code");
    let page = again.visits("record-holder-code").await;
    assert!(!page.html.contains("asha@example.com"), "the address is shown only in part");
    again.types_the_code("record-holder-code", "asha@example.com").await.leads_to("choose-email");
    again.visits("choose-email").await.says(200, "asha@example.com").says(200, "asha.new@example.com");
    again.answers("choose-email", &[("keep_email", "another@example.com")]).await.says(400, "Select the email");
    again.answers("choose-email", &[("keep_email", "proved")]).await.ends();
    assert_eq!(world.signed_in(&again).await, held.id);
    assert!(world.account("asha@example.com").await.is_none(), "the address that was not kept is free again");
    assert_eq!(world.account("asha.new@example.com").await.unwrap().id, held.id, "nothing new is created");
}

#[actix_web::test]
async fn a_record_that_is_taken_at_the_last_moment_leads_to_the_code_of_its_holder() {
    let world = World::new().await;
    let late = ready_to_register(&world, "optional", "asha@example.com").await;
    late.visits("check-answers").await.says(200, "Check your answers");
    // Another address of the same person wins the race for the record.
    let quick = world.person_from("optional").await;
    quick.proves("asha.quick@example.com").await;
    quick.says_who_they_are("Asha", "Bennett", BORN).await;
    quick.answers("has-nino", &[("has_nino", "no")]).await;
    quick.answers("has-trn", &[("has_trn", "yes")]).await;
    quick.answers("trn", &[("trn", "1000001")]).await;
    quick.answers("check-answers", &[]).await.creates();

    late.answers("check-answers", &[]).await.leads_to("record-holder-code");
    late.types_the_code("record-holder-code", "asha.quick@example.com").await.leads_to("choose-email");
    late.answers("choose-email", &[("keep_email", "held")]).await.ends();
    assert!(world.account("asha@example.com").await.is_none());
}

#[actix_web::test]
async fn a_client_that_requires_a_trn_gets_no_code_for_somebody_without_one_and_the_last_page_says_why() {
    let world = World::new().await;
    for (email, qts, status, words) in [
        ("none@example.com", "no", LookupStatus::None, "there is no teaching record"),
        ("pending@example.com", "yes", LookupStatus::Pending, "somebody is looking for it now"),
    ] {
        let morgan = world.person_from("required").await;
        morgan.proves(email).await;
        morgan.says_who_they_are("Morgan", "Reid", BORN).await.leads_to("has-nino");
        morgan.answers("has-nino", &[("has_nino", "no")]).await.leads_to("has-trn");
        morgan.answers("has-trn", &[("has_trn", "no")]).await.leads_to("has-qts");
        if qts == "yes" {
            morgan.answers("has-qts", &[("has_qts", "yes")]).await.leads_to("has-provider");
            morgan.answers("has-provider", &[("has_provider", "yes")]).await.leads_to("provider");
            morgan.answers("provider", &[("unknown", "true")]).await.leads_to("no-match");
            morgan.answers("no-match", &[]).await.leads_to("finished");
        } else {
            morgan.answers("has-qts", &[("has_qts", "no")]).await.leads_to("check-answers");
            morgan.answers("check-answers", &[]).await.leads_to("finished");
        }
        let outcome = world.interaction(morgan.id).await.outcome;
        assert!(matches!(outcome, Some(Outcome::WithoutTrn { .. })), "{outcome:?}");
        morgan.visits("finished").await.says(200, words).says(200, "help@example.com");
        assert_eq!(world.account(email).await.unwrap().lookup_status, Some(status));
    }
}

#[actix_web::test]
async fn strict_matching_asks_for_a_number_though_three_agree_and_never_about_qts() {
    let world = World::new().await;
    let asha = world.person_from("strict").await;
    asha.proves("asha@example.com").await;
    asha.says_who_they_are("Asha", "Bennett", BORN).await.leads_to("has-nino");
    asha.answers("has-nino", &[("has_nino", "no")]).await.leads_to("has-trn");
    asha.answers("has-trn", &[("has_trn", "no")]).await.leads_to("check-answers");
}
