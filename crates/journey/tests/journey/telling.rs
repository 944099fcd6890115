//! A record was found: people are told what it says otherwise than they did.

use identity::record::TeachingRecord;

use crate::people::{BORN, Says};
use crate::records::{name, provider, record};
use crate::world::{Person, World};

const HANA: &str = "hana@example.com";
const LEEDS: &str = "University of Leeds";

/// Hana's record has an address that she no longer has; what finds it is where her QTS is from.
async fn hana(world: &World) -> Person<'_> {
    let hers = record("1000008", "Hana", "Malik", "hana.old@example.com");
    world.has_records([TeachingRecord { training_providers: vec![provider(LEEDS)], ..hers }]).await;
    let hana = world.person_from("optional").await;
    hana.starts(HANA, "Hana", "Malik").await.leads_to("has-nino");
    hana
}

#[actix_web::test]
async fn who_stated_another_trn_is_told_theirs_on_a_page_and_in_a_letter() {
    let world = World::new().await;
    let hana = hana(&world).await;
    hana.gives_trn("7654321").await.leads_to("has-qts");
    hana.says_whether_they_have_qts(Says::QtsFrom(LEEDS)).await.leads_to("check-answers");
    hana.answers("check-answers", &[]).await.leads_to("your-trn");
    hana.visits("your-trn").await.says(200, "1000008").says(200, "You told us 7654321");
    hana.answers("your-trn", &[]).await.creates();
    let letter = world.letter(HANA, "trn-told").await;
    assert!(letter.body.contains("1000008") && letter.body.contains("7654321"), "{}", letter.body);
    assert_eq!(world.account(HANA).await.unwrap().trn().unwrap().as_str(), "1000008");
}

#[actix_web::test]
async fn who_said_that_they_have_no_trn_is_told_that_they_have_one() {
    let world = World::new().await;
    let hana = hana(&world).await;
    hana.has_no_number(Says::QtsFrom(LEEDS)).await.leads_to("check-answers");
    hana.answers("check-answers", &[]).await.leads_to("your-trn");
    hana.visits("your-trn").await.says(200, "1000008").says(200, "You do have one");
    hana.answers("your-trn", &[]).await.creates();
    let letter = world.letter(HANA, "trn-told").await;
    assert!(letter.body.contains("1000008") && letter.body.contains("you do not have a TRN"), "{}", letter.body);
}

#[actix_web::test]
async fn who_stated_their_trn_or_did_not_know_it_is_told_nothing_about_it() {
    let world = World::new().await;
    let hana = hana(&world).await;
    hana.gives_trn("RP10/00008").await.leads_to("check-answers");
    hana.answers("check-answers", &[]).await.creates();
    assert_eq!(world.letters(HANA).await, ["details-differ"], "the address alone");

    let gareth = world.person_from("optional").await;
    gareth.starts("gareth@example.com", "Gareth", "Pugh").await.leads_to("has-nino");
    gareth.gives_nino("AB123456C").await.leads_to("check-answers");
    gareth.answers("check-answers", &[]).await.creates();
    assert_eq!(world.letters("gareth@example.com").await, ["details-differ"]);
}

const NAME: &str = "your name is";
const DATE: &str = "your date of birth is";
const NUMBER: &str = "your National Insurance number ends in";
const ADDRESS: &str = "your email address is";

#[track_caller]
fn says_only(body: &str, said: &[&str]) {
    for part in [NAME, DATE, NUMBER, ADDRESS] {
        let expected = said.iter().find(|said| said.starts_with(part));
        match expected {
            Some(words) => assert!(body.contains(words), "not in the letter: {words}\n{body}"),
            None => assert!(!body.contains(part), "in the letter, and the same: {part}\n{body}"),
        }
    }
}

#[actix_web::test]
async fn a_letter_says_what_differs_on_the_record_and_nothing_else() {
    // Another address than the record's.
    let world = World::new().await;
    let gareth = world.person_from("optional").await;
    gareth.starts("gareth@example.com", "Gareth", "Pugh").await;
    gareth.gives_nino("AB123456C").await.leads_to("check-answers");
    gareth.answers("check-answers", &[]).await.creates();
    let body = world.letter("gareth@example.com", "details-differ").await.body;
    says_only(&body, &[ADDRESS]);
    assert!(!body.contains("old.address@example.com"), "it is shown only in part");

    // Another date of birth.
    let world = World::new().await;
    let gareth = world.person_from("optional").await;
    gareth.proves("old.address@example.com").await;
    gareth.says_who_they_are("Gareth", "Pugh", ["1", "1", "1990"]).await.leads_to("has-nino");
    gareth.gives_nino("AB123456C").await.leads_to("check-answers");
    gareth.answers("check-answers", &[]).await.creates();
    let body = world.letter("old.address@example.com", "details-differ").await.body;
    says_only(&body, &["your date of birth is 14 March 1985"]);

    // Another National Insurance number, and another address.
    let world = World::new().await;
    let gareth = world.person_from("optional").await;
    gareth.starts("gareth@example.com", "Gareth", "Pugh").await;
    gareth.gives_nino("AB654321A").await.leads_to("has-trn");
    gareth.answers("has-trn", &[("has_trn", "yes")]).await.leads_to("trn");
    gareth.answers("trn", &[("trn", "1000002")]).await.leads_to("check-answers");
    gareth.answers("check-answers", &[]).await.creates();
    let body = world.letter("gareth@example.com", "details-differ").await.body;
    says_only(&body, &["your National Insurance number ends in 6C", ADDRESS]);
    assert!(!body.contains("AB123456C"));
}

#[actix_web::test]
async fn a_name_that_the_record_has_as_a_previous_one_is_told_and_the_account_takes_the_records() {
    let world = World::new().await;
    let asha = world.record("1000001").await;
    let previous = identity::name::PreviousName { first: None, last: Some(name("A", "Bennett").last) };
    world.has_records([TeachingRecord { name: name("Asha", "Rao"), previous_names: vec![previous], ..asha }]).await;
    let account = world.registers("optional", "asha@example.com", "Asha", "Bennett").await;
    assert_eq!(account.official_name, name("Asha", "Rao"));
    says_only(&world.letter("asha@example.com", "details-differ").await.body, &["your name is Asha Rao"]);
}

#[actix_web::test]
async fn nothing_that_differs_is_no_letter() {
    let world = World::new().await;
    let asha = world.person_from("optional").await;
    asha.proves("asha@example.com").await;
    asha.says_who_they_are("ASHA", "Bénnett", BORN).await.leads_to("check-answers");
    asha.answers("check-answers", &[]).await.creates();
    assert!(world.letters("asha@example.com").await.is_empty());
}
