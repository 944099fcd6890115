use chrono::Duration;

use crate::world::{Person, World, other_than};

const EMAIL: &str = "asha@example.com";

async fn at_the_code_page(world: &World) -> Person<'_> {
    let asha = world.person_from("optional").await;
    asha.answers("email", &[("email", EMAIL)]).await.leads_to("email-code");
    asha
}

#[actix_web::test]
async fn each_way_to_mistype_a_code_has_its_own_words_and_costs_no_try() {
    let world = World::new().await;
    let asha = at_the_code_page(&world).await;
    for (typed, words) in [
        ("", "Enter the code"),
        ("abcdef", "digits only"),
        ("12345", "not entered enough digits"),
        ("1234567", "too many digits"),
        ("\0", "digits only"),
        ("🙂", "digits only"),
    ] {
        asha.answers("email-code", &[("one_time_code", typed)]).await.says(400, words);
    }
    asha.types_the_code("email-code", EMAIL).await.leads_to("mobile");
}

#[actix_web::test]
async fn spaces_and_hyphens_in_a_code_do_not_matter() {
    let world = World::new().await;
    let asha = at_the_code_page(&world).await;
    let code = asha.code(EMAIL).await;
    let spaced = format!(" {} - {} ", &code[..3], &code[3..]);
    asha.answers("email-code", &[("one_time_code", &spaced)]).await.leads_to("mobile");
}

#[actix_web::test]
async fn a_code_may_be_tried_five_times_and_then_not_even_the_right_one_helps() {
    let world = World::new().await;
    let asha = at_the_code_page(&world).await;
    let code = asha.code(EMAIL).await;
    let wrong = other_than(&code);
    for _ in 0..5 {
        asha.answers("email-code", &[("one_time_code", wrong)]).await.says(400, "not the one that we sent");
    }
    asha.answers("email-code", &[("one_time_code", &code)]).await.says(429, "too many wrong codes");
    world.clock.advance(Duration::seconds(10));
    asha.answers("email-code", &[("resend", "true")]).await.leads_to("email-code");
    asha.types_the_code("email-code", EMAIL).await.leads_to("mobile");
}

#[actix_web::test]
async fn an_expired_code_is_replaced_once_and_the_page_says_so() {
    let world = World::new().await;
    let asha = at_the_code_page(&world).await;
    let old = asha.code(EMAIL).await;
    world.clock.advance(Duration::minutes(10));
    asha.answers("email-code", &[("one_time_code", &old)]).await.says(400, "we have sent you a new one");
    assert_eq!(world.mailbox().await.len(), 2);
    let new = asha.code(EMAIL).await;
    if old != new {
        asha.answers("email-code", &[("one_time_code", &old)]).await.says(400, "not the one that we sent");
    }
    assert_eq!(world.mailbox().await.len(), 2);
    asha.answers("email-code", &[("one_time_code", &new)]).await.leads_to("mobile");
}

#[actix_web::test]
async fn a_code_works_until_its_last_second() {
    let world = World::new().await;
    let asha = at_the_code_page(&world).await;
    world.clock.advance(Duration::minutes(10) - Duration::seconds(1));
    asha.types_the_code("email-code", EMAIL).await.leads_to("mobile");
}

#[actix_web::test]
async fn a_code_of_one_journey_is_worth_nothing_in_another() {
    let world = World::new().await;
    let asha = at_the_code_page(&world).await;
    let hers = asha.code(EMAIL).await;
    let thief = at_the_code_page(&world).await;
    if hers == thief.code(EMAIL).await {
        return;
    }
    thief.answers("email-code", &[("one_time_code", &hers)]).await.says(400, "not the one that we sent");
}

#[actix_web::test]
async fn a_code_can_be_used_once() {
    let world = World::new().await;
    let asha = at_the_code_page(&world).await;
    let code = asha.code(EMAIL).await;
    asha.answers("email-code", &[("one_time_code", &code)]).await.leads_to("mobile");
    asha.answers("email", &[("email", "other@example.com")]).await.leads_to("email-code");
    asha.answers("email-code", &[("one_time_code", &code)]).await.says(400, "not the one that we sent");
}

#[actix_web::test]
async fn a_new_code_ends_the_one_before() {
    let world = World::new().await;
    let asha = at_the_code_page(&world).await;
    let old = asha.code(EMAIL).await;
    asha.visits("resend-email-code").await.says(200, EMAIL);
    asha.answers("resend-email-code", &[("email", EMAIL)]).await.leads_to("email-code");
    let new = asha.code(EMAIL).await;
    assert_eq!(world.mailbox().await.len(), 2);
    if old != new {
        asha.answers("email-code", &[("one_time_code", &old)]).await.says(400, "not the one that we sent");
    }
    asha.answers("email-code", &[("one_time_code", &new)]).await.leads_to("mobile");
}

#[actix_web::test]
async fn the_address_can_be_corrected_where_a_new_code_is_asked_for() {
    let world = World::new().await;
    let asha = at_the_code_page(&world).await;
    asha.answers("resend-email-code", &[("email", "nonsense")]).await.says(400, "in the correct format");
    asha.answers("resend-email-code", &[("email", "corrected@example.com")]).await.leads_to("email-code");
    asha.visits("email-code").await.says(200, "corrected@example.com");
    asha.types_the_code("email-code", "corrected@example.com").await.leads_to("mobile");
}

#[actix_web::test]
async fn a_double_click_sends_one_code() {
    let world = World::new().await;
    let asha = at_the_code_page(&world).await;
    asha.answers("email", &[("email", EMAIL)]).await.leads_to("email-code");
    assert_eq!(world.mailbox().await.len(), 1);
}

#[actix_web::test]
async fn the_page_after_the_address_is_the_same_whether_we_know_the_address_or_not() {
    let world = World::new().await;
    let known = world.person_from("no-trn").await;
    known.proves(EMAIL).await;
    known.says_who_they_are("Asha", "Bennett", ["14", "3", "1985"]).await;
    known.answers("check-answers", &[]).await.creates();

    let mut pages = Vec::new();
    for email in [EMAIL, "else@example.com"] {
        let person = world.person_from("no-trn").await;
        person.answers("email", &[("email", email)]).await.leads_to("email-code");
        let page = person.visits("email-code").await;
        pages.push((page.status, page.html.replace(email, "").replace(&person.id.to_string(), "")));
    }
    assert_eq!(pages[0], pages[1]);
}
