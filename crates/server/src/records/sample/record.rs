//! A teaching record as a row of the file.

use chrono::NaiveDate;

use super::career::Alert;
use super::name::PersonName;

/// The header, in the order that an extract has.
pub(super) const COLUMNS: [&str; 14] = [
    "trn",
    "given_name",
    "middle_name",
    "family_name",
    "previous_names",
    "date_of_birth",
    "nino",
    "emails",
    "training_providers",
    "qts_date",
    "alerts",
    "portal_locked",
    "active",
    "merged_into",
];

/// One invented record.
#[derive(Clone)]
pub(super) struct Record {
    pub(super) trn: u64,
    pub(super) name: PersonName,
    pub(super) born: NaiveDate,
    pub(super) nino: Option<String>,
    pub(super) emails: Vec<String>,
    pub(super) providers: Vec<&'static str>,
    pub(super) qts: Option<NaiveDate>,
    pub(super) alerts: Vec<Alert>,
    pub(super) portal_locked: bool,
    pub(super) active: bool,
    pub(super) merged_into: Option<u64>,
}

impl Record {
    /// The fields in the order of the columns.
    pub(super) fn fields(self) -> [String; COLUMNS.len()] {
        let previous = self.name.previous.iter().map(|(given, family)| format!("{given}|{family}"));
        [
            self.trn.to_string(),
            self.name.given,
            self.name.middle,
            self.name.family,
            list(previous),
            self.born.to_string(),
            self.nino.unwrap_or_default(),
            self.emails.join(";"),
            self.providers.join(";"),
            text(self.qts),
            list(self.alerts.iter().map(|alert| format!("{}|{}|{}", alert.kind, alert.start, text(alert.end)))),
            self.portal_locked.to_string(),
            self.active.to_string(),
            text(self.merged_into),
        ]
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(";")
}

/// Empty where absent.
fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
