//! What is changed of an account, and what is left of one that is deleted.

use identity::account::{Account, DetailChanges};
use identity::preferred_name::PreferredName;
use store::Constraint;

use super::accounts::strict;
use super::broken;
use crate::sample::{account, born, email, full_account, link, name, nino, noon, seconds};
use crate::world::World;

pub(crate) async fn each_detail_is_changed_alone(world: World) {
    let nothing = DetailChanges::default;
    let mut jane = full_account(&world.random, "jane@example.com", "1234567");
    let joan = full_account(&world.random, "joan@example.com", "7654321");
    world.has(&jane).await;
    world.has(&joan).await;
    jane.updated_at = noon() + seconds(9);

    world.changes(jane.id, &DetailChanges { email: Some(email("Jane.New@Example.com")), ..nothing() }).await;
    jane.email = email("Jane.New@Example.com");
    assert_eq!(world.account_of("jane.new@example.com").await.as_ref(), Some(&jane));
    assert_eq!(world.account_of("jane@example.com").await, None);

    // A middle name that there is no more is taken away.
    world.changes(jane.id, &DetailChanges { name: Some(name("Renée", "François")), ..nothing() }).await;
    jane.official_name = name("Renée", "François");
    assert_eq!(world.account(jane.id).await.as_ref(), Some(&jane));

    let preferred = PreferredName::parse("Ren").ok();
    world.changes(jane.id, &DetailChanges { preferred_name: preferred.clone(), ..nothing() }).await;
    jane.preferred_name = preferred;
    assert_eq!(world.account(jane.id).await.as_ref(), Some(&jane));

    world.changes(jane.id, &DetailChanges { date_of_birth: Some(born("1999-12-31")), ..nothing() }).await;
    jane.date_of_birth = Some(born("1999-12-31"));
    assert_eq!(world.account(jane.id).await.as_ref(), Some(&jane));

    world.changes(jane.id, &DetailChanges { nino: Some(nino("CE123456A")), ..nothing() }).await;
    jane.nino = Some(nino("CE123456A"));
    assert_eq!(world.account(jane.id).await.as_ref(), Some(&jane));
    assert_eq!(world.account(joan.id).await, Some(joan));
}

pub(crate) async fn a_change_of_nothing_is_no_change(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    world.has(&jane).await;
    world.changes(jane.id, &DetailChanges::default()).await;
    assert_eq!(world.account(jane.id).await, Some(jane));
}

pub(crate) async fn an_address_of_another_account_is_not_changed_to(world: World) {
    let (jane, joan) = (account(&world.random, "jane@example.com"), account(&world.random, "joan@example.com"));
    world.has(&jane).await;
    world.has(&joan).await;
    let id = jane.id;
    let taken = DetailChanges { email: Some(email("JOAN@example.com")), ..DetailChanges::default() };
    let rule = broken(&world.store, move |db| db.accounts().change_details(id, &taken, noon() + seconds(9)));
    assert_eq!(rule.await, Constraint::AccountEmail);
    assert_eq!(world.account(id).await, Some(jane));
    // One's own, in letters of another case, is nobody else's.
    world.changes(id, &DetailChanges { email: Some(email("Jane@Example.com")), ..DetailChanges::default() }).await;
    assert_eq!(world.account(id).await.unwrap().email.as_str(), "Jane@Example.com");
}

pub(crate) async fn a_deleted_account_is_not_changed(world: World) {
    let jane = Account { record: Some(link("1234567")), ..full_account(&world.random, "jane@example.com", "1234567") };
    world.has(&jane).await;
    world.sql("UPDATE accounts SET deleted_at = '2026-01-31 12:00:00'");
    world.changes(jane.id, &DetailChanges { email: Some(email("new@example.com")), ..DetailChanges::default() }).await;
    assert!(!world.raises_level(jane.id, &strict("1234567")).await);
    assert_eq!(world.texts("SELECT email || ' ' || match_level AS value FROM accounts"), ["jane@example.com Low"]);
}

pub(crate) async fn a_deletion_empties_an_account_and_frees_what_it_held_once(world: World) {
    let jane = full_account(&world.random, "jane@example.com", "1234567");
    let joan = account(&world.random, "joan@example.com");
    world.has(&jane).await;
    world.has(&joan).await;
    world.sql(&format!("UPDATE accounts SET mobile_e164 = '+447700900123' WHERE id = '{}'", jane.id));
    let id = jane.id;
    let delete = || world.does(move |db| db.accounts().delete(id, noon() + seconds(1)));
    assert_eq!((delete().await, delete().await), (true, false));
    assert_eq!(world.account(id).await, None);
    let columns = ["email", "email_canonical", "first_name", "middle_name", "last_name", "preferred_name", "nino"];
    let more = ["trn", "mobile_e164", "lookup_status", "match_level", "match_policy"];
    for column in columns.into_iter().chain(more) {
        let query = format!("SELECT COALESCE({column}, '') AS value FROM accounts WHERE id = '{id}'");
        assert_eq!(world.texts(&query), [""], "{column}");
    }
    for column in ["date_of_birth", "record_date_of_birth", "record_prohibited", "record_seen_at"] {
        let query = format!("SELECT COALESCE(CAST({column} AS TEXT), '') AS value FROM accounts WHERE id = '{id}'");
        assert_eq!(world.texts(&query), [""], "{column}");
    }
    let again = full_account(&world.random, "jane@example.com", "1234567");
    world.has(&again).await;
    assert_eq!(world.account_of("joan@example.com").await, Some(joan));
}
