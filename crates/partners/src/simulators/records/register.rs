//! The records, with indexes as a database would have them, so that the largest extract is quick.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use identity::matching::{Identifiers, name_keys};
use identity::name::NameKey;
use identity::nino::Nino;
use identity::record::TeachingRecord;
use identity::trn::Trn;

#[derive(Debug, Default)]
pub(super) struct Register {
    records: BTreeMap<Trn, TeachingRecord>,
    by_email: HashMap<String, BTreeSet<Trn>>,
    by_nino: HashMap<Nino, BTreeSet<Trn>>,
    by_name: HashMap<(NaiveDate, NameKey), BTreeSet<Trn>>,
}

impl Register {
    pub(super) fn of(records: impl IntoIterator<Item = TeachingRecord>) -> Register {
        let mut register = Register::default();
        records.into_iter().for_each(|record| register.put(record));
        register
    }

    /// Adds a record, or replaces that of the same TRN.
    pub(super) fn put(&mut self, record: TeachingRecord) {
        if let Some(before) = self.records.remove(&record.trn) {
            self.each_index(&before, |trns, trn| {
                trns.remove(trn);
            });
        }
        self.each_index(&record, |trns, trn| {
            trns.insert(trn.clone());
        });
        self.records.insert(record.trn.clone(), record);
    }

    fn each_index(&mut self, record: &TeachingRecord, change: impl Fn(&mut BTreeSet<Trn>, &Trn)) {
        for email in &record.emails {
            change(self.by_email.entry(email.canonical().to_owned()).or_default(), &record.trn);
        }
        if let Some(nino) = &record.nino {
            change(self.by_nino.entry(nino.clone()).or_default(), &record.trn);
        }
        for key in record.name_keys() {
            change(self.by_name.entry((record.date_of_birth.date(), key)).or_default(), &record.trn);
        }
    }

    pub(super) fn by_trn(&self, trn: &Trn) -> Option<&TeachingRecord> {
        self.records.get(trn)
    }

    /// Every record that can agree with three of what is stated. Of any three identifiers one is the TRN, the National
    /// Insurance number or the email address; or two are the name and the date of birth.
    pub(super) fn candidates(&self, stated: &Identifiers) -> Vec<TeachingRecord> {
        let mut trns = BTreeSet::new();
        let mut next = stated.trn.as_ref();
        while let Some(record) = next.and_then(|trn| self.records.get(trn)).filter(|record| !trns.contains(&record.trn))
        {
            trns.insert(record.trn.clone());
            next = record.merged_into.as_ref();
        }
        let by_email = stated.email.as_ref().and_then(|email| self.by_email.get(email.canonical()));
        let by_nino = stated.nino.as_ref().and_then(|nino| self.by_nino.get(nino));
        trns.extend(by_email.into_iter().chain(by_nino).flatten().cloned());
        if let (Some(name), Some(born)) = (&stated.name, stated.date_of_birth) {
            let keys = name_keys(name).into_iter();
            trns.extend(keys.filter_map(|key| self.by_name.get(&(born.date(), key))).flatten().cloned());
        }
        trns.iter().filter_map(|trn| self.records.get(trn)).cloned().collect()
    }

    /// As many others, for whom nobody asked.
    pub(super) fn others_than(&self, asked_for: &[&TeachingRecord]) -> Vec<&TeachingRecord> {
        let others = self.records.values().filter(|record| asked_for.iter().all(|asked| asked.trn != record.trn));
        others.filter(|record| record.is_current()).take(asked_for.len().max(1)).collect()
    }

    /// The training providers that the records name, each in the spelling that sorts first.
    pub(super) fn provider_names(&self) -> Vec<String> {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for provider in self.records.values().flat_map(|record| &record.training_providers) {
            let name = names.entry(provider.key()).or_insert_with(|| provider.to_string());
            if provider.as_str() < name.as_str() {
                *name = provider.to_string();
            }
        }
        names.into_values().collect()
    }
}
