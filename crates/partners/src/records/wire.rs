//! The shapes of the API's answers, read with patience: a field that is missing or that nobody knows costs that field only.

use chrono::NaiveDate;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::name::{NamePart, PersonName, PreviousName};
use identity::nino::Nino;
use identity::provider::TrainingProvider;
use identity::record::{Alert, TeachingRecord, Unlocking};
use identity::trn::Trn;
use serde::Deserialize;
use serde_json::Value;

/// `GET /v3/teachers/{trn}`
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Teacher {
    trn: String,
    first_name: Option<String>,
    middle_name: Option<String>,
    last_name: Option<String>,
    date_of_birth: Option<String>,
    national_insurance_number: Option<String>,
    email: Option<String>,
    qts: Option<Qts>,
    initial_teacher_training: Option<Vec<Training>>,
    previous_names: Option<Vec<Names>>,
    alerts: Option<Vec<WireAlert>>,
    allow_id_sign_in_with_prohibitions: Option<bool>,
}

#[derive(Deserialize)]
struct Qts {
    awarded: Option<String>,
}

#[derive(Deserialize)]
struct Training {
    provider: Option<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Names {
    first_name: Option<String>,
    last_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireAlert {
    /// A word; in later versions of the API more than that.
    #[serde(default)]
    alert_type: Value,
    start_date: Option<String>,
    end_date: Option<String>,
}

impl Teacher {
    pub(super) fn is_of(&self, trn: &Trn) -> bool {
        Trn::parse(&self.trn).is_ok_and(|own| own == *trn)
    }

    /// Nothing when it lacks what every record has: a name and a date of birth.
    pub(super) fn record(self, trn: &Trn) -> Option<TeachingRecord> {
        let born = day(self.date_of_birth.as_deref())?;
        let allowed = self.allow_id_sign_in_with_prohibitions.unwrap_or_default();
        let alerts = self.alerts.unwrap_or_default().into_iter().map(|alert| alert.read(born, allowed)).collect();
        let trainings = self.initial_teacher_training.unwrap_or_default().into_iter();
        let providers = trainings.filter_map(|training| TrainingProvider::parse(&training.provider?.name?).ok());
        let mut training_providers: Vec<TrainingProvider> = Vec::new();
        for provider in providers {
            if !training_providers.contains(&provider) {
                training_providers.push(provider);
            }
        }
        Some(TeachingRecord {
            trn: trn.clone(),
            name: PersonName {
                first: part(self.first_name.as_deref())?,
                middle: part(self.middle_name.as_deref()),
                last: part(self.last_name.as_deref())?,
            },
            previous_names: self.previous_names.unwrap_or_default().into_iter().filter_map(Names::read).collect(),
            date_of_birth: DateOfBirth::new(born),
            nino: self.national_insurance_number.and_then(|text| Nino::parse(&text).ok()),
            emails: self.email.and_then(|text| Email::parse(&text).ok()).into_iter().collect(),
            training_providers,
            qts_date: day(self.qts.and_then(|qts| qts.awarded).as_deref()),
            alerts,
            // The API does not tell before it is asked to unlock.
            portal_locked: true,
            active: true,
            merged_into: None,
        })
    }
}

impl Names {
    fn read(self) -> Option<PreviousName> {
        let name = PreviousName { first: part(self.first_name.as_deref()), last: part(self.last_name.as_deref()) };
        (name != PreviousName::default()).then_some(name)
    }
}

impl WireAlert {
    /// Of some people the register says that they may sign in in spite of a prohibition. The alert stays one, of another
    /// kind.
    fn read(self, born: NaiveDate, allowed: bool) -> Alert {
        let kind = match &self.alert_type {
            Value::String(kind) => kind.clone(),
            Value::Object(kind) => kind.get("name").and_then(Value::as_str).unwrap_or("unknown").to_owned(),
            _ => "unknown".to_owned(),
        };
        let kind = if allowed { format!("{kind}, which does not bar from signing in") } else { kind };
        // Without a first day it has counted for as long as there was anybody for it to count for.
        Alert { kind, start: day(self.start_date.as_deref()).unwrap_or(born), end: day(self.end_date.as_deref()) }
    }
}

/// Of a record that has ended the API says no more than that. Nothing but the end is read from it: a name that is a dash
/// agrees with nobody's, and such a record is never matched.
pub(super) fn ended(trn: &Trn, merged_into: Option<Trn>) -> TeachingRecord {
    let dash = || NamePart::parse("-").expect("a dash can be seen");
    TeachingRecord {
        trn: trn.clone(),
        name: PersonName { first: dash(), middle: None, last: dash() },
        previous_names: Vec::new(),
        date_of_birth: DateOfBirth::new(NaiveDate::default()),
        nino: None,
        emails: Vec::new(),
        training_providers: Vec::new(),
        qts_date: None,
        alerts: Vec::new(),
        portal_locked: false,
        active: false,
        merged_into,
    }
}

/// The TRN at the end of an address.
pub(super) fn trn_in_path(location: &str) -> Option<Trn> {
    let path = location.split(['?', '#']).next()?;
    let last = path.trim_end_matches('/').rsplit('/').next()?;
    Trn::parse(last).ok().filter(|trn| trn.as_str() == last)
}

/// `GET /v2/itt-providers`
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProvidersAnswer {
    itt_providers: Vec<WireProvider>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireProvider {
    provider_name: Option<String>,
}

impl ProvidersAnswer {
    /// In the order of their names, each once.
    pub(super) fn names(self) -> Vec<TrainingProvider> {
        let read = |provider: WireProvider| TrainingProvider::parse(&provider.provider_name?).ok();
        let mut names: Vec<TrainingProvider> = self.itt_providers.into_iter().filter_map(read).collect();
        names.sort_by_key(|name| (name.key(), name.clone()));
        names.dedup_by_key(|name| name.key());
        names
    }
}

/// `PUT /v2/unlock-teacher/{uid}`
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Unlocked {
    has_been_unlocked: bool,
}

impl From<Unlocked> for Unlocking {
    fn from(answer: Unlocked) -> Unlocking {
        if answer.has_been_unlocked { Unlocking::Unlocked } else { Unlocking::WasNotLocked }
    }
}

fn part(text: Option<&str>) -> Option<NamePart> {
    NamePart::parse(text?).ok()
}

/// A day, whether or not a time follows it.
fn day(text: Option<&str>) -> Option<NaiveDate> {
    text?.get(..10)?.parse().ok()
}
