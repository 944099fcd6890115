//! A page with what it was sent, for whoever wants to read a code.

use identity::outbox::Channel;

use super::Received;

const HEAD: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Messages that were sent</title>\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>\
body{font:1.1rem/1.5 sans-serif;margin:1rem auto;max-width:40rem;padding:0 1rem;color:#0b0c0c;overflow-wrap:anywhere}\
article{border-top:1px solid #505a5f}h2{font-size:1.2rem}pre{font:inherit;white-space:pre-wrap}</style></head><body>\
<main><h1>Messages that were sent</h1><p>The newest first. No person was sent any of them.</p>";

pub(super) fn draw(received: &[Received]) -> String {
    let mut html = HEAD.to_owned();
    if received.is_empty() {
        html.push_str("<p>There are none yet.</p>");
    }
    received.iter().rev().for_each(|message| html.push_str(&article(message)));
    html + "</main></body></html>"
}

fn article(message: &Received) -> String {
    let kind = if message.channel == Channel::Sms { "Text message" } else { "Email" };
    let heading = message.subject.as_deref().unwrap_or(kind);
    let (heading, to, body) = (escaped(heading), escaped(&message.to), escaped(&message.body));
    let at = message.at.format("%H:%M:%S UTC");
    format!("<article><h2>{heading}</h2><p>{kind} to {to} at {at}</p><pre>{body}</pre></article>")
}

fn escaped(text: &str) -> String {
    let escape = |c: char| match c {
        '&' => "&amp;".into(),
        '<' => "&lt;".into(),
        '>' => "&gt;".into(),
        '"' => "&quot;".into(),
        other => other.to_string(),
    };
    text.chars().map(escape).collect()
}
