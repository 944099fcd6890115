//! An account, and what the trail says of it: as a journey of the first service ends in which the record was found.

use identity::account::{Account, AccountId, LookupStatus, RecordLink, RecordSeen};
use identity::client::ClientId;
use identity::clock::Time;
use identity::email::Email;
use identity::event::{Event, EventKind};
use identity::matching::{Identifiers, MatchPolicy, Policy, StatedName, Verdict, decide};
use identity::random::Random;
use identity::record::TeachingRecord;

pub(crate) struct Registration {
    pub(crate) account: Account,
    pub(crate) events: [Event; 2],
}

/// What all registrations have in common.
pub(crate) struct Registrar {
    pub(crate) client: ClientId,
    pub(crate) random: Random,
    /// When all records were last looked at: no server has to do it again at its start.
    pub(crate) seen_at: Time,
}

impl Registrar {
    /// The person came with the address on the record. Where there is none of their own they came with another, and
    /// stated their NINO, or their TRN.
    pub(crate) fn register(&self, record: &TeachingRecord, own: Option<Email>, at: Time) -> Registration {
        let stated = stated(record, own.as_ref());
        let verdict = decide(Policy::named(MatchPolicy::Default), &stated, std::slice::from_ref(record));
        let link = RecordLink::searched(record.trn.clone(), MatchPolicy::Default).matched_by(&verdict, at);
        let account = Account {
            id: AccountId::new(&self.random),
            email: own.unwrap_or_else(|| another_address(record)),
            mobile: None,
            official_name: record.name.clone(),
            preferred_name: None,
            date_of_birth: Some(record.date_of_birth),
            nino: stated.nino,
            lookup_status: Some(LookupStatus::Found),
            record: Some(link),
            record_seen: Some(RecordSeen::of(record, self.seen_at)),
            registered_with: Some(self.client.clone()),
            created_at: at,
            updated_at: at,
            last_signed_in_at: Some(at),
        };
        Registration { events: self.trail(&account, verdict), account }
    }

    fn trail(&self, account: &Account, verdict: Verdict) -> [Event; 2] {
        [EventKind::AccountRegistered { verdict: Some(verdict) }, EventKind::SignedIn].map(|kind| Event {
            id: self.random.uuid(),
            at: account.created_at,
            kind,
            account: account.id,
            client: Some(self.client.clone()),
        })
    }
}

/// Three identifiers, as many as make a match.
fn stated(record: &TeachingRecord, own: Option<&Email>) -> Identifiers {
    let nino = record.nino.clone().filter(|_| own.is_none());
    Identifiers {
        email: own.cloned(),
        name: Some(StatedName::only(record.name.clone())),
        date_of_birth: Some(record.date_of_birth),
        trn: (own.is_none() && nino.is_none()).then(|| record.trn.clone()),
        nino,
        provider: None,
    }
}

/// No record has one with a hyphen before the @.
fn another_address(record: &TeachingRecord) -> Email {
    Email::parse(&format!("teacher-{}@example.net", record.trn)).expect("a TRN is digits")
}
