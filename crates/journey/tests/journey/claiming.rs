//! Another account holds the record: its owner proves it, or support is asked.

use identity::account::LookupStatus;
use identity::event::EventKind;
use identity::interaction::Outcome;
use identity::ticket::TicketKind;

use crate::records::trn;
use crate::world::{Person, World};

const HELD: &str = "asha@example.com";
const NEW: &str = "asha.new@example.com";

/// Asha has an account with her record, and comes with another address to the page that asks for its code.
async fn at_the_holders_code(world: &World) -> Person<'_> {
    world.registers("optional", HELD, "Asha", "Bennett").await;
    let again = world.person_from("optional").await;
    again.starts(NEW, "Asha", "Bennett").await.leads_to("has-nino");
    again.gives_trn("1000001").await.leads_to("check-answers");
    again.answers("check-answers", &[]).await.leads_to("record-holder-code");
    again
}

#[actix_web::test]
async fn whichever_address_is_kept_the_trail_and_both_addresses_are_told() {
    for (keeps, email, to_held, to_new) in [
        ("held", HELD, vec!["account-claimed"], vec![]),
        ("proved", NEW, vec!["account-claimed"], vec!["email-changed"]),
    ] {
        let world = World::new().await;
        let again = at_the_holders_code(&world).await;
        let held = world.account(HELD).await.unwrap();
        again.types_the_code("record-holder-code", HELD).await.leads_to("choose-email");
        again.answers("choose-email", &[("keep_email", keeps)]).await.ends();
        assert_eq!(world.signed_in(&again).await, held.id);
        let account = world.account_with(held.id).await;
        assert_eq!((account.email.as_str(), &account.record), (email, &held.record));
        assert_eq!(world.letters(HELD).await, to_held);
        assert_eq!(world.letters(NEW).await, to_new);
        let claimed = EventKind::AccountClaimed { email_changed: email == NEW };
        assert!(world.events(&held).await.contains(&claimed), "{keeps}");
        let other = if email == NEW { HELD } else { NEW };
        assert!(world.account(other).await.is_none());
    }
}

#[actix_web::test]
async fn an_address_that_somebody_takes_while_it_is_chosen_is_theirs_and_the_account_keeps_its_own() {
    let world = World::new().await;
    let again = at_the_holders_code(&world).await;
    let held = world.account(HELD).await.unwrap();
    again.types_the_code("record-holder-code", HELD).await.leads_to("choose-email");
    let third = world.registers("no-trn", NEW, "Asha", "Bennett").await;
    again.answers("choose-email", &[("keep_email", "proved")]).await.ends();
    assert_eq!(world.signed_in(&again).await, held.id, "they have proved that it is theirs");
    assert_eq!(world.account(HELD).await.unwrap().id, held.id);
    assert_eq!(world.account(NEW).await, Some(third));
    assert_eq!(world.letters(HELD).await, ["account-claimed"]);
    assert!(world.letters(NEW).await.is_empty());
    assert!(world.events(&held).await.contains(&EventKind::AccountClaimed { email_changed: false }));
}

#[actix_web::test]
async fn who_cannot_get_the_code_goes_with_one_reference_and_without_an_account() {
    let world = World::new().await;
    let again = at_the_holders_code(&world).await;
    again.visits("cannot-get-email").await.says(200, "Ask for help with your account");
    again.answers("cannot-get-email", &[]).await.leads_to("finished");
    let ticket = world.tickets().await.remove(0);
    let reference = ticket.reference.clone();
    assert_eq!(world.outcome(&again).await, Some(Outcome::AskedSupport { reference }));
    for _ in 0..2 {
        again.visits("finished").await.says(200, ticket.reference.as_str());
        again.answers("cannot-get-email", &[]).await.leads_to("finished");
    }
    assert_eq!(world.tickets().await.len(), 1);
    let holder = world.account(HELD).await.unwrap();
    assert_eq!((ticket.kind, ticket.account, ticket.holder), (TicketKind::AccountAccess, None, Some(holder.id)));
    assert_eq!((ticket.contact.as_str(), ticket.stated.trn), (NEW, Some(trn("1000001"))));
    assert!(world.account(NEW).await.is_none());
    assert_eq!(world.happened(&holder).await, ["account_registered"]);
}

/// The same with an account of their own, in which nobody has looked for the record yet.
async fn at_the_holders_code_with_an_account(world: &World) -> Person<'_> {
    world.registers("optional", HELD, "Asha", "Bennett").await;
    world.registers("no-trn", NEW, "Asha", "Bennett").await;
    let again = world.person_from("optional").await;
    again.proves(NEW).await.leads_to("has-nino");
    again.gives_trn("1000001").await.leads_to("record-holder-code");
    again
}

#[actix_web::test]
async fn who_has_an_account_of_their_own_goes_on_with_it_while_support_finds_out() {
    let world = World::new().await;
    let again = at_the_holders_code_with_an_account(&world).await;
    again.answers("cannot-get-email", &[]).await.leads_to("your-details");
    again.confirms_their_details().await.ends();
    let account = world.account(NEW).await.unwrap();
    assert_eq!(world.signed_in(&again).await, account.id);
    assert_eq!((account.lookup_status, account.trn()), (Some(LookupStatus::Pending), None));
    let ticket = world.open_ticket_of(&account).await.unwrap();
    assert_eq!((ticket.kind, ticket.stated.trn), (TicketKind::RecordSearch, Some(trn("1000001"))));
    assert_eq!(world.letters(NEW).await, ["ticket-raised"]);
    assert_eq!(world.account(HELD).await.unwrap().trn(), Some(&trn("1000001")));
}

#[actix_web::test]
async fn who_has_an_account_of_their_own_and_proves_the_other_is_signed_in_to_that_one() {
    let world = World::new().await;
    let again = at_the_holders_code_with_an_account(&world).await;
    let own = world.account(NEW).await.unwrap();
    again.types_the_code("record-holder-code", HELD).await.ends();
    let holder = world.account(HELD).await.unwrap();
    assert_eq!(world.signed_in(&again).await, holder.id);
    assert_eq!(world.account(NEW).await, Some(own), "their own is as it was");
    assert_eq!(world.letters(HELD).await, ["account-claimed"]);
}
