//! What the client makes of a register that does what it should.

use identity::matching::Identifiers;
use identity::record::{Alert, Records, TeachingRecord, Unlocking};

use crate::people::{api, api_with_key, day, jane, merged, name, previous, register, stated, trn};

#[actix_web::test]
async fn a_record_that_agrees_on_three_comes_whole() {
    let prohibition = Alert { kind: "Prohibition".into(), start: day("2019-03-01"), end: Some(day("2021-03-01")) };
    let jane = TeachingRecord { alerts: vec![prohibition], ..jane() };
    let register = register([jane.clone()]);
    assert_eq!(api(register.url()).candidates(&stated()).await.unwrap(), [jane]);
}

#[actix_web::test]
async fn a_record_that_agrees_on_two_does_not_come_unless_its_trn_was_stated() {
    let register = register([jane()]);
    let two = Identifiers { email: None, ..stated() };
    assert_eq!(api(register.url()).candidates(&two).await.unwrap(), []);
    let by_trn = Identifiers { trn: Some(trn("1234567")), ..Identifiers::default() };
    let found = api(register.url()).candidates(&by_trn).await.unwrap();
    assert_eq!(found.iter().map(|record| record.trn.as_str()).collect::<Vec<_>>(), ["1234567"]);
}

#[actix_web::test]
async fn a_previous_name_is_asked_for_too_and_a_middle_name_is_not() {
    let register = register([jane()]);
    let mut renamed = stated();
    let now = renamed.name.as_mut().unwrap();
    now.current = name("Jane", "Okonkwo");
    now.current.middle = Some(crate::people::part("Never Said"));
    assert_eq!(api(register.url()).candidates(&renamed).await.unwrap(), []);
    renamed.name.as_mut().unwrap().previous = Some(previous("", "Taylor"));
    assert_eq!(api(register.url()).candidates(&renamed).await.unwrap(), [jane()]);
}

#[actix_web::test]
async fn the_record_of_a_trn_has_the_one_address_that_the_api_tells() {
    let register = register([jane()]);
    let api = api(register.url());
    let record = api.by_trn(&trn("1234567")).await.unwrap().unwrap();
    assert_eq!(record, TeachingRecord { emails: jane().emails[..1].to_vec(), ..jane() });
    assert_eq!(api.by_trn(&trn("7654321")).await.unwrap(), None);
}

#[actix_web::test]
async fn a_record_that_was_merged_leads_to_its_successor_and_one_that_ended_leads_nowhere() {
    let successor = TeachingRecord { trn: trn("2222222"), ..jane() };
    let between = merged(TeachingRecord { trn: trn("3333333"), ..jane() }, "2222222");
    let ended = TeachingRecord { trn: trn("4444444"), active: false, ..jane() };
    let register = register([merged(jane(), "3333333"), between, successor, ended]);
    let api = api(register.url());
    let old = api.by_trn(&trn("1234567")).await.unwrap().unwrap();
    assert_eq!((old.active, old.merged_into), (false, Some(trn("3333333"))));
    let over = api.by_trn(&trn("4444444")).await.unwrap().unwrap();
    assert_eq!((over.active, over.merged_into), (false, None));

    let by_old_trn = Identifiers { trn: Some(trn("1234567")), email: None, ..stated() };
    let found = api.candidates(&by_old_trn).await.unwrap();
    let trns: Vec<&str> = found.iter().map(|record| record.trn.as_str()).collect();
    assert_eq!(trns, ["1234567", "2222222", "3333333"]);
}

#[actix_web::test]
async fn records_that_were_merged_in_a_circle_come_to_an_end() {
    let other = merged(TeachingRecord { trn: trn("2222222"), ..jane() }, "1234567");
    let register = register([merged(jane(), "2222222"), other]);
    let stated = Identifiers { trn: Some(trn("1234567")), ..stated() };
    assert_eq!(api(register.url()).candidates(&stated).await.unwrap().len(), 2);
}

#[actix_web::test]
async fn an_account_is_unlocked_once_and_then_was_not_locked() {
    let register = register([jane()]);
    let api = api(register.url());
    assert_eq!(api.unlock_portal(&trn("1234567")).await.unwrap(), Unlocking::Unlocked);
    assert!(!register.record(&trn("1234567")).unwrap().portal_locked);
    assert_eq!(api.unlock_portal(&trn("1234567")).await.unwrap(), Unlocking::WasNotLocked);
    assert!(api.unlock_portal(&trn("7654321")).await.is_err(), "there is nobody to unlock");
}

#[actix_web::test]
async fn training_providers_are_asked_for_once_in_a_while() {
    let register = register([jane()]);
    let api = api(register.url());
    let names = api.training_providers().await.unwrap();
    assert_eq!(names.iter().map(|name| name.as_str()).collect::<Vec<_>>(), ["University of Leeds"]);
    register.running.stop().await;
    assert_eq!(api.training_providers().await.unwrap(), names, "they are kept");
}

#[actix_web::test]
async fn a_wrong_key_is_an_error_and_not_nobody() {
    let register = register([jane()]);
    let api = api_with_key(register.url(), "another key");
    assert!(api.candidates(&stated()).await.is_err());
    assert!(api.by_trn(&trn("1234567")).await.is_err());
    assert!(api.unlock_portal(&trn("1234567")).await.is_err());
    assert!(api.training_providers().await.is_err());
}
