//! People without end, the same in every run.

use chrono::{Days, NaiveDate};
use identity::account::{Account, AccountId};
use identity::clock::Time;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::name::{NamePart, PersonName, PreviousName};
use identity::random::Random;

#[derive(Clone)]
pub(crate) struct Person {
    number: usize,
    pub id: AccountId,
    pub name: PersonName,
    pub previous: Option<PreviousName>,
    pub date_of_birth: DateOfBirth,
}

/// Given names, each with a nickname of it.
const GIVEN: [(&str, &str); 24] = [
    ("Elizabeth", "Liz"),
    ("William", "Bill"),
    ("Margaret", "Peggy"),
    ("Robert", "Bob"),
    ("Katherine", "Kate"),
    ("James", "Jim"),
    ("Alexandra", "Alex"),
    ("Alexander", "Alex"),
    ("Thomas", "Tom"),
    ("Victoria", "Vicky"),
    ("Muhammad", "Mohammed"),
    ("Susan", "Sue"),
    ("Richard", "Dick"),
    ("Rebecca", "Becky"),
    ("Michael", "Mike"),
    ("Jennifer", "Jenny"),
    ("Christopher", "Chris"),
    ("Christine", "Chris"),
    ("Anthony", "Tony"),
    ("Deborah", "Debbie"),
    ("Samuel", "Sam"),
    ("Samantha", "Sam"),
    ("Edward", "Ted"),
    ("Patricia", "Pat"),
];

const COMMON: [&str; 40] = [
    "Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Patel", "Robinson", "Wright",
    "Thompson", "Evans", "Walker", "White", "Roberts", "Green", "Hall", "Thomas", "Clarke", "Jackson", "Wood",
    "Harris", "Edwards", "Turner", "Martin", "Cooper", "Hill", "Ward", "Hughes", "Moore", "Clark", "King", "Harrison",
    "Lewis", "Baker", "Lee", "Allen", "Morris", "Khan",
];
const FRONT: [&str; 20] = [
    "Ash", "Birch", "Black", "Brad", "Cal", "Clay", "Cran", "Dal", "East", "Fair", "Green", "Hart", "Kirk", "Lang",
    "Mar", "Nor", "Oak", "Red", "Stan", "West",
];
const BACK: [&str; 20] = [
    "bury", "by", "combe", "cott", "dale", "don", "field", "ford", "ham", "hurst", "land", "leigh", "ley", "man",
    "more", "ridge", "stead", "ton", "well", "worth",
];

const CROWDED: u64 = 5;

pub(crate) fn people() -> impl Iterator<Item = Person> {
    let random = Random::seeded(1);
    (0..).map(move |number| Person::draw(number, &random))
}

impl Person {
    fn draw(number: usize, random: &Random) -> Person {
        let below = |count: usize| u32::from_be_bytes(random.bytes()) as usize % count;
        let id = AccountId::new(random);
        let given = GIVEN[below(GIVEN.len())].0;
        let last = match below(3) {
            0 => COMMON[below(COMMON.len())].to_owned(),
            1 => format!("{}{}", FRONT[below(FRONT.len())], BACK[below(BACK.len())]),
            _ => format!("{}{}-{}", FRONT[below(FRONT.len())], BACK[below(BACK.len())], COMMON[below(COMMON.len())]),
        };
        let days = if below(20) == 0 { below(CROWDED as usize) } else { below(50 * 365) };
        Person { number, id, name: named(given, &last), previous: None, date_of_birth: born(days as u64) }
    }

    pub(crate) fn by_a_nickname(&self) -> Person {
        let nickname = GIVEN.iter().find(|(given, _)| *given == self.name.first.as_str()).map(|(_, nickname)| nickname);
        Person { name: named(nickname.expect("all have one"), self.name.last.as_str()), ..self.clone() }
    }

    pub(crate) fn in_the_crowd(&self) -> Person {
        let day = born(self.number as u64 % CROWDED);
        Person { name: named(self.name.first.as_str(), COMMON[0]), date_of_birth: day, ..self.clone() }
    }

    pub(crate) fn married(&self) -> Person {
        let previous = PreviousName { first: None, last: Some(self.name.last.clone()) };
        Person { name: named(self.name.first.as_str(), COMMON[0]), previous: Some(previous), ..self.clone() }
    }

    pub(crate) fn unknown(&self) -> Person {
        Person { name: named(self.name.first.as_str(), "Nobody-Here"), ..self.clone() }
    }

    pub(crate) fn account(&self) -> Account {
        let at = Time::from_timestamp(1_700_000_000 + self.number as i64, 0).expect("a time");
        Account {
            id: self.id,
            email: Email::parse(&format!("person.{}@example.com", self.number)).expect("an address"),
            mobile: None,
            official_name: self.name.clone(),
            preferred_name: None,
            date_of_birth: Some(self.date_of_birth),
            nino: None,
            lookup_status: None,
            record: None,
            record_seen: None,
            registered_with: None,
            created_at: at,
            updated_at: at,
            last_signed_in_at: Some(at),
        }
    }
}

fn named(first: &str, last: &str) -> PersonName {
    let part = |text| NamePart::parse(text).expect("a name");
    PersonName { first: part(first), middle: None, last: part(last) }
}

fn born(days: u64) -> DateOfBirth {
    let first = NaiveDate::from_ymd_opt(1955, 1, 1).expect("a day");
    DateOfBirth::new(first + Days::new(days))
}
