//! Requests to change a record, as they arrive at the register.

use std::sync::Arc;
use std::time::Duration;

use identity::carrier::{Carrier, NotCarried};
use identity::change_request::Wanted;
use identity::date_of_birth::DateOfBirth;
use identity::evidence::FileName;
use identity::name::PersonName;
use identity::record_change::RecordChangeRequest;
use identity::secret::Plain;
use partners::http::Address;
use partners::records::RecordChanges;
use partners::simulators::Fault;
use partners::simulators::records::RecordsServer;
use serde_json::json;
use uuid::Uuid;

use crate::people::{BUDGET, day, jane, name, part, register, trn};

fn changes(register: &RecordsServer) -> RecordChanges {
    let token_of = |trn: &identity::trn::Trn| Ok(Plain::new(format!("header.{trn}.signature")));
    RecordChanges::new(Address::new(register.url(), BUDGET), Arc::new(token_of)).unwrap()
}

fn asks_for(wanted: Wanted) -> RecordChangeRequest {
    RecordChangeRequest {
        trn: trn("1234567"),
        email: "jane@example.com".parse().unwrap(),
        wanted,
        evidence: FileName::from("deed.pdf".to_owned()),
        evidence_url: "https://files.example/deed".into(),
    }
}

#[actix_web::test]
async fn a_name_and_a_date_of_birth_are_asked_for_in_the_name_of_the_person() {
    let register = register([jane()]);
    let changes = changes(&register);
    let renamed = PersonName { middle: Some(part("Ann")), ..name("Jane", "Okonkwo") };
    let born = DateOfBirth::new(day("1980-02-10"));
    for wanted in [Wanted::OfficialName(renamed), Wanted::OfficialName(name("Jane", "Lee")), Wanted::DateOfBirth(born)]
    {
        changes.carry(Uuid::nil(), &asks_for(wanted)).await.unwrap();
    }
    let in_all = json!({
        "emailAddress": "jane@example.com", "evidenceFileName": "deed.pdf",
        "evidenceFileUrl": "https://files.example/deed",
    });
    let expected = [
        ("name", json!({ "firstName": "Jane", "middleName": "Ann", "lastName": "Okonkwo" })),
        ("name", json!({ "firstName": "Jane", "lastName": "Lee" })),
        ("date-of-birth", json!({ "dateOfBirth": "1980-02-10" })),
    ];
    let received = register.received();
    assert_eq!(received.len(), expected.len());
    for (received, (what, mut body)) in received.iter().zip(expected) {
        body.as_object_mut().unwrap().extend(in_all.as_object().unwrap().clone());
        assert_eq!((received.what.as_str(), &received.body), (what, &body));
        assert_eq!(received.token, "header.1234567.signature");
    }
}

#[actix_web::test]
async fn a_register_that_is_down_gets_the_request_later_and_one_that_refuses_it_never() {
    let register = register([jane()]);
    let wanted = asks_for(Wanted::OfficialName(name("Jane", "Lee")));
    for fault in [Fault::Failing, Fault::Slow(30), Fault::Resetting] {
        register.running.switch.turn(fault);
        let outcome = changes(&register).carry(Uuid::nil(), &wanted).await;
        assert!(matches!(outcome, Err(NotCarried::Later(_))), "{fault:?}: {outcome:?}");
    }
    register.running.switch.turn(Fault::Busy(60));
    let outcome = changes(&register).carry(Uuid::nil(), &wanted).await;
    assert!(matches!(outcome, Err(NotCarried::Busy { after }) if after == Duration::from_secs(60)), "{outcome:?}");
    register.running.switch.turn(Fault::None);
    let without_file = RecordChangeRequest { evidence_url: String::new(), ..wanted.clone() };
    let outcome = changes(&register).carry(Uuid::nil(), &without_file).await;
    assert!(matches!(outcome, Err(NotCarried::Refused(_))), "{outcome:?}");
    assert!(register.received().is_empty());
    changes(&register).carry(Uuid::nil(), &wanted).await.unwrap();
    assert_eq!(register.received().len(), 1);
}
