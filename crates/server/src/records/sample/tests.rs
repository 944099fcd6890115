//! The sample as a whole: the file is read back and counted.

use std::collections::{HashMap, HashSet};
use std::ops::Index;

use chrono::NaiveDate;

use super::career::REFERENCE_DAY;
use super::numbers::{FIRST_TRN, PERSONA_PREFIX};
use super::personas::PERSONAS;
use super::record::COLUMNS;
use super::shares::{self, Share};
use super::{MOST_PEOPLE, Plan, write};

/// Enough people for the rare things to be counted.
const MANY: u64 = 100_000;

/// A row, read by column name.
struct Row(csv::StringRecord);

impl Index<&str> for Row {
    type Output = str;

    fn index(&self, column: &str) -> &str {
        &self.0[COLUMNS.iter().position(|known| *known == column).expect("a column of the file")]
    }
}

fn sample(people: u64, seed: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&Plan { people, seed }, &mut bytes, |_| {}).expect("memory can be written");
    bytes
}

/// Reads the file as an importer would: with a CSV reader and by column name.
fn read(bytes: &[u8]) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(bytes);
    assert_eq!(reader.headers().unwrap(), COLUMNS.as_slice());
    reader.records().map(|fields| Row(fields.expect("a row of fourteen fields in UTF-8"))).collect()
}

fn persona_rows() -> usize {
    PERSONAS.iter().map(|persona| persona.records.len()).sum()
}

/// The generated rows only.
fn generated(people: u64, seed: u64) -> Vec<Row> {
    read(&sample(people, seed)).split_off(persona_rows())
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').filter(|item| !item.is_empty())
}

fn date(cell: &str) -> NaiveDate {
    NaiveDate::parse_from_str(cell, "%Y-%m-%d").unwrap_or_else(|_| panic!("{cell} is no date"))
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    assert_eq!(sample(2_000, 1), sample(2_000, 1));
    assert_ne!(sample(2_000, 1), sample(2_000, 2));
}

#[test]
fn a_larger_sample_begins_with_the_smaller_one() {
    assert!(sample(500, 1).starts_with(&sample(400, 1)));
}

#[test]
fn the_committed_sample_is_what_the_generator_writes() {
    let committed = include_bytes!("../../../../../data/sample-records.csv");
    assert!(
        sample(60, 1) == committed,
        "run `get-an-identity sample-records --people 60 --seed 1 --out data/sample-records.csv`"
    );
}

#[test]
fn the_number_of_rows_is_told_and_progress_ends_with_it() {
    let (mut bytes, mut heard) = (Vec::new(), Vec::new());
    let rows = write(&Plan { people: 2_500, seed: 4 }, &mut bytes, |rows| heard.push(rows)).unwrap();
    assert_eq!(read(&bytes).len() as u64, rows);
    assert_eq!(heard, [1_000, 2_000, rows]);
}

#[test]
fn more_people_than_trns_are_refused_before_anything_is_written() {
    let mut bytes = Vec::new();
    let refused = write(&Plan { people: MOST_PEOPLE + 1, seed: 1 }, &mut bytes, |_| {});
    assert!(refused.unwrap_err().to_string().contains("too many"));
    assert!(bytes.is_empty());
}

#[test]
fn trns_are_unique_and_the_personas_keep_theirs() {
    let rows = generated(200_000, 1);
    assert!(rows.len() > 200_000);
    let trns: HashSet<u64> = rows.iter().map(|row| row["trn"].parse().unwrap()).collect();
    assert_eq!(trns.len(), rows.len());
    assert!(trns.iter().all(|trn| (FIRST_TRN..=9_999_999).contains(trn)));
    let personas = PERSONAS.iter().flat_map(|persona| persona.records).map(|record| record.fields()[0]);
    assert!(personas.map(|trn| trn.parse::<u64>().unwrap()).all(|trn| (1_000_000..FIRST_TRN).contains(&trn)));
}

#[test]
fn ninos_are_valid_and_unique() {
    let rows = generated(MANY, 2);
    let ninos: Vec<&str> = rows.iter().map(|row| &row["nino"]).filter(|nino| !nino.is_empty()).collect();
    for nino in &ninos {
        let (prefix, rest) = nino.split_at(2);
        let (digits, suffix) = rest.split_at(6);
        assert!(!prefix.contains(['D', 'F', 'I', 'Q', 'U', 'V']) && !prefix.ends_with('O'), "{nino}");
        assert!(prefix.bytes().all(|letter| letter.is_ascii_uppercase()) && prefix != PERSONA_PREFIX, "{nino}");
        assert!(digits.bytes().all(|digit| digit.is_ascii_digit()), "{nino}");
        assert!(["A", "B", "C", "D"].contains(&suffix), "{nino}");
    }
    // Without the suffix, which a person may leave out.
    let numbers: HashSet<&str> = ninos.iter().map(|nino| &nino[..8]).collect();
    assert_eq!(numbers.len(), ninos.len());
}

#[test]
fn the_shares_are_those_of_the_plan() {
    let rows = generated(MANY, 3);
    let people = |share: Share, tolerance: f64, counts: &dyn Fn(&Row) -> bool| {
        let expected = MANY as f64 * share.per_100_000() as f64 / Share::WHOLE as f64;
        let counted = rows.iter().filter(|row| counts(row)).count() as f64;
        assert!((counted - expected).abs() < expected * tolerance, "{counted} instead of {expected}");
    };
    people(shares::WITHOUT_NINO, 0.06, &|row| row["nino"].is_empty());
    people(shares::WITHOUT_EMAIL, 0.05, &|row| row["emails"].is_empty());
    people(shares::WITH_QTS, 0.02, &|row| !row["qts_date"].is_empty());
    people(shares::WITH_ALERT, 0.2, &|row| !row["alerts"].is_empty());
    people(shares::PORTAL_LOCKED, 0.1, &|row| &row["portal_locked"] == "true");
    people(shares::INACTIVE, 0.15, &|row| &row["active"] == "false" && row["merged_into"].is_empty());
    people(shares::MERGED_RECORD, 0.15, &|row| !row["merged_into"].is_empty());
}

#[test]
fn some_alerts_are_closed_and_most_are_open_prohibitions() {
    let rows = generated(MANY, 3);
    let alerts: Vec<Vec<&str>> =
        rows.iter().flat_map(|row| list(&row["alerts"])).map(|alert| alert.split('|').collect()).collect();
    let open = alerts.iter().filter(|alert| alert[0] == "Prohibition" && alert[2].is_empty()).count();
    let closed = alerts.iter().filter(|alert| !alert[2].is_empty()).count();
    assert!(open * 3 > alerts.len() && closed * 6 > alerts.len(), "{open} open, {closed} closed");
    for alert in alerts {
        assert_eq!(alert.len(), 3);
        assert!(alert[2].is_empty() || date(alert[1]) <= date(alert[2]), "{alert:?}");
    }
}

#[test]
fn a_merged_record_is_inactive_and_points_to_an_active_one_of_the_same_birthday() {
    let rows = generated(MANY, 5);
    let by_trn: HashMap<&str, &Row> = rows.iter().map(|row| (&row["trn"], row)).collect();
    for old in rows.iter().filter(|row| !row["merged_into"].is_empty()) {
        let kept = by_trn[&old["merged_into"]];
        assert_eq!(old["date_of_birth"], kept["date_of_birth"]);
        assert_eq!((&old["active"], &kept["active"]), ("false", "true"));
    }
}

/// How often two active records agree in name and date of birth: (with a NINO on one at most, with one on both).
fn look_alikes(rows: &[Row]) -> (usize, usize) {
    let mut alike: HashMap<[&str; 3], Vec<&Row>> = HashMap::new();
    for row in rows.iter().filter(|row| &row["active"] == "true") {
        let key = ["given_name", "family_name", "date_of_birth"].map(|column| &row[column]);
        alike.entry(key).or_default().push(row);
    }
    let both = |rows: &&Vec<&Row>| rows.iter().filter(|row| !row["nino"].is_empty()).count() > 1;
    let pairs = alike.values().filter(|rows| rows.len() > 1);
    let with_two_ninos = pairs.clone().filter(both).count();
    (pairs.count() - with_two_ninos, with_two_ninos)
}

#[test]
fn two_records_of_one_person_occur_and_so_do_two_people_of_one_name_and_birthday() {
    let (one_nino, two_ninos) = look_alikes(&generated(MANY, 6));
    // 0.1 % of the people have two records; of the 0.1 % with a namesake some 77 % have a NINO on both sides.
    assert!((80..170).contains(&one_nino), "{one_nino}");
    assert!((50..120).contains(&two_ninos), "{two_ninos}");
}

#[test]
fn names_come_in_all_the_shapes_that_real_names_have() {
    let rows = generated(20_000, 7);
    let seen = |column: &str, test: &dyn Fn(&str) -> bool| rows.iter().filter(|row| test(&row[column])).count();
    assert!(seen("family_name", &|name| name.contains('-')) > 400);
    assert!(seen("given_name", &|name| name.contains('-')) > 150);
    assert!(seen("family_name", &|name| name.contains('\'')) > 100);
    assert!(seen("family_name", &|name| name.contains('\u{2019}')) > 5);
    assert!(seen("given_name", &|name| !name.is_ascii()) > 300);
    assert!(seen("given_name", &|name| name.chars().count() == 1) > 10);
    assert!(seen("family_name", &|name| name.starts_with("van ") || name.starts_with("de ")) > 20);
    assert!(seen("given_name", &|name| name.contains(' ')) > 50);
    assert!((2_500..6_000).contains(&seen("previous_names", &|names| !names.is_empty())));
    assert!((200..450).contains(&seen("family_name", &|name| name == "Smith")), "some 1.5 % of the people");
    for name in rows.iter().flat_map(|row| [&row["given_name"], &row["family_name"]]) {
        assert!(!name.is_empty() && name.trim() == name && !name.contains([';', '|', '@']), "{name}");
    }
}

#[test]
fn every_email_is_in_a_domain_reserved_for_examples_and_some_are_shared() {
    let rows = read(&sample(MANY, 8));
    let mut holders: HashMap<&str, usize> = HashMap::new();
    for email in rows.iter().flat_map(|row| list(&row["emails"])) {
        let (mailbox, domain) = email.split_once('@').expect("an @");
        assert!(domain.ends_with(".example") || ["example.com", "example.org", "example.net"].contains(&domain));
        assert!(mailbox.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)), "{email}");
        *holders.entry(email).or_default() += 1;
    }
    assert!(holders.values().filter(|holders| **holders > 1).count() > 200);
    assert!(rows.iter().any(|row| list(&row["emails"]).count() > 1));
}

#[test]
fn every_date_is_plausible_on_the_reference_day() {
    let rows = read(&sample(MANY, 9));
    for row in &rows {
        let born = date(&row["date_of_birth"]);
        let age = REFERENCE_DAY.years_since(born).expect("born before the reference day");
        assert!((21..=75).contains(&age), "{born}");
        let alerts = list(&row["alerts"]).flat_map(|alert| alert.split('|').skip(1));
        for later in alerts.chain([&row["qts_date"]]).filter(|cell| !cell.is_empty()) {
            let later = date(later);
            assert!(later < REFERENCE_DAY && later.years_since(born) >= Some(21), "born {born}, then {later}");
        }
    }
    let ages: HashSet<u32> =
        rows.iter().filter_map(|row| REFERENCE_DAY.years_since(date(&row["date_of_birth"]))).collect();
    assert!(ages.len() > 50, "every age from 21 to 75 or nearly");
}

#[test]
fn training_providers_need_csv_quoting_and_come_back_whole() {
    let bytes = sample(2_000, 10);
    assert!(String::from_utf8_lossy(&bytes).contains("\"Goldsmiths, University of London\""));
    let rows = read(&bytes);
    let known: HashSet<&str> = super::providers::PROVIDERS.into_iter().collect();
    assert!(rows.iter().flat_map(|row| list(&row["training_providers"])).all(|name| known.contains(name)));
    assert!(rows.iter().any(|row| list(&row["training_providers"]).count() == 2));
}
