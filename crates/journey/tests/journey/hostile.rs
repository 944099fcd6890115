//! What no honest person types, in every field of every page: never a fault of ours, and never lost without a word.

use crate::world::{Person, World};

/// NUL, an emoji, ten thousand characters, a bidirectional override, markup, half a surrogate's bytes.
fn hostile() -> Vec<String> {
    vec![
        "\0".into(),
        "🙂".into(),
        "a".repeat(10_000),
        "\u{202e}gnp.exe".into(),
        "<script>alert(1)</script>\"'{{ 7 * 7 }}".into(),
        "\u{fffd}\u{200b}\r\n".into(),
    ]
}

async fn takes_everything(person: &Person<'_>, page: &str, fields: &[&str]) {
    for text in hostile() {
        for field in fields {
            let seen = person.answers(page, &[(field, &text)]).await;
            assert!(seen.status.as_u16() < 500, "{page} {field}: {}", seen.status);
            assert!(!seen.html.contains("<script>alert"), "{page} {field}");
        }
        let all: Vec<(&str, &str)> = fields.iter().map(|field| (*field, text.as_str())).collect();
        let seen = person.answers(page, &all).await;
        assert!(seen.status.as_u16() < 500, "{page}: {}", seen.status);
    }
}

#[actix_web::test]
async fn every_field_of_every_page_takes_anything_without_a_fault() {
    let world = World::new().await;
    let person = world.person_from("optional").await;
    takes_everything(&person, "email", &["email"]).await;
    person.answers("email", &[("email", "else@example.com")]).await.leads_to("email-code");
    takes_everything(&person, "resend-email-code", &["email"]).await;
    takes_everything(&person, "email-code", &["one_time_code", "resend"]).await;
    person.answers("email-code", &[("resend", "true")]).await.leads_to("email-code");
    person.types_the_code("email-code", "else@example.com").await.leads_to("mobile");
    takes_everything(&person, "mobile", &["mobile"]).await;
    person.answers("mobile", &[("without", "true")]).await.leads_to("official-name");
    let names =
        ["first_name", "middle_name", "last_name", "has_previous_name", "previous_first_name", "previous_last_name"];
    takes_everything(&person, "official-name", &names).await;
    let name = [("first_name", "Jo"), ("last_name", "Doe"), ("has_previous_name", "no")];
    person.answers("official-name", &name).await.leads_to("preferred-name");
    takes_everything(&person, "preferred-name", &["preferred_name"]).await;
    person.answers("preferred-name", &[("preferred_name", "Jo")]).await.leads_to("date-of-birth");
    let date = ["date_of_birth-day", "date_of_birth-month", "date_of_birth-year"];
    takes_everything(&person, "date-of-birth", &date).await;
    let born = [(date[0], "1"), (date[1], "2"), (date[2], "1990")];
    person.answers("date-of-birth", &born).await.leads_to("has-nino");
    for (page, field, answer, next) in [
        ("has-nino", "has_nino", "yes", "nino"),
        ("nino", "nino", "AB123456C", "has-trn"),
        ("has-trn", "has_trn", "yes", "trn"),
        ("trn", "trn", "7654321", "has-qts"),
        ("has-qts", "has_qts", "yes", "has-provider"),
        ("has-provider", "has_provider", "yes", "provider"),
        ("provider", "provider", "A school", "no-match"),
    ] {
        takes_everything(&person, page, &[field]).await;
        person.answers(page, &[(field, answer)]).await.leads_to(next);
    }
    takes_everything(&person, "no-match", &["unexpected"]).await;
}

#[actix_web::test]
async fn a_name_of_ten_thousand_characters_is_refused_in_words_and_stays_in_the_box() {
    let world = World::new().await;
    let person = world.person_from("no-trn").await;
    person.proves("else@example.com").await.leads_to("official-name");
    let long = "N".repeat(10_000);
    let name = [("first_name", long.as_str()), ("last_name", "Doe"), ("has_previous_name", "no")];
    let seen = person.answers("official-name", &name).await.says(400, "must be 200 characters or fewer");
    assert!(seen.html.contains(&long), "what was typed is lost");
}

#[actix_web::test]
async fn a_control_character_is_refused_in_words() {
    let world = World::new().await;
    let person = world.person_from("no-trn").await;
    person.proves("else@example.com").await.leads_to("official-name");
    let name = [("first_name", "Jo\0hn"), ("last_name", "Doe"), ("has_previous_name", "no")];
    person.answers("official-name", &name).await.says(400, "a character that we cannot read");
}

#[actix_web::test]
async fn an_emoji_is_a_name_like_any_other_and_comes_back_as_typed() {
    let world = World::new().await;
    let person = world.person_from("no-trn").await;
    person.proves("else@example.com").await.leads_to("official-name");
    person.says_who_they_are("🙂", "O’Brien-Świątek", ["1", "2", "1990"]).await.leads_to("check-answers");
    person.visits("check-answers").await.says(200, "🙂 O’Brien-Świątek");
    person.answers("check-answers", &[]).await.creates();
    assert_eq!(world.account("else@example.com").await.unwrap().official_name.first.as_str(), "🙂");
}
