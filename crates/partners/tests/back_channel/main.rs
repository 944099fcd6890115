//! The way to a client's server, against its simulator.

use std::time::{Duration, Instant};

use identity::logout_notice::BackChannel;
use partners::back_channel::HttpBackChannel;
use partners::simulators::{Answer, Service};
use url::Url;

#[tokio::test]
async fn the_token_arrives_as_a_form_and_the_status_comes_back() {
    let statuses = [200, 204, 400, 500];
    let service = Service::start(&statuses.map(Answer::Status)).await.unwrap();
    let channel = HttpBackChannel::new().unwrap();
    for status in statuses {
        assert_eq!(channel.post(&service.address(), "a.b-c_+&=.d").await.unwrap(), status);
    }
    assert_eq!(service.tokens(), ["a.b-c_+&=.d"; 4]);
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let service = Service::start(&[Answer::Elsewhere]).await.unwrap();
    assert_eq!(HttpBackChannel::new().unwrap().post(&service.address(), "a").await.unwrap(), 302);
    assert_eq!(service.tokens().len(), 1);
}

#[tokio::test]
async fn an_answer_without_an_end_has_said_all_with_its_status() {
    let service = Service::start(&[Answer::Endless]).await.unwrap();
    assert_eq!(HttpBackChannel::new().unwrap().post(&service.address(), "a").await.unwrap(), 200);
}

#[tokio::test]
async fn a_client_that_says_nothing_or_is_not_there_does_not_answer_and_the_error_does_not_name_its_address() {
    let service = Service::start(&[Answer::Nothing]).await.unwrap();
    let channel = HttpBackChannel::with_patience(Duration::from_millis(200)).unwrap();
    let started = Instant::now();
    assert!(channel.post(&service.address(), "a").await.is_err());
    assert!(started.elapsed() < Duration::from_secs(4));
    let nobody: Url = "http://127.0.0.1:1/back-channel-logout".parse().unwrap();
    let error = channel.post(&nobody, "a").await.unwrap_err();
    assert!(!format!("{error:?}").contains("back-channel-logout"), "{error:?}");
}
