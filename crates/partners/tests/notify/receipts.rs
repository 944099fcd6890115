use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use identity::carrier::Carrier;
use identity::secret::Plain;
use partners::simulators::server::Running;
use serde_json::Value;

use super::*;

type Got = Arc<Mutex<Vec<(String, Value)>>>;

async fn keep(got: Data<Got>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let token = request.headers().get("authorization").unwrap().to_str().unwrap().to_owned();
    got.lock().unwrap().push((token, serde_json::from_slice(&body).unwrap()));
    HttpResponse::Ok().finish()
}

#[actix_web::test]
async fn the_simulator_tells_what_became_of_a_message_as_notify_does() {
    let got = Got::default();
    let shared = Data::new(got.clone());
    let routes = move |config: &mut ServiceConfig| {
        config.app_data(shared.clone()).route("/receipts", web::post().to(keep));
    };
    let ours = Running::start(([127, 0, 0, 1], 0).into(), Switch::default(), routes).unwrap();
    let url = ours.url().join("receipts").unwrap();
    let notify = start(settings(Some(Callback { url, token: Plain::new("callback token") })));
    let (emails, texts) = (emails(&notify), texts(&notify));
    for to in ["jane@example.com", "perm-fail@example.com", "temp-fail@example.com", "simulate-delivered@example.com"] {
        emails.carry(ID, &message(to)).await.unwrap();
    }
    for to in ["+447700900001", "+447700900002", "+447700900003", "+447700900000"] {
        texts.carry(ID, &message(to)).await.unwrap();
    }
    for _ in 0..100 {
        if got.lock().unwrap().len() == 6 {
            break;
        }
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
    }
    let got = got.lock().unwrap().clone();
    assert!(got.iter().all(|(token, _)| token == "Bearer callback token"));
    let text = |receipt: &Value, name: &str| receipt[name].as_str().unwrap().to_owned();
    let mut told: Vec<_> = got.iter().map(|(_, receipt)| (text(receipt, "to"), text(receipt, "status"))).collect();
    told.sort();
    let expected = [
        ("+447700900001", "delivered"),
        ("+447700900002", "permanent-failure"),
        ("+447700900003", "temporary-failure"),
        ("jane@example.com", "delivered"),
        ("perm-fail@example.com", "permanent-failure"),
        ("temp-fail@example.com", "temporary-failure"),
    ];
    assert_eq!(told, expected.map(|(to, status)| (to.to_owned(), status.to_owned())));
    let receipt = &got[0].1;
    assert_eq!(text(receipt, "reference"), ID.to_string());
    let id = text(receipt, "id");
    assert!(notify.received().iter().any(|message| message.id.to_string() == id));
    assert_eq!(text(receipt, "notification_type"), "email");
}
