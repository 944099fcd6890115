//! Who registers with an address that is not their own, or not for long, is asked for one that is.

use identity::account::{Account, AccountId};
use identity::institution_domain::InstitutionDomain;

use crate::people::BORN;
use crate::records::email;
use crate::world::{Person, World};

const SHARED: &str = "Office@school.example.com";
const AT_SCHOOL: &str = "a.bennett@school.example.com";
const OWN: &str = "asha.own@example.com";

async fn world_with_a_school() -> World {
    let world = World::new().await;
    let school = InstitutionDomain::of_website("https://www.school.example.com/").unwrap();
    world.journeys.store.transact(move |db| db.institution_domains().insert(&[school])).await.unwrap();
    world
}

/// Gives the rest of the answers, and ends with an account of this address.
async fn registers_as(person: &Person<'_>, address: &str) {
    person.says_who_they_are("Asha", "Bennett", BORN).await.leads_to("check-answers");
    person.answers("check-answers", &[]).await.creates();
    let account = person.world.account(address).await.unwrap();
    assert_eq!(person.world.signed_in(person).await, account.id);
}

#[actix_web::test]
async fn a_shared_mailbox_is_no_address_for_an_account() {
    let world = World::new().await;
    let asha = world.person_from("no-trn").await;
    asha.proves(SHARED).await.leads_to("personal-email");
    asha.visits("personal-email").await.says(200, "Enter a personal email address, not a shared one");
    for other in ["headteacher@school.example.com", "OFFICE@elsewhere.example.com"] {
        asha.answers("personal-email", &[("email", other)]).await.says(400, "not a shared one, like name@example.com");
    }
    asha.answers("personal-email", &[("email", OWN)]).await.leads_to("personal-email-code");
    asha.types_the_code_and_has_no_mobile("personal-email-code", OWN).await.leads_to("official-name");
    registers_as(&asha, OWN).await;
    assert!(world.account(SHARED).await.is_none());
}

#[actix_web::test]
async fn an_account_that_has_a_shared_address_signs_in_as_ever() {
    let world = World::new().await;
    let sample = world.registers("no-trn", OWN, "Asha", "Bennett").await;
    let old = Account { id: AccountId::new(&world.journeys.random), email: email(SHARED), ..sample };
    let id = old.id;
    world.journeys.store.transact(move |db| db.accounts().create(&old)).await.unwrap();
    assert_eq!(world.signs_in("no-trn", SHARED).await.id, id);
}

#[actix_web::test]
async fn an_address_of_a_school_may_be_kept() {
    let world = world_with_a_school().await;
    let asha = world.person_from("no-trn").await;
    asha.proves(AT_SCHOOL).await.leads_to("institution-email");
    asha.answers("institution-email", &[]).await.says(400, "Select yes if you want to use a personal email address");
    asha.answers("institution-email", &[("use_personal_email", "no")]).await.leads_to("mobile");
    asha.answers("mobile", &[("without", "true")]).await.leads_to("official-name");
    registers_as(&asha, AT_SCHOOL).await;
    assert_eq!(world.signs_in("no-trn", AT_SCHOOL).await.email.as_str(), AT_SCHOOL, "it is asked once");
}

#[actix_web::test]
async fn an_address_of_a_school_may_be_left_for_a_personal_one() {
    let world = world_with_a_school().await;
    let asha = world.person_from("no-trn").await;
    asha.proves(AT_SCHOOL).await.leads_to("institution-email");
    let other = |address| [("use_personal_email", "yes"), ("personal_email", address)];
    asha.answers("institution-email", &other(SHARED)).await.says(400, "not a shared one");
    asha.answers("institution-email", &other(OWN)).await.leads_to("personal-email-code");
    asha.visits("official-name").await.leads_to("personal-email-code");
    asha.types_the_code_and_has_no_mobile("personal-email-code", OWN).await.leads_to("official-name");
    registers_as(&asha, OWN).await;
    assert!(world.account(AT_SCHOOL).await.is_none());
}

#[actix_web::test]
async fn a_personal_address_that_we_know_signs_its_owner_in() {
    let world = world_with_a_school().await;
    let account = world.registers("no-trn", OWN, "Asha", "Bennett").await;
    for address in [SHARED, AT_SCHOOL] {
        let asha = world.person_from("no-trn").await;
        if address == SHARED {
            asha.proves(address).await.leads_to("personal-email");
            asha.answers("personal-email", &[("email", OWN)]).await.leads_to("personal-email-code");
        } else {
            asha.proves(address).await.leads_to("institution-email");
            let other = [("use_personal_email", "yes"), ("personal_email", OWN)];
            asha.answers("institution-email", &other).await.leads_to("personal-email-code");
        }
        asha.types_the_code_and_has_no_mobile("personal-email-code", OWN).await.leads_to("your-details");
        asha.confirms_their_details().await.ends();
        assert_eq!(world.signed_in(&asha).await, account.id);
        assert!(world.account(address).await.is_none());
    }
}
