//! Who signs in: people of a file that whoever filled the database has written.

use std::path::Path;

use serde::Deserialize;

use crate::refusal::Refusal;
use crate::target::encoded;

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Person {
    pub email: String,
    first_name: String,
    last_name: String,
    /// As 1987-04-12.
    date_of_birth: String,
    pub trn: String,
    #[serde(default)]
    nino: String,
}

/// At least so many people.
pub(crate) fn read(file: &Path, needed: usize) -> Result<Vec<Person>, Refusal> {
    let unreadable = |error: csv::Error| Refusal::Unreadable(file.into(), error.to_string());
    let mut reader = csv::Reader::from_path(file).map_err(unreadable)?;
    let people: Vec<Person> = reader.deserialize().collect::<Result<_, _>>().map_err(unreadable)?;
    let given = people.len();
    if given < needed { Err(Refusal::TooFewPeople { needed, given }) } else { Ok(people) }
}

impl Person {
    /// The form of a page as they send it, but for the code that was sent to them. None: nobody expected this page.
    pub(crate) fn answers(&self, page: &str) -> Option<String> {
        let [first, last] = [&self.first_name, &self.last_name].map(|name| encoded(name));
        Some(match page {
            "email" => format!("email={}", encoded(&self.email)),
            "mobile" => "mobile=&without=true".to_owned(),
            "official-name" => format!(
                "first_name={first}&middle_name=&last_name={last}&has_previous_name=no\
                 &previous_first_name=&previous_last_name="
            ),
            "preferred-name" => format!("preferred_name={first}+{last}"),
            "date-of-birth" => {
                let [year, month, day] = self.birthday()?;
                format!("date_of_birth-day={day}&date_of_birth-month={month}&date_of_birth-year={year}")
            }
            "existing-account" => "account=none".to_owned(),
            "has-nino" => format!("has_nino={}", yes_or_no(&self.nino)),
            "nino" => format!("nino={}", encoded(&self.nino)),
            "has-trn" => format!("has_trn={}", yes_or_no(&self.trn)),
            "trn" => format!("trn={}", encoded(&self.trn)),
            "has-qts" => "has_qts=no".to_owned(),
            // Pages that are read and left by a button.
            "check-answers" | "your-trn" | "your-details" | "finish" => String::new(),
            _ => return None,
        })
    }

    fn birthday(&self) -> Option<[&str; 3]> {
        let mut parts = self.date_of_birth.split('-');
        let all = [parts.next()?, parts.next()?, parts.next()?];
        parts.next().is_none().then_some(all)
    }
}

fn yes_or_no(known: &str) -> &'static str {
    if known.is_empty() { "no" } else { "yes" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_answer_the_pages_that_they_expect_and_no_others() {
        let text = "email,first_name,last_name,date_of_birth,trn\na@b.example,Zoë,O'Neill,1987-04-12,1234567\n";
        let people: Vec<Person> = csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect();
        let answers = |page| people[0].answers(page);
        assert_eq!(answers("email").as_deref(), Some("email=a%40b.example"));
        assert_eq!(answers("preferred-name").as_deref(), Some("preferred_name=Zo%C3%AB+O%27Neill"));
        let born = "date_of_birth-day=12&date_of_birth-month=04&date_of_birth-year=1987";
        assert_eq!(answers("date-of-birth").as_deref(), Some(born));
        assert_eq!(
            (answers("has-nino").as_deref(), answers("has-trn").as_deref()),
            (Some("has_nino=no"), Some("has_trn=yes"))
        );
        assert_eq!(answers("cannot-get-email"), None);
    }
}
