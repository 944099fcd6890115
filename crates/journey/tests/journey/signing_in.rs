use identity::account::LookupStatus;
use identity::client::ClientId;
use identity::email::Email;
use identity::interaction::Ask;

use crate::world::World;

const BORN: [&str; 3] = ["14", "3", "1985"];

#[actix_web::test]
async fn somebody_whose_name_date_of_birth_and_email_agree_is_asked_for_nothing_more() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    asha.visits("").await;
    asha.proves("asha@example.com").await.leads_to("official-name");
    asha.says_who_they_are("Asha", "Bennett", BORN).await.leads_to("check-answers");
    asha.visits("check-answers").await.says(200, "14 March 1985").says(200, "asha@example.com");
    asha.answers("check-answers", &[]).await.creates();
    let account = world.account("asha@example.com").await.unwrap();
    assert_eq!(account.trn().unwrap().as_str(), "1000001");
    assert_eq!(account.lookup_status, Some(LookupStatus::Found));
    assert_eq!(world.signed_in(&asha).await, account.id);
}

#[actix_web::test]
async fn somebody_whose_email_is_new_is_found_by_their_national_insurance_number() {
    let world = World::new().await;
    let gareth = world.person_from("optional").await;
    gareth.proves("gareth@example.com").await.leads_to("official-name");
    gareth.says_who_they_are("Gareth", "Pugh", BORN).await.leads_to("has-nino");
    gareth.answers("has-nino", &[("has_nino", "yes")]).await.leads_to("nino");
    gareth.answers("nino", &[("nino", "ab 12 34 56 c")]).await.leads_to("check-answers");
    gareth.answers("check-answers", &[]).await.creates();
    let account = world.account("gareth@example.com").await.unwrap();
    assert_eq!(account.trn().unwrap().as_str(), "1000002");
    assert_eq!(account.nino.unwrap().as_str(), "AB123456C");
}

#[actix_web::test]
async fn somebody_without_a_record_goes_on_and_the_status_says_why() {
    let world = World::new().await;
    for (email, trn, status) in
        [("none@example.com", "no", LookupStatus::None), ("pending@example.com", "yes", LookupStatus::Pending)]
    {
        let morgan = world.person_from("optional").await;
        morgan.proves(email).await.leads_to("official-name");
        morgan.says_who_they_are("Morgan", "Reid", BORN).await.leads_to("has-nino");
        morgan.answers("has-nino", &[("has_nino", "no")]).await.leads_to("has-trn");
        let next = morgan.answers("has-trn", &[("has_trn", trn)]).await;
        if trn == "yes" {
            next.leads_to("trn");
            morgan.answers("trn", &[("trn", ""), ("unknown", "true")]).await.leads_to("has-qts");
        }
        let last = if trn == "yes" { "no-match" } else { "check-answers" };
        morgan.answers("has-qts", &[("has_qts", "no")]).await.leads_to(last);
        morgan.answers(last, &[]).await.creates();
        let account = world.account(email).await.unwrap();
        assert_eq!((account.lookup_status, account.trn()), (Some(status), None));
    }
}

#[actix_web::test]
async fn somebody_we_know_needs_an_address_and_a_code_and_nothing_else() {
    let world = World::new().await;
    let first = world.person_from("no-trn").await;
    first.proves("asha@example.com").await;
    first.says_who_they_are("Asha", "Bennett", BORN).await.leads_to("check-answers");
    first.answers("check-answers", &[]).await.creates();
    let account = world.account("asha@example.com").await.unwrap();

    let again = world.person_from("no-trn").await;
    again.answers("email", &[("email", "ASHA@example.com")]).await.leads_to("email-code");
    let code = again.code("ASHA@example.com").await;
    again.answers("email-code", &[("one_time_code", &code)]).await.leads_to("your-details");
    again.confirms_their_details().await.ends();
    assert_eq!(world.signed_in(&again).await, account.id);
}

#[actix_web::test]
async fn an_account_whose_record_was_never_looked_for_is_searched_at_the_first_service_that_wants_it() {
    let world = World::new().await;
    let first = world.person_from("no-trn").await;
    first.proves("asha@example.com").await;
    first.says_who_they_are("Asha", "Bennett", BORN).await;
    first.answers("check-answers", &[]).await.creates();
    assert_eq!(world.account("asha@example.com").await.unwrap().lookup_status, None);

    let again = world.person_from("optional").await;
    again.proves("asha@example.com").await.leads_to("your-details");
    again.confirms_their_details().await.ends();
    assert_eq!(world.account("asha@example.com").await.unwrap().trn().unwrap().as_str(), "1000001");
}

#[actix_web::test]
async fn somebody_who_puts_their_date_of_birth_right_is_found_at_the_next_sign_in() {
    let world = World::new().await;
    let first = world.person_from("optional").await;
    first.proves("asha@example.com").await;
    first.says_who_they_are("Asha", "Bennett", ["3", "4", "1985"]).await.leads_to("has-nino");
    first.answers("has-nino", &[("has_nino", "no")]).await.leads_to("has-trn");
    first.answers("has-trn", &[("has_trn", "no")]).await.leads_to("has-qts");
    first.answers("has-qts", &[("has_qts", "no")]).await.leads_to("check-answers");
    first.answers("check-answers", &[]).await.creates();

    let again = world.person_from("optional").await;
    again.proves("asha@example.com").await.leads_to("your-details");
    let [day, month, year] = BORN;
    let born = [("date_of_birth-day", day), ("date_of_birth-month", month), ("date_of_birth-year", year)];
    again.answers("change-date-of-birth", &born).await.leads_to("your-details");
    again.confirms_their_details().await.ends();

    let later = world.person_from("optional").await;
    later.proves("asha@example.com").await.leads_to("your-details");
    later.visits("your-details").await.says(200, "1000001");
    later.confirms_their_details().await.ends();
    assert_eq!(world.account("asha@example.com").await.unwrap().trn().unwrap().as_str(), "1000001");
}

#[actix_web::test]
async fn an_answer_can_be_changed_and_the_walk_runs_straight_back() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    asha.proves("asha@example.com").await;
    asha.says_who_they_are("Asha", "Bennett", BORN).await.leads_to("check-answers");
    asha.visits("preferred-name").await.says(200, "value=\"Asha\"");
    asha.answers("preferred-name", &[("preferred_name", "Ash")]).await.leads_to("check-answers");
    asha.visits("check-answers").await.says(200, "Ash\n");
}

#[actix_web::test]
async fn a_page_that_is_not_on_the_trail_leads_to_the_one_that_waits() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    for page in ["check-answers", "nino", "resend-email-code", "finish", "no-such-page"] {
        asha.visits(page).await.leads_to("email");
        asha.answers(page, &[("nino", "AB123456C")]).await.leads_to("email");
    }
    assert!(world.mailbox().await.is_empty());
}

#[actix_web::test]
async fn no_get_has_an_effect() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    asha.answers("email", &[("email", "asha@example.com")]).await.leads_to("email-code");
    let (before, sent) = (world.interaction(asha.id).await, world.mailbox().await.len());
    for page in ["", "email", "email-code", "resend-email-code", "check-answers"] {
        asha.visits(page).await;
    }
    assert_eq!(world.interaction(asha.id).await, before);
    assert_eq!(world.mailbox().await.len(), sent);
}

#[actix_web::test]
async fn the_address_that_the_service_hints_at_is_offered() {
    let world = World::new().await;
    let client = world.journeys.clients.find(&ClientId::parse("optional").unwrap()).unwrap();
    let hint = Some(Email::parse("asha@example.com").unwrap());
    let asha = world.person_with(&client, Ask { login_hint: hint, ..World::ask(&client) }).await;
    asha.visits("email").await.says(200, "value=\"asha@example.com\"");
    assert!(world.mailbox().await.is_empty(), "a hint proves nothing, and sends nothing");
}

#[actix_web::test]
async fn the_header_names_the_service_that_the_person_came_from() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    asha.visits("email").await.says(200, "The optional service").says(200, "https://optional.example.com/");
}
