//! One row of an extract, read with the words of `identity`.

use chrono::{Datelike, NaiveDate};
use csv::ByteRecord;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::name::{NamePart, PersonName, PreviousName};
use identity::nino::Nino;
use identity::provider::TrainingProvider;
use identity::record::{Alert, TeachingRecord};
use identity::trn::Trn;

use super::columns::{Column, Header};
use super::fault::Fault;

/// What to do about a field that cannot be read.
type Remedy = &'static str;

/// The fields of one row, and what was wrong with those read so far.
pub(super) struct Cells<'a> {
    header: &'a Header,
    row: &'a ByteRecord,
    line: u64,
    faults: Vec<Fault>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(header: &'a Header, row: &'a ByteRecord, line: u64) -> Self {
        Self { header, row, line, faults: Vec::new() }
    }

    /// Reads every column, so that a person learns all the faults of a row at once.
    pub(super) fn record(mut self) -> Result<TeachingRecord, Vec<Fault>> {
        let trn = self.read(Column::Trn, trn);
        let first = self.read(Column::GivenName, name);
        let middle = self.read(Column::MiddleName, optional(name));
        let last = self.read(Column::FamilyName, name);
        let previous_names = self.read(Column::PreviousNames, list(previous_name));
        let date_of_birth = self.read(Column::DateOfBirth, date_of_birth);
        let nino = self.read(Column::Nino, optional(nino));
        let emails = self.read(Column::Emails, list(email));
        let training_providers = self.read(Column::TrainingProviders, list(training_provider));
        let qts_date = self.read(Column::QtsDate, optional(date));
        let alerts = self.read(Column::Alerts, list(alert));
        let portal_locked = self.read(Column::PortalLocked, truth(false));
        // An extract that does not say so holds the records that are in use.
        let active = self.read(Column::Active, truth(true));
        let merged_into = self.read(Column::MergedInto, |text| merged_into(text, trn.as_ref()));
        let record = || {
            Some(TeachingRecord {
                trn: trn?,
                name: PersonName { first: first?, middle: middle?, last: last? },
                previous_names: previous_names?,
                date_of_birth: date_of_birth?,
                nino: nino?,
                emails: emails?,
                training_providers: training_providers?,
                qts_date: qts_date?,
                alerts: alerts?,
                portal_locked: portal_locked?,
                active: active?,
                merged_into: merged_into?,
            })
        };
        record().ok_or(self.faults)
    }

    /// Reads a column that may be missing, which is the same as empty. Nothing when that is a fault, which is kept.
    fn read<T>(&mut self, column: Column, parse: impl FnOnce(&str) -> Result<T, Remedy>) -> Option<T> {
        let bytes = self.header.place(column).and_then(|place| self.row.get(place)).unwrap_or_default();
        let text = std::str::from_utf8(bytes).map_err(|_| "save the file as UTF-8");
        match text.map(str::trim).and_then(parse) {
            Ok(value) => Some(value),
            Err(remedy) => {
                self.faults.push(Fault { line: self.line, column: Some(column.name()), remedy });
                None
            }
        }
    }
}

/// Nothing when the field is empty.
fn optional<T>(parse: fn(&str) -> Result<T, Remedy>) -> impl FnOnce(&str) -> Result<Option<T>, Remedy> {
    move |text| if text.is_empty() { Ok(None) } else { parse(text).map(Some) }
}

/// Items between semicolons, repeats and empty ones left out.
fn list<T: PartialEq>(parse: fn(&str) -> Result<T, Remedy>) -> impl FnOnce(&str) -> Result<Vec<T>, Remedy> {
    move |text| {
        let mut items = Vec::new();
        for item in text.split(';').map(str::trim).filter(|item| !item.is_empty()) {
            let item = parse(item)?;
            if !items.contains(&item) {
                items.push(item);
            }
        }
        Ok(items)
    }
}

fn trn(text: &str) -> Result<Trn, Remedy> {
    Trn::parse(text).map_err(|_| "give a TRN of seven digits")
}

fn name(text: &str) -> Result<NamePart, Remedy> {
    NamePart::parse(text).map_err(|_| "give a name of 1 to 200 characters, all of which can be printed")
}

fn previous_name(text: &str) -> Result<PreviousName, Remedy> {
    let remedy = "write each previous name as given|family, with at least one of the two, and ; between names";
    let (given, family) = text.split_once('|').ok_or(remedy)?;
    let half = |text: &str| match text.trim() {
        "" => Ok(None),
        text => NamePart::parse(text).map(Some).map_err(|_| remedy),
    };
    match (half(given)?, half(family)?) {
        (None, None) => Err(remedy),
        (first, last) => Ok(PreviousName { first, last }),
    }
}

fn date_of_birth(text: &str) -> Result<DateOfBirth, Remedy> {
    match date(text)? {
        date if date.year() < DateOfBirth::EARLIEST_YEAR => Err("give a date of birth from 1900 on"),
        date => Ok(DateOfBirth::new(date)),
    }
}

/// YYYY-MM-DD and nothing else: 2001-1-5 might be meant either way round.
fn date(text: &str) -> Result<NaiveDate, Remedy> {
    let remedy = "write a real date as YYYY-MM-DD";
    let has_shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !has_shape {
        return Err(remedy);
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| remedy)
}

fn nino(text: &str) -> Result<Nino, Remedy> {
    Nino::parse(text).map_err(|_| "give a National Insurance number such as AB123456C, or leave it empty")
}

fn email(text: &str) -> Result<Email, Remedy> {
    Email::parse(text).map_err(|_| "give email addresses that messages can be sent to, with ; between them")
}

fn training_provider(text: &str) -> Result<TrainingProvider, Remedy> {
    TrainingProvider::parse(text).map_err(|_| "give providers of at most 200 characters each, with ; between them")
}

fn alert(text: &str) -> Result<Alert, Remedy> {
    let remedy = "write each alert as type|start|end, dates as YYYY-MM-DD, an open alert with nothing after the last |";
    let mut parts = text.split('|').map(str::trim);
    let (Some(kind), Some(start), Some(end), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(remedy);
    };
    let start = date(start).map_err(|_| remedy)?;
    let end = optional(date)(end).map_err(|_| remedy)?;
    let is_kind = (1..=200).contains(&kind.chars().count()) && !kind.chars().any(char::is_control);
    if !is_kind {
        return Err(remedy);
    }
    if end.is_some_and(|end| end < start) {
        return Err("let no alert end before it starts");
    }
    Ok(Alert { kind: kind.to_owned(), start, end })
}

/// True or false, and what an empty field stands for.
fn truth(empty: bool) -> impl FnOnce(&str) -> Result<bool, Remedy> {
    move |text| match text {
        "" => Ok(empty),
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("write true or false"),
    }
}

fn merged_into(text: &str, own: Option<&Trn>) -> Result<Option<Trn>, Remedy> {
    match optional(trn)(text)? {
        Some(other) if Some(&other) == own => Err("name another record: this is the TRN of the row itself"),
        other => Ok(other),
    }
}
