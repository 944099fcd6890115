//! The register by API, and the same records asked directly: one verdict, whatever is stated.

use std::collections::BTreeMap;

use identity::date_of_birth::DateOfBirth;
use identity::matching::{Decision, Identifiers, Policy, StatedName, Verdict, decide};
use identity::record::{Records, TeachingRecord};
use identity::trn::Trn;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::people::{api, day, jane, name, previous, register, stated, trn};

const TRNS: &[&str] = &["1000001", "1000002", "1000003", "1000004", "1000005"];
const NAMES: &[(&str, &str)] =
    &[("Jane", "Smith"), ("JANE", "SMITH"), ("Jané", "Smi-th"), ("Jane", "Taylor"), ("Mary-Jane", "Smith")];
const PREVIOUS: &[(&str, &str)] = &[("Jane", "Smith"), ("", "Smith"), ("Jane", ""), ("", "Taylor")];
const DATES: &[&str] = &["1980-02-01", "1980-02-01", "1981-02-01"];
const NINOS: &[&str] = &["AB123456C", "AB123456D"];
const EMAILS: &[&str] = &["jane@example.com", "JANE@EXAMPLE.COM", "ada@example.com"];
const PROVIDERS: &[&str] = &["University of Leeds", "university of leeds", "Leeds SCITT"];

fn read<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("{text} is a sample"))
}

fn a_record() -> impl Strategy<Value = TeachingRecord> {
    let numbers = (select(TRNS), option::of(select(NINOS)), select(DATES));
    let names = (select(NAMES), subsequence(PREVIOUS, 0..=2));
    let lists = (subsequence(EMAILS, 0..=2), subsequence(PROVIDERS, 0..=2));
    let standing = (prop::bool::weighted(0.85), option::weighted(0.1, select(TRNS)));
    (numbers, names, lists, standing).prop_map(
        |((number, nino, born), (current, before), (emails, providers), (active, merged))| TeachingRecord {
            trn: trn(number),
            name: name(current.0, current.1),
            previous_names: before.into_iter().map(|(first, last)| previous(first, last)).collect(),
            date_of_birth: DateOfBirth::new(day(born)),
            nino: nino.map(read),
            emails: emails.into_iter().map(read).collect(),
            training_providers: providers.into_iter().map(read).collect(),
            active,
            merged_into: merged.map(trn),
            ..jane()
        },
    )
}

fn identifiers() -> impl Strategy<Value = Identifiers> {
    let names = option::of((select(NAMES), option::of(select(PREVIOUS))));
    let numbers = (option::of(select(TRNS)), option::of(select(NINOS)), option::of(select(DATES)));
    (names, numbers, option::of(select(EMAILS)), option::of(select(PROVIDERS))).prop_map(
        |(names, (number, nino, born), email, provider)| Identifiers {
            email: email.map(read),
            name: names.map(|(current, before)| StatedName {
                current: name(current.0, current.1),
                previous: before.map(|(first, last)| previous(first, last)),
            }),
            date_of_birth: born.map(|born| DateOfBirth::new(day(born))),
            nino: nino.map(read),
            trn: number.map(trn),
            provider: provider.map(read),
        },
    )
}

/// What is decided, and how the record compares that was matched.
fn told(verdict: &Verdict) -> (&Decision, Option<&identity::matching::Explanation>) {
    (&verdict.decision, verdict.matched())
}

async fn decides_alike(records: &[TeachingRecord], each: &[Identifiers]) {
    let server = register(records.iter().cloned());
    let api = api(server.url());
    for stated in each {
        let found = api.candidates(stated).await.unwrap();
        for policy in [&Policy::DEFAULT, &Policy::STRICT] {
            let (by_api, directly) = (decide(policy, stated, &found), decide(policy, stated, records));
            assert_eq!(told(&by_api), told(&directly), "{stated:?}\n{records:#?}");
        }
    }
}

#[actix_web::test]
async fn every_sample_of_matching_is_decided_alike() {
    let records = [jane(), TeachingRecord { trn: trn("7654321"), nino: None, ..jane() }];
    let (all, none) = (
        Identifiers {
            nino: jane().nino,
            trn: Some(trn("1234567")),
            provider: "university of LEEDS".parse().ok(),
            ..stated()
        },
        Identifiers::default(),
    );
    // Each of the six stated or not.
    let each: Vec<Identifiers> = (0_u8..64)
        .map(|stated| {
            let is_stated = |bit: u8| stated & (1 << bit) != 0;
            Identifiers {
                email: all.email.clone().filter(|_| is_stated(0)),
                name: all.name.clone().filter(|_| is_stated(1)),
                date_of_birth: all.date_of_birth.filter(|_| is_stated(2)),
                nino: all.nino.clone().filter(|_| is_stated(3)),
                trn: all.trn.clone().filter(|_| is_stated(4)),
                provider: all.provider.clone().filter(|_| is_stated(5)),
            }
        })
        .collect();
    assert_eq!((&each[0], &each[63]), (&none, &all));
    decides_alike(&records, &each).await;
    decides_alike(&records[..1], &each).await;
}

#[actix_web::test]
async fn whatever_the_records_and_whatever_is_stated_it_is_decided_alike() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..32 {
        let records = vec(a_record(), 0..6).new_tree(&mut runner).unwrap().current();
        let records: BTreeMap<Trn, TeachingRecord> = records.into_iter().map(|r| (r.trn.clone(), r)).collect();
        let records: Vec<TeachingRecord> = records.into_values().collect();
        let each = vec(identifiers(), 12).new_tree(&mut runner).unwrap().current();
        decides_alike(&records, &each).await;
    }
}
