//! An invented record as the importer reads it from the file, for programs that need no file in between.

use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::name::{NamePart, PersonName, PreviousName};
use identity::nino::Nino;
use identity::provider::TrainingProvider;
use identity::record::{Alert, TeachingRecord};
use identity::trn::Trn;

use super::career;
use super::record::Record;

impl From<Record> for TeachingRecord {
    fn from(record: Record) -> TeachingRecord {
        let name = record.name;
        TeachingRecord {
            trn: trn(record.trn),
            name: PersonName {
                first: part(&name.given),
                middle: Some(name.middle).filter(|middle| !middle.is_empty()).as_deref().map(part),
                last: part(&name.family),
            },
            previous_names: distinct(
                name.previous
                    .iter()
                    .map(|(given, family)| PreviousName { first: Some(part(given)), last: Some(part(family)) }),
            ),
            date_of_birth: DateOfBirth::new(record.born),
            nino: record.nino.as_deref().map(|nino| Nino::parse(nino).expect("the generator writes NINOs")),
            emails: distinct(
                record.emails.iter().map(|email| Email::parse(email).expect("a mailbox of plain letters")),
            ),
            training_providers: distinct(record.providers.into_iter().map(provider)),
            qts_date: record.qts,
            alerts: record.alerts.into_iter().map(alert).collect(),
            portal_locked: record.portal_locked,
            active: record.active,
            merged_into: record.merged_into.map(trn),
        }
    }
}

fn trn(number: u64) -> Trn {
    Trn::parse(&number.to_string()).expect("the generator's numbers have seven digits")
}

fn part(name: &str) -> NamePart {
    NamePart::parse(name).expect("the lists hold names")
}

fn provider(name: &str) -> TrainingProvider {
    TrainingProvider::parse(name).expect("the list holds providers")
}

fn alert(alert: career::Alert) -> Alert {
    Alert { kind: alert.kind.to_owned(), start: alert.start, end: alert.end }
}

/// The importer leaves out what a list repeats.
fn distinct<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut distinct = Vec::new();
    for item in items {
        if !distinct.contains(&item) {
            distinct.push(item);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::{Plan, records, write};
    use crate::records::import;

    #[test]
    fn a_program_gets_the_records_that_an_import_of_the_file_would_read() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        write(&Plan { people: 20_000, seed: 3 }, &mut file, |_| {}).unwrap();
        file.flush().unwrap();
        let mut imported = import::read(file.path()).unwrap().into_iter();
        let first = records(3).next().unwrap();
        assert!(imported.by_ref().any(|record| record == first), "the personas come before anybody else");
        let rest: Vec<_> = imported.collect();
        assert!(rest.len() >= 19_999);
        assert!(records(3).skip(1).zip(&rest).all(|(given, read)| given == *read));
    }
}
