//! What holds for every page on the list, so that adding one is safe.

use std::collections::BTreeSet;

use chrono::Duration;
use govuk::form::{Errors, FieldError};
use govuk::{Frame, Templates};
use identity::client::{Client, ClientId, MobileRequirement, TrnRequirement};
use identity::errand::Errand;
use identity::interaction::Ask;
use identity::mailbox::SharedMailboxes;
use identity::matching::MatchPolicy;

use super::{PAGES, requests};
use crate::Settings;
use crate::form::Form;
use crate::page::{Context, Kind, Page};
use crate::render::Showing;
use crate::state::State;
use crate::walk::{Progress, Rest};

fn settings() -> Settings {
    Settings {
        secure_cookies: true,
        one_time_code_lifetime: Duration::minutes(10),
        code_budgets: crate::budgets::samples::plenty(),
        trusted_proxies: Vec::new(),
        passkeys: crate::WebAuthn::of(&"https://identity.example.com/".parse().unwrap(), "Get an Identity"),
        journey_lifetime: Duration::hours(2),
        prefill_one_time_codes: false,
        account_url: "https://gai.example.com/account".parse().unwrap(),
        issuer: "https://gai.example.com".into(),
        support_email: "help@example.com".into(),
        phase_banner: None,
        footer_links: Vec::new(),
    }
}

fn client() -> Client {
    let id = ClientId::parse("sample").unwrap();
    Client::new(id, "Sample service".into(), "https://sample.example.com/".parse().unwrap())
}

fn ask() -> Ask {
    Ask {
        wants_record: true,
        mobile: MobileRequirement::Optional,
        landing_page: false,
        trn: TrnRequirement::Optional,
        match_policy: MatchPolicy::Default,
        blocks_prohibited: false,
        raises_tickets: true,
        session: None,
        login_hint: None,
        takes_evidence: false,
        errand: Errand::SignIn,
    }
}

/// The page as it is in a state, with these errors.
fn render(page: &'static Page, state: &State, typed: Option<&Form>, errors: &Errors) -> String {
    let ask = ask();
    let given = PAGES.iter().map(|page| (page.path, (page.sample_given)())).collect();
    let progress = Progress::<()> { trail: PAGES.iter().collect(), rest: Rest::Page, given, taken: Vec::new() };
    let client = client();
    let showing = Showing { base: "/sign-in/1".into(), page, client: &client, state, progress: &progress, typed };
    let view = showing.view(&settings(), &ask, vec!["A university".into()]);
    let templates = Templates::new(crate::templates()).unwrap();
    let frame = Frame::new(page.title).errors(errors);
    templates.render(&page.template(), &view, &frame).unwrap_or_else(|error| panic!("{page:?}: {error:?}"))
}

/// The state without an answer, and with each of the page's samples.
fn states(page: &Page) -> Vec<State> {
    let empty = State::default();
    let answered = match &page.kind {
        Kind::Question(question) => (question.samples)(&empty).into_iter().map(|(_, state)| state).collect(),
        Kind::Code { .. } | Kind::Notice => Vec::new(),
    };
    [vec![empty], answered].concat()
}

fn fields(page: &Page) -> &'static [&'static str] {
    match &page.kind {
        Kind::Question(question) => question.fields,
        Kind::Code { .. } => &["one_time_code"],
        Kind::Notice => &[],
    }
}

#[test]
fn every_page_has_a_path_of_its_own() {
    let paths: BTreeSet<&str> = PAGES.iter().map(|page| page.path).collect();
    assert_eq!(paths.len(), PAGES.len());
    let reserved = ["finish", "finished", "passkey", "add-passkey", "one-login"];
    assert!(PAGES.iter().all(|page| !reserved.contains(&page.path)), "the shell has pages under these paths");
}

#[test]
fn every_page_renders_empty_and_with_each_of_its_samples_and_shows_its_title_once() {
    for page in PAGES {
        for state in states(page) {
            let html = render(page, &state, None, &Errors::default());
            assert_eq!(html.matches("<h1").count(), 1, "{page:?} has one heading of the first level");
            assert!(html.contains(&format!("<title>{}", page.title)), "{page:?}");
        }
    }
}

#[test]
fn every_field_of_every_page_is_on_it_by_name_and_shows_its_error() {
    for page in PAGES {
        let empty = render(page, &State::default(), None, &Errors::default());
        for field in fields(page) {
            assert!(empty.contains(&format!("name=\"{field}\"")), "{page:?} has no field {field}");
            let of_a_date = ["-day", "-month", "-year"].iter().find_map(|part| field.strip_suffix(part));
            let error = of_a_date.map_or_else(
                || FieldError::new(*field, "Say it otherwise"),
                |date| FieldError::date(date, &[], "Say it otherwise"),
            );
            let html = render(page, &State::default(), None, &Errors::from(error));
            assert_eq!(
                html.matches("Say it otherwise").count(),
                2,
                "{page:?}: {field} in the summary and at the field"
            );
            assert!(html.contains("<title>Error: "), "{page:?}");
        }
    }
}

#[test]
fn what_was_typed_is_kept_when_something_is_wrong_with_it() {
    for page in PAGES {
        let empty = render(page, &State::default(), None, &Errors::default());
        let is = |field: &str, kind| empty.contains(&format!("name=\"{field}\" type=\"{kind}\""));
        // What was chosen is shown as chosen, and no page may choose a file.
        for field in fields(page).iter().filter(|field| !is(field, "radio") && !is(field, "file")) {
            let form = Form::of([(*field, "typed \"this\"")]);
            let html = render(page, &State::default(), Some(&form), &Errors::default());
            assert!(html.contains("typed &quot;this&quot;"), "{page:?} loses {field}");
        }
    }
}

#[test]
fn what_a_page_is_filled_with_is_read_back_as_the_same_answer() {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let evidence = Ok(requests::evidence::sample());
    let context = Context { today, shared_mailboxes: &SharedMailboxes::default(), evidence };
    let ask = ask();
    for page in PAGES {
        let Kind::Question(question) = &page.kind else { continue };
        for (word, answered) in
            (question.samples)(&State::default()).into_iter().filter(|(word, _)| *word != "not known")
        {
            let form = (question.fill)(&answered.answers, &ask);
            let mut again = State::default();
            (question.submit)(&form, &context, &mut again.answers)
                .unwrap_or_else(|errors| panic!("{page:?}: {errors:?}"));
            assert_eq!(again, answered, "{page:?}: {word}");
        }
    }
}
