//! The name that a document proves, and the one before it.

use govuk::form::{Errors, FieldError};
use identity::matching::StatedName;
use identity::name::{NameError, NamePart, PersonName, PreviousName};
use serde::{Deserialize, Serialize};

use crate::form::Form;
use crate::page::{Context, Question, kept_in};
use crate::summary::Row;

pub(crate) struct OfficialNamePage;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficialName {
    pub name: PersonName,
    pub previous: Previous,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Previous {
    Yes(PreviousName),
    No,
    PreferNotToSay,
}

impl OfficialName {
    /// The name as it counts in a match.
    pub fn stated(&self) -> StatedName {
        let previous = match &self.previous {
            Previous::Yes(previous) => Some(previous.clone()),
            Previous::No | Previous::PreferNotToSay => None,
        };
        StatedName { current: self.name.clone(), previous }
    }
}

impl Question for OfficialNamePage {
    const PATH: &'static str = "official-name";
    const TITLE: &'static str = "What is your name?";
    const FIELDS: &'static [&'static str] =
        &["first_name", "middle_name", "last_name", "has_previous_name", "previous_first_name", "previous_last_name"];
    type Answer = OfficialName;

    kept_in!(official_name);

    fn parse(form: &Form, _: &Context<'_>) -> Result<OfficialName, Errors> {
        let mut faults = Vec::new();
        let name = person_name(form, &mut faults);
        let previous = previous(form, &mut faults);
        match (name, previous) {
            (Some(name), Some(previous)) if faults.is_empty() => Ok(OfficialName { name, previous }),
            _ => Err(Errors(faults)),
        }
    }

    fn fill(answer: &OfficialName) -> Form {
        let text = |part: &Option<NamePart>| part.as_ref().map_or(String::new(), |part| part.as_str().into());
        let (has_previous, first, last) = match &answer.previous {
            Previous::Yes(previous) => ("yes", text(&previous.first), text(&previous.last)),
            Previous::No => ("no", String::new(), String::new()),
            Previous::PreferNotToSay => ("prefer_not_to_say", String::new(), String::new()),
        };
        Form::of([
            ("first_name", answer.name.first.as_str()),
            ("middle_name", &text(&answer.name.middle)),
            ("last_name", answer.name.last.as_str()),
            ("has_previous_name", has_previous),
            ("previous_first_name", &first),
            ("previous_last_name", &last),
        ])
    }

    fn samples() -> Vec<(&'static str, OfficialName)> {
        let part = |text| NamePart::parse(text).expect("this is a name");
        let name = PersonName { first: part("Asha"), middle: None, last: part("Bennett") };
        vec![("a name", OfficialName { name, previous: Previous::No })]
    }

    fn rows(answer: &OfficialName) -> Vec<Row> {
        let mut rows = vec![Row::new("Name", answer.name.full(), "name")];
        if let Previous::Yes(previous) = &answer.previous {
            let parts: Vec<&str> =
                [&previous.first, &previous.last].into_iter().flatten().map(NamePart::as_str).collect();
            rows.push(Row::new("Previous name", parts.join(" "), "previous name"));
        }
        rows
    }
}

/// The three boxes of a name; their faults in the order of the boxes.
pub(super) fn person_name(form: &Form, faults: &mut Vec<FieldError>) -> Option<PersonName> {
    let mut own = Vec::new();
    let first = part(form, "first_name", "first name", &mut own);
    let middle = part(form, "middle_name", "middle name", &mut own);
    let last = part(form, "last_name", "last name", &mut own);
    for (field, value) in [("first_name", &first), ("last_name", &last)] {
        if value.is_none() && !own.iter().any(|fault| fault.field == field) {
            own.push(FieldError::new(field, format!("Enter your {}", field.replace('_', " "))));
        }
    }
    own.sort_by_key(|fault| OfficialNamePage::FIELDS.iter().position(|field| *field == fault.field));
    let whole = own.is_empty();
    faults.append(&mut own);
    let (Some(first), Some(last), true) = (first, last, whole) else { return None };
    Some(PersonName { first, middle, last })
}

/// One box: a name, nothing, or a fault.
fn part(form: &Form, field: &str, words: &str, faults: &mut Vec<FieldError>) -> Option<NamePart> {
    match NamePart::parse(form.get(field)) {
        Ok(part) => Some(part),
        Err(NameError::Missing) => None,
        Err(NameError::TooLong) => {
            faults.push(FieldError::new(field, format!("Your {words} must be 200 characters or fewer")));
            None
        }
        Err(NameError::Unprintable) => {
            faults.push(FieldError::new(
                field,
                format!("Your {words} has a character that we cannot read: type it again"),
            ));
            None
        }
    }
}

fn previous(form: &Form, faults: &mut Vec<FieldError>) -> Option<Previous> {
    match form.get("has_previous_name") {
        "no" => Some(Previous::No),
        "prefer_not_to_say" => Some(Previous::PreferNotToSay),
        "yes" => {
            let before = faults.len();
            let first = part(form, "previous_first_name", "previous first name", faults);
            let last = part(form, "previous_last_name", "previous last name", faults);
            if first.is_none() && last.is_none() && faults.len() == before {
                let message = "Enter your previous first name, your previous last name or both";
                faults.push(FieldError::new("previous_first_name", message));
            }
            Some(Previous::Yes(PreviousName { first, last }))
        }
        _ => {
            faults.push(FieldError::new("has_previous_name", "Select yes if you have ever changed your name"));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use identity::evidence::EvidenceFault;
    use identity::mailbox::SharedMailboxes;

    use super::*;

    fn context(shared_mailboxes: &SharedMailboxes) -> Context<'_> {
        Context { today: chrono::NaiveDate::MIN, shared_mailboxes, evidence: Err(EvidenceFault::Missing) }
    }

    fn parse(fields: [(&str, &str); 6]) -> Result<OfficialName, Errors> {
        OfficialNamePage::parse(&Form::of(fields), &context(&SharedMailboxes::default()))
    }

    fn form<'a>(first: &'a str, last: &'a str, has_previous: &'a str, previous: &'a str) -> [(&'a str, &'a str); 6] {
        [
            ("first_name", first),
            ("middle_name", ""),
            ("last_name", last),
            ("has_previous_name", has_previous),
            ("previous_first_name", ""),
            ("previous_last_name", previous),
        ]
    }

    #[test]
    fn an_empty_form_names_every_required_field_in_its_order() {
        let errors = parse(form("", "", "", "")).unwrap_err();
        let fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["first_name", "last_name", "has_previous_name"]);
    }

    #[test]
    fn half_a_previous_name_is_enough_and_none_is_not() {
        let name = parse(form("Jane", "Smith-Taylor", "yes", "Smith")).unwrap();
        assert!(matches!(name.previous, Previous::Yes(PreviousName { first: None, last: Some(_) })));
        let errors = parse(form("Jane", "Smith-Taylor", "yes", " ")).unwrap_err();
        assert!(errors.for_field("previous_first_name").is_some());
    }

    #[test]
    fn a_previous_name_counts_only_when_the_person_says_that_they_have_one() {
        for choice in ["no", "prefer_not_to_say"] {
            assert_eq!(parse(form("Jane", "Smith", choice, "Taylor")).unwrap().stated().previous, None);
        }
    }

    #[test]
    fn what_a_form_was_filled_with_is_read_back() {
        let name = parse(form("Siân", "O’Brien", "yes", "Llewellyn")).unwrap();
        let (filled, none) = (OfficialNamePage::fill(&name), SharedMailboxes::default());
        assert_eq!(OfficialNamePage::parse(&filled, &context(&none)).unwrap(), name);
    }
}
