//! The date of birth, in three boxes.

use govuk::form::{DatePart, Errors, FieldError};
use identity::date_of_birth::{DateError, DateOfBirth, DateParts};

use crate::form::Form;
use crate::page::{Context, Question, kept_in};
use crate::summary::Row;

pub(crate) struct DateOfBirthPage;

impl Question for DateOfBirthPage {
    const PATH: &'static str = "date-of-birth";
    const TITLE: &'static str = "What is your date of birth?";
    const FIELDS: &'static [&'static str] = &["date_of_birth-day", "date_of_birth-month", "date_of_birth-year"];
    type Answer = DateOfBirth;

    kept_in!(date_of_birth);

    fn parse(form: &Form, context: &Context<'_>) -> Result<DateOfBirth, Errors> {
        let [day, month, year] = [0, 1, 2].map(|box_| form.get(Self::FIELDS[box_]));
        DateOfBirth::parse(day, month, year, context.today).map_err(|error| {
            let (parts, message) = words(error);
            FieldError::date("date_of_birth", &parts, message).into()
        })
    }

    fn fill(date: &DateOfBirth) -> Form {
        let date = date.date();
        let [day, month, year] = ["%-d", "%-m", "%Y"].map(|part| date.format(part).to_string());
        Form::of([(Self::FIELDS[0], &day), (Self::FIELDS[1], &month), (Self::FIELDS[2], &year)])
    }

    fn samples() -> Vec<(&'static str, DateOfBirth)> {
        let date = chrono::NaiveDate::from_ymd_opt(1985, 3, 14).expect("this is a date");
        vec![("a date", DateOfBirth::new(date))]
    }

    fn rows(date: &DateOfBirth) -> Vec<Row> {
        vec![Row::new("Date of birth", date.date().format("%-d %B %Y").to_string(), "date of birth")]
    }
}

fn words(error: DateError) -> (Vec<DatePart>, String) {
    match error {
        DateError::Missing => (vec![], "Enter your date of birth".into()),
        DateError::Incomplete(parts) => {
            let missing: Vec<&str> = boxes(parts).iter().map(|part| part.as_str()).collect();
            (boxes(parts), format!("Date of birth must include a {}", missing.join(" and ")))
        }
        DateError::NotReal(parts) => (boxes(parts), "Date of birth must be a real date".into()),
        DateError::Future => (vec![], "Date of birth must be in the past".into()),
        DateError::TooEarly => {
            let earliest = DateOfBirth::EARLIEST_YEAR;
            (vec![DatePart::Year], format!("Date of birth must be in {earliest} or later"))
        }
    }
}

fn boxes(parts: DateParts) -> Vec<DatePart> {
    let all = [(parts.day, DatePart::Day), (parts.month, DatePart::Month), (parts.year, DatePart::Year)];
    all.into_iter().filter_map(|(at_fault, part)| at_fault.then_some(part)).collect()
}

#[cfg(test)]
mod tests {
    use identity::evidence::EvidenceFault;
    use identity::mailbox::SharedMailboxes;

    use super::*;

    fn parse(day: &str, month: &str, year: &str) -> Result<DateOfBirth, Errors> {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let fields = DateOfBirthPage::FIELDS;
        let form = Form::of([(fields[0], day), (fields[1], month), (fields[2], year)]);
        let evidence = Err(EvidenceFault::Missing);
        DateOfBirthPage::parse(&form, &Context { today, shared_mailboxes: &SharedMailboxes::default(), evidence })
    }

    #[test]
    fn each_fault_has_its_own_words() {
        for (date, words) in [
            (("", "", ""), "Enter your date of birth"),
            (("1", "", ""), "must include a month and year"),
            (("31", "2", "1985"), "must be a real date"),
            (("22", "11", "2026"), "must be in the past"),
            (("1", "1", "1899"), "must be in 1900 or later"),
        ] {
            let errors = parse(date.0, date.1, date.2).unwrap_err();
            let message = errors.for_field("date_of_birth").unwrap();
            assert!(message.contains(words), "{date:?}: {message}");
        }
    }

    #[test]
    fn what_a_form_was_filled_with_is_read_back() {
        let date = parse("4", "March", "1985").unwrap();
        let form = DateOfBirthPage::fill(&date);
        assert_eq!(parse(form.get("date_of_birth-day"), form.get("date_of_birth-month"), "1985").unwrap(), date);
    }
}
