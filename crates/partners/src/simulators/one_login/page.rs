//! What the page looks like: plain, and it says what it is.

use super::{Person, Untruth};

const STYLE: &str = "body{font:1.1rem/1.5 sans-serif;margin:1rem auto;padding:0 1rem;max-width:40rem;color:#0b0c0c}\
     label{display:block;margin-top:.75rem}input,select{font:inherit;width:100%;box-sizing:border-box;padding:.3rem}\
     button{font:inherit;margin:.75rem .5rem 0 0;padding:.4rem .8rem}hr{margin:1.5rem 0}";

pub(super) fn draw(query: &str, people: &[Person], wants_identity: bool) -> String {
    let action = escaped(&format!("/authorize?{query}"));
    let known: String = people.iter().map(|person| known(person, &action)).collect();
    let wanted = if wants_identity { "your address, your name and your date of birth" } else { "your address" };
    let fields: String = FIELDS.iter().map(|(name, label, _)| field(name, label)).collect();
    let untruths: String = Untruth::ALL
        .iter()
        .map(|(_, name, words)| format!("<option value=\"{name}\">{}</option>", escaped(words)))
        .collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Simulated GOV.UK One Login</title><style>{STYLE}</style></head><body><main>\
         <h1>Simulated GOV.UK One Login</h1><p>This is not GOV.UK One Login. A service asks for {wanted}.</p>\
         {known}<form method=\"post\" action=\"{action}\"><h2>Be somebody else</h2>{fields}\
         <label for=\"untruth\">What is not true</label><select id=\"untruth\" name=\"untruth\">{untruths}</select>\
         <button>Continue</button></form><hr><form method=\"post\" action=\"{action}\">\
         <button name=\"decline\" value=\"yes\">Do not sign in</button></form></main></body></html>"
    )
}

type Read = fn(&Person) -> &str;

const FIELDS: [(&str, &str, Read); 6] = [
    ("subject", "Subject", |person| &person.subject),
    ("email", "Email address", |person| &person.email),
    ("given_names", "Given names", |person| &person.given_names),
    ("family_name", "Family name", |person| &person.family_name),
    ("previous_family_name", "Family name until 2015, if it was another", |person| &person.previous_family_name),
    ("date_of_birth", "Date of birth, as 1987-04-12", |person| &person.date_of_birth),
];

/// Somebody whom it knows, with one button.
fn known(person: &Person, action: &str) -> String {
    let hidden = |(name, _, read): &(&str, &str, Read)| {
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(read(person)))
    };
    let fields: String = FIELDS.iter().map(hidden).collect();
    let name = escaped(&format!("{} {}", person.given_names, person.family_name));
    format!("<form method=\"post\" action=\"{action}\">{fields}<button>Continue as {name}</button></form>")
}

fn field(name: &str, label: &str) -> String {
    format!("<label for=\"{name}\">{label}</label><input id=\"{name}\" name=\"{name}\">")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
