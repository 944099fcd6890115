//! Whole pages, as a browser gets them.

use govuk::{DatePart, ErrorItem, Errors, FieldError, Frame, Link, PhaseBanner, Templates};
use serde::Serialize;

#[derive(Serialize)]
struct View {
    email: Option<String>,
}

const PAGE: &str = r#"{% extends "layout.html" %}
{% block content %}
<form method="post" novalidate>
  {{ <govuk.input name="email" label="Your email address" page_heading={true} type="email" value={email} /> }}
  {{ <govuk.button text="Continue" prevent_double_click={true} /> }}
</form>
{% endblock content %}"#;

fn templates(page: &str) -> Templates {
    Templates::new([("page.html".to_owned(), page.to_owned())]).expect("the page compiles")
}

fn render(page: &str, email: Option<&str>, frame: &Frame) -> String {
    let view = View { email: email.map(str::to_owned) };
    templates(page).render("page.html", &view, frame).unwrap_or_else(|error| panic!("{error}"))
}

fn title(html: &str) -> &str {
    html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a page has a title")
}

#[test]
fn a_page_names_itself_then_its_service_and_says_first_when_something_is_wrong() {
    let frame = Frame::new("Your email address").service("Register for a qualification", None);
    assert_eq!(title(&render(PAGE, None, &frame)), "Your email address - Register for a qualification - GOV.UK");
    let errors = Errors::from(FieldError::new("email", "Enter your email address"));
    let html = render(PAGE, None, &frame.errors(&errors));
    assert_eq!(title(&html), "Error: Your email address - Register for a qualification - GOV.UK");
    assert_eq!(title(&render(PAGE, None, &Frame::new("Start"))), "Start - GOV.UK");
}

#[test]
fn an_error_is_in_the_summary_and_beside_its_field_and_the_typed_value_stays() {
    let errors = Errors::from(FieldError::new("email", "Enter a real <address>"));
    let html = render(PAGE, Some("\"><script>"), &Frame::new("Email").errors(&errors));
    assert!(html.contains(r##"<a href="#email">Enter a real &lt;address&gt;</a>"##), "{html}");
    assert!(html.contains(r#"<p id="email-error" class="govuk-error-message">"#));
    assert!(html.contains(r#"aria-describedby="email-error""#));
    assert!(html.contains(r#"value="&quot;&gt;&lt;script&gt;""#), "{html}");
    assert_eq!(html.matches("<script>").count(), 1, "only the layout's own");
}

#[test]
fn a_date_shows_which_of_its_boxes_is_at_fault() {
    let page =
        r#"{{ <govuk.date_input name="date_of_birth" legend="Date of birth" day="31" month="" year="1990" /> }}"#;
    let errors = Errors::from(FieldError::date("date_of_birth", &[DatePart::Month], "Enter a month"));
    let html = render(page, None, &Frame::new("Date").errors(&errors));
    assert_eq!(html.matches("govuk-input--error").count(), 1, "{html}");
    let month = html.split("id=\"date_of_birth-month\"").next().expect("the month's box").rsplit('<').next();
    assert!(month.is_some_and(|tag| tag.contains("govuk-input--error")), "{month:?}");
    assert_eq!(errors.summary(), [ErrorItem { text: "Enter a month".into(), href: "#date_of_birth-month".into() }]);
}

#[test]
fn the_frame_shows_phase_service_way_back_and_footer_and_escapes_them() {
    let frame = Frame::new("A & B")
        .service("Teach <b>", Some("https://service.example/?a=1&b=2".into()))
        .phase_banner(PhaseBanner {
            tag: "Beta".into(),
            text: "This is a new service.".into(),
            feedback: Some(Link::new("Give <feedback>", "/feedback")),
        })
        .back_link(Some("/before".into()))
        .footer_links([Link::new("Privacy & cookies", "/privacy")]);
    let html = render(PAGE, None, &frame);
    for expected in [
        "A &amp; B - Teach &lt;b&gt; - GOV.UK",
        "Teach &lt;b&gt;",
        "?a=1&amp;b=2",
        "Give &lt;feedback&gt;",
        r#"class="govuk-back-link">Back</a>"#,
        "Privacy &amp; cookies",
    ] {
        assert!(html.contains(expected), "{expected} is not in {html}");
    }
}

#[test]
fn the_policy_allows_exactly_the_one_inline_script_of_the_layout() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let html = render(PAGE, None, &Frame::new("Start"));
    let inline: Vec<&str> = html.split("<script>").skip(1).filter_map(|rest| rest.split("</script>").next()).collect();
    assert_eq!(inline.len(), 1);
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(inline[0]));
    assert!(govuk::csp::policy(&["'self'"]).contains(&format!("script-src 'self' 'sha256-{hash}';")));
    assert!(!html.contains(" style=") && !html.contains(" onclick="), "inline styles and handlers are not allowed");
}

#[test]
fn a_page_that_asks_for_what_the_view_lacks_is_an_error_that_says_so() {
    let error =
        templates("{{ nothing }}").render("page.html", &(), &Frame::new("x")).expect_err("nothing is undefined");
    assert!(error.to_string().contains("page.html") && error.to_string().contains("nothing"), "{error}");
    assert!(Templates::new([("p.html".to_owned(), "{{ <govuk.no_such /> }}".to_owned())]).is_err());
}
