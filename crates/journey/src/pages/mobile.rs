//! The mobile number, or going on without one where the service allows it.

use govuk::form::{Errors, FieldError};
use identity::client::MobileRequirement;
use identity::mobile::{Mobile, MobileError};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::form::Form;
use crate::page::{Context, Given, Question, kept_in};
use crate::summary::Row;

/// What cannot be texted.
pub(crate) const NOT_MOBILE: &str = "We cannot text this number: enter a mobile number";

pub(crate) struct MobilePage {
    pub requirement: MobileRequirement,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MobileAnswer {
    Number(TypedMobile),
    Without,
}

/// A number, and how the person wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedMobile {
    pub number: Mobile,
    pub typed: String,
}

impl MobileAnswer {
    pub fn number(&self) -> Option<&Mobile> {
        match self {
            MobileAnswer::Number(mobile) => Some(&mobile.number),
            MobileAnswer::Without => None,
        }
    }
}

impl MobilePage {
    pub(crate) fn is_required(&self) -> bool {
        self.requirement == MobileRequirement::Required
    }
}

impl Question for MobilePage {
    const PATH: &'static str = "mobile";
    const TITLE: &'static str = "What is your mobile number?";
    const FIELDS: &'static [&'static str] = &["mobile"];
    type Answer = MobileAnswer;

    kept_in!(mobile);

    fn given(&self) -> Given {
        Given::facts([("required", json!(self.is_required()))])
    }

    fn sample_given() -> Given {
        Given::facts([("required", json!(false))])
    }

    fn parse(form: &Form, _: &Context<'_>) -> Result<MobileAnswer, Errors> {
        if form.pressed("without") {
            return Ok(MobileAnswer::Without);
        }
        parse_mobile(form).map(MobileAnswer::Number)
    }

    fn fill(answer: &MobileAnswer) -> Form {
        match answer {
            MobileAnswer::Number(mobile) => Form::of([("mobile", &mobile.typed)]),
            MobileAnswer::Without => Form::of([("without", "true")]),
        }
    }

    fn samples() -> Vec<(&'static str, MobileAnswer)> {
        vec![("a number", MobileAnswer::Number(sample("07700 900123"))), ("without", MobileAnswer::Without)]
    }

    fn rows(answer: &MobileAnswer) -> Vec<Row> {
        let shown = answer.number().map_or_else(|| "None".into(), Mobile::to_string);
        vec![Row::new("Mobile number", shown, "mobile number")]
    }
}

/// Reads the field `mobile`, which more than one page has.
pub(crate) fn parse_mobile(form: &Form) -> Result<TypedMobile, Errors> {
    let typed = form.get("mobile");
    let number = Mobile::parse(typed).map_err(|error| {
        let message = match error {
            MobileError::Missing => "Enter your mobile number",
            MobileError::NotANumber => {
                "A mobile number must have only digits, spaces, hyphens and brackets, like 07700 900 982"
            }
            MobileError::Impossible => {
                "Enter a mobile number in full, like 07700 900 982, or +33 6 12 34 56 78 from another country"
            }
            MobileError::Landline => "This is a landline number: enter a mobile number, so that we can text you a code",
            MobileError::NotMobile => NOT_MOBILE,
        };
        FieldError::new("mobile", message)
    })?;
    Ok(TypedMobile { number, typed: typed.trim().to_owned() })
}

pub(crate) fn sample(typed: &str) -> TypedMobile {
    TypedMobile { number: Mobile::parse(typed).expect("this is a mobile number"), typed: typed.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_its_own_words_and_is_about_the_field() {
        for (typed, words) in [
            ("", "Enter your mobile number"),
            ("asha", "only digits"),
            ("07700", "in full"),
            ("020 7946 0123", "landline"),
            ("0808 157 0123", "cannot text"),
        ] {
            let errors = parse_mobile(&Form::of([("mobile", typed)])).unwrap_err();
            let message = errors.for_field("mobile").expect("the error is about the field");
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn what_was_typed_is_shown_again_as_it_was_typed() {
        let answer = MobileAnswer::Number(parse_mobile(&Form::of([("mobile", " +44 (0)7700-900123 ")])).unwrap());
        assert_eq!(MobilePage::fill(&answer).get("mobile"), "+44 (0)7700-900123");
        assert_eq!(answer.number().unwrap().e164(), "+447700900123");
    }
}
