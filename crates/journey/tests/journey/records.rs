//! Teaching records as a test wants them, and a source of them that a test can put out of order.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::NaiveDate;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::matching::Identifiers;
use identity::name::{NamePart, PersonName};
use identity::nino::Nino;
use identity::provider::TrainingProvider;
use identity::record::{Alert, Records, RecordsUnavailable, TeachingRecord, Unlocking};
use identity::trn::Trn;

use crate::world::World;

/// The records of the register, if the source feels like answering.
pub(crate) struct Source {
    inner: Arc<dyn Records>,
    state: Mutex<(Mood, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Answers,
    /// Says at once that it cannot.
    Fails,
    /// Says nothing at all.
    KeepsSilent,
    /// Answers what is asked, and does nothing that it is told to do.
    OnlyReads,
    /// Answers a search, and fails when it is asked about one record.
    OnlySearches,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Search,
    Look,
    Unlock,
}

impl Source {
    pub(crate) fn of(inner: Arc<dyn Records>) -> Source {
        Source { inner, state: Mutex::new((Mood::Answers, 0)) }
    }

    pub(crate) fn is_in(&self, mood: Mood) {
        self.state.lock().unwrap().0 = mood;
    }

    /// How often anything was asked of it.
    pub(crate) fn asked(&self) -> usize {
        self.state.lock().unwrap().1
    }

    async fn ready(&self, act: Act) -> Result<(), RecordsUnavailable> {
        let mood = {
            let mut state = self.state.lock().unwrap();
            state.1 += 1;
            state.0
        };
        match mood {
            Mood::Answers => Ok(()),
            Mood::OnlyReads if act != Act::Unlock => Ok(()),
            Mood::OnlySearches if act == Act::Search => Ok(()),
            Mood::KeepsSilent => std::future::pending().await,
            Mood::Fails | Mood::OnlyReads | Mood::OnlySearches => Err(RecordsUnavailable::new("out of order")),
        }
    }
}

#[async_trait]
impl Records for Source {
    async fn candidates(&self, stated: &Identifiers) -> Result<Vec<TeachingRecord>, RecordsUnavailable> {
        self.ready(Act::Search).await?;
        self.inner.candidates(stated).await
    }

    async fn by_trn(&self, trn: &Trn) -> Result<Option<TeachingRecord>, RecordsUnavailable> {
        self.ready(Act::Look).await?;
        self.inner.by_trn(trn).await
    }

    async fn unlock_portal(&self, trn: &Trn) -> Result<Unlocking, RecordsUnavailable> {
        self.ready(Act::Unlock).await?;
        self.inner.unlock_portal(trn).await
    }

    async fn training_providers(&self) -> Result<Vec<TrainingProvider>, RecordsUnavailable> {
        self.ready(Act::Look).await?;
        self.inner.training_providers().await
    }
}

impl World {
    /// The register has these from now on, new or as they are now.
    pub(crate) async fn has_records<const N: usize>(&self, records: [TeachingRecord; N]) {
        self.register.has(records.into()).await;
    }

    pub(crate) async fn record(&self, number: &str) -> TeachingRecord {
        self.register.record(&trn(number)).await.expect("it is in the register")
    }
}

/// The records of every test.
pub(crate) fn records() -> Vec<TeachingRecord> {
    let gareth = record("1000002", "Gareth", "Pugh", "old.address@example.com");
    vec![
        record("1000001", "Asha", "Bennett", "asha@example.com"),
        TeachingRecord { nino: Some(nino("AB123456C")), ..gareth },
    ]
}

/// Somebody with QTS, who was born on 14 March 1985.
pub(crate) fn record(number: &str, first: &str, last: &str, address: &str) -> TeachingRecord {
    TeachingRecord {
        trn: trn(number),
        name: name(first, last),
        previous_names: Vec::new(),
        date_of_birth: born("1985-03-14"),
        nino: None,
        emails: vec![email(address)],
        training_providers: Vec::new(),
        qts_date: NaiveDate::from_ymd_opt(2008, 8, 1),
        alerts: Vec::new(),
        portal_locked: false,
        active: true,
        merged_into: None,
    }
}

pub(crate) fn merged(old: TeachingRecord, into: &str) -> TeachingRecord {
    TeachingRecord { active: false, merged_into: Some(trn(into)), ..old }
}

/// Barred from teaching since 2019.
pub(crate) fn prohibition() -> Alert {
    Alert { kind: Alert::PROHIBITION.into(), start: NaiveDate::from_ymd_opt(2019, 3, 1).unwrap(), end: None }
}

pub(crate) fn trn(text: &str) -> Trn {
    Trn::parse(text).unwrap()
}

pub(crate) fn nino(text: &str) -> Nino {
    Nino::parse(text).unwrap()
}

pub(crate) fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

pub(crate) fn born(text: &str) -> DateOfBirth {
    DateOfBirth::new(text.parse().unwrap())
}

pub(crate) fn name(first: &str, last: &str) -> PersonName {
    PersonName { first: part(first), middle: None, last: part(last) }
}

fn part(text: &str) -> NamePart {
    NamePart::parse(text).unwrap()
}

pub(crate) fn provider(text: &str) -> TrainingProvider {
    TrainingProvider::parse(text).unwrap()
}
