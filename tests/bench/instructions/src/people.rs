//! People who are all different, and the teaching record that each of them has.

use std::fmt::Write;

/// More than any operation is done by.
const PEOPLE: u32 = 200;

/// Whoever comes as this one; the first is number 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person(u32);

impl Person {
    /// # Panics
    /// When there are not so many: each of them has a record, and can register once.
    pub(crate) fn number(number: u32) -> Person {
        assert!(number < PEOPLE, "there are {PEOPLE} people only");
        Person(number)
    }

    pub(crate) fn email(self) -> String {
        format!("person{}@example.com", self.0)
    }

    pub(crate) fn first_name(self) -> &'static str {
        "Robin"
    }

    /// No two are alike: the number in letters.
    pub(crate) fn last_name(self) -> String {
        const SYLLABLES: [&str; 10] = ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu"];
        let digits = format!("{:03}", self.0);
        let name: String = digits.bytes().map(|digit| SYLLABLES[usize::from(digit - b'0')]).collect();
        format!("O{name}")
    }

    /// Year, month and day.
    pub(crate) fn date_of_birth(self) -> (u32, u32, u32) {
        (1960 + self.0 % 40, 1 + self.0 % 12, 1 + self.0 % 28)
    }

    fn trn(self) -> u32 {
        1_000_000 + self.0
    }
}

/// The extract of their teaching records, which an email address, a name and a date of birth are enough to find.
pub(crate) fn extract() -> String {
    let mut rows = "trn,given_name,family_name,date_of_birth,emails,qts_date\n".to_owned();
    for person in (0..PEOPLE).map(Person) {
        let (year, month, day) = person.date_of_birth();
        let (trn, first, last, email) = (person.trn(), person.first_name(), person.last_name(), person.email());
        writeln!(rows, "{trn},{first},{last},{year}-{month:02}-{day:02},{email},2015-08-01")
            .expect("a string takes all");
    }
    rows
}
