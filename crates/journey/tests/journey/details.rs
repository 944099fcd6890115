//! Somebody we know changes what is theirs to change.

use identity::account::Account;
use identity::event::{Detail, EventKind};

use crate::people::Says;
use crate::records::{born, name};
use crate::world::{Person, World};

const MORGAN: &str = "morgan@example.com";
const NEW: &str = "morgan.new@example.com";

async fn at_their_details<'w>(world: &'w World, client: &str) -> Person<'w> {
    let morgan = world.person_from(client).await;
    morgan.proves(MORGAN).await.leads_to("your-details");
    morgan
}

impl World {
    /// What the person changed, each time.
    async fn changed(&self, account: &Account) -> Vec<Vec<Detail>> {
        let events = self.events(account).await.into_iter();
        let details = |kind| if let EventKind::DetailsChanged { details } = kind { Some(details) } else { None };
        events.filter_map(details).collect()
    }
}

#[actix_web::test]
async fn each_detail_is_changed_once_they_go_on_with_an_event_and_a_letter() {
    type Fields = &'static [(&'static str, &'static str)];
    let preferred: Fields = &[("preferred_name", "Mo")];
    let full: Fields = &[("first_name", "Morgan"), ("middle_name", "Lee"), ("last_name", "Reid-Jones")];
    let date: Fields = &[("date_of_birth-day", "2"), ("date_of_birth-month", "4"), ("date_of_birth-year", "1986")];
    for (page, fields, shown, detail) in [
        ("change-preferred-name", preferred, "Mo", Detail::PreferredName),
        ("change-name", full, "Morgan Lee Reid-Jones", Detail::Name),
        ("change-date-of-birth", date, "2 April 1986", Detail::DateOfBirth),
    ] {
        let world = World::new().await;
        let before = world.registers_without_record("optional", MORGAN, Says::Neither).await;
        let morgan = at_their_details(&world, "optional").await;
        morgan.changes(page, fields).await.leads_to("your-details");
        morgan.visits("your-details").await.says(200, shown);
        assert_eq!(world.account(MORGAN).await.as_ref(), Some(&before), "nothing is written before they go on");
        morgan.confirms_their_details().await.ends();

        let after = world.account(MORGAN).await.unwrap();
        let changed = [
            (Detail::PreferredName, after.preferred_name != before.preferred_name),
            (Detail::Name, after.official_name != before.official_name),
            (Detail::DateOfBirth, after.date_of_birth != before.date_of_birth),
        ];
        assert!(changed.into_iter().all(|(other, has)| has == (other == detail)), "{page}");
        assert_eq!(world.changed(&after).await, [[detail]]);
        assert_eq!(world.letters(MORGAN).await, ["details-changed"]);
        let again = at_their_details(&world, "optional").await;
        again.visits("your-details").await.says(200, shown);
        again.confirms_their_details().await.ends();
        assert_eq!(world.letters(MORGAN).await.len(), 1);
    }
}

#[actix_web::test]
async fn with_a_record_the_name_and_the_date_of_birth_are_not_theirs_to_change_whichever_client_they_come_from() {
    let world = World::new().await;
    world.registers("optional", "asha@example.com", "Asha", "Bennett").await;
    for client in ["optional", "no-trn"] {
        let asha = world.person_from(client).await;
        asha.proves("asha@example.com").await.leads_to("your-details");
        asha.answers("change-name", &[("first_name", "A"), ("last_name", "B")]).await.leads_to("your-details");
        let date = [("date_of_birth-day", "2"), ("date_of_birth-month", "4"), ("date_of_birth-year", "1986")];
        asha.answers("change-date-of-birth", &date).await.leads_to("your-details");
        asha.changes("change-preferred-name", &[("preferred_name", "Ash")]).await.leads_to("your-details");
        asha.confirms_their_details().await.ends();
    }
    let account = world.account("asha@example.com").await.unwrap();
    assert_eq!(
        (account.official_name.clone(), account.date_of_birth),
        (name("Asha", "Bennett"), Some(born("1985-03-14")))
    );
    assert_eq!(world.changed(&account).await, [[Detail::PreferredName]]);
}

#[actix_web::test]
async fn an_address_is_changed_by_a_code_and_both_addresses_are_told() {
    let world = World::new().await;
    let before = world.registers("no-trn", MORGAN, "Morgan", "Reid").await;
    let morgan = at_their_details(&world, "no-trn").await;
    morgan.changes("change-email", &[("email", NEW)]).await.leads_to("change-email-code");
    morgan.visits("your-details").await.leads_to("change-email-code");
    morgan.types_the_code("change-email-code", NEW).await.leads_to("your-details");
    morgan.visits("your-details").await.says(200, NEW);
    morgan.confirms_their_details().await.ends();
    let after = world.account(NEW).await.unwrap();
    assert_eq!(after.id, before.id);
    assert!(world.account(MORGAN).await.is_none());
    assert_eq!(world.changed(&after).await, [[Detail::Email]]);
    assert_eq!(world.letters(MORGAN).await, ["email-changed"]);
    assert_eq!(world.letters(NEW).await, ["email-changed"]);
    assert!(!world.letter(MORGAN, "email-changed").await.body.contains(NEW), "it is shown only in part");
}

#[actix_web::test]
async fn an_address_of_another_account_is_not_taken_and_only_its_owner_learns_so() {
    let world = World::new().await;
    let before = world.registers("no-trn", MORGAN, "Morgan", "Reid").await;
    world.registers("no-trn", NEW, "Morgan", "Reid").await;
    let morgan = at_their_details(&world, "no-trn").await;
    morgan.changes("change-email", &[("email", NEW)]).await.leads_to("change-email-code");
    let code_page = morgan.visits("change-email-code").await;
    assert!(!code_page.html.contains("Another account"), "{}", code_page.html);
    morgan.types_the_code("change-email-code", NEW).await.leads_to("email-taken");
    morgan.visits("email-taken").await.says(200, NEW);
    morgan.answers("email-taken", &[]).await.leads_to("your-details");
    morgan.confirms_their_details().await.ends();
    assert_eq!(world.signed_in(&morgan).await, before.id);
    assert!(world.changed(&before).await.is_empty());
}

#[actix_web::test]
async fn an_address_that_somebody_takes_at_the_last_moment_is_theirs_and_the_other_changes_are_kept() {
    let world = World::new().await;
    let before = world.registers("no-trn", MORGAN, "Morgan", "Reid").await;
    let morgan = at_their_details(&world, "no-trn").await;
    morgan.changes("change-preferred-name", &[("preferred_name", "Mo")]).await.leads_to("your-details");
    morgan.changes("change-email", &[("email", NEW)]).await.leads_to("change-email-code");
    morgan.types_the_code("change-email-code", NEW).await.leads_to("your-details");
    let third = world.registers("no-trn", NEW, "Morgan", "Reid").await;
    morgan.confirms_their_details().await.leads_to("email-taken");
    assert_eq!(world.account(MORGAN).await.as_ref(), Some(&before), "nothing is written by halves");
    morgan.answers("email-taken", &[]).await.ends();
    assert_eq!(world.account(NEW).await, Some(third));
    let after = world.account(MORGAN).await.unwrap();
    assert_eq!((after.id, after.preferred_name.unwrap().as_str()), (before.id, "Mo"));
    assert_eq!(world.changed(&before).await, [[Detail::PreferredName]]);
    assert_eq!(world.letters(MORGAN).await, ["details-changed"]);
}
