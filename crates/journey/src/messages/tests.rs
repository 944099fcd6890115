//! What holds for every message, so that adding one is safe.

use std::collections::BTreeSet;

use html5ever::parse_document;
use html5ever::tendril::TendrilSink as _;
use identity::message::Message;
use identity::mobile::Mobile;
use identity::secret::Plain;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::samples::{self, LINK, NINO, OTHER_ADDRESS, SUPPORT, Sample, Texts};

const TAME: &str = "Tame";

/// Every letter with the same text wherever somebody may have typed what they like.
fn typed(text: &str) -> Vec<Sample> {
    samples::all(Texts { name: text, client_name: text, reference: text })
}

/// An element of a message: its name, its attributes, and the text within.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

fn html(message: &Message) -> &str {
    message.html.as_deref().unwrap()
}

fn elements(message: &Message) -> Vec<Element> {
    let dom = parse_document(RcDom::default(), Default::default()).one(html(message));
    assert!(dom.errors.borrow().is_empty(), "{}: {:?}", message.template, dom.errors);
    let mut found = Vec::new();
    collect(&dom.document, &mut found);
    found
}

/// Adds the elements of a node, and gives its text.
fn collect(node: &Handle, found: &mut Vec<Element>) -> String {
    let at = found.len();
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attribute = |a: &html5ever::Attribute| (a.name.local.to_string(), a.value.to_string());
        let attributes = attrs.borrow().iter().map(attribute).collect();
        found.push(Element { name: name.local.to_string(), attributes, text: String::new() });
    }
    if let NodeData::Text { contents } = &node.data {
        return contents.borrow().to_string();
    }
    let text: String = node.children.borrow().iter().map(|child| collect(child, found)).collect();
    if let NodeData::Element { .. } = node.data {
        found[at].text.clone_from(&text);
    }
    text
}

#[test]
fn every_template_is_that_of_a_letter_with_a_sample() {
    let templates: BTreeSet<String> = crate::templates()
        .filter_map(|(name, _)| Some(name.strip_prefix("email/")?.strip_suffix(".txt")?.to_owned()))
        .filter(|name| name != "ending")
        .collect();
    let samples = samples::usual().into_iter().map(|sample| sample.message.template).collect();
    assert_eq!(templates, samples);
}

#[test]
fn a_text_message_is_one_short_line_with_the_code_and_no_link() {
    let templates = govuk::Templates::new(crate::templates()).unwrap();
    let code =
        super::OneTimeCode { code: Plain::new("012345"), minutes: 10, client_name: "A\nservice - of\n# ours".into() };
    let to = Mobile::parse("07700 900123").unwrap();
    let message = super::write_text(&code, &to, &templates).unwrap();
    let words =
        "012345 is your code to sign in to A service - of # ours. It works for 10 minutes. Do not give it to anybody.";
    assert_eq!(message.body, words);
    assert_eq!((message.to.as_str(), message.subject.as_str(), message.html), ("+447700900123", "", None));
    assert_eq!(message.one_time_code.as_deref(), Some("012345"));
}

#[test]
fn every_message_reads_as_its_snapshots_have_it() {
    for sample in samples::usual() {
        let message = sample.message;
        let text = format!("To: {}\nSubject: {}\n\n{}", message.to, message.subject, message.body);
        let settings = {
            let mut settings = insta::Settings::clone_current();
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings
        };
        settings.bind(|| {
            insta::assert_snapshot!(format!("{}.txt", sample.shape), text);
            insta::assert_snapshot!(format!("{}.html", sample.shape), html(&message));
        });
    }
}

#[test]
fn what_somebody_typed_makes_no_markup_no_link_and_no_second_line() {
    for hostile in [
        "<script>alert(1)</script>",
        "</p><h2>Win</h2><img src=x>",
        "\"><a href=https://evil.example>x</a>",
        "# Win",
        "- Win",
        "> Win",
        "a\n\n# Win\n\n- b\r\nBcc: c",
        "a\u{2028}\u{2028}- b",
        "https://evil.example/",
        "Go to http://evil.example now",
        "help@evil.example",
        "{{ support_email }} {% include \"email/ending.txt\" %}",
        "&lt;b&gt;",
    ] {
        for (tame, sample) in typed(TAME).into_iter().zip(typed(hostile)) {
            let (tame, message, shape) = (tame.message, sample.message, sample.shape);
            let seen = hostile.split_whitespace().collect::<Vec<_>>().join(" ");
            let lines = |message: &Message| message.body.lines().count();
            assert_eq!(lines(&tame), lines(&message), "{shape}: {}", message.body);
            assert_eq!(tame.body.replace(TAME, &seen), message.body, "{shape}");
            assert!(!message.subject.contains('\n'));

            let structure = |message: &Message| -> Vec<(String, Vec<(String, String)>)> {
                elements(message).into_iter().map(|element| (element.name, element.attributes)).collect()
            };
            assert_eq!(structure(&tame), structure(&message), "{shape}");
            let document = |message: &Message| elements(message)[0].text.clone();
            assert_eq!(document(&tame).replace(TAME, &seen), document(&message), "{shape}");
        }
    }
}

#[test]
fn every_link_has_text_and_leads_to_support_or_to_a_page_of_ours() {
    for sample in samples::usual() {
        let elements = elements(&sample.message);
        let links: Vec<&Element> = elements.iter().filter(|element| element.name == "a").collect();
        assert!(links.len() >= 2, "{} says what to do when it is wrong, and so does its ending", sample.shape);
        for link in links {
            let expected = if link.text == LINK { LINK.to_owned() } else { format!("mailto:{SUPPORT}") };
            assert!([SUPPORT, LINK].contains(&link.text.as_str()), "{}", link.text);
            assert_eq!(link.attribute("href"), Some(expected.as_str()));
        }
    }
}

#[test]
fn every_message_is_one_column_of_headings_lists_and_paragraphs_that_asks_for_nothing_from_elsewhere() {
    let known = "html head meta title style body div p h2 ul li a";
    for sample in samples::usual() {
        for element in elements(&sample.message) {
            assert!(known.split(' ').any(|name| name == element.name), "{}: {}", sample.shape, element.name);
            assert!(element.attribute("src").is_none() && !element.text.contains("url("), "{}", sample.shape);
            let may_be_empty = ["meta", "head"].contains(&element.name.as_str());
            assert!(may_be_empty || !element.text.trim().is_empty(), "{}: {}", sample.shape, element.name);
            if element.name == "html" {
                assert_eq!(element.attribute("lang"), Some("en"));
            }
        }
        assert!(!sample.message.body.contains(['\u{FDD0}', '\u{FDD1}']) && !html(&sample.message).contains("&amp;lt;"));
    }
}

#[test]
fn what_should_not_lie_in_a_mailbox_is_shown_only_in_part() {
    for sample in samples::usual() {
        let message = serde_json::to_string(&sample.message).unwrap();
        assert!(!message.contains(OTHER_ADDRESS) && !message.contains(&NINO[..8]), "{}", sample.shape);
    }
}

/// WCAG 2.2, success criterion 1.4.3: 4.5 to 1.
#[test]
fn every_colour_of_text_has_its_background_and_stands_out_from_it() {
    let layout = crate::templates().find(|(name, _)| name == "email/layout.html").unwrap().1;
    let colour = |rule: &str, property: &str| {
        let declarations = rule.split(';').map(str::trim);
        let value =
            declarations.filter_map(|declaration| declaration.strip_prefix(property)?.strip_prefix(": #")).next();
        value.map(|value| u32::from_str_radix(&value[..6], 16).unwrap())
    };
    let mut pairs = 0;
    for rule in layout.split(['"', '{', '}']) {
        let (text, background) = (colour(rule, "color"), colour(rule, "background-color"));
        assert_eq!(text.is_some(), background.is_some(), "{rule}");
        if let (Some(text), Some(background)) = (text, background) {
            let (one, other) = (luminance(text), luminance(background));
            let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
            assert!(contrast >= 4.5, "{contrast:.2}: {rule}");
            pairs += 1;
        }
    }
    assert_eq!(pairs, 8, "light and dark: page (in the light twice), link, ending; and the bar");
}

/// WCAG 2.2, "relative luminance".
fn luminance(colour: u32) -> f64 {
    let part = |shift: u32| {
        let part = f64::from((colour >> shift) & 0xff) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
}
