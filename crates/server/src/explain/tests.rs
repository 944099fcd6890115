use identity::client::ClientId;
use identity::clock::Time;
use identity::key_ring::SealingKey;
use identity::random::Random;
use url::Url;

use super::*;

fn ring(key: u8) -> KeyRing {
    KeyRing::new(vec![SealingKey { id: "test".into(), key: [key; 32] }]).unwrap()
}

fn clients() -> Vec<Client> {
    let client = |id: &str, name: &str| {
        let site = format!("https://{id}.example/");
        Client {
            redirect_uris: vec![format!("{site}other"), format!("{site}sign-in/cb")],
            post_logout_redirect_uris: vec![site.clone()],
            ..Client::new(ClientId::parse(id).unwrap(), name.into(), Url::parse(&site).unwrap())
        }
    };
    vec![client("npq", "Register for an NPQ"), client("aytq", "Access your qualifications")]
}

fn request(client: Option<&str>, reason: &str, sent: &[(&str, Told)]) -> RefusedRequest {
    let sent = sent.iter().map(|(name, value)| Sent { name: (*name).into(), value: value.clone() }).collect();
    let refusal = Refusal { reason: reason.into(), sent };
    RefusedRequest {
        reference: "12345-67890".into(),
        at: Time::from_timestamp(1_790_000_000, 0).unwrap(),
        client: client.map(|id| ClientId::parse(id).unwrap()),
        sealed: ring(1).seal(SEAL_PURPOSE, &serde_json::to_vec(&refusal).unwrap(), &Random::seeded(1)),
    }
}

fn explained(request: RefusedRequest) -> String {
    Explanation::of(request, &clients(), &ring(1)).unwrap().to_string()
}

#[test]
fn an_address_that_is_not_registered_stands_over_the_one_that_it_is_most_like() {
    let sent = [
        ("client_id", Told::Whole("npq".into())),
        ("redirect_uri", Told::Whole("https://npq.example/sign-in/cb/".into())),
        ("state", Told::Length(12)),
    ];
    let text = explained(request(Some("npq"), "redirect_uri is not registered", &sent));
    let expected = "\
Reference   12345-67890
When        2026-09-21 14:13:20 UTC
Client      npq (Register for an NPQ)
Wrong       redirect_uri is not registered

It has to be equal to a registered address, character by character. Change what the service sends, or have the address added to `redirect_uris` in the client's file.

None of `redirect_uris` is what was sent. The most like it:
sent        https://npq.example/sign-in/cb/
registered  https://npq.example/sign-in/cb
                                          ^ there is a slash too many at the end
also        https://npq.example/other

All that was sent:
  client_id                  npq
  redirect_uri               https://npq.example/sign-in/cb/
  state                      (12 characters, not kept)
";
    assert_eq!(text, expected);
}

#[test]
fn a_client_that_is_not_known_may_be_a_slip_of_the_pen() {
    let sent = |id: &str| [("client_id", Told::Whole(id.into()))];
    let slip = explained(request(None, "client_id names no client", &sent("npg")));
    assert!(slip.contains("Client      not known\n"), "{slip}");
    let compared = "sent        npg\nregistered  npq\n              ^ they differ from here on";
    assert!(slip.contains(compared), "{slip}");
    let stranger = explained(request(None, "client_id names no client", &sent("something-else")));
    assert!(!stranger.contains("registered  "), "{stranger}");
}

#[test]
fn an_address_after_a_sign_out_is_compared_too_and_one_that_is_registered_is_not() {
    let sent = [
        ("client_id", Told::Whole("npq".into())),
        ("post_logout_redirect_uri", Told::Whole("http://npq.example/".into())),
        ("redirect_uri", Told::Whole("https://npq.example/other".into())),
        ("state", Told::Repeated(2)),
    ];
    let text = explained(request(Some("npq"), "a parameter was sent more than once", &sent));
    assert!(text.contains("None of `post_logout_redirect_uris`") && text.contains("one is http"), "{text}");
    assert!(!text.contains("None of `redirect_uris`") && text.contains("(sent 2 times)"), "{text}");
}

#[test]
fn what_was_sent_cannot_play_with_the_terminal() {
    let sent = [
        ("client_id\u{1b}[2J", Told::Length(3)),
        ("redirect_uri", Told::Whole("https://npq.example/\u{1b}[31m\n\u{202e}".into())),
        ("scope", Told::Start("\u{7}".into(), 900)),
    ];
    let text = explained(request(Some("npq"), "redirect_uri is not registered", &sent));
    assert!(text.chars().all(|c| c == '\n' || c.is_ascii() && !c.is_control()), "{text:?}");
    assert!(text.contains("\\u{7}... (900 characters)"), "{text}");
}

#[test]
fn a_reason_without_advice_says_where_to_look() {
    assert!(explained(request(None, "something new", &[])).contains(advice::NONE));
}

#[test]
fn what_another_key_ring_sealed_stays_closed() {
    let request = request(None, "client_id names no client", &[]);
    assert!(matches!(Explanation::of(request, &clients(), &ring(2)), Err(Unexplained::Sealed(_))));
}
